import type { Card, Party } from "../core/protocol";
import { money, pathOf, shortDate } from "../core/format";
import { EditableLine } from "./EditableLine";
import { useDesk, usePreferences, useStore, useTexts } from "./hooks";
import { Icon } from "./Icon";
import { Avatar, Badge } from "./Parts";

interface Props { card: Card; who?: Party; conv?: string }

/** A page looked at this long ago counts as looked at now. */
export const onlineNowMilliseconds = 5 * 60_000;

export function CardDetails({ card, who, conv }: Props) {
  const desk = useDesk();
  const texts = useTexts();
  const { person } = card;
  return (
    <>
      <div className="card-face">
        <Avatar name={person.name} size="large" />
        <EditableLine card={card} field="name" value={person.name} label={texts.person.name} heading />
        {who && <p><Badge who={who} /></p>}
        <EditableLine card={card} field="title" value={person.title ?? ""} label={texts.person.title} />
        <EditableLine card={card} field="org" value={person.org?.name ?? ""} label={texts.person.org} />
      </div>
      <dl className="facts">
        <div><dt>{texts.person.lifecycle}</dt><dd><span className="pill">{texts.lifecycle(person.lifecycle)}</span></dd></div>
        <div><dt>{texts.person.owner}</dt><dd>{person.owner?.name ?? texts.person.nobody}</dd></div>
        <Since ts={person.since} />
      </dl>
      <Web card={card} />
      <Reach card={card} />
      <Deals card={card} />
      <Recent card={card} />
      <Merged card={card} />
      <footer className="card-foot">
        {!conv ? null : who?.level === "confirmed" && (
          <button type="button" className="text-button" onClick={() => desk.work.act(conv, "unpick")}>
            <Icon name="undo" size={16} />{texts.card.unpick}
          </button>
        )}
        <button type="button" className="text-button"
          onClick={() => desk.navigation.show({ is: "merge", person: person.id })}>
          <Icon name="merge" size={16} />{texts.card.merge}
        </button>
        {conv && (
          <button type="button" className="text-button" onClick={() => desk.navigation.openPerson(person.id)}>
            <Icon name="person" size={16} />{texts.card.openPerson}
          </button>
        )}
      </footer>
    </>
  );
}

function Since({ ts }: { ts: number }) {
  const texts = useTexts();
  const { language } = usePreferences();
  return <div><dt>{texts.person.since}</dt><dd>{shortDate(ts, Date.now(), language)}</dd></div>;
}

/** Where they are on the website, if they are there now. */
function Web({ card }: { card: Card }) {
  const texts = useTexts();
  const { language } = usePreferences();
  const { web } = card;
  if (!web) return null;
  const now = Date.now() - web.at < onlineNowMilliseconds;
  return (
    <section className="card-section">
      <h4>{now ? texts.card.webNow : texts.card.web}{now && <span className="dot dot-online" />}</h4>
      <ul className="trail">
        {web.trail.slice(0, 6).map((page, index) => (
          <li key={`${page.at}${page.url}`} className={index === 0 && now ? "live" : undefined} title={page.url}>
            <span className="trail-title">{page.title || pathOf(page.url)}</span>
            <time>{shortDate(page.at, Date.now(), language)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Reach({ card }: { card: Card }) {
  const texts = useTexts();
  const { phones, emails } = card.person;
  return (
    <section className="card-section">
      <h4>{texts.card.reach}</h4>
      {phones.map((phone) => <CopyLine key={phone} icon="call" text={phone} />)}
      {emails.map((email) => <CopyLine key={email} icon="mail" text={email} />)}
      <EditableLine card={card} field="addPhone" value="" label={texts.person.addPhone} adding />
      <EditableLine card={card} field="addEmail" value="" label={texts.person.addEmail} adding />
    </section>
  );
}

function CopyLine({ icon, text }: { icon: "call" | "mail"; text: string }) {
  const desk = useDesk();
  const texts = useTexts();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      desk.navigation.toast("ok", texts.copied);
    } catch {
      desk.navigation.toast("danger", texts.copyFailed);
    }
  };
  return (
    <div className="copy-line">
      <Icon name={icon} size={16} /><span>{text}</span>
      <button type="button" className="icon-button" aria-label={`${texts.copy} ${text}`} title={texts.copy}
        onClick={() => void copy()}><Icon name="copy" size={16} /></button>
    </div>
  );
}

function Deals({ card }: { card: Card }) {
  const texts = useTexts();
  const { language } = usePreferences();
  if (card.deals.length === 0) return null;
  return (
    <section className="card-section">
      <h4>{texts.card.deals}</h4>
      <ul className="deals">
        {card.deals.map((deal) => (
          <li key={deal.id}>
            <span className="deal-title">{deal.title}</span>
            {deal.amount !== undefined && <span className="deal-amount">{money(deal.amount, deal.currency, language)}</span>}
            <span className="deal-stage">{texts.stage(deal.stage)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Recent({ card }: { card: Card }) {
  const desk = useDesk();
  const texts = useTexts();
  const { language } = usePreferences();
  if (card.recent.length === 0) return null;
  return (
    <section className="card-section">
      <h4>{texts.card.recent}</h4>
      <ul className="recent">
        {card.recent.slice(0, 5).map((one) => (
          <li key={one.conv}>
            <button type="button" className="recent-line" onClick={() => desk.navigation.openConversation(one.conv)}>
              <span className={`channel channel-${one.channel}`}><Icon name={one.channel} size={16} /></span>
              <span className="recent-text">
                {[one.outcome ? texts.outcome(one.outcome) : texts.channel[one.channel], one.rep].filter(Boolean).join(" · ")}
                {one.text && <span className="recent-said">{one.text}</span>}
              </span>
              <time>{shortDate(one.at, Date.now(), language)}</time>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Merged({ card }: { card: Card }) {
  const desk = useDesk();
  const texts = useTexts();
  const { loaded } = useStore();
  if (!card.merged?.length || !loaded) return null;
  const undo = async (edge: string) => {
    try {
      await desk.api.undoMerge(edge);
      await desk.reading.card(card.person.id);
      await desk.reading.timeline(card.person.id);
      desk.navigation.toast("ok", texts.merge.undone);
    } catch {
      desk.navigation.toast("danger", texts.state.failed);
    }
  };
  return (
    <section className="card-section">
      <h4>{texts.card.merged}</h4>
      {card.merged.map((one) => (
        <p key={one.edge} className="merged-line">{one.name}
          <button type="button" className="text-button" onClick={() => void undo(one.edge)}>{texts.merge.split}</button>
        </p>
      ))}
    </section>
  );
}
