import { clockTime } from "../core/format";
import { useDesk, useNow, usePreferences, useStore, useTexts } from "./hooks";
import { Icon } from "./Icon";

/** Says the truth about the connection, and nothing at all while everything is well. */
export function Banner() {
  const desk = useDesk();
  const { link, loaded, outdated, outbox } = useStore();
  const { language } = usePreferences();
  const texts = useTexts();
  const now = useNow();
  const since = link.syncedAt ? texts.link.synced(clockTime(link.syncedAt, language)) : "";
  const waiting = outbox.filter((entry) => entry.state !== "failed" && entry.frame.t === "send").length;
  const kept = waiting > 0 ? texts.link.kept(waiting) : "";

  if (link.phase === "ended") {
    return (
      <div className="banner banner-danger" role="alert">
        <Icon name="alert" size={16} />
        <span>{texts.link.ended(link.code ?? "")} {since}</span>
        <button type="button" className="text-button" onClick={() => desk.link.start()}>{texts.link.here}</button>
      </div>
    );
  }
  if (link.phase === "waiting" || (link.phase === "connecting" && loaded)) {
    const seconds = Math.max(0, Math.ceil(((link.retryAt ?? now) - now) / 1_000));
    return (
      <div className="banner banner-warn" role="status">
        <Icon name="alert" size={16} />
        <span>{navigator.onLine ? texts.link.waiting(seconds) : texts.link.offline} {since} {kept}</span>
        <button type="button" className="text-button" onClick={() => desk.link.tryNow()}>{texts.link.now}</button>
      </div>
    );
  }
  if (link.lagging) return <div className="banner" role="status"><span>{texts.link.lagging}</span></div>;
  if (outdated) {
    return (
      <div className="banner" role="status">
        <span>{texts.link.outdated}</span>
        <button type="button" className="text-button" onClick={() => location.reload()}>{texts.link.reload}</button>
      </div>
    );
  }
  return null;
}
