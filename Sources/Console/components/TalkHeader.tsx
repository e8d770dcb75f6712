import { duration } from "../core/format";
import type { Conversation } from "../core/protocol";
import { isMine, isOpen, isSupervisor } from "../core/selectors";
import { useDesk, useNow, useStore, useTexts } from "./hooks";
import { Icon } from "./Icon";
import { Avatar, Badge, faceOf, Key, nameOf } from "./Parts";

export function TalkHeader({ conv }: { conv: Conversation }) {
  const desk = useDesk();
  const texts = useTexts();
  const name = nameOf(conv.who, texts);
  const details = [conv.who.person?.org, conv.who.number !== name ? conv.who.number : undefined].filter(Boolean);
  return (
    <header className="talk-head">
      <button type="button" className="icon-button back" aria-label={texts.back} onClick={() => desk.navigation.back()}>
        <Icon name="back" />
      </button>
      <Avatar name={faceOf(conv.who)} />
      <div className="talk-who">
        <h2 className="talk-name"><span>{name}</span><Badge who={conv.who} /></h2>
        <p className="talk-details">
          <StateLine conv={conv} />{details.length > 0 && <span> · {details.join(" · ")}</span>}
        </p>
      </div>
      <Actions conv={conv} />
      <button type="button" className="icon-button card-toggle" aria-label={texts.card.show} title={texts.card.show}
        onClick={() => desk.navigation.change({ drawer: !desk.view.value.drawer })}><Icon name="card" /></button>
    </header>
  );
}

function StateLine({ conv }: { conv: Conversation }) {
  const texts = useTexts();
  const state = useStore();
  const now = useNow() + state.skew;
  const owner = conv.owner ? (isMine(state, conv) ? texts.talk.mine : texts.list.with(conv.owner.name)) : undefined;
  const { call } = conv;
  if (call && call.state !== "ended") {
    return <span className={`state state-call state-${call.state}`}>
      {texts.call.state[call.state]} {duration(now - (call.answered_at ?? call.ringing_at ?? call.started))}
    </span>;
  }
  return <span className={`state state-${conv.state}`}>
    {texts.channel[conv.channel]} · {texts.conversation[conv.state]}
    {owner && <span className={isMine(state, conv) ? "wide-only" : undefined}> · {owner}</span>}
  </span>;
}

function Actions({ conv }: { conv: Conversation }) {
  const desk = useDesk();
  const state = useStore();
  const texts = useTexts();
  const mine = isMine(state, conv);
  if (conv.state === "offered" && state.rings[conv.id]) {
    return (
      <div className="talk-actions">
        <button type="button" className="button button-ring" onClick={() => desk.work.accept(conv.id)}>
          {texts.ring.accept}<Key>F9</Key>
        </button>
        <button type="button" className="button" onClick={() => desk.work.decline(conv.id)}>{texts.ring.decline}</button>
      </div>
    );
  }
  if (mine && isOpen(conv)) {
    return (
      <div className="talk-actions">
        {conv.state === "active" && conv.channel === "chat" && (
          <button type="button" className="button button-quiet" title={texts.talk.handOver}
            onClick={() => desk.navigation.show({ is: "assign", conv: conv.id })}>
            <Icon name="handOver" size={16} /><span className="wide-only">{texts.talk.handOver}</span>
          </button>
        )}
        {conv.state === "active" && conv.channel === "chat" && (
          <button type="button" className="button" onClick={() => desk.navigation.change({ wrapup: conv.id })}>
            <Icon name="check" size={16} />{texts.talk.end}<Key>E</Key>
          </button>
        )}
      </div>
    );
  }
  const takes = conv.state === "queued" || conv.state === "offered" || (conv.state === "active" && isSupervisor(state));
  if (!mine && takes && conv.channel === "chat") {
    return (
      <div className="talk-actions">
        <button type="button" className="button button-primary" onClick={() => desk.work.act(conv.id, "claim")}>
          {conv.state === "active" ? texts.talk.takeOver : texts.talk.claim}<Key>A</Key>
        </button>
      </div>
    );
  }
  return null;
}
