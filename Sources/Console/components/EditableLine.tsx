import { useState, type FormEvent } from "react";
import { Refusal, type PersonChange } from "../core/api";
import { composing } from "../core/keys";
import type { Card } from "../core/protocol";
import { useAsk, useDesk, useTexts } from "./hooks";
import { Icon } from "./Icon";

type Field = "name" | "title" | "org" | "addPhone" | "addEmail";
interface Props { card: Card; field: Field; value: string; label: string; heading?: boolean; adding?: boolean }

/** A line of the card that becomes a field where it stands. Somebody else's change is fetched, not overwritten. */
export function EditableLine({ card, field, value, label, heading = false, adding = false }: Props) {
  const desk = useDesk();
  const texts = useTexts();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState(value);
  const [asked, ask, error] = useAsk();

  const begin = () => { setText(value); setOpen(true); };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const words = text.trim();
    if (words === value || (!words && (heading || adding))) return setOpen(false);
    void ask(async () => {
      const change: PersonChange = { rev: card.person.rev, [field]: words };
      try {
        desk.dispatch({ is: "card", card: await desk.api.changePerson(card.person.id, change) });
        setOpen(false);
      } catch (reason) {
        if (reason instanceof Refusal && reason.code === "conflict") await desk.reading.card(card.person.id);
        throw reason;
      }
    });
  };

  if (open) {
    return (
      <form className="edit-form" onSubmit={submit}>
        <input autoFocus type={field === "addEmail" ? "email" : field === "addPhone" ? "tel" : "text"} value={text}
          aria-label={label} placeholder={label} onChange={(event) => setText(event.target.value)} disabled={asked === "busy"}
          onKeyDown={(event) => {
            if (event.key !== "Escape" || composing(event.nativeEvent)) return;
            event.stopPropagation();
            setOpen(false);
          }} />
        <button type="submit" className="icon-button" aria-label={texts.save}><Icon name="check" size={16} /></button>
        <button type="button" className="icon-button" aria-label={texts.cancel} onClick={() => setOpen(false)}>
          <Icon name="close" size={16} />
        </button>
        {asked === "failed" && (
          <p className="form-error" role="alert">{texts.refusal(error instanceof Refusal ? error.code : "internal")}</p>
        )}
      </form>
    );
  }
  if (adding || !value) {
    return <button type="button" className="text-button add-line" onClick={begin}><Icon name="plus" size={16} />{label}</button>;
  }
  const Tag = heading ? "h3" : "p";
  return (
    <Tag className="editable">
      <span>{value}</span>
      <button type="button" className="icon-button edit-button" aria-label={texts.editing(label)} title={texts.editing(label)}
        onClick={begin}><Icon name="edit" size={16} /></button>
    </Tag>
  );
}
