// The panel as a whole: header, banner, log, the line above the composer, and whatever stands at the foot: composer,
// question, rating. It draws what the chat holds and asks the chat for what the visitor wants; it keeps no truth itself.

import type { Chat } from "../core/chat";
import type { Keep } from "../core/keep";
import type { Timeline } from "../core/timeline";
import type { Words } from "../locale/words";
import { Banner } from "./banner";
import { Composer } from "./composer";
import { icon, make, say } from "./dom";
import { listEntries } from "./entries";
import { Log } from "./log";
import { makeRating } from "./rating";

const typingAnnouncedMilliseconds = 10_000;

export interface ViewHost {
  chat: Chat;
  keep: Keep;
  name: () => string;
  online: () => boolean | undefined;
  /** Undefined when the panel stands alone in a window. */
  close: (() => void) | undefined;
}

export class View {
  readonly composer: Composer;

  private readonly log: Log;
  private readonly banner: Banner;
  private readonly mark = make("span", { class: "mark", "aria-hidden": "true" });
  private readonly title = make("h1", { id: "title", dir: "auto" });
  private readonly presence = make("p", { class: "presence" });
  private readonly endButton = make("button", { type: "button", class: "end", hidden: true });
  private readonly closeButton = make("button", { type: "button", class: "close" }, icon("close"));
  private readonly hello = make("section", { class: "hello" });
  private readonly fields = make("div", { class: "fields" });
  private readonly nameField = make("input", { type: "text", id: "name", autocomplete: "name", maxlength: "100", dir: "auto" });
  private readonly emailField = make("input", { type: "email", id: "email", autocomplete: "email", maxlength: "254", dir: "ltr" });
  private readonly status = make("p", { class: "status", role: "status" });
  private readonly typing = make("p", { class: "typing", "aria-hidden": "true" });
  private readonly announcer = make("p", { class: "aside", role: "status" });
  private readonly foot = make("div", { class: "foot" });
  private readonly root: HTMLElement;

  private words: Words | undefined;
  private footKey = "";
  private asking = false;
  /** After an end, the visitor pressed "start a new chat": the composer is back although the last one is closed. */
  private restarted = false;
  private announcedAt = 0;

