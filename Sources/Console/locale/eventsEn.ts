import type { LogEvent } from "../core/protocol";
import { duration } from "../core/format";
import { nameIn, names, type EventWords } from "./events";
import type { Texts } from "./index";

const reasons: Record<string, string> = {
  owner: "because the person is looked after by them", longest_idle: "because they were free longest",
  transfer: "because it was handed over", carrier: "because the telephone system rang them",
  everyone: "because nobody else took it", no_one_free: "because nobody was free", timeout: "nobody answered in time",
  declined: "it was declined", accepted: "it was accepted", elsewhere: "somebody else took it", released: "it was put back",
  new: "because the chat began", reopened: "because it was reopened", withdrawn: "the offer was withdrawn",
  offline: "the connection was lost", away: "they went away", queue: "because it was next in the queue",
};
const reason = (why: string | undefined) => (why ? reasons[why] ?? why.replaceAll("_", " ") : undefined);
const sides: Record<string, string> = { visitor: "the customer", rep: "us", system: "the system" };
const proofs: Record<string, string> = {
  number: "known by the calling number", proof: "proved by the website", rep: "confirmed by a colleague",
};

export const eventsEn: EventWords = { headline, explain };

function headline({ kind, body, from }: LogEvent, texts: Texts): string {
  switch (kind) {
    case "opened": return "Conversation began";
    case "queued": return "Put into the queue";
    case "offered": return `Offered to ${names(body.reps, ", ") || "colleagues"}`;
    case "unoffered": return `${body.rep?.name ?? "A colleague"} did not take it`;
    case "joined": return `${body.name ?? from.name ?? "A colleague"} took over`;
    case "left": return `${body.name ?? from.name ?? "A colleague"} left`;
    case "closed": return `Ended by ${body.by === "rep" && from.name ? from.name : sides[body.by ?? ""] ?? "us"}`;
    case "reopened": return "Reopened";
    case "rated": return `Rated ${body.score ?? "–"} of 5`;
    case "claims": return `Claims to be ${body.value ?? ""}`;
    case "linked": return `Linked with ${body.person?.name ?? "a person"}`;
    case "unlinked": return `No longer linked with ${body.person?.name ?? "a person"}`;
    case "wrapup": return `Filed as ${texts.disposition(body.disposition ?? "other")}`;
    case "call": return call(body.what, body.agent?.name);
    default: return kind;
  }
}

function call(what: string | undefined, agent: string | undefined): string {
  const at = agent ? ` at ${agent}` : "";
  switch (what) {
    case "offered": return "Call came in";
    case "queued": return "Waits in the queue";
    case "ringing": return `Rings${at}`;
    case "answered": return agent ? `${agent} answered` : "Answered";
    case "held": return "Put on hold";
    case "resumed": return "Talking again";
    case "transferred": return agent ? `Transferred to ${agent}` : "Transferred";
    case "ended": return "Call ended";
    case "voicemail": return "The caller left a message";
    case "recording": return "A recording is ready";
    default: return what ?? "Call";
  }
}

function explain({ kind, body }: LogEvent, texts: Texts): string | undefined {
  switch (kind) {
    case "queued": case "unoffered": return reason(body.why);
    case "offered": return body.from ? `handed over by ${nameIn(body.from)}` : reason(body.why);
    case "joined": return body.from ? `from ${nameIn(body.from)}` : undefined;
    case "closed": return body.disposition ? texts.disposition(body.disposition) : undefined;
    case "rated": return body.comment;
    case "linked": return proofs[body.how ?? ""];
    case "claims": return "said by the visitor, not checked";
    case "wrapup": return body.next ? `next: ${body.next}` : undefined;
    case "opened": return Object.values(body.form ?? {}).filter(Boolean).join(" · ") || undefined;
    case "call": return [body.disposition ? texts.call.reason(body.disposition) : undefined,
      body.seconds !== undefined ? duration(body.seconds * 1_000) : undefined].filter(Boolean).join(" · ") || undefined;
    default: return undefined;
  }
}
