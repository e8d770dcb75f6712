import type { LogEvent } from "../core/protocol";
import type { Texts } from "./index";
import { eventsEn } from "./eventsEn";
import { eventsZh } from "./eventsZh";

// One quiet line for each event of the routing, and the explanation behind it.

export interface EventWords {
  headline(event: LogEvent, texts: Texts): string;
  explain(event: LogEvent, texts: Texts): string | undefined;
}

export function headline(event: LogEvent, texts: Texts): string { return wordsOf(texts).headline(event, texts); }
export function explain(event: LogEvent, texts: Texts): string | undefined { return wordsOf(texts).explain(event, texts); }

function wordsOf(texts: Texts): EventWords { return texts.language === "en" ? eventsEn : eventsZh; }

export function names(people: { name?: string }[] | undefined, comma: string): string {
  return (people ?? []).map((one) => one.name).filter(Boolean).join(comma);
}

export function nameIn(from: string | { name: string } | undefined): string | undefined {
  return typeof from === "string" ? from : from?.name;
}
