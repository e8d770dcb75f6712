import { useState, type FormEvent } from "react";
import { duration } from "../core/format";
import { readDraft, writeDraft } from "../core/drafts";
import type { Conversation } from "../core/protocol";
import { useDesk, useNow, useStore, useTexts } from "./hooks";
import { Icon } from "./Icon";
import { nameOf } from "./Parts";

/** The same sheet for calls and chats: what came of it, what to remember, what is next. */
export function WrapUp({ conv }: { conv: Conversation }) {
  const desk = useDesk();
  const state = useStore();
  const texts = useTexts();
  const rep = state.me?.id ?? "";
  const [disposition, setDisposition] = useState("");
  const [note, setNote] = useState(() => readDraft(rep, conv.id, "wrapup"));
  const [next, setNext] = useState("");
  const ended = conv.state !== "active";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!disposition) return;
    desk.work.close(conv.id, disposition, note.trim(), next.trim());
    writeDraft(rep, conv.id, "wrapup", "");
  };
  return (
    <form className="wrapup" onSubmit={submit} aria-label={texts.wrapup.title}>
      <header className="wrapup-head">
        <h3>{ended ? texts.wrapup.title : texts.wrapup.ending(nameOf(conv.who, texts))}</h3>
        {ended && <Since since={conv.ended ?? conv.since} />}
        {!ended && (
          <button type="button" className="icon-button" aria-label={texts.close}
            onClick={() => desk.navigation.change({ wrapup: undefined })}><Icon name="close" size={16} /></button>
        )}
      </header>
      <fieldset className="choices">
        <legend>{texts.wrapup.disposition}</legend>
        {state.dispositions.map((code) => (
          <label key={code} className="choice">
            <input type="radio" name="disposition" value={code} checked={disposition === code}
              onChange={() => setDisposition(code)} /><span>{texts.disposition(code)}</span>
          </label>
        ))}
      </fieldset>
      <div className="wrapup-fields">
        <label className="field">{texts.wrapup.note}
          <textarea id={ended && conv.channel === "call" ? "composer" : undefined} rows={2} value={note} dir="auto" placeholder={texts.wrapup.notePlaceholder} onChange={(event) => {
            setNote(event.target.value);
            writeDraft(rep, conv.id, "wrapup", event.target.value);
          }} />
        </label>
        <label className="field">{texts.wrapup.next}
          <input type="text" value={next} dir="auto" placeholder={texts.wrapup.nextPlaceholder}
            onChange={(event) => setNext(event.target.value)} />
        </label>
        <button type="submit" className="button button-primary" disabled={!disposition}
          title={disposition ? undefined : texts.wrapup.choose}>
          {ended ? texts.wrapup.file : texts.wrapup.endAndFile}
        </button>
      </div>
    </form>
  );
}

function Since({ since }: { since: number }) {
  const texts = useTexts();
  const now = useNow() + useStore().skew;
  return <span className="wrapup-timer" title={texts.wrapup.timer}><Icon name="clock" size={16} />{duration(now - since)}</span>;
}
