// The page's own words. What the protocol files say stays in their language, as everywhere in code.

export type Language = "en" | "zh";

const all = both({
  title: { en: "Switchboard API", zh: "总机 API" },
  lead: {
    en: "Everything that sites, telephone systems and programs can say to this gateway, and what it answers.",
    zh: "网站、电话系统和程序可以向本网关发送的一切，以及它的回答。",
  },
  start: { en: "Start here", zh: "从这里开始" },
  embed: { en: "Put the chat on a site", zh: "在网站上嵌入聊天" },
  embedText: {
    en: "One line before the end of the page. The key of the inbox is public; which sites may use it stands in the settings.",
    zh: "在页面末尾加一行。收件箱的键是公开的；哪些网站可以使用它由设置决定。",
  },
  embedMore: { en: "More, when you need it", zh: "需要时的更多选项" },
  embedOptions: {
    en: "`data-lang`, `data-color`, `data-corner` (left, right), `data-offset` (pixels) and `data-theme` (light, dark) change its looks. Any element with `data-switchboard-open` opens it.",
    zh: "`data-lang`、`data-color`、`data-corner`（left、right）、`data-offset`（像素）和 `data-theme`（light、dark）改变外观。带有 `data-switchboard-open` 的任何元素都能打开聊天。",
  },
  identify: { en: "Say who is logged in", zh: "告知已登录的用户" },
  identifyText: {
    en: "Your server signs a JSON Web Token (HS256) with the secret of the inbox: `sub` is your own id of the customer, `aud` the key of the inbox, with `iat`, `exp` (within an hour), `jti` and, if you like, `name`, `email` and `phone`. What is proved so is shown to reps as verified; everything else stays a claim.",
    zh: "您的服务器用收件箱的密钥签署一个 JSON Web Token（HS256）：`sub` 是您系统中的客户编号，`aud` 是收件箱的键，另有 `iat`、`exp`（一小时以内）、`jti`，以及可选的 `name`、`email`、`phone`。这样证明的身份会向客服显示为“已验证”，其余一律只是自称。",
  },
  push: { en: "Push calls from any telephone system", zh: "从任意电话系统推送通话" },
  pushText: {
    en: "Post what happens to a call, in any order and as often as you like; a repeat has no second effect. Signed as Standard Webhooks:",
    zh: "把通话中发生的事情推送过来，顺序和次数不限，重复推送不会产生第二次效果。按 Standard Webhooks 签名：",
  },
  pushBearer: {
    en: "A system that cannot sign may send `Authorization: Bearer` with the secret. The widespread `newCall`, `answer`, `hangup` requests are understood at the same address.",
    zh: "无法签名的系统可以发送带密钥的 `Authorization: Bearer`。同一地址也能理解常见的 `newCall`、`answer`、`hangup` 请求。",
  },
  twilio: { en: "Connect Twilio", zh: "接入 Twilio" },
  twilioText: {
    en: "Use this address as voice URL of the number and as status callback of calls, dials and recordings. The signature is Twilio's own; the auth token stands in the settings. To try it without Twilio:",
    zh: "把这个地址设为号码的语音 URL，以及通话、拨号和录音的状态回调。签名由 Twilio 生成，auth token 写在设置中。不用 Twilio 也可以试：",
  },
  http: { en: "HTTP", zh: "HTTP 接口" },
  sockets: { en: "Sockets", zh: "实时连接" },
  shapes: { en: "Shapes", zh: "数据结构" },
  bodies: { en: "Events", zh: "事件" },
  bodiesText: {
    en: "Conversations, chats and calls alike, are logs of events. Each kind has a body of its own. The marked ones are given to the visitor too, with less in them.",
    zh: "会话，无论聊天还是通话，都是事件的日志。每种事件有自己的内容。带标记的事件也会发给访客，但内容更少。",
  },
  seenByVisitor: { en: "visitor too", zh: "访客可见" },
  errors: { en: "Error codes", zh: "错误代码" },
  closes: { en: "Close codes", zh: "关闭代码" },
  files: { en: "Files", zh: "文件" },
  filesText: { en: "The descriptions themselves, for generators and tests.", zh: "描述文件本身，供生成器和测试使用。" },
  filter: { en: "Filter", zh: "筛选" },
  nothing: { en: "Nothing has that in its name.", zh: "没有匹配的内容。" },
  copy: { en: "Copy", zh: "复制" },
  copied: { en: "Copied", zh: "已复制" },
  parameters: { en: "Parameters", zh: "参数" },
  body: { en: "Body", zh: "请求体" },
  answers: { en: "Answers", zh: "应答" },
  example: { en: "Example", zh: "示例" },
  fields: { en: "Fields", zh: "字段" },
  noFields: { en: "No fields.", zh: "没有字段。" },
  optional: { en: "optional", zh: "可选" },
  oneOf: { en: "one of", zh: "之一" },
  listOf: { en: "list of", zh: "列表：" },
  sends: { en: "client → server", zh: "客户端 → 服务器" },
  receives: { en: "server → client", zh: "服务器 → 客户端" },
  reconnect: { en: "reconnect", zh: "重连" },
  tellUser: { en: "final", zh: "终止" },
  code: { en: "Code", zh: "代码" },
  status: { en: "Status", zh: "状态" },
  meaning: { en: "Meaning", zh: "含义" },
  accessOpen: { en: "public", zh: "公开" },
  accessOwn: { en: "own proof", zh: "自带凭证" },
  accessRep: { en: "rep", zh: "客服" },
  accessSupervisor: { en: "supervisor", zh: "主管" },
  accessAdmin: { en: "admin", zh: "管理员" },
  language: { en: "中文", zh: "English" },
  reference: { en: "Reference", zh: "参考" },
  tagCalls: { en: "Calls", zh: "通话" },
  tagWidget: { en: "Widget", zh: "聊天组件" },
  tagLogin: { en: "Login", zh: "登录" },
  tagPeople: { en: "People", zh: "客户" },
  tagConversations: { en: "Conversations", zh: "会话" },
  tagAdministration: { en: "Administration", zh: "管理" },
  tagOperation: { en: "Operation", zh: "运维" },
  tagPages: { en: "Pages", zh: "页面" },
  tagDemo: { en: "Demo", zh: "演示" },
  channelvisitor: { en: "Visitors", zh: "访客" },
  channelstaff: { en: "Staff", zh: "客服" },
  menu: { en: "Contents", zh: "目录" },
});

export type Word = keyof typeof all;
const kept = "switchboard.api.language";

export let language: Language = initial();

export function word(name: Word): string {
  return all[name][language];
}

/** The word for something that the protocol files name; their own name where there is none. */
export function named(kind: "tag" | "channel", name: string): string {
  return (all as Record<string, Record<Language, string>>)[kind + name]?.[language] ?? name;
}

export function setLanguage(next: Language): void {
  language = next;
  document.documentElement.lang = next === "zh" ? "zh-CN" : "en";
  try {
    localStorage.setItem(kept, next);
  } catch {
    // Storage may be denied; the choice then lasts as long as the page.
  }
}

/** Sees to it that every word is there in both languages. */
function both<Name extends string>(words: Record<Name, Record<Language, string>>): Record<Name, Record<Language, string>> {
  return words;
}

function initial(): Language {
  try {
    const choice = localStorage.getItem(kept);
    if (choice === "en" || choice === "zh") return choice;
  } catch {
    // As above.
  }
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}
