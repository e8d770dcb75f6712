import type { enTalk } from "./enTalk";

const rings: Record<string, string> = {
  owner: "由您负责该客户", longest_idle: "您空闲时间最长", carrier: "您的话机正在响铃", everyone: "向所有人发出", offered: "分配给您",
};
const callReasons: Record<string, string> = {
  missed: "时限内无人接听", abandoned: "来电者在接听前挂断", busy: "线路忙", no_answer: "无人应答", failed: "电话未能接通",
  blocked: "号码已被屏蔽", voicemail: "来电者已留言", answered: "已接听",
};

/** Chinese words for what happens in a conversation. */
export const zhTalk: typeof enTalk = {
  party: { visitor: "访客", withheld: "号码已隐藏" },
  badge: {
    verified: ["已验证", "网站已证明其身份。"], confirmed: ["已确认", "同事已确认其身份。"],
    network: ["按号码", "根据来电号码识别。号码可能被伪造，透露信息前请先核实。"],
    claimed: ["自称", "访客自述，尚未核实。请勿透露任何信息。"], none: ["未知", "我们还不知道这是谁。"],
    several: ["多人", "有多人使用此号码，请选择是谁。"], anonymous: ["隐藏", "来电者隐藏了号码。"],
  },
  conversation: { queued: "排队中", offered: "响铃中", active: "进行中", wrapup: "待小结", closed: "已结束" },
  call: {
    state: { offered: "响铃中", queued: "排队中", ringing: "响铃中", answered: "通话中", held: "保持中", ended: "已结束" },
    direction: { inbound: "来电", outbound: "去电", internal: "内部通话" },
    disposition: {
      answered: "已接听", missed: "未接", abandoned: "来电者挂断", voicemail: "语音留言", busy: "忙线", no_answer: "无人应答",
      failed: "失败", blocked: "已屏蔽",
    },
    reason: (code) => callReasons[code] ?? code,
    line: (name) => `线路 ${name}`,
  },
  ring: {
    strip: "正在响铃", call: "来电", chat: "新聊天", accept: "接受", decline: "拒绝", seen: "已看到",
    why: (code, from) => code === "transfer" ? (from ? `由${from}转交` : "转交") : rings[code] ?? code,
    left: (seconds) => `剩余 ${seconds} 秒`, rest: (count) => `另有 ${count} 个`, missedCall: "未接来电", missedChat: "未接聊天",
    lost: (why) => why === "ended" ? "对方在应答前离开" : "无人应答",
  },
  talk: {
    label: "会话", none: "请选择一个会话", note: "备注", us: "我们", me: "我", mine: "由您负责", typing: "正在输入…",
    types: (name) => `${name}正在输入`, timeline: "时间线", end: "结束", claim: "领取", takeOver: "接管", handOver: "转交",
    release: "放回队列", earlier: "加载更早的内容", fresh: "新消息", nothingYet: "还没有内容", nothingYetText: "之后发生的一切都会显示在这里。",
    gone: (why, by) => ({
      claimed: by ? `${by}已接走此会话` : "同事已接走此会话", closed: "此会话已结束",
      reassigned: by ? `此会话现由${by}负责` : "此会话现由同事负责", offline: "没有连接，无法加载此会话",
    })[why] ?? "此会话不在这里",
    goneText: "您为它写的草稿已保留。",
    page: (title) => `浏览了“${title}”`, pages: (count, title) => `浏览了 ${count} 个页面，最后是“${title}”`,
    steps: (count) => `${count} 步`,
  },
  receipt: { sending: "发送中", waiting: "等待连接", sent: "已发送", delivered: "已送达", read: "已读", failed: "未发送" },
  composer: {
    modes: "书写内容", reply: "回复", note: "备注", send: "发送", keep: "保存备注", to: "发给",
    replyPlaceholder: "回复客户…   输入 / 使用常用语", notePlaceholder: "写给同事，客户看不到。", noteHint: "仅同事可见", onlyUs: "仅同事可见",
    enter: "Enter 发送 · Shift+Enter 换行", replyTo: (name) => `回复${name}`, noteOn: (name) => `关于${name}的备注`,
    tooLong: (count) => `超出 ${count} 个字符`, reopen: "重新打开",
    barred: {
      unclaimed: () => "此会话尚无人负责，领取后即可回复。", elsewhere: (name) => `此会话由${name}负责，您可以留下备注。`,
      ended: () => "此会话已结束，重新打开后可继续书写。",
    },
  },
  canned: {
    title: "常用语", edit: "编辑常用语", add: "添加常用语", saved: "常用语已保存", key: "短名", text: "内容",
    remove: (key) => `删除 /${key}`, hint: "在回复开头输入 / 即可使用。{name} 替换为客户姓名，{me} 替换为您的姓名。内容保存在此浏览器中。",
  },
  wrapup: {
    title: "小结", ending: (name) => `结束与${name}的聊天`, disposition: "结果如何？", note: "备注", notePlaceholder: "同事需要知道什么？",
    next: "下一步", nextPlaceholder: "例如：周五回电", file: "归档", endAndFile: "结束并归档", filed: "已归档。",
    choose: "请先选择结果", timer: "结束至今",
  },
  assign: { hint: "会话将分配给同事，对方接受之前仍由您负责。", nobody: "目前没有同事在线" },
};