  constructor(private readonly host: ViewHost) {
    const { chat, keep } = host;
    this.log = new Log({
      earlier: (conv, before) => chat.loadEarlier(conv, before),
      isLoading: (conv, before) => chat.isLoading(conv, before),
      writeAgain: (cid) => {
        this.composer.text = [chat.retract(cid), this.composer.text].filter(Boolean).join("\n");
        this.composer.focus();
      },
    });
    this.banner = new Banner(() => chat.connection.restart());
    this.composer = new Composer({
      send: (text) => this.send(text),
      typed: () => chat.typed(),
      draft: (text) => keep.set("draft", text || undefined),
    });
    this.composer.text = keep.get("draft") ?? "";
    this.nameField.value = keep.get("name") ?? "";
    this.emailField.value = keep.get("email") ?? "";
    this.nameField.addEventListener("input", () => keep.set("name", this.nameField.value.trim() || undefined));
    this.emailField.addEventListener("input", () => keep.set("email", this.emailField.value.trim() || undefined));
    this.endButton.addEventListener("click", () => this.ask(true));
    this.closeButton.addEventListener("click", () => host.close?.());
    this.closeButton.hidden = host.close === undefined;
    this.root = make(
      host.close ? "div" : "main",
      { class: "panel", role: host.close && "dialog", "aria-labelledby": "title" },
      make("header", {}, this.mark, make("div", { class: "who" }, this.title, this.presence), this.endButton, this.closeButton),
      this.banner.element,
      make("div", { class: "body" }, this.log.element, this.log.jump),
      make("div", { class: "lines" }, this.typing, this.status, this.announcer),
      this.foot,
    );
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      if (this.asking) this.ask(false);
      else host.close?.();
    });
    document.body.replaceChildren(this.root);
  }

  focus(): void {
    this.composer.measure();
    if (this.composer.element.isConnected) this.composer.focus();
    else this.closeButton.focus();
    this.log.toEnd();
  }

  draw(words: Words): void {
    const { chat } = this.host;
    if (this.words !== words) this.speak(words);
    const open = chat.open;
    if (open) this.restarted = false;
    const reached = chat.connection.link.is !== "waiting" && chat.connection.link.is !== "stopped";
    const online = reached ? open?.queue?.online ?? this.host.online() : undefined;
    const name = this.host.name();
    say(this.title, name);
    document.title = words.chatWith(name);
    say(this.mark, [...name][0] ?? "");
    say(this.presence, online === undefined ? "" : online ? words.online : words.offline);
    this.presence.classList.toggle("on", online === true);
    this.endButton.hidden = open === undefined || this.asking;
    this.banner.draw(chat.connection.link, words, () => this.draw(words));

    const entries = listEntries(chat.timelines, chat.bubbles, words);
    this.log.draw(entries, words);
    const empty = entries.length === 0;
    this.drawHello(words, empty, online);
    this.drawLines(words, open);
    this.drawFoot(words, empty, chat.current);
    this.composer.draw(words, chat.textLimit);
  }

  // MARK: Parts

  private speak(words: Words): void {
    this.words = words;
    this.footKey = "";
    document.documentElement.lang = words.lang;
    say(this.endButton, words.end);
    this.closeButton.setAttribute("aria-label", words.close);
    const field = (id: string, text: string, input: HTMLInputElement): HTMLElement =>
      make("div", { class: "field" }, make("label", { for: id }, text, make("span", {}, words.optional)), input);
    this.fields.replaceChildren(field("name", words.name, this.nameField), field("email", words.email, this.emailField));
    this.fields.setAttribute("role", "group");
    this.fields.setAttribute("aria-label", words.aboutYou);
  }

  private drawHello(words: Words, empty: boolean, online: boolean | undefined): void {
    const known = this.host.chat.verified;
    this.fields.hidden = known;
    if (!empty) {
      this.hello.remove();
    } else {
      const text = online === false ? words.greetingOffline : words.greetingOnline;
      if (!this.hello.isConnected || this.hello.dataset.text !== text) {
        this.hello.dataset.text = text;
        this.hello.replaceChildren(make("h2", {}, words.greeting), make("p", {}, text), this.fields);
        this.log.element.before(this.hello);
      }
    }
    this.log.element.hidden = empty;
  }

  private drawLines(words: Words, open: Timeline | undefined): void {
    const { chat } = this.host;
    const typing = chat.typing && open?.id === chat.typing.conv ? words.typing(chat.typing.name ?? open.rep ?? words.team) : "";
    say(this.typing, typing);
    this.typing.classList.toggle("on", typing !== "");
    if (typing && Date.now() - this.announcedAt >= typingAnnouncedMilliseconds) {
      this.announcedAt = Date.now();
      say(this.announcer, typing);
    } else if (!typing) {
      say(this.announcer, "");
    }
    say(this.status, open?.state === "waiting" ? waitingLine(open.queue, chat.online, words) : "");
  }

  private drawFoot(words: Words, empty: boolean, current: Timeline | undefined): void {
    const ended = !empty && current?.state === "closed" && !this.restarted && this.host.chat.bubbles.length === 0;
    const key = this.asking ? "ask" : ended ? `ended ${current.id} ${current.rated}` : "write";
    if (key === this.footKey) return;
    const had = this.foot.contains(document.activeElement) || document.activeElement === this.endButton;
    this.footKey = key;
    if (key === "ask") this.foot.replaceChildren(this.question(words));
    else if (ended) this.foot.replaceChildren(...this.ending(words, current));
    else this.foot.replaceChildren(this.composer.element);
    if (key === "write") this.composer.measure();
    if (had) (this.foot.querySelector("textarea:not([hidden] *), input, button") as HTMLElement | null)?.focus();
    this.log.toEnd();
  }

  private question(words: Words): HTMLElement {
    return make(
      "div",
      { class: "question", role: "group", "aria-labelledby": "question" },
      make("p", { id: "question" }, words.endQuestion),
      make("div", { class: "buttons" },
        make("button", { type: "button", class: "danger", click: () => this.end() }, words.endYes),
        make("button", { type: "button", class: "plain", click: () => this.ask(false) }, words.endNo),
      ),
    );
  }

  private ending(words: Words, current: Timeline): HTMLElement[] {
    const served = current.rows().some((row) => row.is === "event" && row.event.kind === "joined");
    const parts: HTMLElement[] = [];
    if (current.rated) parts.push(make("p", { class: "thanks", role: "status" }, words.thanks));
    else if (served) parts.push(makeRating(words, (score, comment) => void this.host.chat.rate(current.id, score, comment || undefined)));
    const again = make("button", { type: "button", class: served && !current.rated ? "plain" : "primary" }, words.again);
    again.addEventListener("click", () => {
      this.restarted = true;
      this.draw(words);
      this.composer.focus();
    });
    return [make("div", { class: "ending" }, ...parts, again)];
  }

  // MARK: Wishes

  private ask(asking: boolean): void {
    this.asking = asking;
    if (!this.words) return;
    this.draw(this.words);
    (this.foot.querySelector("button, textarea") as HTMLElement | null)?.focus();
    if (!asking) this.composer.focus();
  }

  private end(): void {
    this.asking = false;
    void this.host.chat.end();
  }

  private send(text: string): void {
    const form = {
      ...(this.nameField.value.trim() ? { name: this.nameField.value.trim() } : {}),
      ...(this.emailField.validity.valid && this.emailField.value.trim() ? { email: this.emailField.value.trim() } : {}),
    };
    const claims = Object.keys(form).length > 0 && !this.host.chat.verified;
    void this.host.chat.send(text, claims ? form : undefined);
  }
}

function waitingLine(queue: Timeline["queue"], online: boolean | undefined, words: Words): string {
  if ((queue?.online ?? online) === false) return words.nobody;
  if (!queue || queue.place <= 0) return words.waiting;
  const place = queue.place === 1 ? words.next : words.place(queue.place);
  return queue.eta_s ? `${place} ${words.wait(queue.eta_s)}` : place;
}
