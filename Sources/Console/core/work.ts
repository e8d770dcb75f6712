import { textsOf } from "../locale/index";
import type { Desk } from "./desk";
import { makeId } from "./identity";
import type { Entry } from "./outbox";
import type { DurableFrame, Operation } from "./protocol";

// What a rep does in a conversation. Everything that must not get lost goes through the outbox.

const typingEveryMilliseconds = 3_000;

export class Work {
  private typingSaid = { conv: "", at: 0 };

  constructor(private readonly desk: Desk) {}

  send(conv: string, kind: "text" | "note", text: string): void {
    this.put({ t: "send", cid: makeId(), conv, kind, body: { text } });
    this.typingSaid = { conv: "", at: 0 };
  }

  act(conv: string, op: Operation, args?: Record<string, unknown>): void {
    this.put({ t: "act", cid: makeId(), conv, op, ...(args ? { args } : {}) });
  }

  accept(conv: string): void {
    this.act(conv, "accept");
    this.desk.navigation.openConversation(conv);
  }

  decline(conv: string): void {
    this.act(conv, "decline");
    this.desk.dispatch({ is: "declined", conv });
    this.desk.navigation.rangOut(conv);
  }

  close(conv: string, disposition: string, note: string, next: string): void {
    this.act(conv, "close", { disposition, ...(note ? { note } : {}), ...(next ? { next } : {}) });
    this.desk.navigation.change({ wrapup: undefined });
  }

  /** The same words under a new cid: the first attempt was refused for good. */
  again(entry: Entry): void {
    this.desk.outbox?.discard(entry.cid);
    if (entry.frame.t === "send") this.send(entry.frame.conv, entry.frame.kind, entry.frame.body.text);
  }

  discard(entry: Entry): void {
    this.desk.outbox?.discard(entry.cid);
    this.desk.flush();
  }

  typing(conv: string): void {
    const now = Date.now();
    if (this.typingSaid.conv === conv && now - this.typingSaid.at < typingEveryMilliseconds) return;
    this.typingSaid = { conv, at: now };
    this.desk.link.send({ t: "eph", conv, k: "typing" });
  }

  stopTyping(conv: string): void {
    if (this.typingSaid.conv !== conv) return;
    this.typingSaid = { conv: "", at: 0 };
    this.desk.link.send({ t: "eph", conv, k: "stop" });
  }

  status(state: "online" | "away" | "busy"): void {
    const sent = this.desk.link.send({ t: "status", state });
    const { me, reps } = this.desk.state.value;
    const mine = reps.find((rep) => rep.id === me?.id);
    if (sent && mine) this.desk.dispatch({ is: "frame", frame: { t: "pres", reps: [{ ...mine, state }] }, now: Date.now() });
    if (!sent) this.desk.navigation.toast("danger", this.texts.error.offline);
  }

  earlier(conv: string, before: number): void {
    if (this.desk.state.value.asking[conv]) return;
    const sent = this.desk.link.send({ t: "hist", id: makeId(), conv, before, limit: 100 });
    if (sent) this.desk.dispatch({ is: "asked", conv, asking: true });
  }

  /** The server has it. */
  done(entry: Entry): void {
    if (entry.frame.t === "act" && entry.frame.op === "close") {
      this.desk.navigation.toast("ok", this.texts.wrapup.filed);
      void this.desk.reading.list("done");
    }
  }

  /** A final no, said in words. A refused message stays in the timeline with its reason instead. */
  refused(entry: Entry, code: string, by: string | undefined): void {
    if (entry.frame.t === "act") this.desk.navigation.toast("danger", this.texts.refusal(code, by));
  }

  private get texts() { return textsOf(this.desk.preferences.value.language); }

  private put(frame: DurableFrame): void {
    const { outbox } = this.desk;
    const rep = this.desk.state.value.me?.id;
    if (!outbox || !rep) return;
    void outbox.add({ cid: frame.cid, rep, frame, at: Date.now(), state: "queued" }).then(() => this.desk.flush());
    this.desk.dispatch({ is: "outbox", entries: outbox.entries });
  }
}
