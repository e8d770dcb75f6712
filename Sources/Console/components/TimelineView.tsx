import { useLayoutEffect, useRef, useState } from "react";
import { dayName } from "../core/format";
import type { Conversation } from "../core/protocol";
import type { Row, Story } from "../core/timeline";
import { CallBlock } from "./CallBlock";
import { useDesk, usePreferences, useStore, useTexts } from "./hooks";
import { Icon } from "./Icon";
import { Empty, nameOf, Skeleton, Trouble } from "./Parts";
import { QuietLine } from "./QuietLine";
import { NoteBand, PagesLine, Pending, Said } from "./TimelineRows";

/** Nearer to the end than this, the view follows what comes in. */
const nearEndPixels = 120;

export function TimelineView({ story, focus }: { story: Story; focus?: Conversation }) {
  const desk = useDesk();
  const texts = useTexts();
  const box = useRef<HTMLDivElement>(null);
  const stick = useRef(true);
  const before = useRef<{ height: number; first: string; last: string | undefined }>({ height: 0, first: "", last: undefined });
  const [fresh, setFresh] = useState(false);
  const rows = story.rows;
  const typing = useStore().typing[focus?.id ?? ""];
  const last = rows[rows.length - 1]?.key;
  const first = rows.find((row) => row.is !== "day")?.key ?? "";

  useLayoutEffect(() => {
    const view = box.current;
    if (!view) return;
    if (stick.current) { view.scrollTop = view.scrollHeight; setFresh(false); }
    // Older rows came in above: what is being read stays where it is.
    else if (before.current.first !== first) view.scrollTop += view.scrollHeight - before.current.height;
    else if (before.current.last !== last) setFresh(true);
    before.current = { height: view.scrollHeight, first, last };
  }, [last, first, rows.length, typing]);

  useLayoutEffect(() => {
    const view = box.current;
    if (!view) return;
    // The composer grows, a drawer opens: the end stays in sight.
    const observer = new ResizeObserver(() => { if (stick.current) view.scrollTop = view.scrollHeight; });
    observer.observe(view);
    return () => observer.disconnect();
  }, []);

  const scrolled = () => {
    const view = box.current!;
    stick.current = view.scrollHeight - view.scrollTop - view.clientHeight < nearEndPixels;
    if (stick.current) setFresh(false);
  };
  const toEnd = () => { stick.current = true; box.current?.scrollTo({ top: box.current.scrollHeight }); setFresh(false); };

  return (
    <div className="timeline-frame">
      <div className="timeline" ref={box} onScroll={scrolled} role="log" aria-label={texts.talk.timeline} tabIndex={0}>
        <div className="timeline-rows">
          <Earlier story={story} />
          {rows.length === 0 && story.state === "loading" && <Skeleton shape="timeline" rows={4} />}
          {rows.length === 0 && (story.state === "failed" || story.state === "forbidden") && (
            <Trouble state={story.state} retry={() => {
              const person = focus?.who.person?.id ?? desk.view.value.person;
              if (person) void desk.reading.timeline(person);
            }} />
          )}
          {rows.length === 0 && story.state === "ready" && (
            <Empty icon="clock" title={texts.talk.nothingYet}>{texts.talk.nothingYetText}</Empty>
          )}
          {rows.map((row) => <RowView key={row.key} row={row} />)}
          {focus && <TypingLine conv={focus} />}
        </div>
      </div>
      {fresh && <button type="button" className="to-end" onClick={toEnd}><Icon name="down" size={16} />{texts.talk.fresh}</button>}
    </div>
  );
}

function Earlier({ story }: { story: Story }) {
  const desk = useDesk();
  const state = useStore();
  const texts = useTexts();
  const { earlier } = story;
  if (!earlier) return null;
  const busy = "conv" in earlier ? state.asking[earlier.conv] === true : story.state === "loading";
  const ask = () => "conv" in earlier ? desk.work.earlier(earlier.conv, earlier.before)
    : void desk.reading.timeline(earlier.person, true);
  return (
    <button type="button" className="text-button earlier" onClick={ask} disabled={busy}>
      {busy ? texts.state.loading : texts.talk.earlier}
    </button>
  );
}

function RowView({ row }: { row: Row }) {
  const { language } = usePreferences();
  switch (row.is) {
    case "day": return <p className="day"><span>{dayName(row.ts, Date.now(), language)}</span></p>;
    case "said": return <Said row={row} />;
    case "pending": return <Pending entry={row.entry} first={row.first} />;
    case "note": return <NoteBand event={row.event} />;
    case "quiet": return <QuietLine events={row.events} />;
    case "call": return <CallBlock conv={row.conv} events={row.events} />;
    case "pages": return <PagesLine pages={row.pages} />;
  }
}

function TypingLine({ conv }: { conv: Conversation }) {
  const state = useStore();
  const texts = useTexts();
  const typing = state.typing[conv.id];
  const reps = typing?.reps.filter((rep) => rep.id !== state.me?.id) ?? [];
  if (!typing?.visitorUntil && reps.length === 0) return null;
  const who = typing?.visitorUntil ? nameOf(conv.who, texts) : reps.map((rep) => rep.name).join(", ");
  return <p className="typing-line"><span className="typing-dots" aria-hidden="true"><i /><i /><i /></span>{texts.talk.types(who)}</p>;
}
