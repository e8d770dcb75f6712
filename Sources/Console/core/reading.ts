import { Refusal } from "./api";
import type { Desk } from "./desk";
import type { LogEvent, Page } from "./protocol";

// What is fetched rather than pushed: finished conversations, people, and a person's whole story.

const listSoonMilliseconds = 300;

export class Reading {
  private listTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly desk: Desk) {}

  /** After a reconnect: what was on the screen by fetching is fetched again, so nobody needs F5. */
  refresh(): void {
    const { view } = this.desk;
    if (view.value.conv) void this.conversation(view.value.conv);
    if (view.value.person) void this.timeline(view.value.person);
    if (view.value.list === "done" || view.value.list === "all") void this.list(view.value.list);
  }

  /** Something has ended: a list on the screen that the server makes is made again, once for all that ends together. */
  listSoon(): void {
    const { list, route } = this.desk.view.value;
    if (route !== "inbox" || (list !== "done" && list !== "all") || this.listTimer !== undefined) return;
    this.listTimer = setTimeout(() => {
      this.listTimer = undefined;
      void this.list(list);
    }, listSoonMilliseconds);
  }

  async list(view: string, more = false): Promise<void> {
    const { desk } = this;
    const before = desk.state.value.lists[view];
    if (before?.state === "loading") return;
    const kept = before ? { ids: before.ids } : {};
    desk.dispatch({ is: "list", view, list: { ...kept, state: "loading" } });
    try {
      const answer = await desk.api.conversations(view, more ? before?.next : undefined);
      const ids = answer.convs.map((conv) => conv.id);
      desk.dispatch({ is: "list", view, convs: answer.convs, append: more,
        list: { ids, state: "ready", ...(answer.next ? { next: answer.next } : {}) } });
    } catch (error) {
      desk.dispatch({ is: "list", view, list: { ...kept, state: stateOf(error) } });
    }
  }

  /** Makes sure that the conversation and the story of its person are here. */
  async conversation(id: string): Promise<void> {
    const { desk } = this;
    const held = desk.state.value;
    if (!held.convs[id] || !held.events[id]?.length) {
      if (!held.loaded) return;
      try {
        desk.dispatch({ is: "conversations", convs: [await desk.api.conversation(id)] });
      } catch (error) {
        const why = error instanceof Refusal && error.code === "offline" ? "offline" : "unknown";
        if (!desk.state.value.convs[id]) {
          desk.dispatch({ is: "frame", frame: { t: "gone", conv: id, why }, now: Date.now() });
        }
      }
    }
    const person = desk.state.value.convs[id]?.who.person?.id;
    if (person) await this.person(person);
  }

  async person(id: string): Promise<void> {
    await Promise.all([
      this.desk.state.value.timelines[id]?.state === "ready" ? undefined : this.timeline(id),
      this.desk.state.value.cards[id] ? undefined : this.card(id),
    ]);
  }

  async card(id: string): Promise<void> {
    try {
      this.desk.dispatch({ is: "card", card: await this.desk.api.person(id) });
    } catch { /* the timeline says what is wrong; the name from the conversation stays */ }
  }

  async timeline(id: string, earlier = false): Promise<void> {
    const { desk } = this;
    const before = desk.state.value.timelines[id];
    if (before?.state === "loading") return;
    desk.dispatch({ is: "timelineAsked", person: id, state: "loading" });
    try {
      const answer = await desk.api.timeline(id, earlier ? before?.next : undefined);
      const events = answer.items.filter((item): item is LogEvent => item.kind !== "page");
      const pages = answer.items.flatMap((item): (Page & { ts: number })[] =>
        item.kind !== "page" || !("url" in item) ? [] : [{ url: item.url, title: item.title, ts: item.ts, at: item.ts }]);
      desk.dispatch({ is: "timeline", person: id, events, append: earlier, convs: answer.convs ?? [], more: answer.more,
        pages, ...(answer.next ? { next: String(answer.next) } : {}) });
    } catch (error) {
      desk.dispatch({ is: "timelineAsked", person: id, state: stateOf(error) });
    }
  }
}

export function stateOf(error: unknown): "failed" | "forbidden" {
  return error instanceof Refusal && (error.status === 403 || error.status === 404) ? "forbidden" : "failed";
}
