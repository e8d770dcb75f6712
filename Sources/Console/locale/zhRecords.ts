import type { enRecords } from "./enRecords";
import { readable } from "./readable";

const known = (words: Record<string, string>) => (code: string): string => words[code] ?? readable(code);

const dispositions: Record<string, string> = {
  resolved: "已解决", follow_up: "需跟进", sale: "成交", order: "订单", complaint: "投诉", support: "技术支持", information: "咨询",
  spam: "骚扰", wrong_number: "打错", callback: "需回电", no_reply: "无回应", no_answer: "无人应答", other: "其他", answered: "已接听",
  missed: "未接", abandoned: "来电者挂断", voicemail: "语音留言", busy: "忙线", failed: "失败", blocked: "已屏蔽", lead: "新线索",
  transferred: "已转交", quote_sent: "已报价", callback_agreed: "约定回电", not_interested: "无意向",
};

/** Chinese words for people and numbers. */
export const zhRecords: typeof enRecords = {
  disposition: known(dispositions),
  outcome: known(dispositions),
  lifecycle: known({ visitor: "访客", lead: "线索", mql: "意向客户", sql: "合格线索", opportunity: "商机", customer: "客户", lost: "已流失",
    unqualified: "不合适" }),
  stage: known({ new: "新建", qualification: "需求确认", qualified: "已确认", proposal: "方案", negotiation: "谈判", won: "赢单", lost: "输单" }),
  card: {
    title: "客户资料", show: "显示客户资料", openTalk: "打开", openPerson: "完整记录", webNow: "正在浏览网站",
    web: "最近浏览", reach: "电话与邮箱", deals: "进行中的商机", recent: "最近联系", merged: "合并自", merge: "合并", unpick: "不是此人",
    anonymous: "来电者隐藏了号码，无法识别。如对方告知身份，可在下方关联。",
  },
  person: {
    name: "姓名", org: "公司", title: "职位", phone: "电话", email: "邮箱", lifecycle: "阶段", owner: "负责人", nobody: "暂无",
    since: "建档时间", addPhone: "添加电话", addEmail: "添加邮箱", create: "新建客户", save: "保存", saveAndLink: "保存并关联",
    created: (name) => `已保存${name}。`,
  },
  people: {
    search: "姓名、号码或邮箱", create: "新建", choose: "请选择一位客户", story: "记录", chooseText: "其通话、聊天、备注和访问会按时间排在一处。",
    nobody: (query) => `没有找到“${query}”`, empty: "还没有客户", emptyText: "请检查输入，或新建客户。",
  },
  claim: {
    title: "自称…", hint: "尚未核实，透露信息前请先确认。", says: (kind) => ({ name: "姓名", email: "邮箱", phone: "电话" })[kind],
    has: (kinds) => `${kinds.join("、")}一致`, confirm: "确认", dismissShort: "忽略", dismiss: (value) => `忽略 ${value}`,
  },
  choose: {
    title: "是哪一位？", count: (count) => `是哪一位？有 ${count} 人使用此号码`, owner: (name) => `由${name}负责`,
    why: known({ owner: "由您负责", last_contact: "最近联系过", open_deal: "有进行中的商机", on_site: "正在浏览网站",
      same_number: "使用此号码", exact: "号码完全一致", national: "号码一致（不含国家码）", suffix: "尾号一致" }),
    remember: (number) => `以后 ${number} 都按此处理`,
  },
  merge: {
    title: (name) => `合并${name}`, search: "合并到谁？", reason: "原因", defaultReason: "同一人", confirm: "合并",
    explain: (from, into) => `${from}的通话、聊天、号码和地址将归入${into}。不会删除任何内容，可以撤销。`,
    done: (from, into) => `${from}已归入${into}。`, undone: "已撤销。", split: "拆分",
  },
  board: {
    now: "当前", today: "今天", reps: "同事", status: "状态", load: "负载", loadOf: (name) => `${name}的负载`,
    stale: "以下数字不是最新：服务器没有响应。",
    figures: {
      waiting: ["等待中", "在队列中或正在响铃、尚无人接起的通话和聊天。"], longest: ["最长等待", "其中等待最久的时长。"],
      active: ["进行中的聊天", "已被接起且尚未结束的聊天。"], calls: ["进行中的通话", "正在响铃或通话中的电话。"],
      todayChats: ["聊天", "今天开始的聊天。"], todayCalls: ["通话", "今天开始的通话，不分方向。"],
      answered: ["已接听", "今天由客服接听的电话，及其在已接、未接与挂断中的占比。"],
      missed: ["未接", "今天在接听前由我方结束的来电。"], abandoned: ["挂断", "今天来电者在等待时挂断的来电。"],
      speed: ["平均应答", "今天从首次响铃或进入队列到接听的平均时长。"],
    },
  },
};
