import { useState } from "react";
import { clockTime } from "../core/format";
import type { LogEvent } from "../core/protocol";
import { explain, headline } from "../locale/events";
import { usePreferences, useTexts } from "./hooks";
import { Icon, type IconName } from "./Icon";

const icons: Record<string, IconName> = {
  opened: "chat", joined: "person", left: "out", closed: "check", reopened: "undo", rated: "star", claims: "question",
  linked: "link", unlinked: "link", queued: "clock", offered: "bell", unoffered: "bell", wrapup: "check",
};
/** Of a run the line that says most stands for all. */
const weight: Record<string, number> = {
  closed: 9, rated: 8, wrapup: 8, reopened: 7, linked: 7, unlinked: 7, joined: 6, left: 5, claims: 4, opened: 3,
  unoffered: 2, offered: 1, queued: 1,
};

export function QuietLine({ events }: { events: LogEvent[] }) {
  const texts = useTexts();
  const { language } = usePreferences();
  const [open, setOpen] = useState(false);
  const chief = events.reduce((best, event) => ((weight[event.kind] ?? 0) >= (weight[best.kind] ?? 0) ? event : best));
  return (
    <div className="quiet">
      <button type="button" className="quiet-line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={icons[chief.kind] ?? "clock"} size={16} />
        <span className="quiet-text">{headline(chief, texts)}</span>
        {events.length > 1 && <span className="quiet-count">{texts.talk.steps(events.length)}</span>}
        <time>{clockTime(chief.ts, language)}</time>
        <Icon name="chevron" size={16} />
      </button>
      {open && <Steps events={events} />}
    </div>
  );
}

export function Steps({ events }: { events: LogEvent[] }) {
  const texts = useTexts();
  const { language } = usePreferences();
  return (
    <ul className="quiet-more">
      {events.map((event) => {
        const more = explain(event, texts);
        return (
          <li key={event.seq}>
            <time>{clockTime(event.ts, language)}</time>
            <span>{headline(event, texts)}{more && <span className="why"> {more}</span>}</span>
          </li>
        );
      })}
    </ul>
  );
}
