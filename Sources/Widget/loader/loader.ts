// The one script a site includes. It draws the launcher, asks once whether the inbox exists, and creates the panel only
// when somebody is about to use it. No socket, no timer and no third party on a page where nobody chats.

import { parseColor } from "../shared/color";
import { handshake } from "../shared/port";
import type { InboxFacts, ToLoader, ToPanel } from "../shared/port";
import { makeLauncher } from "./launcher";
import { currentPage, watchPages } from "./pages";

type Listener = (detail: unknown) => void;
type Command = (...given: any[]) => unknown;
type Queue = unknown[][] | Record<string, Command> | undefined;

const site = window as unknown as { switchboard: Queue };
const tag = (document.currentScript ?? document.querySelector("script[data-inbox]")) as HTMLScriptElement;
const queued = site.switchboard;
// A second tag on the same page is ignored.
if (!queued || Array.isArray(queued)) begin(queued ?? []);

function begin(queue: unknown[][]): void {
  const server = new URL(tag.src).origin;
  const data = tag.dataset;
  const inbox = encodeURIComponent(data.inbox ?? "");
  const prefix = `switchboard.${inbox}.`;
  const listeners: Record<string, Set<Listener>> = {};
  let lang = data.lang || document.documentElement.lang || navigator.language;
  let identity = data.identity;
  let facts: InboxFacts | undefined;
  let frame: HTMLIFrameElement | undefined;
  let port: MessagePort | undefined;
  let opened = false;
  let loaded = false;
  let answered = false;
  let prefilled: string | undefined;

  const { host, button, hold, show, count, speak } = makeLauncher(
    lang,
    parseColor(data.color),
    data.corner === "left" ? "left" : "right",
    Math.min(200, Math.abs(+(data.offset ?? 20))) || 0,
    data.theme ?? "light dark",
  );

  // MARK: What the site may ask

  const open = (): void => {
    opened = true;
    panel();
    // The switchboard could not be reached when the frame was loaded: look again.
    if (loaded && !answered) frame!.src += "";
    show(true);
    post({ t: "show" });
    frame!.focus();
    emit("open");
  };
  const close = (): void => {
    if (!opened) return;
    opened = false;
    show(false);
    post({ t: "hide" });
    button.focus();
    emit("close");
  };
  const toggle = (): void => (opened ? close() : open());
  const tell = (url?: string): void => {
    const { tok } = kept();
    if (tok) navigator.sendBeacon(server + "/w/page", JSON.stringify({ tok, ...currentPage(url) }));
  };
  const commands: Record<string, Command> = {
    open,
    close,
    toggle,
    show: () => (host.hidden = false),
    hide: () => (host.hidden = true),
    identify(proof: string) {
      identity = proof;
      post({ t: "identify", proof });
    },
    logout() {
      identity = undefined;
      // Written first: if this page ends now, the next one forgets the visitor in our stead.
      if (kept().tok) keep("forget", "1");
      post({ t: "logout" });
      if (kept().forget) panel();
    },
    page: tell,
    prefill(text: string) {
      prefilled = text;
      post({ t: "prefill", text });
    },
    setLocale(next: string) {
      speak((lang = next));
      post({ t: "locale", lang });
    },
    on: (name: string, listener: Listener) => (listeners[name] ??= new Set()).add(listener),
    off: (name: string, listener: Listener) => listeners[name]?.delete(listener),
    push: ([name, ...given]: [string]) => commands[name]?.(...given),
  };

  // MARK: The panel and its private line

  function panel(): void {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.src = `${server}/w/frame?inbox=${inbox}`;
    // A panel that loads again gets a new line. What is said before the first one, `init` says.
    frame.onload = () => {
      loaded = true;
      const channel = new MessageChannel();
      port?.close();
      port = channel.port1;
      port.onmessage = heard;
      frame!.contentWindow!.postMessage(handshake, server, [channel.port2]);
      post({ t: "init", inbox: facts, lang, data: { ...data }, identity, kept: kept(), page: currentPage(), shown: opened, text: prefilled });
    };
    hold(frame);
  }

  function post(message: ToPanel): void {
    port?.postMessage(message);
  }

  function heard({ data }: MessageEvent<ToLoader>): void {
    answered = true;
    if (data.t === "close") close();
    if (data.t === "keep") keep(data.key, data.value);
    if (data.t === "event") {
      if (data.name === "unread") count(data.detail as number);
      if (data.name === "message:out") prefilled = undefined;
      emit(data.name, data.detail);
    }
  }

  function emit(name: string, detail?: unknown): void {
    // In tasks of their own: an error in the site's listener is the site's and stops nothing here.
    listeners[name]?.forEach((listener) => setTimeout(listener, 0, detail));
  }

  // MARK: What is remembered in the site's storage

  function kept(): Record<string, string> {
    const texts: Record<string, string> = {};
    try {
      for (const key in localStorage) if (key.startsWith(prefix)) texts[key.slice(prefix.length)] = localStorage[key];
    } catch {
      // Blocked: the chat works, only nothing is remembered from page to page.
    }
    return texts;
  }

  function keep(key: string, value?: string): void {
    try {
      if (value) localStorage[prefix + key] = value;
      else delete localStorage[prefix + key];
    } catch {
      // Blocked or full.
    }
  }

  // MARK: Start

  const start = (): void => {
    document.body.append(host);
    fetch(`${server}/w/config?inbox=${inbox}`)
      .then(async (answer) => {
        // No such inbox: a button that leads nowhere is worse than none.
        if (answer.status < 500 && !answer.ok) host.remove();
        facts = await answer.json();
        emit(answer.ok ? "ready" : "error", facts);
      })
      // A switchboard out of reach may come back; the button stays.
      .catch(() => emit("error"));
    button.onpointerenter = button.onfocus = panel;
    button.onclick = toggle;
    // A handler that returns false would cancel the key: no Enter would press the button and no Tab would leave it.
    host.onkeydown = (event) => {
      if (event.key === "Escape") close();
    };
    addEventListener("click", (event) => {
      if (!(event.target as Element).closest?.("[data-switchboard-open]")) return;
      event.preventDefault();
      open();
    });
    const { active, forget } = kept();
    if (active || forget) panel();
    tell();
    watchPages(tell);
    queue.forEach(commands.push as Command);
  };
  site.switchboard = commands;
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
}
