// Single keys are matched on what they type (`event.key`), never on where they sit, so national layouts keep their
// letters; with Alt or AltGr held the key is text.

export interface KeyLike {
  key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean; isComposing?: boolean;
  keyCode?: number; repeat?: boolean; getModifierState?(name: string): boolean;
}

export type Command =
  | "palette" | "next" | "previous" | "open" | "reply" | "note" | "wrapup" | "claim" | "canned" | "help" | "accept"
  | "decline" | "escape";

const letters: Record<string, Command> = {
  j: "next", k: "previous", Enter: "open", r: "reply", n: "note", e: "wrapup", a: "claim", "/": "canned", "?": "help",
};

export function commandOf(event: KeyLike, inTextField: boolean): Command | undefined {
  if (composing(event)) return undefined;
  if (event.key === "F9" && !event.ctrlKey && !event.metaKey && !event.altKey) {
    return event.repeat ? undefined : event.shiftKey ? "decline" : "accept";
  }
  if (event.key === "Escape") return "escape";
  const alternative = event.altKey || event.getModifierState?.("AltGraph") === true;
  if (alternative) return undefined;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "k" && !event.shiftKey ? "palette" : undefined;
  if (inTextField) return undefined;
  return letters[event.key.length === 1 ? event.key.toLowerCase() : event.key];
}

/** An input method is at work: Enter chooses a word and sends nothing. Safari reports only keyCode 229. */
export function composing(event: { isComposing?: boolean; keyCode?: number }): boolean {
  return event.isComposing === true || event.keyCode === 229;
}

export function sends(event: KeyLike): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.altKey && !composing(event);
}

export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type);
}
