import type { ListName } from "./selectors";

// What the rep looks at: no word of it goes to the server, and the address bar carries the part worth coming back to.

export type Route = "inbox" | "people" | "board" | "settings";
export type Dialog =
  | { is: "palette" } | { is: "help" } | { is: "canned" } | { is: "merge"; person: string }
  | { is: "newPerson"; conv?: string } | { is: "assign"; conv: string } | { is: "soundTest" };
export type Mode = "reply" | "note";

export interface Toast { id: number; tone: "plain" | "ok" | "danger"; text: string; undo?: () => void }

export interface View {
  route: Route;
  list: ListName;
  conv?: string;
  person?: string;
  /** The card column shows this conversation while its call rings, wherever the rep is. */
  pop?: string;
  /** Below 1,200 px the card is a drawer. */
  drawer: boolean;
  dialog?: Dialog;
  mode: Mode;
  /** The wrap-up sheet of this conversation is open. */
  wrapup?: string;
  toasts: Toast[];
}

export const firstView: View = { route: "inbox", list: "mine", drawer: false, mode: "reply", toasts: [] };

/** `#/inbox/mine/<conversation>`, `#/people/<person>`, `#/board`, `#/settings` */
export function readHash(hash: string): Partial<View> {
  const [route, second, third] = hash.replace(/^#\/?/, "").split("/").map(decode);
  switch (route) {
    case "people": return second ? { route, person: second } : { route };
    case "board": case "settings": return { route };
    default: return { route: "inbox", list: listOf(second), ...(third ? { conv: third } : {}) };
  }
}

export function writeHash(view: View): string {
  switch (view.route) {
    case "people": return `#/people${view.person ? `/${encodeURIComponent(view.person)}` : ""}`;
    case "inbox": return `#/inbox/${view.list}${view.conv ? `/${encodeURIComponent(view.conv)}` : ""}`;
    default: return `#/${view.route}`;
  }
}

function listOf(text: string | undefined): ListName {
  return text === "queue" || text === "done" || text === "all" ? text : "mine";
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
