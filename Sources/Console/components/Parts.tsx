import type { ReactNode } from "react";
import { initials, tint, wait } from "../core/format";
import type { Conversation, Party } from "../core/protocol";
import { warmth } from "../core/selectors";
import type { Texts } from "../locale/index";
import { useNow, usePreferences, useStore, useTexts } from "./hooks";
import { Icon, type IconName } from "./Icon";

// The small pieces that stand everywhere: a face, how sure we are, how long somebody waits, nothing here, not yet here.

/** What to call somebody whom we may not know. */
export function nameOf(who: Party, texts: Texts): string {
  const claimed = who.claims?.find((claim) => claim.kind === "name")?.value;
  if (who.person) return who.person.name;
  if (claimed) return claimed;
  if (who.match === "anonymous") return texts.party.withheld;
  return who.number ?? who.claims?.[0]?.value ?? texts.party.visitor;
}

/** Letters are for names; whoever has none gets the empty face. */
export function faceOf(who: Party): string {
  return who.person?.name ?? who.claims?.find((claim) => claim.kind === "name")?.value ?? "";
}

export function Avatar({ name, size = "medium" }: { name: string; size?: "small" | "medium" | "large" }) {
  const letters = initials(name);
  return (
    <span className={`avatar avatar-${size} tint-${tint(name, 6)}`} aria-hidden="true">
      {letters ? letters : <Icon name="person" size={16} />}
    </span>
  );
}

const badgeIcons: Record<string, IconName> = {
  verified: "shield", confirmed: "check", network: "call", claimed: "question", none: "question",
};

export function Badge({ who, brief = false }: { who: Party; brief?: boolean }) {
  const texts = useTexts();
  const level = who.match === "ambiguous" ? "several" : who.match === "anonymous" ? "anonymous" : who.level;
  const [label, meaning] = texts.badge[level] ?? [level, ""];
  return (
    <span className={`badge badge-${level}`} title={meaning}>
      <Icon name={badgeIcons[level] ?? "question"} size={16} />
      <span className={brief ? "badge-label brief" : "badge-label"}>{label}</span>
    </span>
  );
}

export function ChannelMark({ conv }: { conv: Pick<Conversation, "channel" | "call"> }) {
  const texts = useTexts();
  const lost = conv.call?.disposition === "missed" || conv.call?.disposition === "abandoned";
  const name: IconName = conv.channel === "chat" ? "chat"
    : lost ? "callMissed" : conv.call?.direction === "outbound" ? "callOut" : "callIn";
  return (
    <span className={`channel channel-${conv.channel}${lost ? " channel-missed" : ""}`}
      title={texts.channel[conv.channel]}>
      <Icon name={name} size={16} />
      <span className="hidden">{lost ? texts.call.disposition.missed : texts.channel[conv.channel]}</span>
    </span>
  );
}

/** Warms from quiet to warning to danger; the number is always there. */
export function Waiting({ since, label }: { since: number; label: string }) {
  const now = useNow() + useStore().skew;
  const { language } = usePreferences();
  const waited = Math.max(0, now - since);
  return (
    <span className={`waiting waiting-${warmth(waited)}`} title={label}>
      <Icon name="clock" size={16} />
      <span className="hidden">{label} </span>{wait(waited, language)}
    </span>
  );
}

export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <span className="empty-icon"><Icon name={icon} /></span>
      <p className="empty-title">{title}</p>
      {children && <div className="empty-text">{children}</div>}
    </div>
  );
}

/** What happened, what was kept, what to press. */
export function Trouble({ state, retry }: { state: "failed" | "forbidden"; retry: () => void }) {
  const texts = useTexts();
  return state === "forbidden"
    ? <Empty icon="shield" title={texts.state.forbidden}>{texts.state.forbiddenText}</Empty>
    : <Empty icon="alert" title={texts.state.failed}>
        <p>{texts.state.failedText}</p>
        <button type="button" className="button" onClick={retry}>{texts.state.again}</button>
      </Empty>;
}

export function Skeleton({ shape, rows = 6 }: { shape: "list" | "timeline" | "card"; rows?: number }) {
  const texts = useTexts();
  return (
    <div className={`skeleton skeleton-${shape}`} role="status">
      <span className="hidden">{texts.state.loading}</span>
      {Array.from({ length: rows }, (_, index) => <span key={index} className="skeleton-row" />)}
    </div>
  );
}

export function Key({ children }: { children: string }) { return <kbd className="key">{children}</kbd>; }
