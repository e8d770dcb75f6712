import { useEffect, useState } from "react";
import { Refusal, type PersonRow } from "../core/api";
import { Dialog } from "./Dialogs";
import { useAsk, useDesk, useStore, useTexts } from "./hooks";
import { Avatar } from "./Parts";

/** Two entries, one person. It says what will happen before it does, and can be taken back. */
export function MergeDialog({ person }: { person: string }) {
  const desk = useDesk();
  const texts = useTexts();
  const card = useStore().cards[person];
  const [query, setQuery] = useState("");
  const [people, setPeople] = useState<PersonRow[]>([]);
  const [into, setInto] = useState<PersonRow>();
  const [reason, setReason] = useState("");
  const [asked, ask, error] = useAsk();
  const name = card?.person.name ?? "";

  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      desk.api.people(query).then((answer) => { if (current) setPeople(answer.people.filter((one) => one.id !== person)); })
        .catch(() => { if (current) setPeople([]); });
    }, 150);
    return () => { current = false; clearTimeout(timer); };
  }, [query]);

  const undo = async (edge: string) => {
    await desk.api.undoMerge(edge);
    await desk.reading.card(person);
    desk.navigation.toast("ok", texts.merge.undone);
  };
  const merge = () => void ask(async () => {
    if (!into) return;
    const { edge } = await desk.api.merge(person, into.id, reason.trim() || texts.merge.defaultReason);
    await Promise.all([desk.reading.card(into.id), desk.reading.timeline(into.id)]);
    if (desk.view.value.route === "people") desk.navigation.openPerson(into.id); else desk.navigation.hide();
    desk.navigation.toast("ok", texts.merge.done(name, into.name), () => void undo(edge));
  });

  return (
    <Dialog title={texts.merge.title(name)}>
      {!into ? (
        <>
          <label className="field">{texts.merge.search}
            <input data-focus type="search" value={query} onChange={(event) => setQuery(event.target.value)} />
          </label>
          <ul className="assign">
            {people.slice(0, 6).map((one) => (
              <li key={one.id}>
                <button type="button" className="candidate" onClick={() => setInto(one)}>
                  <Avatar name={one.name} />
                  <span className="candidate-text"><strong>{one.name}</strong>
                    <span>{[typeof one.org === "string" ? one.org : one.org?.name, one.phones[0] ?? one.emails[0]].filter(Boolean).join(" · ")}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <div className="form">
          <p className="dialog-text">{texts.merge.explain(name, into.name)}</p>
          <label className="field">{texts.merge.reason}
            <input autoFocus type="text" value={reason} placeholder={texts.merge.defaultReason}
              onChange={(event) => setReason(event.target.value)} />
          </label>
          {asked === "failed" && (
            <p className="form-error" role="alert">{texts.refusal(error instanceof Refusal ? error.code : "internal")}</p>
          )}
          <div className="dialog-foot">
            <button type="button" className="button" onClick={() => setInto(undefined)}>{texts.back}</button>
            <button type="button" className="button button-primary" onClick={merge} disabled={asked === "busy"}>{texts.merge.confirm}</button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
