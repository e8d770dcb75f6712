// The files of the Protocols folder, bundled with the page: what is drawn is what the tests hold the server to.

import asyncFile from "../../Protocols/asyncapi.json";
import callEvent from "../../Protocols/call-event.schema.json";
import errorFile from "../../Protocols/errors.json";
import openFile from "../../Protocols/openapi.json";
import call from "../../Protocols/schemas/call.json";
import card from "../../Protocols/schemas/card.json";
import common from "../../Protocols/schemas/common.json";
import conversationVisitor from "../../Protocols/schemas/conversation-visitor.json";
import conversation from "../../Protocols/schemas/conversation.json";
import error from "../../Protocols/schemas/error.json";
import bodyVisitor from "../../Protocols/schemas/event-body-visitor.json";
import body from "../../Protocols/schemas/event-body.json";
import eventVisitor from "../../Protocols/schemas/event-visitor.json";
import event from "../../Protocols/schemas/event.json";
import me from "../../Protocols/schemas/me.json";
import party from "../../Protocols/schemas/party.json";
import personSummary from "../../Protocols/schemas/person-summary.json";
import rep from "../../Protocols/schemas/rep.json";
import toStaff from "../../Protocols/schemas/server-to-staff.json";
import toVisitor from "../../Protocols/schemas/server-to-visitor.json";
import fromStaff from "../../Protocols/schemas/staff-to-server.json";
import fromVisitor from "../../Protocols/schemas/visitor-to-server.json";

export interface Schema {
  $ref?: string;
  title?: string;
  description?: string;
  type?: string;
  format?: string;
  pattern?: string;
  const?: unknown;
  enum?: unknown[];
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  $defs?: Record<string, Schema>;
}
export interface Content {
  schema?: Schema;
  example?: unknown;
}
export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
}
export interface Response {
  $ref?: string;
  description?: string;
  content?: Record<string, Content>;
}
export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, Response>;
  "x-access": string;
}
export interface Message {
  name: string;
  title: string;
  summary: string;
  payload: { schema: { $ref: string } };
  examples: { name?: string; payload: unknown }[];
}

export const openapi = openFile as unknown as {
  info: { description: string };
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, unknown>>;
  components: { responses: Record<string, Response>; schemas: Record<string, Schema> };
};
export const asyncapi = asyncFile as unknown as {
  info: { description: string };
  channels: Record<string, { address: string; title: string; description: string }>;
  components: { messages: Record<string, Message> };
};
export const errors = errorFile;

const files: Record<string, Schema> = {
  "openapi.json": openFile as unknown as Schema,
  "call-event.schema.json": callEvent as Schema,
  "schemas/call.json": call as Schema,
  "schemas/card.json": card as Schema,
  "schemas/common.json": common as unknown as Schema,
  "schemas/conversation-visitor.json": conversationVisitor as Schema,
  "schemas/conversation.json": conversation as Schema,
  "schemas/error.json": error as Schema,
  "schemas/event-body-visitor.json": bodyVisitor as Schema,
  "schemas/event-body.json": body as unknown as Schema,
  "schemas/event-visitor.json": eventVisitor as unknown as Schema,
  "schemas/event.json": event as unknown as Schema,
  "schemas/me.json": me as Schema,
  "schemas/party.json": party as Schema,
  "schemas/person-summary.json": personSummary as Schema,
  "schemas/rep.json": rep as Schema,
  "schemas/server-to-staff.json": toStaff as unknown as Schema,
  "schemas/server-to-visitor.json": toVisitor as unknown as Schema,
  "schemas/staff-to-server.json": fromStaff as unknown as Schema,
  "schemas/visitor-to-server.json": fromVisitor as unknown as Schema,
};

/** The shapes that have a place of their own on the page, by the file that describes them. */
export const shapes = [
  "conversation", "event", "party", "card", "call", "rep", "me", "person-summary", "conversation-visitor",
  "event-visitor", "error",
];

/** A schema together with the file that its references start from. */
export interface Placed {
  schema: Schema;
  file: string;
}

export function at(file: string, pointer = ""): Placed {
  let node: unknown = files[file];
  for (const part of pointer.split("/").filter(Boolean)) {
    node = (node as Record<string, unknown>)[part.replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  return { schema: (node ?? {}) as Schema, file };
}

/** Follows references; what stands beside one (a description, more fields) goes before what it leads to. */
export function resolve(placed: Placed): Placed {
  const { $ref: reference, ...beside } = placed.schema;
  if (reference === undefined) return placed;
  const target = resolve(follow(placed.file, reference));
  const both: Schema = { ...target.schema, ...beside };
  if (target.schema.properties || beside.properties) {
    both.properties = { ...beside.properties, ...target.schema.properties };
  }
  const required = [...(beside.required ?? []), ...(target.schema.required ?? [])];
  if (required.length) both.required = required;
  return { schema: both, file: target.file };
}

function follow(file: string, reference: string): Placed {
  const [name = "", pointer = ""] = reference.split("#");
  if (!name) return at(file, pointer);
  return at(new URL(name, "https://page.invalid/" + file).pathname.slice(1), pointer);
}

/** The shape that a reference leads to, if it has a place of its own. */
export function shapeOf(placed: Placed): string | undefined {
  const name = placed.schema.$ref?.match(/(?:^|\/)([a-z-]+)\.json(?:#\/\$defs\/core)?$/)?.[1];
  return name !== undefined && shapes.includes(name) ? name : undefined;
}
