import { forget, keep, recall } from "./local";

// A draft belongs to one conversation, one mode and one rep. It never follows anybody into another conversation, and it
// survives a reload and the end of the session.

const key = (rep: string, conv: string, mode: string) => `switchboard.draft.${rep}.${conv}.${mode}`;

export function readDraft(rep: string, conv: string, mode: string): string { return recall(key(rep, conv, mode), ""); }

export function writeDraft(rep: string, conv: string, mode: string, text: string): void {
  if (text.trim() === "") forget(key(rep, conv, mode));
  else keep(key(rep, conv, mode), text);
}
