import { useState } from "react";
import { clockTime, duration } from "../core/format";
import type { Conversation, LogEvent } from "../core/protocol";
import { useNow, usePreferences, useStore, useTexts } from "./hooks";
import { Icon, type IconName } from "./Icon";
import { Steps } from "./QuietLine";

/** A call as one block: which way, what became of it, how long, with whom; its steps open below. */
export function CallBlock({ conv, events }: { conv: Conversation; events: LogEvent[] }) {
  const texts = useTexts();
  const state = useStore();
  const { language } = usePreferences();
  const now = useNow() + state.skew;
  const [open, setOpen] = useState(false);
  const call = conv.call;
  if (!call) return null;
  const lost = call.disposition !== undefined && call.disposition !== "answered" && call.disposition !== "voicemail";
  const live = call.state !== "ended";
  const icon: IconName = call.disposition === "voicemail" ? "voicemail" : lost && call.direction !== "outbound" ? "callMissed"
    : call.direction === "outbound" ? "callOut" : "callIn";
  const talked = call.answered_at !== undefined ? (call.ended_at ?? now) - call.answered_at : undefined;
  const agents = call.agents.map((agent) => agent.name).filter(Boolean).join(", ");
  const outcome = live ? texts.call.state[call.state]
    : call.disposition ? texts.call.disposition[call.disposition] : texts.call.state.ended;
  const facts = [
    talked !== undefined ? duration(talked) : undefined, agents || undefined,
    call.line ? texts.call.line(call.line) : undefined,
    lost && call.disposition ? texts.call.reason(call.disposition) : undefined,
  ].filter(Boolean);
  return (
    <div className={`call-block${lost ? " lost" : ""}${live ? " live" : ""}`}>
      <button type="button" className="call-line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="call-icon"><Icon name={icon} /></span>
        <span className="call-text">
          <span className="call-title"><strong>{texts.call.direction[call.direction]}</strong> · {outcome}</span>
          <span className="call-facts">{facts.join(" · ")}</span>
        </span>
        <time>{clockTime(call.started, language)}</time>
        <Icon name="chevron" size={16} />
      </button>
      {open && <Steps events={events} />}
    </div>
  );
}
