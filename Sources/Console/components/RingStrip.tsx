import { useEffect, useState } from "react";
import { duration } from "../core/format";
import { lastWords, ringing, type RingRow } from "../core/selectors";
import type { Missed } from "../core/state";
import { useDesk, useNow, useStore, useTexts } from "./hooks";
import { Icon } from "./Icon";
import { Avatar, Badge, faceOf, Key, nameOf } from "./Parts";

const shownMost = 3;

/** Calls and chats that ask for somebody now, and those that nobody took. */
export function RingStrip({ floating = false }: { floating?: boolean }) {
  const state = useStore();
  const texts = useTexts();
  const rings = ringing(state);
  const missed = state.missed.slice(0, Math.max(0, shownMost - rings.length));
  const rest = rings.length + state.missed.length - Math.min(rings.length, shownMost) - missed.length;
  if (rings.length + missed.length === 0) return null;
  return (
    <section className={`ring-strip${floating ? " floating" : ""}`} aria-label={texts.ring.strip}>
      <div className="hidden" role="alert">
        {rings[0] && `${texts.ring[rings[0].ring.channel]}: ${nameOf(rings[0].ring.who, texts)}`}
      </div>
      {rings.slice(0, shownMost).map((row, index) => <RingItem key={row.conv} row={row} first={index === 0} />)}
      {missed.map((one) => <MissedItem key={one.conv} missed={one} />)}
      {rest > 0 && <p className="ring-rest">{texts.ring.rest(rest)}</p>}
    </section>
  );
}

function RingItem({ row, first }: { row: RingRow; first: boolean }) {
  const desk = useDesk();
  const state = useStore();
  const texts = useTexts();
  const { ring, conv } = row;
  const name = nameOf(ring.who, texts);
  const held = state.convs[conv];
  const said = ring.channel === "chat" ? (held && lastWords(held)?.text) : held?.call?.line ?? held?.call?.queue;
  const why = texts.ring.why(ring.why, ring.from);
  const org = ring.who.person?.org;
  return (
    <article className={`ring ring-${ring.channel}`} aria-label={`${texts.ring[ring.channel]}: ${name}`}>
      <button type="button" className="ring-who" onClick={() => desk.navigation.openConversation(conv)}>
        <Countdown row={row} />
        <span className="ring-text">
          <span className="ring-kind">{texts.ring[ring.channel]}{said && ring.channel === "call" && ` · ${said}`}</span>
          <span className="ring-name"><strong>{name}</strong> <Badge who={ring.who} brief /></span>
          <span className="ring-why">
            {[org, ring.who.number !== name ? ring.who.number : undefined, why].filter(Boolean).join(" · ")}
          </span>
          {said && ring.channel === "chat" && <span className="ring-said">“{said}”</span>}
        </span>
      </button>
      <div className="ring-actions">
        <button type="button" className="button button-ring" onClick={() => desk.work.accept(conv)}>
          {texts.ring.accept}{first && <Key>F9</Key>}
        </button>
        <button type="button" className="button" onClick={() => desk.work.decline(conv)}>
          {texts.ring.decline}{first && <Key>⇧F9</Key>}
        </button>
      </div>
    </article>
  );
}

const around = 2 * Math.PI * 18;

/** A ring that empties towards the deadline, with the seconds in it; without a deadline it counts up. */
function Countdown({ row }: { row: RingRow }) {
  const texts = useTexts();
  const state = useStore();
  const now = useNow() + state.skew;
  const [first] = useState(now);
  const { deadline } = row.ring;
  const begin = row.ring.heard ? row.ring.heard + state.skew : first;
  const left = deadline ? Math.max(0, deadline - now) : 0;
  const share = deadline ? left / Math.max(1, deadline - begin) : 1;
  const shown = deadline ? String(Math.ceil(left / 1_000)) : duration(now - begin);
  return (
    <span className="countdown" title={deadline ? texts.ring.left(Math.ceil(left / 1_000)) : texts.ring[row.ring.channel]}>
      <svg width="44" height="44" viewBox="0 0 44 44" aria-hidden="true">
        <circle cx="22" cy="22" r="18" className="countdown-track" />
        <circle cx="22" cy="22" r="18" className="countdown-rest"
          strokeDasharray={`${Math.min(1, share) * around} ${around}`} transform="rotate(-90 22 22)" />
      </svg>
      <span className={`countdown-value${shown.length > 3 ? " long" : ""}`}>{shown}</span>
      <span className="countdown-mark"><Icon name={row.ring.channel} size={16} /></span>
    </span>
  );
}

/** Seen is seen: opening it clears it. */
function MissedItem({ missed }: { missed: Missed }) {
  const desk = useDesk();
  const state = useStore();
  const texts = useTexts();
  const conv = state.convs[missed.conv];
  useEffect(() => { if (!conv) void desk.reading.conversation(missed.conv); }, [missed.conv]);
  const dismiss = () => desk.dispatch({ is: "missedSeen", conv: missed.conv });
  const open = () => { dismiss(); desk.navigation.openConversation(missed.conv); };
  const name = conv ? nameOf(conv.who, texts) : texts.party.visitor;
  const number = conv?.who.number && conv.who.number !== name ? conv.who.number : undefined;
  const reason = conv?.call?.disposition ? texts.call.reason(conv.call.disposition) : texts.ring.lost(missed.why);
  return (
    <article className="ring missed">
      <button type="button" className="ring-who" onClick={open}>
        <Avatar name={conv ? faceOf(conv.who) : ""} />
        <span className="ring-text">
          <span className="ring-kind">{conv?.channel === "chat" ? texts.ring.missedChat : texts.ring.missedCall}</span>
          <span className="ring-name"><strong>{name}</strong></span>
          <span className="ring-why">{[number, reason].filter(Boolean).join(" · ")}</span>
        </span>
      </button>
      <button type="button" className="icon-button" aria-label={texts.ring.seen} onClick={dismiss}>
        <Icon name="close" size={16} />
      </button>
    </article>
  );
}
