import { useEffect, useState, type KeyboardEvent } from "react";
import type { PersonRow } from "../core/api";
import { composing } from "../core/keys";
import { actionsOf, match, type Action } from "./actions";
import { Dialog } from "./Dialogs";
import { useDesk, usePreferences, useStore, useTexts, useView } from "./hooks";
import { Icon } from "./Icon";
import { Key } from "./Parts";

/** Everything that can be done, every conversation, everybody: found by writing. */
export function Palette() {
  const desk = useDesk();
  const state = useStore();
  const view = useView();
  const texts = useTexts();
  usePreferences();
  const [query, setQuery] = useState("");
  const [people, setPeople] = useState<PersonRow[]>([]);
  const [chosen, setChosen] = useState(0);

  useEffect(() => {
    if (query.trim().length < 2) { setPeople([]); return; }
    let current = true;
    const timer = setTimeout(() => {
      desk.api.people(query.trim()).then((answer) => { if (current) setPeople(answer.people.slice(0, 6)); })
        .catch(() => { if (current) setPeople([]); });
    }, 150);
    return () => { current = false; clearTimeout(timer); };
  }, [query]);

  const found = [...match(actionsOf(desk, state, view, texts), query), ...people.map((one): Action => ({
    key: `person-${one.id}`, group: texts.palette.people, label: one.name, icon: "person",
    ...(one.org ? { detail: typeof one.org === "string" ? one.org : one.org.name } : {}),
    run: () => desk.navigation.openPerson(one.id),
  }))];
  const at = Math.min(chosen, found.length - 1);
  const run = (action: Action | undefined) => {
    if (!action) return;
    desk.navigation.hide();
    action.run();
  };
  const press = (event: KeyboardEvent) => {
    if (composing(event.nativeEvent)) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step && found.length) { event.preventDefault(); setChosen((at + step + found.length) % found.length); }
    if (event.key === "Enter") { event.preventDefault(); run(found[at]); }
  };
  useEffect(() => { document.getElementById(`palette-${at}`)?.scrollIntoView({ block: "nearest" }); }, [at]);

  return (
    <Dialog title={texts.palette.title} bare>
      <div className="palette">
        <div className="palette-field">
          <Icon name="search" />
          <input data-focus role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list"
            aria-activedescendant={found.length ? `palette-${at}` : undefined} aria-label={texts.palette.title}
            placeholder={texts.palette.placeholder} value={query} onKeyDown={press}
            onChange={(event) => { setQuery(event.target.value); setChosen(0); }} />
        </div>
        <div id="palette-list" role="listbox" aria-label={texts.palette.title} className="palette-list">
          {found.map((action, index) => (
            <div key={action.key} id={`palette-${index}`} role="option" aria-selected={index === at}
              className="palette-item" onClick={() => run(action)} onMouseMove={() => setChosen(index)}>
              <Icon name={action.icon} size={16} /><span className="palette-label">{action.label}</span>
              {action.detail && <span className="palette-detail">{action.detail}</span>}
              <span className="palette-group">{action.shortcut ? <Key>{action.shortcut}</Key> : action.group}</span>
            </div>
          ))}
        </div>
        {found.length === 0 && <p className="palette-none">{texts.palette.nothing(query)}</p>}
      </div>
    </Dialog>
  );
}
