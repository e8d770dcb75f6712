import { useEffect, useMemo, useState } from "react";
import type { PersonRow } from "../core/api";
import { stateOf } from "../core/reading";
import { storyOf } from "../core/timeline";
import { CardDetails } from "./CardDetails";
import { useDesk, useStore, useTexts, useView } from "./hooks";
import { Icon } from "./Icon";
import { Avatar, Empty, Skeleton, Trouble } from "./Parts";
import { TimelineView } from "./TimelineView";

interface Found { people: PersonRow[]; next?: string; state: "loading" | "ready" | "failed" | "forbidden" }

export function PeoplePage() {
  const { person, drawer } = useView();
  const texts = useTexts();
  return (
    <div className={`people${drawer ? " drawer-open" : ""}`}>
      <Search />
      {person ? <PersonView key={person} id={person} />
        : <section className="talk talk-empty"><Empty icon="people" title={texts.people.choose}>{texts.people.chooseText}</Empty></section>}
    </div>
  );
}

function Search() {
  const desk = useDesk();
  const texts = useTexts();
  const { person } = useView();
  const [query, setQuery] = useState("");
  const [found, setFound] = useState<Found>({ people: [], state: "loading" });
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      try {
        const answer = await desk.api.people(query);
        if (current) setFound({ ...answer, state: "ready" });
      } catch (error) {
        if (current) setFound({ people: [], state: stateOf(error) });
      }
    }, query ? 150 : 0);
    return () => { current = false; clearTimeout(timer); };
  }, [query, turn]);

  const more = async () => {
    try {
      const answer = await desk.api.people(query, found.next);
      setFound({ ...answer, people: [...found.people, ...answer.people], state: "ready" });
    } catch {
      desk.navigation.toast("danger", texts.state.failed);
    }
  };
  return (
    <section className="list" aria-label={texts.nav.people}>
      <header className="list-head">
        <h2>{texts.nav.people}</h2>
        <button type="button" className="button button-small" onClick={() => desk.navigation.show({ is: "newPerson" })}>
          <Icon name="plus" size={16} />{texts.people.create}
        </button>
      </header>
      <div className="search-box">
        <Icon name="search" size={16} />
        <input type="search" value={query} placeholder={texts.people.search} aria-label={texts.people.search}
          onChange={(event) => setQuery(event.target.value)} />
      </div>
      {found.state === "loading" && <Skeleton shape="list" />}
      {(found.state === "failed" || found.state === "forbidden")
        && <Trouble state={found.state} retry={() => setTurn(turn + 1)} />}
      {found.state === "ready" && found.people.length === 0 && (
        <Empty icon="search" title={query ? texts.people.nobody(query) : texts.people.empty}>{texts.people.emptyText}</Empty>
      )}
      <div className="rows">
        {found.people.map((one) => <PersonLineView key={one.id} row={one} current={one.id === person} />)}
        {found.next && <button type="button" className="text-button rows-more" onClick={() => void more()}>{texts.list.more}</button>}
      </div>
    </section>
  );
}

function PersonLineView({ row, current }: { row: PersonRow; current: boolean }) {
  const desk = useDesk();
  const texts = useTexts();
  const org = typeof row.org === "string" ? row.org : row.org?.name;
  const reach = row.phones[0] ?? row.emails[0];
  return (
    <button type="button" className="row" aria-current={current ? "true" : undefined}
      onClick={() => desk.navigation.openPerson(row.id)}>
      <span className="row-face"><Avatar name={row.name} /></span>
      <span className="row-text">
        <span className="row-top">
          <span className="row-name">{row.name}</span>
          {row.lifecycle && <span className="pill">{texts.lifecycle(row.lifecycle)}</span>}
        </span>
        <span className="row-bottom"><span className="row-last">{[org, row.title].filter(Boolean).join(" · ") || reach}</span></span>
      </span>
    </button>
  );
}

function PersonView({ id }: { id: string }) {
  const desk = useDesk();
  const state = useStore();
  const texts = useTexts();
  const card = state.cards[id];
  const timeline = state.timelines[id];
  const story = useMemo(() => storyOf(state, { person: id }), [id, state.convs, state.events, state.timelines]);
  useEffect(() => { void desk.reading.person(id); }, [id]);
  const lost = !card && (timeline?.state === "failed" || timeline?.state === "forbidden") ? timeline.state : undefined;
  return (
    <>
      <section className="talk" aria-label={texts.people.story}>
        <header className="talk-head">
          <button type="button" className="icon-button back" aria-label={texts.back} onClick={() => desk.navigation.back()}>
            <Icon name="back" />
          </button>
          {card && <Avatar name={card.person.name} />}
          <div className="talk-who">
            <h2 className="talk-name"><span>{card?.person.name ?? texts.people.story}</span>
              {card && <span className="pill">{texts.lifecycle(card.person.lifecycle)}</span>}</h2>
            <p className="talk-details">{[card?.person.org?.name, card?.person.title].filter(Boolean).join(" · ")}</p>
          </div>
          <button type="button" className="icon-button card-toggle" aria-label={texts.card.show}
            onClick={() => desk.navigation.change({ drawer: !desk.view.value.drawer })}><Icon name="card" /></button>
        </header>
        {lost ? <Trouble state={lost} retry={() => void desk.reading.person(id)} /> : <TimelineView story={story} />}
      </section>
      {!lost && (
        <aside className="card-pane" aria-label={texts.card.title}>
          <header className="card-bar"><h2>{texts.card.title}</h2>
            <button type="button" className="icon-button card-close" aria-label={texts.close}
              onClick={() => desk.navigation.change({ drawer: false })}><Icon name="close" size={16} /></button>
          </header>
          <div className="card-scroll" tabIndex={0} role="group" aria-label={texts.card.title}>
            {card ? <CardDetails card={card} /> : <Skeleton shape="card" />}
          </div>
        </aside>
      )}
    </>
  );
}
