import type { Link } from "../core/connection";
import type { Words } from "../locale/words";
import { make, say } from "./dom";

const patienceMilliseconds = 1_500;
const backMilliseconds = 3_000;

/** The state of the connection in words: nothing while all is well, small and honest when it is not. */
export class Banner {
  private readonly text = make("span", {});
  private readonly button = make("button", { type: "button", hidden: true });
  readonly element = make("div", { class: "banner", role: "status", hidden: true }, this.text, this.button);

  private troubled = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private backUntil = 0;

  constructor(restart: () => void) {
    this.button.addEventListener("click", restart);
  }

  draw(link: Link, words: Words, again: () => void): void {
    clearTimeout(this.timer);
    const now = Date.now();
    const later = (milliseconds: number): void => {
      this.timer = setTimeout(again, milliseconds);
    };
    let text = "";
    let kind = "";
    this.button.hidden = true;
    if (link.is === "stopped") {
      text = words.stopped[link.code] ?? words.stoppedOther;
      kind = "trouble";
      this.button.hidden = link.code === 4510 || link.code === 4511 || link.code === 4513;
      say(this.button, link.code === 4512 ? words.useHere : words.tryAgain);
    } else if (link.is === "waiting" || link.is === "connecting") {
      const patience = link.since + patienceMilliseconds - now;
      if (patience > 0) {
        later(patience);
      } else {
        this.troubled = true;
        kind = "trouble";
        text = link.is === "connecting" && navigator.onLine && now - link.since < 5_000 ? words.connecting : words.noConnection;
        later(1_000);
      }
    } else if (link.is === "online") {
      if (this.troubled) this.backUntil = now + backMilliseconds;
      this.troubled = false;
      if (this.backUntil > now) {
        text = words.back;
        kind = "back";
        later(this.backUntil - now);
      }
    }
    this.element.hidden = text === "";
    this.element.className = "banner " + kind;
    say(this.text, text);
  }
}
