import { useEffect, useRef } from "react";
import { Alarm, badgedTitle } from "../core/alarm";
import { alertOf, ringing } from "../core/selectors";
import { useDesk, useNow, usePreferences, useStore, useTexts, useView } from "./hooks";
import { nameOf } from "./Parts";

/** Title, sound and notification follow the state, and are silent when the state is calm. */
export function useAlarm(): void {
  const desk = useDesk();
  const state = useStore();
  const view = useView();
  const texts = useTexts();
  const preferences = usePreferences();
  const now = useNow();
  const alarm = useRef(new Alarm());
  const shown = useRef(new Map<string, Notification>());

  const watching = document.visibilityState === "visible" && document.hasFocus() && view.route === "inbox"
    ? view.conv : undefined;
  const alert = alertOf(state, watching);

  useEffect(() => { document.title = badgedTitle(texts.product, alert); }, [texts, alert.total]);

  useEffect(() => {
    const noise = alarm.current.due(alert, now);
    if (!preferences.sound || noise === undefined) return;
    if (noise === "ring") desk.sound.ring(); else desk.sound.tap();
  }, [now, alert.rings, alert.unanswered]);

  useEffect(() => {
    const rows = preferences.notifications && document.hidden ? ringing(state) : [];
    const wanted = new Set(rows.map((row) => row.conv));
    for (const { conv, ring } of rows) {
      if (shown.current.has(conv) || Notification.permission !== "granted") continue;
      const title = ring.channel === "call" ? texts.ring.call : texts.ring.chat;
      const notification = notify(title, nameOf(ring.who, texts), conv);
      if (!notification) continue;
      notification.onclick = () => { window.focus(); desk.navigation.openConversation(conv); notification.close(); };
      shown.current.set(conv, notification);
    }
    for (const [conv, notification] of shown.current) {
      if (wanted.has(conv)) continue;
      notification.close();
      shown.current.delete(conv);
    }
  }, [state.rings, now, preferences.notifications]);
}

/** Some telephones have the interface and refuse to use it. */
function notify(title: string, body: string, tag: string): Notification | undefined {
  try {
    return new Notification(title, { body, tag });
  } catch {
    return undefined;
  }
}
