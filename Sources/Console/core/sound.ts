// Two sounds made on the spot: a ring, and a single tap for an answer that is owed. No file is loaded.

export class Sound {
  private context: AudioContext | undefined;

  /** Browsers wake audio only inside a click or a key; call it there. */
  async unlock(): Promise<boolean> {
    try {
      this.context ??= new AudioContext();
      await this.context.resume();
      return this.context.state === "running";
    } catch {
      return false;
    }
  }

  get isReady(): boolean { return this.context?.state === "running"; }

  ring(): void {
    this.tone(660, 0, 0.18);
    this.tone(880, 0.2, 0.26);
  }

  tap(): void { this.tone(740, 0, 0.12); }

  private tone(frequency: number, after: number, seconds: number): void {
    const context = this.context;
    if (!context || context.state !== "running") return;
    const start = context.currentTime + after;
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    oscillator.type = "sine";
    oscillator.frequency.value = frequency;
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(0.16, start + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + seconds);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(start);
    oscillator.stop(start + seconds);
  }
}
