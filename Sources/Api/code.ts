import { make } from "./dom";
import { word } from "./words";

/** A block of code with a button that copies it. */
export function code(text: string, title?: string): HTMLElement {
  const button = make("button", { type: "button", class: "copy", click: copy }, word("copy"));
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text);
    button.textContent = word("copied");
    setTimeout(() => (button.textContent = word("copy")), 1500);
  }
  const block = make("pre", { tabindex: "0" }, make("code", {}, text));
  return make("figure", { class: "code" }, make("figcaption", {}, make("span", {}, title ?? ""), button), block);
}

const widthMax = 84;

/** JSON as a person would write it: what fits on a line stands on one. */
export function pretty(value: unknown, indent = 0, used = 0): string {
  const flat = oneLine(value);
  if (typeof value !== "object" || value === null || indent + used + flat.length <= widthMax) return flat;
  const pad = " ".repeat(indent + 2);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const rows = Array.isArray(value)
    ? value.map((element) => pad + pretty(element, indent + 2))
    : Object.entries(value).map(([key, member]) => `${pad}"${key}": ${pretty(member, indent + 2, key.length + 4)}`);
  return `${open}\n${rows.join(",\n")}\n${" ".repeat(indent)}${close}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `"${key}": ${oneLine(member)}`);
    return members.length ? `{ ${members.join(", ")} }` : "{}";
  }
  return JSON.stringify(value);
}
