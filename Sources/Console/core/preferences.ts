import { keep, recall } from "./local";

// How this browser likes its console. Colours and density are attributes of the root element; the sheets do the rest.

export type Language = "en" | "zh";
export type Theme = "system" | "light" | "dark" | "contrast";
export type Density = "comfortable" | "compact";

export interface Preferences {
  language: Language; theme: Theme; density: Density; sound: boolean; soundAsked: boolean; notifications: boolean;
}

const storageKey = "switchboard.preferences";

export function readPreferences(): Preferences {
  const language: Language = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
  const otherwise: Preferences = {
    language, theme: "system", density: "comfortable", sound: true, soundAsked: false, notifications: false,
  };
  return { ...otherwise, ...recall<Partial<Preferences>>(storageKey, {}) };
}

export function savePreferences(preferences: Preferences): void { keep(storageKey, preferences); }

export function applyPreferences({ language, theme, density }: Preferences): void {
  const root = document.documentElement;
  root.lang = language === "zh" ? "zh-CN" : "en";
  root.dataset["theme"] = resolve(theme);
  root.dataset["density"] = density;
}

function resolve(theme: Theme): string {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const contrast = theme === "contrast" || (theme === "system" && matchMedia("(prefers-contrast: more)").matches);
  if (contrast) return dark ? "contrast-dark" : "contrast";
  return theme === "system" ? (dark ? "dark" : "light") : theme;
}

export function watchSystem(onChange: () => void): () => void {
  const queries = ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener("change", onChange);
  return () => { for (const query of queries) query.removeEventListener("change", onChange); };
}
