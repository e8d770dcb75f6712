import { Api, Refusal } from "./api";
import { deviceId, tabId } from "./identity";
import { Link, type LinkListener } from "./link";
import { Navigation } from "./navigation";
import { Observable } from "./observable";
import { Outbox } from "./outbox";
import { openOutboxStorage } from "./outboxStorage";
import { applyPreferences, readPreferences, savePreferences, watchSystem, type Preferences } from "./preferences";
import type { Me, ServerFrame } from "./protocol";
import { Reading } from "./reading";
import { Receipts } from "./receipts";
import { isMine } from "./selectors";
import { Sound } from "./sound";
import { emptyState, type State } from "./state";
import { reduce, type Happening } from "./store";
import { firstView, readHash, type View } from "./view";
import { Work } from "./work";

// The rep's desk: puts the parts together and carries what happens from one to the other.

const idleBeforeReloadMilliseconds = 60_000;

export class Desk implements LinkListener {
  readonly state = new Observable<State>(emptyState);
  readonly view: Observable<View>;
  readonly preferences = new Observable<Preferences>(readPreferences());
  readonly api = new Api(() => this.leave("expired"));
  readonly sound = new Sound();
  readonly navigation = new Navigation(this);
  readonly work = new Work(this);
  readonly reading = new Reading(this);
  private readonly receipts = new Receipts((frame) => this.link.send(frame));
  readonly link: Link;
  outbox: Outbox | undefined;

  private readonly tabs = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("switchboard");
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private lastInput = Date.now();

  constructor() {
    this.view = new Observable<View>({ ...firstView, ...readHash(location.hash) });
    this.link = new Link(this, () => this.api.ticket(), () => ({
      dev: deviceId(), tab: tabId, lang: this.preferences.value.language === "zh" ? "zh-CN" : "en",
      vis: document.visibilityState === "visible",
    }));
    applyPreferences(this.preferences.value);
    watchSystem(() => applyPreferences(this.preferences.value));
    if (this.tabs) this.tabs.onmessage = () => void this.boot();
    for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, () => this.touched(), true);
    setInterval(() => this.tick(), 1_000);
  }

  dispatch(happening: Happening): void { this.state.replace(reduce(this.state.value, happening)); }

  prefer(change: Partial<Preferences>): void {
    const next = { ...this.preferences.value, ...change };
    this.preferences.replace(next);
    savePreferences(next);
    applyPreferences(next);
  }

  // Session

  async boot(): Promise<void> {
    try {
      await this.enter(await this.api.session());
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) this.leave(this.state.value.me ? "elsewhere" : undefined);
      else { this.dispatch({ is: "link", link: { phase: "waiting" } }); setTimeout(() => void this.boot(), 2_000); }
    }
  }

  async login(email: string, password: string): Promise<void> {
    const me = await this.api.login(email, password);
    this.tabs?.postMessage("session");
    await this.enter(me);
  }

  async logout(): Promise<void> {
    this.link.stop();
    await this.api.logout().catch(() => undefined);
    this.leave(undefined);
    this.tabs?.postMessage("session");
  }

  private async enter(me: Me): Promise<void> {
    const before = this.state.value.me;
    if (before?.id === me.id && this.state.value.session === "open") return;
    if (before) this.leave(undefined);
    this.dispatch({ is: "session", session: "open", me });
    this.outbox = new Outbox(await openOutboxStorage());
    await this.outbox.restore(me.id);
    this.dispatch({ is: "outbox", entries: this.outbox.entries });
    if (!this.preferences.value.soundAsked) this.navigation.show({ is: "soundTest" });
    this.link.start();
  }

  private leave(why: State["sessionEnd"]): void {
    this.link.stop();
    this.dispatch({ is: "session", session: "none", ...(why ? { why } : {}) });
    this.navigation.clear();
  }

  // What the link tells

  onFrame(frame: ServerFrame): void {
    const now = Date.now();
    if (frame.t === "ack") this.settle(frame.cid);
    if (frame.t === "ev" && frame.cid) this.settle(frame.cid);
    if (frame.t === "err" && frame.cid) this.refused(frame.cid, frame.code, frame.retry_ms, frame.by);
    this.dispatch({ is: "frame", frame, now });
    switch (frame.t) {
      case "welcome": this.welcomed(); break;
      case "snap": if (frame.last) this.reading.refresh(); break;
      case "ev": this.receipts.heard(this.state.value, frame); this.navigation.seen(); break;
      // What has just become mine is read by the same look: the event came before I was its owner.
      case "conv":
        this.navigation.seen();
        if (frame.conv.state === "closed") this.reading.listSoon();
        break;
      case "ring": this.navigation.rang(frame.conv, frame.channel); break;
      case "ring_end": this.navigation.rangOut(frame.conv); break;
      case "gone": this.navigation.lost(frame.conv); this.reading.listSoon(); break;
      default: break;
    }
  }

  onLost(retryAt: number): void {
    this.outbox?.lost();
    this.dispatch({ is: "link", link: { phase: "waiting", retryAt } });
    this.showOutbox();
  }

  onEnded(code: string): void {
    if (code === "disabled") return this.leave("disabled");
    this.dispatch({ is: "link", link: { phase: "ended", code } });
  }

  onLoginNeeded(): void { this.leave("expired"); }

  read(id: string): void {
    const conv = this.state.value.convs[id];
    if (!conv || !isMine(this.state.value, conv)) return;
    this.receipts.read(this.state.value, id);
    this.dispatch({ is: "read", conv: id });
  }

  private welcomed(): void {
    this.receipts.forget();
    this.flush();
    if (this.state.value.loaded) this.reading.refresh();
  }

  // The outbox

  flush(): void {
    const { outbox } = this;
    if (!outbox || !this.link.isLive) return this.showOutbox();
    for (const frame of outbox.due(Date.now(), this.state.value.limits.inflight)) this.link.send(frame);
    this.showOutbox();
    clearTimeout(this.retryTimer);
    const next = outbox.nextRetry();
    if (next !== undefined) this.retryTimer = setTimeout(() => this.flush(), Math.max(50, next - Date.now()));
  }

  private showOutbox(): void { if (this.outbox) this.dispatch({ is: "outbox", entries: this.outbox.entries }); }

  private settle(cid: string): void {
    const entry = this.outbox?.settle(cid);
    if (!entry) return;
    this.work.done(entry);
    this.flush();
  }

  private refused(cid: string, code: string, retryMilliseconds: number | undefined, by: string | undefined): void {
    const entry = this.outbox?.refuse(cid, code, retryMilliseconds, Date.now(), by);
    if (entry && retryMilliseconds === undefined) this.work.refused(entry, code, by);
    this.flush();
  }

  private touched(): void {
    this.lastInput = Date.now();
    // Every page load silences audio until the first key or click.
    if (this.preferences.value.sound && !this.sound.isReady) void this.sound.unlock();
  }

  // Once a second

  private tick(): void {
    const now = Date.now();
    this.dispatch({ is: "clock", now });
    const { outdated, outbox, rings } = this.state.value;
    const idle = now - this.lastInput > idleBeforeReloadMilliseconds;
    // A new build is taken up when nobody is in the middle of anything; drafts and the outbox outlive the reload.
    if (outdated && idle && outbox.length === 0 && Object.keys(rings).length === 0) location.reload();
  }
}
