import { useState } from "react";
import { clockTime, fullTime, pathOf } from "../core/format";
import type { Entry } from "../core/outbox";
import type { LogEvent, Page } from "../core/protocol";
import type { Receipt, Row } from "../core/timeline";
import { useDesk, usePreferences, useStore, useTexts } from "./hooks";
import { Icon, type IconName } from "./Icon";
import { Avatar, faceOf, nameOf } from "./Parts";

export function Said({ row }: { row: Row & { is: "said" } }) {
  const state = useStore();
  const texts = useTexts();
  const { language } = usePreferences();
  const { event, side, first, last, receipt } = row;
  const conv = state.convs[event.conv];
  const mine = event.from.id === state.me?.id;
  const name = side === "in" ? (conv ? nameOf(conv.who, texts) : event.from.name ?? texts.party.visitor)
    : mine ? texts.talk.me : event.from.name ?? texts.talk.us;
  return (
    <div className={`said said-${side}${first ? " first" : ""}`}>
      {side === "in" && (first ? <Avatar name={conv ? faceOf(conv.who) : ""} size="small" /> : <span className="said-gap" />)}
      <div className="said-body">
        {first && <p className="said-name">{name}</p>}
        <div className="bubble" dir="auto" title={fullTime(event.ts, language)}><Linked text={event.body.text ?? ""} /></div>
        {last && (
          <p className="said-meta"><time>{clockTime(event.ts, language)}</time>{receipt && <Ticks receipt={receipt} />}</p>
        )}
      </div>
    </div>
  );
}

const tickIcons: Record<Receipt, IconName> = {
  sending: "clock", waiting: "clock", sent: "check", delivered: "double", read: "double", failed: "alert",
};

export function Ticks({ receipt }: { receipt: Receipt }) {
  const texts = useTexts();
  return (
    <span className={`ticks ticks-${receipt}`} title={texts.receipt[receipt]}>
      <Icon name={tickIcons[receipt]} size={16} /><span className="ticks-word">{texts.receipt[receipt]}</span>
    </span>
  );
}

/** Words on their way: shown at once, with the honest state; a final no says why and keeps the words. */
export function Pending({ entry, first }: { entry: Entry; first: boolean }) {
  const desk = useDesk();
  const texts = useTexts();
  const { link } = useStore();
  if (entry.frame.t !== "send") return null;
  const failed = entry.state === "failed";
  const receipt: Receipt = failed ? "failed" : link.phase === "live" && !entry.retryAt ? "sending" : "waiting";
  const actions = failed && (
    <p className="failed-actions">
      <span role="alert">{texts.refusal(entry.code ?? "internal", entry.by)}</span>
      <button type="button" className="text-button" onClick={() => desk.work.again(entry)}>{texts.state.again}</button>
      <button type="button" className="text-button" onClick={() => desk.work.discard(entry)}>{texts.discard}</button>
    </p>
  );
  if (entry.frame.kind === "note") {
    return (
      <div className={`note-band pending${failed ? " failed" : ""}`}>
        <p className="note-head"><Icon name="note" size={16} /><strong>{texts.talk.note}</strong><Ticks receipt={receipt} /></p>
        <p className="note-text" dir="auto">{entry.frame.body.text}</p>
        {actions}
      </div>
    );
  }
  return (
    <div className={`said said-out pending${first ? " first" : ""}${failed ? " failed" : ""}`}>
      <div className="said-body">
        <div className="bubble" dir="auto">{entry.frame.body.text}</div>
        <p className="said-meta"><Ticks receipt={receipt} /></p>
        {actions}
      </div>
    </div>
  );
}

/** Written for colleagues: another ground and the word itself, so nobody takes it for something the customer reads. */
export function NoteBand({ event }: { event: LogEvent }) {
  const texts = useTexts();
  const { language } = usePreferences();
  return (
    <div className="note-band">
      <p className="note-head">
        <Icon name="note" size={16} /><strong>{texts.talk.note}</strong>
        {event.from.name && <span>{event.from.name}</span>}<time>{clockTime(event.ts, language)}</time>
      </p>
      <p className="note-text" dir="auto">{event.body.text}</p>
    </div>
  );
}

export function PagesLine({ pages }: { pages: (Page & { ts: number })[] }) {
  const texts = useTexts();
  const { language } = usePreferences();
  const [open, setOpen] = useState(false);
  const last = pages[pages.length - 1]!;
  const many = pages.length > 1;
  return (
    <div className="quiet">
      <button type="button" className="quiet-line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="globe" size={16} />
        <span className="quiet-text">{many ? texts.talk.pages(pages.length, last.title) : texts.talk.page(last.title)}</span>
        <time>{clockTime(last.ts, language)}</time>
        <Icon name="chevron" size={16} />
      </button>
      {open && (
        <ul className="quiet-more">
          {pages.map((page) => (
            <li key={`${page.ts}${page.url}`}>
              <time>{clockTime(page.ts, language)}</time><span>{page.title} <span className="path">{pathOf(page.url)}</span></span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const address = /(https?:\/\/[^\s<>"'，。；）]+)/u;

/** Addresses become links that tell the other side nothing; everything else stays text. */
function Linked({ text }: { text: string }) {
  return <>{text.split(address).map((part, index) => index % 2 === 1
    ? <a key={index} href={part} target="_blank" rel="noopener noreferrer">{part}</a> : part)}</>;
}
