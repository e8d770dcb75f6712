import { keep, recall } from "./local";

// Replies that are typed every day, found by `/word`. Variables are filled in before the text reaches the composer, so
// the rep reads what the customer will read.

export interface Canned { key: string; text: string }
export interface Variables { name: string; me: string }

const storageKey = (language: string) => `switchboard.canned.${language}`;

const builtIn: Record<string, Canned[]> = {
  en: [
    { key: "hello", text: "Hello {name}, this is {me}. How can I help you?" },
    { key: "moment", text: "One moment please, I am looking into it." },
    { key: "order", text: "Could you give me your order number?" },
    { key: "call", text: "Shall I call you? If so, on which number and when?" },
    { key: "thanks", text: "Thank you, {name}. Is there anything else I can do for you?" },
    { key: "bye", text: "Thank you for your time. Have a good day!" },
  ],
  zh: [
    { key: "nihao", text: "{name}，您好！我是{me}，请问有什么可以帮您？" },
    { key: "shaodeng", text: "请稍等，我马上为您查看。" },
    { key: "dingdan", text: "请问您的订单号是多少？" },
    { key: "huidian", text: "我给您回电话可以吗？请告诉我号码和方便的时间。" },
    { key: "xiexie", text: "谢谢您，{name}。还有其他需要帮忙的吗？" },
    { key: "zaijian", text: "感谢您的咨询，祝您生活愉快！" },
  ],
};

export function cannedReplies(language: string): Canned[] {
  return recall<Canned[]>(storageKey(language), builtIn[language] ?? builtIn["en"]!);
}

export function saveCanned(language: string, list: Canned[]): void {
  keep(storageKey(language), list.filter((one) => one.key.trim() && one.text.trim()));
}

/** `/` at the very beginning opens the list; what follows narrows it. A slash inside a sentence is a slash. */
export function cannedQuery(text: string): string | undefined {
  return /^\/([^\s/]*)$/u.exec(text)?.[1]?.toLowerCase();
}

export function matchCanned(list: readonly Canned[], query: string): Canned[] {
  const starts = list.filter((one) => one.key.toLowerCase().startsWith(query));
  const contains = list.filter((one) => !starts.includes(one)
    && (one.key.toLowerCase().includes(query) || one.text.toLowerCase().includes(query)));
  return [...starts, ...contains];
}

/** A name that we do not know leaves no hole: its comma goes with it. */
export function fill(text: string, variables: Variables): string {
  const named = variables.name
    ? text.replaceAll("{name}", variables.name)
    : text.replace(/\s*\{name\}\s*[，,]\s*/gu, " ").replace(/[，,]\s*\{name\}/gu, "").replaceAll("{name}", "");
  const whole = named.replaceAll("{me}", variables.me).trim();
  return whole.replace(/ +([,.!?，。！？])/gu, "$1").replace(/^(Hello) this/u, "$1, this");
}
