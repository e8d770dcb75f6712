import type { Words } from "../locale/words";
import { icon, make, say } from "./dom";

export interface ComposerHost {
  send(text: string): void;
  typed(): void;
  draft(text: string): void;
}

/** The text field: grows with its text, sends on Enter but never in the middle of an input method, counts kindly. */
export class Composer {
  readonly field = make("textarea", { rows: "1", id: "text", enterkeyhint: "send", "aria-describedby": "count", dir: "auto" });
  readonly count = make("div", { class: "count", id: "count", role: "status" });
  readonly button = make("button", { type: "submit", class: "send" }, icon("send"));
  readonly element = make("form", { class: "composer" }, this.count, make("div", { class: "write" }, this.field, this.button));

  private limit = 4000;
  private words: Words | undefined;

  constructor(private readonly host: ComposerHost) {
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.field.addEventListener("keydown", (event) => {
      // keyCode 229 is what some browsers report for the Enter that only confirms a candidate.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.send();
    });
    this.field.addEventListener("input", () => {
      this.measure();
      this.host.draft(this.field.value);
      if (this.field.value.trim()) this.host.typed();
    });
  }

  set text(text: string) {
    this.field.value = text;
    this.measure();
  }

  get text(): string {
    return this.field.value;
  }

  focus(): void {
    this.field.focus({ preventScroll: true });
  }

  draw(words: Words, limit: number): void {
    if (this.words === words && this.limit === limit) return;
    this.words = words;
    this.limit = limit;
    this.field.placeholder = words.placeholder;
    this.field.setAttribute("aria-label", words.placeholder);
    this.button.setAttribute("aria-label", words.send);
    this.measure();
  }

  /** Fits the field to its text; also after it was hidden, when it had no height to measure. */
  measure(): void {
    this.field.style.height = "auto";
    if (this.field.scrollHeight) this.field.style.height = this.field.scrollHeight + "px";
    const left = this.limit - lengthOf(this.field.value.trim());
    this.button.disabled = this.field.value.trim() === "" || left < 0;
    this.field.setAttribute("aria-invalid", String(left < 0));
    this.count.classList.toggle("over", left < 0);
    if (this.words) say(this.count, left < 0 ? this.words.tooMany(-left) : left <= 200 ? this.words.left(left) : "");
  }

  private send(): void {
    const text = this.field.value.trim();
    if (this.button.disabled) return;
    this.text = "";
    this.host.draft("");
    this.host.send(text);
    this.focus();
  }
}

/** Characters as people count them closely enough: an emoji outside the basic plane is one, not two. */
function lengthOf(text: string): number {
  return [...text].length;
}
