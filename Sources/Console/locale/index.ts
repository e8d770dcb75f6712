import type { Language } from "../core/preferences";
import { en } from "./en";
import { zh } from "./zh";

// English is the shape; a key that is missing elsewhere does not compile.

export type Texts = typeof en;

const all: Record<Language, Texts> = { en, zh };

export function textsOf(language: Language): Texts { return all[language]; }
