import { useState, type FormEvent } from "react";
import { Refusal } from "../core/api";
import type { Party } from "../core/protocol";
import { useAsk, useDesk, usePreferences, useTexts } from "./hooks";
import { Icon } from "./Icon";

interface Props { conv?: string; who?: Party; folded?: boolean; onDone?: (person: string) => void }

/** A form for somebody new, filled with what is known already. It takes no focus: the rep may be writing elsewhere. */
export function NewPersonForm({ conv, who, folded = false, onDone }: Props) {
  const desk = useDesk();
  const texts = useTexts();
  const { language } = usePreferences();
  const claimed = (kind: string) => who?.claims?.find((claim) => claim.kind === kind)?.value ?? "";
  const [open, setOpen] = useState(!folded);
  const [name, setName] = useState(claimed("name"));
  const [org, setOrg] = useState("");
  const [title, setTitle] = useState("");
  const [phone, setPhone] = useState(who?.e164 ?? who?.number ?? claimed("phone"));
  const [email, setEmail] = useState(claimed("email"));
  const [asked, ask, error] = useAsk();
  const refusal = asked === "failed" ? (error instanceof Refusal ? error : new Refusal("internal", 0)) : undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void ask(async () => {
      const { card } = await desk.api.createPerson({
        name: name.trim(), phones: phone.trim() ? [phone.trim()] : [], emails: email.trim() ? [email.trim()] : [],
        language: language === "zh" ? "zh-CN" : "en",
        ...(org.trim() ? { org: org.trim() } : {}), ...(title.trim() ? { title: title.trim() } : {}),
        ...(conv ? { conv } : {}),
      });
      desk.dispatch({ is: "card", card });
      desk.navigation.toast("ok", texts.person.created(card.person.name));
      onDone?.(card.person.id);
    });
  };
  if (!open) {
    return (
      <button type="button" className="text-button unfold" onClick={() => setOpen(true)}>
        <Icon name="plus" size={16} />{texts.person.create}
      </button>
    );
  }
  const field = (key: string, label: string, value: string, set: (text: string) => void, type = "text", required = false) => (
    <label className="field">{label}
      <input type={type} value={value} required={required} dir="auto" autoComplete="off"
        aria-invalid={refusal?.field?.startsWith(key) || undefined} onChange={(event) => set(event.target.value)} />
    </label>
  );
  return (
    <form className="form new-person" onSubmit={submit} aria-label={texts.person.create}>
      {conv && <h4>{texts.person.create}</h4>}
      {field("name", texts.person.name, name, setName, "text", true)}
      {field("phone", texts.person.phone, phone, setPhone, "tel")}
      {field("email", texts.person.email, email, setEmail, "email")}
      <div className="field-pair">
        {field("org", texts.person.org, org, setOrg)}
        {field("title", texts.person.title, title, setTitle)}
      </div>
      {refusal && <p className="form-error" role="alert">{texts.refusal(refusal.code)}{refusal.field && ` (${refusal.field})`}</p>}
      <button type="submit" className="button button-primary" disabled={asked === "busy" || !name.trim()}>
        {conv ? texts.person.saveAndLink : texts.person.save}
      </button>
    </form>
  );
}
