import { code, pretty } from "./code";
import { fold, make, prose } from "./dom";
import type { Child } from "./dom";
import { asyncapi, at, resolve, shapes } from "./protocols";
import type { Message } from "./protocols";
import { fields } from "./schema";
import { word } from "./words";

/** The two sockets, each with what goes in and what comes out. */
export function sockets(): { id: string; address: string; about: string; groups: [string, HTMLElement[]][] }[] {
  return Object.entries(asyncapi.channels).map(([id, channel]) => ({
    id,
    address: channel.address,
    about: channel.description,
    groups: [
      [word("sends"), frames(id)],
      [word("receives"), frames("to-" + id)],
    ],
  }));
}

function frames(group: string): HTMLElement[] {
  return Object.entries(asyncapi.components.messages)
    .filter(([name]) => name.startsWith(group + "."))
    .map(([name, message]) => draw(name.replace(".", "-"), message));
}

function draw(id: string, message: Message): HTMLElement {
  return fold(
    "frame-" + id,
    [make("code", { class: "path" }, message.name), make("span", { class: "summary" }, ...prose(message.summary))],
    () => {
      const placed = { schema: { $ref: message.payload.schema.$ref }, file: "asyncapi.json" };
      return [
        make("p", { class: "label" }, word("fields")),
        ...fields(placed, 0, ["t"]),
        ...message.examples.map(({ name, payload }) => code(pretty(payload), name ?? word("example"))),
      ];
    },
  );
}

/** Every kind of event, with what staff read of it. */
export function bodies(): HTMLElement[] {
  const visitor = at("schemas/event-body-visitor.json").schema.$defs ?? {};
  const examples = asyncapi.components.messages["to-staff.ev"]?.examples ?? [];
  return Object.entries(at("schemas/event-body.json").schema.$defs ?? {}).map(([kind, schema]) =>
    fold(
      "event-" + kind,
      [
        make("code", { class: "path" }, kind),
        make("span", { class: "summary" }, schema.description ?? ""),
        kind in visitor && make("span", { class: "access" }, word("seenByVisitor")),
      ],
      () => {
        const example = examples.find(({ name }) => name === kind)?.payload as { body?: unknown } | undefined;
        return [...fields({ schema, file: "schemas/event-body.json" }), example !== undefined && code(pretty(example.body), word("example"))];
      },
    ),
  );
}

/** The shapes that frames and answers are made of. */
export function drawnShapes(): HTMLElement[] {
  return shapes.map((name) => {
    const placed = at(`schemas/${name}.json`);
    const { title, description } = resolve(placed).schema;
    const head: Child[] = [
      make("code", { class: "path" }, name),
      make("span", { class: "summary" }, placed.schema.description ?? description ?? title ?? ""),
    ];
    return fold("shape-" + name, head, () => fields(placed));
  });
}
