import { useState, type FormEvent } from "react";
import { cannedReplies, saveCanned, type Canned } from "../core/canned";
import { Dialog } from "./Dialogs";
import { useDesk, usePreferences, useTexts } from "./hooks";
import { Icon } from "./Icon";

export function CannedDialog() {
  const desk = useDesk();
  const texts = useTexts();
  const { language } = usePreferences();
  const [list, setList] = useState<Canned[]>(() => cannedReplies(language));
  const change = (index: number, part: Partial<Canned>) =>
    setList(list.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saveCanned(language, list.map((one) => ({ key: one.key.trim().replace(/[\s/]+/gu, "-"), text: one.text.trim() })));
    desk.navigation.hide();
    desk.navigation.toast("ok", texts.canned.saved);
  };
  return (
    <Dialog title={texts.canned.title} wide>
      <form className="form" onSubmit={submit}>
        <p className="dialog-text">{texts.canned.hint}</p>
        {list.map((one, index) => (
          <div key={index} className="canned-edit-line">
            <label className="canned-slash"><span className="hidden">{texts.canned.key}</span>/
              <input type="text" value={one.key} onChange={(event) => change(index, { key: event.target.value })} /></label>
            <textarea rows={2} value={one.text} aria-label={texts.canned.text} dir="auto"
              onChange={(event) => change(index, { text: event.target.value })} />
            <button type="button" className="icon-button" aria-label={texts.canned.remove(one.key)}
              onClick={() => setList(list.filter((_, at) => at !== index))}><Icon name="close" size={16} /></button>
          </div>
        ))}
        <div className="dialog-foot">
          <button type="button" className="text-button" onClick={() => setList([...list, { key: "", text: "" }])}>
            <Icon name="plus" size={16} />{texts.canned.add}
          </button>
          <button type="submit" className="button button-primary">{texts.save}</button>
        </div>
      </form>
    </Dialog>
  );
}
