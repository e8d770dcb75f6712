type Child = Node | string | undefined | false;
type Attributes = Record<string, string | boolean | undefined | ((event: never) => void)>;

/** Makes an element from attributes and children. Text becomes text nodes; nothing is ever parsed as markup. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value as EventListener);
    else if (value === true) element.setAttribute(key, "");
    else if (typeof value === "string") element.setAttribute(key, value);
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/** Sets the text only when it differs, so that screen readers hear changes and nothing else. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

const shapes = {
  close: ["M5 5l10 10M15 5L5 15"],
  send: ["M3.5 10.2L16.5 4l-4.2 12.5-2.6-5.2z", "M9.7 11.3L16.5 4"],
  clock: ["M10 6v4.3l2.6 1.7", "M10 3a7 7 0 1 0 .01 0z"],
  sent: ["M5 10.5l3.3 3.3L15 7"],
  delivered: ["M2 10.5l3.3 3.3L12 7", "M9.4 13l.9.8L17 7"],
  alert: ["M10 6v5M10 13.6v.4", "M10 2.8a7.2 7.2 0 1 0 .01 0z"],
  down: ["M10 4v11M5.5 10.8L10 15.2l4.5-4.4"],
  star: ["M10 2.8l2.2 4.6 5 .7-3.6 3.5.9 5-4.5-2.4-4.5 2.4.9-5l-3.6-3.5 5-.7z"],
};

export type Shape = keyof typeof shapes;

/** One of the icons drawn for the project: 20 px grid, stroke 1.5, the colour of the text around it. */
export function icon(shape: Shape, label?: string): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "icon icon-" + shape);
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else {
    svg.setAttribute("aria-hidden", "true");
  }
  for (const line of shapes[shape]) {
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", line);
    svg.append(path);
  }
  return svg;
}
