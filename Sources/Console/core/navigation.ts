import type { Desk } from "./desk";
import type { Channel } from "./protocol";
import { isMine, listed, type ListName } from "./selectors";
import { readHash, writeHash, type Dialog, type Route, type Toast, type View } from "./view";

// Where the rep looks. Nothing here moves the keyboard focus: that is the rep's.

const toastMilliseconds = 6_000;
const undoMilliseconds = 12_000;

export class Navigation {
  private toastCount = 0;

  constructor(private readonly desk: Desk) {
    addEventListener("hashchange", () => this.follow());
    for (const kind of ["focus", "visibilitychange"]) addEventListener(kind, () => this.seen());
    document.addEventListener("visibilitychange", () => this.seen());
  }

  change(change: Partial<{ [Key in keyof View]: View[Key] | undefined }>): void {
    const next = { ...this.desk.view.value, ...change } as Record<string, unknown>;
    for (const key of Object.keys(next)) if (next[key] === undefined) delete next[key];
    const view = next as unknown as View;
    const hash = writeHash(view);
    if (hash !== writeHash(this.desk.view.value)) history.pushState(null, "", hash);
    this.desk.view.replace(view);
  }

  go(route: Route): void { this.change({ route, dialog: undefined, drawer: false }); }

  openList(list: ListName): void {
    this.change({ route: "inbox", list });
    if (list === "done" || list === "all") void this.desk.reading.list(list);
  }

  openConversation(conv: string): void {
    const shown = this.desk.view.value.conv === conv;
    this.change({ route: "inbox", conv, pop: undefined, dialog: undefined, drawer: false,
      ...(shown ? {} : { mode: "reply", wrapup: undefined }) });
    void this.desk.reading.conversation(conv);
    this.seen();
  }

  openPerson(person: string): void {
    this.change({ route: "people", person, dialog: undefined, drawer: false });
    void this.desk.reading.person(person);
  }

  /** One step back on a narrow screen. */
  back(): void {
    const { route, drawer } = this.desk.view.value;
    if (drawer) this.change({ drawer: false });
    else if (route === "people") this.change({ person: undefined });
    else this.change({ conv: undefined });
  }

  move(step: 1 | -1): void {
    const { list, conv, route } = this.desk.view.value;
    if (route !== "inbox") return;
    const rows = listed(this.desk.state.value, list);
    if (rows.length === 0) return;
    const at = rows.findIndex((row) => row.id === conv);
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
    if (next && next.id !== conv) this.openConversation(next.id);
  }

  show(dialog: Dialog): void { this.change({ dialog }); }
  hide(): void { this.change({ dialog: undefined }); }

  /** A call rings: its card is there in the same frame. The middle stays with what the rep is doing. */
  rang(conv: string, channel: Channel): void {
    if (channel !== "call") return;
    const { pop } = this.desk.view.value;
    if (pop && this.desk.state.value.rings[pop]) return;
    const busy = this.desk.view.value.route !== "inbox" || this.desk.view.value.conv !== undefined;
    if (busy) this.change({ pop: conv, drawer: hasRoom() });
    else { this.change({ conv, drawer: false }); void this.desk.reading.conversation(conv); }
    const person = this.desk.state.value.rings[conv]?.who.person?.id;
    if (person && !this.desk.state.value.cards[person]) void this.desk.reading.card(person);
  }

  rangOut(conv: string): void {
    if (this.desk.view.value.pop !== conv) return;
    const held = this.desk.state.value.convs[conv];
    // Answered on the telephone: now the talk itself belongs in the middle, unless words are being written there.
    if (held && isMine(this.desk.state.value, held) && !writing()) return this.openConversation(conv);
    this.change({ pop: undefined, drawer: false });
  }

  lost(conv: string): void { if (this.desk.view.value.pop === conv) this.change({ pop: undefined }); }

  /** Looking at a conversation reads it; a hidden or unfocused page looks at nothing. */
  seen(): void {
    const { conv, route } = this.desk.view.value;
    if (conv && route === "inbox" && document.visibilityState === "visible" && document.hasFocus()) this.desk.read(conv);
  }

  toast(tone: Toast["tone"], text: string, undo?: () => void): void {
    const id = (this.toastCount += 1);
    const toast: Toast = { id, tone, text, ...(undo ? { undo } : {}) };
    this.change({ toasts: [...this.desk.view.value.toasts.slice(-2), toast] });
    setTimeout(() => this.dismiss(id), undo ? undoMilliseconds : toastMilliseconds);
  }

  dismiss(id: number): void { this.change({ toasts: this.desk.view.value.toasts.filter((toast) => toast.id !== id) }); }

  clear(): void { this.change({ dialog: undefined, pop: undefined, wrapup: undefined, drawer: false, toasts: [] }); }

  private follow(): void {
    const { conv, person: _, wrapup, ...rest } = this.desk.view.value;
    const read = readHash(location.hash);
    const same = read.conv === conv ? { ...(wrapup ? { wrapup } : {}) } : { mode: "reply" as const };
    this.desk.view.replace({ ...rest, ...read, ...same, drawer: false });
    if (read.conv) void this.desk.reading.conversation(read.conv);
    if (read.person) void this.desk.reading.person(read.person);
    this.seen();
  }
}

/** A drawer that would cover the words being written stays shut; the strip above tells who rings. */
function hasRoom(): boolean {
  return matchMedia("(min-width: 1060px)").matches || (matchMedia("(min-width: 800px)").matches && !writing());
}

function writing(): boolean {
  const field = document.activeElement;
  return field instanceof HTMLTextAreaElement && field.value.trim() !== "";
}
