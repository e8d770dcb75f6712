import { useEffect, useRef } from "react";
import { isSupervisor, listed, ringing, type ListName } from "../core/selectors";
import { ConversationRow } from "./ConversationRow";
import { useDesk, useStore, useTexts, useView } from "./hooks";
import { Icon, type IconName } from "./Icon";
import { Empty, Key, Skeleton, Trouble } from "./Parts";
import { RingStrip } from "./RingStrip";

const icons: Record<ListName, IconName> = { mine: "inbox", queue: "clock", done: "check", all: "people" };

export function ConversationList() {
  const desk = useDesk();
  const state = useStore();
  const { list } = useView();
  const texts = useTexts();
  const names: ListName[] = isSupervisor(state) ? ["mine", "queue", "done", "all"] : ["mine", "queue", "done"];
  const counts: Partial<Record<ListName, number>> = state.loaded
    ? { mine: listed(state, "mine").length, queue: listed(state, "queue").length } : {};
  return (
    <section className="list" aria-label={texts.list.title}>
      <header className="list-head">
        <h2>{texts.nav.inbox}</h2>
        <button type="button" className="search-button" onClick={() => desk.navigation.show({ is: "palette" })}>
          <Icon name="search" size={16} /><span>{texts.palette.short}</span><Key>{commandKey()}</Key>
        </button>
      </header>
      <RingStrip />
      <div className="tabs" role="group" aria-label={texts.list.views}>
        {names.map((name) => (
          <button type="button" key={name} className="tab" aria-pressed={list === name}
            onClick={() => desk.navigation.openList(name)}>
            {texts.list[name]}{counts[name] ? <span className="count">{counts[name]}</span> : null}
          </button>
        ))}
      </div>
      <Rows />
    </section>
  );
}

function Rows() {
  const desk = useDesk();
  const state = useStore();
  const { list, conv } = useView();
  const texts = useTexts();
  const box = useRef<HTMLDivElement>(null);
  const fetched = list === "done" || list === "all" ? state.lists[list] : undefined;
  const rows = listed(state, list);

  useEffect(() => {
    if ((list === "done" || list === "all") && !fetched && state.loaded) void desk.reading.list(list);
  }, [list, state.loaded, fetched === undefined]);
  useEffect(() => {
    box.current?.querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" });
  }, [conv]);

  if (!state.loaded) return <Skeleton shape="list" />;
  if (rows.length === 0) {
    if (fetched?.state === "loading") return <Skeleton shape="list" />;
    if (fetched?.state === "failed" || fetched?.state === "forbidden") {
      return <Trouble state={fetched.state} retry={() => void desk.reading.list(list)} />;
    }
    const rings = ringing(state).length > 0;
    const [title, text] = rings && list === "mine" ? texts.list.emptyRinging : texts.list.empty[list];
    return <Empty icon={icons[list]} title={title}>{text}</Empty>;
  }
  return (
    <div className="rows" ref={box} tabIndex={-1}>
      {rows.map((row) => <ConversationRow key={row.id} conv={row} current={row.id === conv} showOwner={list === "all"} />)}
      {fetched?.next && (
        <button type="button" className="text-button rows-more" onClick={() => void desk.reading.list(list, true)}
          disabled={fetched.state === "loading"}>{texts.list.more}</button>
      )}
    </div>
  );
}

export function commandKey(): string { return /Mac|iPhone|iPad/u.test(navigator.userAgent) ? "⌘K" : "Ctrl K"; }
