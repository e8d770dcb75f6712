const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

const rings: Record<string, string> = {
  owner: "you look after them", longest_idle: "you have been free longest", carrier: "rings on your phone",
  everyone: "everybody is asked", offered: "offered to you",
};
const callReasons: Record<string, string> = {
  missed: "nobody picked up in time", abandoned: "the caller hung up before anybody answered", busy: "the line was busy",
  no_answer: "nobody answered", failed: "the call could not be connected", blocked: "the number is blocked",
  voicemail: "the caller left a message", answered: "answered",
};

/** English words for what happens in a conversation. */
export const enTalk = {
  party: { visitor: "Visitor", withheld: "Number withheld" },
  badge: {
    verified: ["Verified", "The website has proved who this is."],
    confirmed: ["Confirmed", "A colleague has confirmed who this is."],
    network: ["By number", "Known by the calling number. Numbers can be forged: ask before you disclose anything."],
    claimed: ["Claims to be", "The visitor says so and nobody has checked. Disclose nothing."],
    none: ["Unknown", "We do not know who this is."],
    several: ["Several people", "Several people have this number. Choose who it is."],
    anonymous: ["Withheld", "The caller hides the number."],
  } as Record<string, [string, string]>,
  conversation: { queued: "In the queue", offered: "Ringing", active: "Active", wrapup: "Wrap-up", closed: "Closed" },
  call: {
    state: { offered: "Ringing", queued: "In the queue", ringing: "Ringing", answered: "Talking", held: "On hold", ended: "Ended" },
    direction: { inbound: "Incoming call", outbound: "Outgoing call", internal: "Internal call" },
    disposition: {
      answered: "Answered", missed: "Missed", abandoned: "Caller gave up", voicemail: "Voicemail", busy: "Busy",
      no_answer: "No answer", failed: "Failed", blocked: "Blocked",
    },
    reason: (code: string) => callReasons[code] ?? code,
    line: (name: string) => `line ${name}`,
  },
  ring: {
    strip: "Ringing", call: "Incoming call", chat: "New chat", accept: "Accept", decline: "Decline", seen: "Seen",
    why: (code: string, from?: string) => code === "transfer" ? (from ? `handed over by ${from}` : "handed over") : rings[code] ?? code,
    left: (seconds: number) => `${plural(seconds, "second", "seconds")} left`,
    rest: (count: number) => `and ${count} more`,
    missedCall: "Missed call", missedChat: "Missed chat",
    lost: (why: string): string => why === "ended" ? "they left before anybody answered" : "it went unanswered",
  },
  talk: {
    label: "Conversation", none: "Choose a conversation", note: "Note", us: "We", me: "Me", mine: "with you",
    typing: "is typing…", types: (name: string) => `${name} is typing`, timeline: "Timeline",
    end: "End", claim: "Claim", takeOver: "Take over", handOver: "Hand over", release: "Back to the queue",
    earlier: "Load earlier", fresh: "New messages", nothingYet: "Nothing has been said yet",
    nothingYetText: "What happens from now on stands here.",
    gone: (why: string, by?: string) => ({
      claimed: by ? `${by} took this conversation` : "A colleague took this conversation",
      closed: "This conversation is closed", reassigned: by ? `${by} has this conversation now` : "A colleague has this conversation now",
      offline: "This conversation cannot be loaded without a connection",
    })[why] ?? "This conversation is not here",
    goneText: "Your draft for it is kept.",
    page: (title: string) => `Looked at “${title}”`,
    pages: (count: number, title: string) => `Looked at ${count} pages, last “${title}”`,
    steps: (count: number) => plural(count, "step", "steps"),
  },
  receipt: {
    sending: "Sending", waiting: "Waits for the connection", sent: "Sent", delivered: "Delivered", read: "Read", failed: "Not sent",
  },
  composer: {
    modes: "What to write", reply: "Reply", note: "Note", send: "Send", keep: "Save note", to: "to",
    replyPlaceholder: "Write to the customer…   / for canned replies", notePlaceholder: "Write for colleagues. The customer never sees it.",
    noteHint: "Only colleagues see this", onlyUs: "only for colleagues", enter: "Enter sends · Shift+Enter breaks the line",
    replyTo: (name: string) => `Reply to ${name}`, noteOn: (name: string) => `Note about ${name}`,
    tooLong: (count: number) => `${plural(count, "character", "characters")} too many`, reopen: "Reopen",
    barred: {
      unclaimed: () => "This conversation belongs to nobody yet. Claim it to answer.",
      elsewhere: (name: string) => `${name} has this conversation. You can leave a note.`,
      ended: () => "This conversation has ended. Reopen it to write again.",
    },
  },
  canned: {
    title: "Canned replies", edit: "Edit canned replies", add: "Add a reply", saved: "Canned replies saved", key: "Short name",
    text: "Text", remove: (key: string) => `Remove /${key}`,
    hint: "Type / at the start of a reply to use them. {name} becomes the customer’s name, {me} yours. They are kept in this browser.",
  },
  wrapup: {
    title: "Wrap-up", ending: (name: string) => `End the chat with ${name}`, disposition: "What came of it?", note: "Note",
    notePlaceholder: "What should colleagues know?", next: "Next step", nextPlaceholder: "Call back on Friday",
    file: "File", endAndFile: "End and file", filed: "Filed.", choose: "Choose what came of it first", timer: "Time since the end",
  },
  assign: {
    hint: "It is offered to your colleague and stays with you until it is taken.", nobody: "No colleague is there right now",
  },
};
