import { useMemo } from "react";
import { storyOf } from "../core/timeline";
import { isMine } from "../core/selectors";
import { Composer } from "./Composer";
import { useDesk, useStore, useTexts, useView } from "./hooks";
import { Icon } from "./Icon";
import { Empty, Key, Skeleton } from "./Parts";
import { TalkHeader } from "./TalkHeader";
import { TimelineView } from "./TimelineView";
import { WrapUp } from "./WrapUp";

/** The middle: who it is, their story with the live conversation in it, and the words on their way. */
export function Talk() {
  const state = useStore();
  const texts = useTexts();
  const desk = useDesk();
  const { conv: id, wrapup } = useView();
  const story = useMemo(() => (id ? storyOf(state, { conv: id }) : undefined),
    [id, state.convs, state.events, state.timelines, state.outbox]);
  const conv = id ? state.convs[id] : undefined;

  if (!id) return <section className="talk talk-empty" aria-label={texts.talk.label}><Nothing /></section>;
  if (!conv || !story) {
    const gone = state.gone[id];
    return (
      <section className="talk talk-empty" aria-label={texts.talk.label}>
        <button type="button" className="icon-button back" aria-label={texts.back} onClick={() => desk.navigation.back()}>
          <Icon name="back" />
        </button>
        {gone ? <Empty icon="inbox" title={texts.talk.gone(gone.why, gone.by)}>{texts.talk.goneText}</Empty>
          : <Skeleton shape="timeline" />}
      </section>
    );
  }
  const owed = conv.state === "wrapup" && isMine(state, conv);
  return (
    <section className="talk" aria-label={texts.talk.label}>
      <TalkHeader conv={conv} />
      <TimelineView story={story} focus={conv} key={`timeline-${id}`} />
      {(owed || wrapup === id) && <WrapUp key={`wrapup-${id}`} conv={conv} />}
      {!(owed && conv.channel === "call") && <Composer key={`composer-${id}`} conv={conv} />}
    </section>
  );
}

function Nothing() {
  const texts = useTexts();
  const desk = useDesk();
  const { loaded } = useStore();
  if (!loaded) return <Skeleton shape="timeline" />;
  return (
    <Empty icon="chat" title={texts.talk.none}>
      <p className="hints">
        <span><Key>J</Key> <Key>K</Key> {texts.help.move}</span>
        <button type="button" className="text-button" onClick={() => desk.navigation.show({ is: "help" })}>
          {texts.help.all} <Key>?</Key>
        </button>
      </p>
    </Empty>
  );
}
