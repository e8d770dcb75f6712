// The accent colour of a site is whatever its brand is; text on it must stay readable (4.5 : 1, WCAG 1.4.3).

/** Takes `#rrggbb` as it is; anything else is the default, so that no text of a page becomes part of a style sheet. */
export function parseColor(text: string | undefined): string {
  return /^#[0-9a-f]{6}$/i.test(text ?? "") ? text! : "#2457d6";
}

/** Darkens a colour in small steps until white text stands on it readably. */
export function readableAccent(color: string): string {
  let [red, green, blue] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255) as [number, number, number];
  // The power 2.2 stands in for the sRGB curve; 0.18 instead of 0.183 keeps the small difference on the safe side.
  while (0.2126 * red ** 2.2 + 0.7152 * green ** 2.2 + 0.0722 * blue ** 2.2 > 0.18) {
    red *= 0.96;
    green *= 0.96;
    blue *= 0.96;
  }
  return `rgb(${[red, green, blue].map((value) => (value * 255) | 0)})`;
}
