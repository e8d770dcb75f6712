import { code, pretty } from "./code";
import { fold, make, prose } from "./dom";
import type { Child } from "./dom";
import { at, openapi } from "./protocols";
import type { Content, Operation, Parameter, Response } from "./protocols";
import { fields, typeOf } from "./schema";
import { word } from "./words";
import type { Word } from "./words";

const methods = ["get", "post", "put", "patch", "delete"];
const file = "openapi.json";
const access: Record<string, Word> = {
  open: "accessOpen", own: "accessOwn", "session:rep": "accessRep", "session:supervisor": "accessSupervisor",
  "session:admin": "accessAdmin", admin: "accessAdmin",
};

/** All addresses, by what they are about. */
export function http(): { tag: string; about: string; operations: HTMLElement[] }[] {
  return openapi.tags.map(({ name, description }) => ({
    tag: name,
    about: description,
    operations: Object.entries(openapi.paths).flatMap(([path, item]) =>
      methods.flatMap((method) => {
        const operation = item[method] as Operation | undefined;
        const shared = (item.parameters ?? []) as Parameter[];
        return operation?.tags[0] === name ? [draw(method, path, operation, shared)] : [];
      }),
    ),
  }));
}

function draw(method: string, path: string, operation: Operation, shared: Parameter[]): HTMLElement {
  const who = access[operation["x-access"]];
  return fold(
    operation.operationId,
    [
      make("span", { class: `method method-${method}` }, method.toUpperCase()),
      make("code", { class: "path" }, ...path.split("/").flatMap((part, index) => (index ? ["/", make("wbr"), part] : [part]))),
      make("span", { class: "summary" }, operation.summary),
      who !== undefined && make("span", { class: "access" }, word(who)),
    ],
    () => inside(path, method, operation, [...shared, ...(operation.parameters ?? [])]),
  );
}

function inside(path: string, method: string, operation: Operation, parameters: Parameter[]): Child[] {
  return [
    operation.description !== undefined && make("p", {}, ...prose(operation.description)),
    parameters.length > 0 && [make("p", { class: "label" }, word("parameters")), list(parameters)],
    operation.requestBody && [
      make("p", { class: "label" }, word("body")),
      ...Object.entries(operation.requestBody.content).map(([kind, content]) => one(kind, content)),
    ],
    make("p", { class: "label" }, word("answers")),
    ...Object.entries(operation.responses).map(([status, response]) => answer(`${path} ${method}`, status, response)),
  ];
}

function list(parameters: Parameter[]): HTMLElement {
  return make("ul", { class: "fields" }, ...parameters.map((parameter) =>
    make("li", {}, make("div", { class: "field" },
      make("code", { class: "field-name" }, parameter.in === "path" ? `{${parameter.name}}` : parameter.name),
      make("span", { class: "type" }, ...typeOf({ schema: parameter.schema ?? {}, file })),
      !parameter.required && make("span", { class: "optional" }, word("optional")),
      parameter.description !== undefined && make("span", { class: "about" }, ...prose(parameter.description)),
    )),
  ));
}

function one(kind: string, content: Content): Child[] {
  return [
    make("p", { class: "kind" }, kind),
    ...(content.schema ? fields({ schema: content.schema, file }) : []),
    content.example !== undefined && code(pretty(content.example), word("example")),
  ];
}

function answer(where: string, status: string, response: Response): HTMLElement {
  const placed = response.$ref === undefined ? response : (at(file, response.$ref.slice(1)).schema as Response);
  const isRefusal = response.$ref !== undefined;
  const head = [make("span", { class: `status status-${status[0] ?? ""}` }, status), make("span", {}, ...prose(placed.description ?? ""))];
  const content = Object.entries(placed.content ?? {}).filter(([, { schema, example }]) => example !== undefined || schema?.properties);
  if (isRefusal || !content.length) return make("p", { class: "answer" }, ...head);
  return fold(`${where} ${status}`.replaceAll(/[^a-z0-9]+/gi, "-"), head, () => content.flatMap(([kind, one_]) => one(kind, one_)));
}
