// The entry of the panel. Inside a site it waits for the loader's handshake; opened by itself it is a whole window.

import { Chat } from "../core/chat";
import type { Happening } from "../core/chat";
import { systemClock } from "../core/clock";
import { Keep } from "../core/keep";
import { Neighbours } from "../core/neighbours";
import type { Channel } from "../core/neighbours";
import { openOutboxStore } from "../core/outboxStore";
import { EntrustedTextStorage, openLocalStorage } from "../core/textStorage";
import { chooseLocale, direction } from "../locale/choose";
import type { Words } from "../locale/words";
import { parseColor, readableAccent } from "../shared/color";
import { handshake } from "../shared/port";
import type { InboxFacts, ToLoader, ToPanel } from "../shared/port";
import { View } from "./view";

type Init = Extract<ToPanel, { t: "init" }>;

const inbox = new URLSearchParams(location.search).get("inbox") ?? "";
const alone = window.parent === window;

if (alone) {
  void begin({
    t: "init", inbox: undefined, lang: navigator.language, data: {}, identity: undefined, kept: {},
    page: { url: location.origin + location.pathname, title: document.title }, shown: true, text: undefined,
  });
} else {
  // Who may embed this page is decided by its `frame-ancestors`; here only the embedding page itself is listened to.
  const take = (event: MessageEvent): void => {
    const port = event.ports[0];
    if (event.source !== window.parent || event.data !== handshake || !port) return;
    removeEventListener("message", take);
    port.onmessage = (first: MessageEvent<ToPanel>) => {
      if (first.data.t === "init") void begin(first.data, port);
    };
  };
  addEventListener("message", take);
}

async function begin(init: Init, port?: MessagePort): Promise<void> {
  // What comes while the parts are put together is heard afterwards.
  const backlog: ToPanel[] = [];
  if (port) port.onmessage = (event: MessageEvent<ToPanel>) => backlog.push(event.data);
  const post = (message: ToLoader): void => port?.postMessage(message);
  const prefix = `switchboard.${inbox}.`;
  const own = openLocalStorage(prefix);
  const entrusted = new EntrustedTextStorage(init.kept, (key, value) => post({ t: "keep", key, value }));
  const texts = own ?? entrusted;
  let whole = false;
  const neighbours = new Neighbours(openChannel(prefix), systemClock, (key, value) => {
    entrusted.learn(key, value);
    // Another tab may speak while this one is being put together; what it said is read from the storage then.
    if (!whole) return;
    if (key === "tok" && value === undefined) void forget();
    if (key === "active" && value !== undefined) chat.join();
    if (key === "read" && value !== undefined) chat.readElsewhere(JSON.parse(value));
  });
  const keep = new Keep(texts, (key, value) => {
    if (key === "tok" || key === "active" || key === "read") neighbours.tell(key, value);
  });
  const store = await openOutboxStore(inbox, texts);
  let lang = init.lang;
  let words: Words | undefined;
  let facts: InboxFacts | undefined = init.inbox;
  let shown = init.shown;
  let drawing = false;
  let unreadTold = 0;
  const told: Record<string, string | undefined> = { ...init.kept };

  const chat = new Chat({
    inbox,
    clock: systemClock,
    random: Math.random,
    openSocket: () => new WebSocket(`${location.protocol === "http:" ? "ws" : "wss"}://${location.host}/rt/visitor`, "switchboard.v1"),
    store,
    keep,
    introduce: () => neighbours.introduce(),
    language: () => lang,
    page: () => init.page,
    changed: draw,
    happened: ({ is, ...detail }: Happening) => post({ t: "event", name: is, detail }),
  });
  const view = new View({
    chat,
    keep,
    name: () => chat.inboxName ?? facts?.name ?? "",
    online: () => chat.online ?? facts?.online,
    close: port && (() => post({ t: "close" })),
  });
  whole = true;

  /** Draws once for everything that happened in one turn; a hidden panel only reports. */
  function draw(): void {
    if (drawing) return;
    drawing = true;
    setTimeout(() => {
      drawing = false;
      report();
      if (words && shown) view.draw(words);
    });
  }

  function report(): void {
    if (chat.unread !== unreadTold) post({ t: "event", name: "unread", detail: (unreadTold = chat.unread) });
    if (own) for (const key of ["tok", "active"] as const) tell(key, keep.get(key));
  }

  /** Gives the loader its copy. */
  function tell(key: string, value: string | undefined): void {
    if (told[key] !== value) post({ t: "keep", key, value: (told[key] = value) });
  }

  async function speak(next: string): Promise<void> {
    lang = next;
    const name = chooseLocale(lang, navigator.language);
    const address = document.documentElement.dataset[name] ?? "";
    const module = (await import(address)) as { default: Words };
    words = module.default;
    document.documentElement.dir = init.data.dir ?? direction(lang);
    draw();
  }

  function look(): void {
    chat.look(shown, document.visibilityState === "visible");
  }

  async function show(): Promise<void> {
    shown = true;
    look();
    if (words) view.draw(words);
    view.focus();
    // Whether anybody is there may have changed since the page was loaded; the answer is cached for a minute.
    if (chat.connection.link.is !== "online") {
      const answer = await fetch(`/w/config?inbox=${encodeURIComponent(inbox)}`).catch(() => undefined);
      if (answer?.ok) facts = (await answer.json()) as InboxFacts;
      draw();
    }
  }

  function hear(message: ToPanel): void {
    switch (message.t) {
      case "show":
        void show();
        break;
      case "hide":
        shown = false;
        look();
        break;
      case "identify":
        void chat.identify(message.proof, subjectOf(message.proof));
        break;
      case "logout":
        void forget();
        break;
      case "prefill":
        view.composer.text = message.text;
        break;
      case "locale":
        void speak(message.lang);
        break;
    }
  }

  async function forget(): Promise<void> {
    await chat.forget();
    view.composer.text = "";
    told.forget = "1";
    for (const key of ["tok", "active", "forget"]) tell(key, undefined);
  }

  // The first word on the line tells the loader that it has somebody to talk to.
  post({ t: "event", name: "unread", detail: 0 });
  paint(init.data);
  if (init.kept.forget) await forget();
  else if (init.kept.tok && !keep.get("tok")) keep.set("tok", init.kept.tok);
  if (init.identity) await chat.identify(init.identity, subjectOf(init.identity));
  if (init.text !== undefined) view.composer.text = init.text;
  for (const name of ["online", "offline", "pageshow"]) addEventListener(name, () => chat.awake());
  document.addEventListener("visibilitychange", () => {
    look();
    if (document.visibilityState === "visible") chat.awake();
  });
  await Promise.all([chat.begin(), speak(lang)]);
  if (shown) void show();
  backlog.forEach(hear);
  if (port) port.onmessage = (event: MessageEvent<ToPanel>) => hear(event.data);
}

function openChannel(name: string): Channel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined;
  }
}

/** The site's colours, set through the object model: the policy allows no inline style, and none is needed. */
function paint(data: Record<string, string | undefined>): void {
  const root = document.documentElement;
  root.style.setProperty("--accent", readableAccent(parseColor(data.color)));
  if (data.theme === "light" || data.theme === "dark") root.dataset.theme = data.theme;
}

/** Who the proof speaks of. Not verified here: it only tells one person from another on this device. */
function subjectOf(proof: string): string | undefined {
  try {
    const part = (proof.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    const claims: unknown = JSON.parse(atob(part));
    const subject = (claims as { sub?: unknown }).sub;
    return typeof subject === "string" ? subject : undefined;
  } catch {
    return undefined;
  }
}
