import { shortDate } from "../core/format";
import type { Conversation } from "../core/protocol";
import { isMine, lastWords, needsAnswer } from "../core/selectors";
import { useDesk, useNow, usePreferences, useStore, useTexts } from "./hooks";
import { Avatar, Badge, ChannelMark, faceOf, nameOf, Waiting } from "./Parts";

interface Props { conv: Conversation; current: boolean; showOwner: boolean }

/** One line of work: who, what they last said, and how long it waits. */
export function ConversationRow({ conv, current, showOwner }: Props) {
  const desk = useDesk();
  const texts = useTexts();
  const name = nameOf(conv.who, texts);
  const unread = conv.unread > 0;
  return (
    <button type="button" className={`row row-${conv.state}${unread ? " unread" : ""}`}
      aria-current={current ? "true" : undefined} onClick={() => desk.navigation.openConversation(conv.id)}>
      <span className="row-face"><Avatar name={faceOf(conv.who)} /><ChannelMark conv={conv} /></span>
      <span className="row-text">
        <span className="row-top">
          <span className="row-name">{name}</span>
          <Badge who={conv.who} brief />
          <RowTime conv={conv} />
        </span>
        <span className="row-bottom">
          <LastLine conv={conv} />
          {unread && (
            <span className="count count-unread" aria-label={texts.list.unread(conv.unread)}>
              {conv.unread > 99 ? "99+" : conv.unread}
            </span>
          )}
        </span>
        {showOwner && conv.owner && <span className="row-owner">{texts.list.with(conv.owner.name)}</span>}
      </span>
    </button>
  );
}

function RowTime({ conv }: { conv: Conversation }) {
  const texts = useTexts();
  const now = useNow();
  const { language } = usePreferences();
  if (conv.state === "queued" || conv.state === "offered") {
    return <Waiting since={conv.waiting_since ?? conv.opened} label={texts.list.waits} />;
  }
  if (needsAnswer(conv)) return <Waiting since={conv.waiting_since!} label={texts.list.waits} />;
  return <span className="row-time">{shortDate(conv.last?.ts ?? conv.since, now, language)}</span>;
}

function LastLine({ conv }: { conv: Conversation }) {
  const state = useStore();
  const texts = useTexts();
  const typing = state.typing[conv.id];
  if (typing?.visitorUntil) return <span className="row-last typing">{texts.talk.typing}</span>;
  if (conv.state === "wrapup") {
    return <span className="row-last owed">{isMine(state, conv) ? texts.list.owed : texts.wrapup.title}</span>;
  }
  if (conv.channel === "call" && conv.call) {
    const { call } = conv;
    const filed = conv.disposition ? texts.disposition(conv.disposition) : undefined;
    return <span className="row-last">{(call.disposition
      ? [texts.call.disposition[call.disposition], filed] : [texts.call.state[call.state], call.line])
      .filter(Boolean).join(" · ")}</span>;
  }
  if (conv.state === "closed" && conv.disposition) {
    return <span className="row-last">{texts.conversation.closed} · {texts.disposition(conv.disposition)}</span>;
  }
  const last = lastWords(conv);
  if (!last) return <span className="row-last">{texts.conversation[conv.state]}</span>;
  const prefix = last.kind === "note" ? `${texts.talk.note}: ` : last.k === "rep" ? `${texts.talk.us}: ` : "";
  return <span className="row-last" dir="auto">{prefix}{last.text}</span>;
}
