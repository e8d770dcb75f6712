export type LocaleName = "en" | "zh";

/** The first of the wishes that we speak; English when there is none. */
export function chooseLocale(...wishes: (string | undefined)[]): LocaleName {
  for (const wish of wishes) {
    if (/^zh\b/i.test(wish ?? "")) return "zh";
    if (/^en\b/i.test(wish ?? "")) return "en";
  }
  return "en";
}

/** Scripts that run from right to left turn the layout, whatever language the words are in. */
export function direction(lang: string): "rtl" | "ltr" {
  return /^(ar|fa|he|ur|ps|ug|yi)\b/i.test(lang) ? "rtl" : "ltr";
}
