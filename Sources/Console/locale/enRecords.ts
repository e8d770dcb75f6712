import { readable } from "./readable";

const known = (words: Record<string, string>) => (code: string): string => words[code] ?? readable(code);

const dispositions: Record<string, string> = {
  resolved: "Resolved", follow_up: "Follow-up", sale: "Sale", order: "Order", complaint: "Complaint", support: "Support",
  information: "Information", spam: "Spam", wrong_number: "Wrong number", callback: "Call back", no_reply: "No reply",
  no_answer: "No answer", other: "Other", answered: "Answered", missed: "Missed", abandoned: "Caller gave up",
  voicemail: "Voicemail", busy: "Busy", failed: "Failed", blocked: "Blocked", lead: "New lead", transferred: "Handed over",
  quote_sent: "Quote sent", callback_agreed: "Callback agreed", not_interested: "Not interested",
};

/** English words for people and numbers. */
export const enRecords = {
  disposition: known(dispositions),
  outcome: known(dispositions),
  lifecycle: known({ visitor: "Visitor", lead: "Lead", mql: "Interested", sql: "Qualified", opportunity: "Opportunity",
    customer: "Customer", lost: "Lost", unqualified: "Not a fit" }),
  stage: known({ new: "New", qualification: "Qualification", qualified: "Qualified", proposal: "Proposal", negotiation: "Negotiation", won: "Won", lost: "Lost" }),
  card: {
    title: "Person", show: "Show the person", openTalk: "Open", openPerson: "Whole story",
    webNow: "On the website now", web: "Last seen on the website", reach: "Phone and e-mail", deals: "Open deals",
    recent: "Recent contacts", merged: "Merged from", merge: "Merge", unpick: "It is somebody else",
    anonymous: "The caller hides the number, so we cannot know who it is. If they tell you, link the call below.",
  },
  person: {
    name: "Name", org: "Organisation", title: "Position", phone: "Phone", email: "E-mail", lifecycle: "Stage", owner: "Looked after by",
    nobody: "Nobody yet", since: "Known since", addPhone: "Add a number", addEmail: "Add an e-mail", create: "New person",
    save: "Save", saveAndLink: "Save and link", created: (name: string) => `${name} is saved.`,
  },
  people: {
    search: "Name, number or e-mail", create: "New", choose: "Choose a person", story: "Story",
    chooseText: "Their calls, chats, notes and visits stand here in one line of time.",
    nobody: (query: string) => `Nobody found for “${query}”`, empty: "Nobody here yet",
    emptyText: "Check the spelling, or add the person.",
  },
  claim: {
    title: "Claims to be …", hint: "Nobody has checked this. Ask before you disclose anything.",
    says: (kind: "name" | "email" | "phone") => ({ name: "Name", email: "E-mail", phone: "Phone" })[kind],
    has: (kinds: string[]) => `Same ${kinds.join(" and ").toLowerCase()}`, confirm: "Confirm", dismissShort: "Dismiss", dismiss: (value: string) => `Dismiss ${value}`,
  },
  choose: {
    title: "Who is it?", count: (count: number) => `Who is it? ${count} people have this number`,
    owner: (name: string) => `looked after by ${name}`,
    why: known({ owner: "You look after them", last_contact: "Most recent contact", open_deal: "Has an open deal",
      on_site: "Is on the website now", same_number: "Has this number", exact: "Has exactly this number",
      national: "Same number, without country code", suffix: "Same last digits" }),
    remember: (number: string) => `Remember this for ${number}`,
  },
  merge: {
    title: (name: string) => `Merge ${name}`, search: "Into whom?", reason: "Reason", defaultReason: "Same person", confirm: "Merge",
    explain: (from: string, into: string) => `The calls, chats, numbers and addresses of ${from} become part of ${into}. Nothing is deleted, and you can take it back.`,
    done: (from: string, into: string) => `${from} is now part of ${into}.`, undone: "Taken back.", split: "Take apart",
  },
  board: {
    now: "Now", today: "Today", reps: "Colleagues", status: "Status", load: "Load",
    loadOf: (name: string) => `Load of ${name}`, stale: "These numbers are old: the server does not answer.",
    figures: {
      waiting: ["Waiting", "Calls and chats in the queue or ringing that nobody has taken yet."],
      longest: ["Longest wait", "How long the oldest of those has been waiting."],
      active: ["Active chats", "Chats that an agent has taken and not ended."],
      calls: ["Active calls", "Calls that are ringing or being talked right now."],
      todayChats: ["Chats", "Chats that began today."],
      todayCalls: ["Calls", "Calls that began today, in either direction."],
      answered: ["Answered", "Calls today that an agent picked up, and their share of answered, missed and given up."],
      missed: ["Missed", "Incoming calls today that ended on our side before anybody picked up."],
      abandoned: ["Given up", "Incoming calls today in which the caller hung up while waiting."],
      speed: ["Speed of answer", "Average time from the first ring or entry into the queue until an agent answered, today."],
    } as Record<string, [string, string]>,
  },
};
