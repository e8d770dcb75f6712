import { enRecords } from "./enRecords";
import { enTalk } from "./enTalk";
import { readable } from "./readable";
import type { Language } from "../core/preferences";

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

const refusals: Record<string, string> = {
  bad_login: "E-mail and password do not belong together.", unauthorised: "Please log in again.",
  forbidden: "You are not allowed to do that.", not_found: "It is not there any more.",
  no_conv: "This conversation is not there, or not yours to see.", conv_closed: "The conversation has ended.",
  cid_reuse: "This was sent before with other words; the first version stands.",
  conflict: "Somebody changed it meanwhile. The new version is loaded: please look again.",
  too_large: "That is too long.", form: "This value cannot be accepted.", blocked: "This visitor is blocked.",
  rate: "Too fast. Wait a moment.", busy: "The server is busy.", storage_full: "The server’s disk is full; nothing is stored now.",
  stopping: "The server is restarting.", offline: "No connection to the server.", csrf: "Please reload the page and log in again.",
  bad_frame: "The server did not understand this request.", bad_request: "The server did not understand this request.",
  internal: "Something went wrong on our side. It has been logged.",
};

export const en = {
  language: "en" as Language,
  product: "Switchboard",
  demo: "Demo",
  back: "Back", close: "Close", save: "Save", cancel: "Cancel", undo: "Undo", copy: "Copy", copied: "Copied",
  copyFailed: "The browser did not allow copying.", discard: "Discard",
  editing: (label: string) => `Edit ${label.toLowerCase()}`,
  refusal: (code: string, by?: string): string => code === "claimed"
    ? (by ? `${by} was faster.` : "A colleague was faster.") : refusals[code] ?? readable(code),
  role: (code: string): string => ({ rep: "Agent", supervisor: "Supervisor", admin: "Administrator" })[code] ?? readable(code),
  nav: { main: "Main", inbox: "Inbox", people: "People", board: "Board", settings: "Settings", skip: "Skip to the content" },
  presence: { online: "Online", away: "Away", busy: "Busy", offline: "Offline" },
  channel: { chat: "Chat", call: "Call" },
  login: {
    tagline: "Calls and chats at one desk", email: "E-mail", password: "Password", enter: "Log in", busy: "Logging in…",
    leave: "Log out", demo: "Demo accounts: one click",
    tooMany: (seconds: number) => `Too many attempts. Try again in ${plural(seconds, "second", "seconds")}.`,
    ended: {
      expired: "Your session has expired. Log in to go on; your drafts are kept.",
      elsewhere: "You logged out in another tab. Your drafts are kept.",
      disabled: "This account has been switched off. Ask your administrator.",
    },
  },
  link: {
    noServer: "The server does not answer yet. We keep trying.",
    offline: "This device is offline. You can go on writing.",
    waiting: (seconds: number) => seconds > 0 ? `Connection lost. Next try in ${seconds} s.` : "Connection lost. Reconnecting…",
    synced: (time: string) => `Complete until ${time}.`,
    kept: (count: number) => `${plural(count, "message is", "messages are")} kept and will be sent.`,
    now: "Try now", lagging: "Catching up with what happened…",
    outdated: "A new version is ready and loads when you pause.", reload: "Load now", here: "Connect here",
    ended: (code: string) => ({
      replaced: "This tab gave way to another one.", version: "This page is too old for the server. Reload it.",
    })[code] ?? `The server ended the connection (${code}).`,
  },
  state: {
    loading: "Loading…", failed: "That did not work", failedText: "Nothing is lost. Try it again.", again: "Try again",
    forbidden: "Not yours to see", forbiddenText: "Your role does not include this. A supervisor can help.",
  },
  error: { offline: "No connection: the server does not know of it yet." },
  list: {
    title: "Conversations", views: "Views", mine: "Mine", queue: "Queue", done: "Done", all: "All", more: "Show more",
    waits: "Waits for an answer since", owed: "Wrap-up is open",
    unread: (count: number) => plural(count, "unread message", "unread messages"),
    with: (name: string) => `With ${name}`,
    emptyRinging: ["Somebody is waiting above", "Accept, and it stands here."] as [string, string],
    empty: {
      mine: ["Nothing waits for you", "New calls and chats ring at the top of this list."],
      queue: ["The queue is empty", "Everybody has somebody to talk to."],
      done: ["Nothing finished today", "What you close is listed here."],
      all: ["No conversations yet", "They appear as soon as somebody calls or writes."],
    } as Record<"mine" | "queue" | "done" | "all", [string, string]>,
  },
  ...enTalk,
  ...enRecords,
  settings: {
    language: "Language", theme: "Colours", system: "Like the system", light: "Light", dark: "Dark", contrast: "High contrast",
    density: "Density", comfortable: "Comfortable", compact: "Compact", alerts: "Alerts",
    sound: "Play a sound while something rings or waits for my answer",
    notifications: "Show a notification when this page is in the background",
    notificationsDenied: "The browser does not allow notifications for this page.", test: "Test the sound",
    played: "Did you hear it? Then all is well.", silent: "The browser still keeps it silent. Check its permissions.",
    extension: (number: string) => `extension ${number}`,
  },
  soundTest: {
    title: "Shall it ring?",
    text: "Browsers keep pages silent until you agree. A sound plays only while a call or chat rings for you, or a customer waits for your answer.",
    on: "Yes, ring", off: "Stay silent",
  },
  palette: {
    title: "Commands and search", short: "Search or do…", placeholder: "What do you want to do, or whom do you look for?",
    nothing: (query: string) => `Nothing found for “${query}”.`,
    people: "People", conversations: "Conversations", talk: "This conversation", go: "Go to", me: "Me",
    status: (name: string) => `Set me: ${name}`, otherLanguage: "切换到中文",
  },
  help: {
    title: "Keyboard", all: "All keys", move: "move through the list", everywhere: "Everywhere", list: "List", talk: "Conversation",
    writing: "While writing", palette: "Commands and search", accept: "Accept what rings first", decline: "Decline it",
    escape: "Close or step out", next: "Next", previous: "Previous", open: "Write here", reply: "Reply", note: "Note",
    canned: "Canned replies", claim: "Take the conversation", end: "End or wrap up", send: "Send", newLine: "New line",
    cannedStart: "Canned replies, at the start",
    letters: "Single letters work while no text field has the focus; Esc leaves a field.",
  },
};
