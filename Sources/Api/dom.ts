export type Child = Node | string | undefined | false | Child[];

/** Makes an element; text becomes text nodes, functions become listeners. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | boolean | undefined | ((event: Event) => void)> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

function append(element: Element, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child) element.append(child);
  }
}

/** A sentence in which `this` is code. */
export function prose(text: string): Child[] {
  return text.split("`").map((part, index) => (index % 2 ? make("code", {}, part) : part));
}

/** A block that opens; what stands in it is made when it is opened for the first time. */
export function fold(id: string, head: Child[], body: () => Child[]): HTMLDetailsElement {
  const inside = make("div", { class: "fold-body" });
  let isMade = false;
  const details = make("details", { id, class: "fold", toggle: open }, make("summary", {}, ...head), inside);
  function open(): void {
    if (isMade || !details.open) return;
    isMade = true;
    append(inside, body());
  }
  return details;
}
