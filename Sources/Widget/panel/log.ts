// The list of messages. Nodes are made once for each key and moved, never made again: a screen reader then announces a
// message exactly once, and a bubble keeps its place when its acknowledgement turns it into an event.

import type { Words } from "../locale/words";
import { icon, make, say } from "./dom";
import type { Entry, MessageEntry, MessageState } from "./entries";
import { splitLinks } from "./links";

export interface LogHost {
  earlier(conv: string, before: number): void;
  isLoading(conv: string, before: number): boolean;
  writeAgain(cid: string): void;
}

const nearEndPixels = 80;

export class Log {
  readonly element = make("div", { class: "log", role: "log", tabindex: "0", "aria-relevant": "additions" });
  readonly jump = make("button", { type: "button", class: "jump", hidden: true });

  private nodes = new Map<string, HTMLElement>();
  private words: Words | undefined;
  private lastKey = "";
  private following = true;

  constructor(private readonly host: LogHost) {
    this.jump.addEventListener("click", () => this.toEnd());
    this.element.addEventListener("scroll", () => {
      this.following = this.atEnd();
      if (this.following) this.jump.hidden = true;
    });
    // The on-screen keyboard, a growing composer or the rating below must not hide the newest message.
    new ResizeObserver(() => this.following && this.toEnd()).observe(this.element);
  }

  draw(entries: Entry[], words: Words): void {
    if (this.words !== words) {
      this.words = words;
      this.nodes.clear();
      this.element.replaceChildren();
      this.element.setAttribute("aria-label", words.messages);
      this.jump.replaceChildren(icon("down"), words.newMessages);
    }
    const stick = this.following;
    const anchor = stick ? undefined : this.anchor();
    // Older messages that come in by a page of history are no news to be read aloud.
    this.element.setAttribute("aria-live", entries.some((entry) => entry.is === "hole" && this.host.isLoading(entry.conv, entry.before)) ? "off" : "polite");
    const kept = new Map<string, HTMLElement>();
    let place = this.element.firstElementChild;
    for (const entry of entries) {
      let node = this.nodes.get(entry.key);
      if (!node) node = this.create(entry, words);
      this.update(node, entry, words);
      kept.set(entry.key, node);
      if (node === place) place = place.nextElementSibling;
      else this.element.insertBefore(node, place);
    }
    for (const [key, node] of this.nodes) if (!kept.has(key)) node.remove();
    this.nodes = kept;
    const last = entries[entries.length - 1];
    const news = last !== undefined && last.key !== this.lastKey;
    this.lastKey = last?.key ?? "";
    if (stick || (news && last.is === "message" && last.mine)) this.toEnd();
    else if (anchor) this.element.scrollTop += anchor.node.getBoundingClientRect().top - anchor.top;
    if (news && !stick && last.is === "message" && !last.mine) this.jump.hidden = false;
  }

  toEnd(): void {
    this.following = true;
    this.element.scrollTop = this.element.scrollHeight;
    this.jump.hidden = true;
  }

  private atEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < nearEndPixels;
  }

  /** The first message in sight and where it stands, so that what is loaded above does not push it away. */
  private anchor(): { node: HTMLElement; top: number } | undefined {
    const top = this.element.getBoundingClientRect().top;
    for (const node of this.nodes.values()) {
      const box = node.getBoundingClientRect();
      if (box.bottom > top && node.classList.contains("message")) return { node, top: box.top };
    }
    return undefined;
  }

  private create(entry: Entry, words: Words): HTMLElement {
    switch (entry.is) {
      case "day":
        return make("div", { class: "day" }, dayName(entry.at, words));
      case "line":
        return make("div", { class: "line", dir: "auto" }, entry.text);
      case "hole": {
        const { conv, before } = entry;
        return make("div", { class: "hole" }, make("button", { type: "button", click: () => this.host.earlier(conv, before) }));
      }
      case "message":
        return make(
          "div",
          {},
          make("div", { class: "name" }, entry.name),
          make("div", { class: "bubble", dir: "auto" }, ...linked(entry.text, words)),
          make("div", { class: "meta" }, make("span", { class: "why" }), make("time", { dir: "auto" }, timeOf(entry.at, words)), make("span", { class: "state" })),
        );
    }
  }

  private update(node: HTMLElement, entry: Entry, words: Words): void {
    if (entry.is === "hole") {
      const loading = this.host.isLoading(entry.conv, entry.before);
      const button = node.firstElementChild as HTMLButtonElement;
      say(button, loading ? words.loading : words.earlier);
      button.disabled = loading;
    } else if (entry.is === "message") {
      node.className = ["message", entry.mine ? "mine" : "theirs", entry.first && "first", entry.last && "last", entry.state].filter(Boolean).join(" ");
      this.updateState(node, entry, words);
    }
  }

  private updateState(node: HTMLElement, entry: MessageEntry, words: Words): void {
    if (node.dataset.state === (entry.state ?? "")) return;
    node.dataset.state = entry.state ?? "";
    const state = node.querySelector(".state");
    if (entry.state) state?.replaceChildren(icon(shapeOf[entry.state], stateName(entry.state, words)));
    const why = node.querySelector(".why");
    if (entry.state === "failed") {
      const reason = words.reasons[entry.reason ?? ""] ?? words.reasonOther;
      why?.replaceChildren(
        `${words.notSent}: ${reason}. `,
        make("button", { type: "button", click: () => this.host.writeAgain(entry.key) }, words.writeAgain),
      );
    } else {
      why?.replaceChildren();
    }
  }
}

const shapeOf = { sending: "clock", sent: "sent", delivered: "delivered", read: "delivered", failed: "alert" } as const;

function stateName(state: MessageState, words: Words): string {
  return state === "failed" ? words.notSent : words[state];
}

function linked(text: string, words: Words): (Node | string)[] {
  return splitLinks(text).map((piece) =>
    piece.href
      ? make("a", { href: piece.href, target: "_blank", rel: "noopener noreferrer nofollow", title: words.opensNewTab }, piece.text)
      : piece.text,
  );
}

function timeOf(at: number, words: Words): string {
  return new Intl.DateTimeFormat(words.lang, { hour: "numeric", minute: "2-digit" }).format(at);
}

function dayName(at: number, words: Words): string {
  const day = new Date(at).toDateString();
  if (day === new Date().toDateString()) return words.today;
  if (day === new Date(Date.now() - 86_400_000).toDateString()) return words.yesterday;
  return new Intl.DateTimeFormat(words.lang, { weekday: "long", day: "numeric", month: "long" }).format(at);
}
