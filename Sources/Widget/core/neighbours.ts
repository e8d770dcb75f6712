// The other tabs of this browser in which this panel is loaded. Correctness never depends on them: the server knows each
// message by its cid. One thing it cannot know: that two tabs without a token are one visitor. So a tab that is about to
// introduce itself as somebody new says so, and of several the one with the smallest name goes first; the others wait for
// the token that it gets. Storage and Web Locks would do too, but are denied where third-party data is blocked.

import { makeIdentifier } from "./identifier";
import type { Clock } from "./clock";

type Message = { k: "here" } | { k: "too" } | { k: "claim" } | { k: "taken" } | { k: "text"; key: string; value: string | undefined };

/** The part of a BroadcastChannel that is used here. */
export interface Channel {
  postMessage(message: unknown): void;
  onmessage: ((event: any) => void) | null;
}

const answerMilliseconds = 120;
/** Below the five seconds in which the server wants to hear a hello. */
const patienceMilliseconds = 3_000;

export class Neighbours {
  private readonly tab: string;
  private any = false;
  private claiming = false;
  private introducing = false;
  private yielded = false;
  private waiting: (() => void)[] = [];

  constructor(
    private readonly channel: Channel | undefined,
    private readonly clock: Clock,
    private readonly heard: (key: string, value: string | undefined) => void,
  ) {
    this.tab = makeIdentifier(clock.now());
    if (channel) channel.onmessage = (event: { data: Message & { tab: string } }) => this.receive(event.data);
    this.say({ k: "here" });
  }

  /** Tells the others what they may have to know: token, activity, what was read. */
  tell(key: string, value: string | undefined): void {
    if (key === "tok") this.introducing = false;
    this.say({ k: "text", key, value });
  }

  /** Resolves when this tab may introduce itself as a new visitor, or has no need to any more. */
  introduce(): Promise<void> | undefined {
    if (!this.any) {
      this.begin();
      return undefined;
    }
    this.claiming = true;
    this.yielded = false;
    this.say({ k: "claim" });
    return new Promise((resolve) => {
      this.clock.after(answerMilliseconds, () => {
        this.claiming = false;
        if (!this.yielded) {
          this.begin();
          resolve();
          return;
        }
        const cancel = this.clock.after(patienceMilliseconds, resolve);
        this.waiting.push(() => (cancel(), resolve()));
      });
    });
  }

  private begin(): void {
    this.introducing = true;
    this.clock.after(patienceMilliseconds, () => (this.introducing = false));
  }

  private receive(message: Message & { tab: string }): void {
    this.any = true;
    switch (message.k) {
      case "here":
        this.say({ k: "too" });
        break;
      case "claim":
        if (this.introducing) this.say({ k: "taken" });
        if (message.tab < this.tab) this.yielded = true;
        else if (this.claiming) this.say({ k: "claim" });
        break;
      case "taken":
        this.yielded = true;
        break;
      case "text": {
        this.heard(message.key, message.value);
        if (message.key !== "tok" || message.value === undefined) return;
        const waiting = this.waiting;
        this.waiting = [];
        for (const go of waiting) go();
        break;
      }
    }
  }

  private say(message: Message): void {
    this.channel?.postMessage({ ...message, tab: this.tab });
  }
}
