// Draws a schema as a list of fields. A shape with a place of its own is linked; everything else is drawn where it stands.

import { make, prose } from "./dom";
import type { Child } from "./dom";
import { resolve, shapeOf } from "./protocols";
import type { Placed, Schema } from "./protocols";
import { word } from "./words";

const depthMax = 4;

export function fields(placed: Placed, depth = 0, hidden: string[] = []): Child[] {
  const { schema, file } = resolve(placed);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices && !schema.properties) {
    return choices.map((choice) => {
      const one = resolve({ schema: choice, file });
      return make("div", { class: "choice" }, make("p", { class: "choice-name" }, ...prose(nameOf(one.schema))), ...fields(one, depth, hidden));
    });
  }
  const entries = Object.entries(schema.properties ?? {}).filter(([name]) => !hidden.includes(name));
  if (!entries.length) return depth === 0 && schema.type === "object" ? [make("p", { class: "quiet" }, word("noFields"))] : [];
  const required = new Set(schema.required);
  return [
    make("ul", { class: "fields" }, ...entries.map(([name, field]) => row(name, { schema: field, file }, required.has(name), depth))),
  ];
}

function row(name: string, placed: Placed, isRequired: boolean, depth: number): HTMLElement {
  const { schema } = resolve(placed);
  const shape = shapeOf(placed) ?? (placed.schema.items && shapeOf({ schema: placed.schema.items, file: placed.file }));
  const deeper = shape === undefined && depth < depthMax ? inside(placed, depth) : [];
  return make(
    "li",
    {},
    make(
      "div",
      { class: "field" },
      make("code", { class: "field-name" }, name),
      make("span", { class: "type" }, ...typeOf(placed)),
      !isRequired && make("span", { class: "optional" }, word("optional")),
      schema.description !== undefined && make("span", { class: "about" }, ...prose(schema.description)),
    ),
    ...deeper,
  );
}

/** The fields of an object, of the elements of a list, or of what stands under any name. */
function inside(placed: Placed, depth: number): Child[] {
  const { schema, file } = resolve(placed);
  if (schema.items) return inside({ schema: schema.items, file }, depth);
  if (typeof schema.additionalProperties === "object") return inside({ schema: schema.additionalProperties, file }, depth);
  return schema.properties || schema.oneOf ? fields({ schema, file }, depth + 1) : [];
}

export function typeOf(placed: Placed): Child[] {
  const shape = shapeOf(placed);
  if (shape !== undefined) return [make("a", { href: "#shape-" + shape }, shape)];
  const { schema, file } = resolve(placed);
  if (schema.const !== undefined) return [JSON.stringify(schema.const)];
  if (schema.enum) return [schema.enum.map(String).join(" · ")];
  if (schema.items) return [word("listOf") + " ", ...typeOf({ schema: schema.items, file })];
  if (typeof schema.additionalProperties === "object") return ["{…: ", ...typeOf({ schema: schema.additionalProperties, file }), "}"];
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices && !schema.properties) {
    if (choices.some((choice) => resolve({ schema: choice, file }).schema.properties)) return [word("oneOf")];
    return choices.flatMap((choice, index) => [index ? " · " : "", ...typeOf({ schema: choice, file })]);
  }
  return [plain(schema)];
}

function plain(schema: Schema): string {
  const type = schema.type ?? "any";
  if (schema.minimum !== undefined && schema.maximum !== undefined) return `${type} ${schema.minimum}–${schema.maximum}`;
  return schema.maxLength !== undefined ? `${type} ≤ ${schema.maxLength}` : type;
}

function nameOf(schema: Schema): string {
  const tag = schema.properties?.op?.const ?? schema.properties?.k?.const ?? schema.properties?.kind?.const;
  return [typeof tag === "string" ? "`" + tag + "`" : "", schema.description ?? schema.title ?? ""].filter(Boolean).join(" ");
}
