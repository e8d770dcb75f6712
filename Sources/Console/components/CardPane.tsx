import { useEffect } from "react";
import type { Party } from "../core/protocol";
import { pathOf } from "../core/format";
import { useDesk, useNow, useStore, useTexts } from "./hooks";
import { Icon } from "./Icon";
import { CardDetails, onlineNowMilliseconds } from "./CardDetails";
import { Chooser } from "./Chooser";
import { Claims } from "./Claims";
import { NewPersonForm } from "./NewPersonForm";
import { Avatar, Badge, faceOf, nameOf, Skeleton } from "./Parts";

/** The person beside the talk; while a call rings it is the caller's, whatever stands in the middle. */
export function CardPane({ conv: id, popped }: { conv: string; popped: boolean }) {
  const desk = useDesk();
  const state = useStore();
  const texts = useTexts();
  const who = state.convs[id]?.who ?? state.rings[id]?.who;
  if (!who) return null;
  const live = state.rings[id] !== undefined;
  return (
    <aside className={`card-pane${popped ? " popped" : ""}`} aria-label={texts.card.title}>
      <header className="card-bar">
        <h2>{popped && live ? texts.ring.call : texts.card.title}</h2>
        {popped && (
          <button type="button" className="text-button" onClick={() => desk.navigation.openConversation(id)}>
            {texts.card.openTalk}
          </button>
        )}
        <button type="button" className={`icon-button${popped ? "" : " card-close"}`} aria-label={texts.close}
          onClick={() => desk.navigation.change({ drawer: false, pop: undefined })}><Icon name="close" size={16} /></button>
      </header>
      <div className="card-scroll" tabIndex={0} role="group" aria-label={texts.card.title}><Who conv={id} who={who} /></div>
    </aside>
  );
}

function Who({ conv, who }: { conv: string; who: Party }) {
  const desk = useDesk();
  const state = useStore();
  const texts = useTexts();
  const person = who.person?.id;
  const card = who.person ? state.cards[who.person.id] : undefined;
  // Whoever was chosen a moment ago is known by name first; the card is asked for.
  useEffect(() => { if (person && !card) void desk.reading.card(person); }, [person]);
  if (who.person) {
    return (
      <>
        <Claims conv={conv} who={who} />
        {card ? <CardDetails card={card} who={who} conv={conv} /> : <Skeleton shape="card" />}
      </>
    );
  }
  if (who.match === "ambiguous") return <><Face who={who} /><Chooser conv={conv} who={who} /></>;
  if (who.match === "anonymous") {
    return (
      <>
        <Face who={who} />
        <p className="card-text">{texts.card.anonymous}</p>
        <Claims conv={conv} who={who} />
        <NewPersonForm conv={conv} who={who} folded />
      </>
    );
  }
  const guess = who.claims?.some((claim) => claim.suggests?.length) === true;
  const caller = (state.convs[conv] ?? state.rings[conv])?.channel === "call";
  return (
    <>
      <Face who={who} />
      <Claims conv={conv} who={who} />
      <Trail conv={conv} />
      <NewPersonForm conv={conv} who={who} folded={guess || !caller} />
    </>
  );
}

function Face({ who }: { who: Party }) {
  const texts = useTexts();
  const name = nameOf(who, texts);
  return (
    <div className="card-face">
      <Avatar name={faceOf(who)} size="large" />
      <h3>{name}</h3>
      <p><Badge who={who} /></p>
      {who.number && who.number !== name && <p className="card-number">{who.number}</p>}
    </div>
  );
}

/** For somebody without a name the page they look at is all there is. */
function Trail({ conv }: { conv: string }) {
  const texts = useTexts();
  const now = useNow();
  const state = useStore();
  const page = state.convs[conv]?.page;
  if (!page) return null;
  const here = now + state.skew - page.at < onlineNowMilliseconds;
  return (
    <section className="card-section">
      <h4>{here ? texts.card.webNow : texts.card.web}</h4>
      <p className="live-page">{here && <span className="dot dot-online" />}{page.title || pathOf(page.url)}</p>
    </section>
  );
}
