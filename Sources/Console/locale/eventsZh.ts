import type { LogEvent } from "../core/protocol";
import { duration } from "../core/format";
import { nameIn, names, type EventWords } from "./events";
import type { Texts } from "./index";

const reasons: Record<string, string> = {
  owner: "因为由其负责该客户", longest_idle: "因为其空闲时间最长", transfer: "因为被转交", carrier: "电话系统振铃",
  everyone: "因为没有其他人接听", no_one_free: "当时无人空闲", timeout: "未在时限内应答", declined: "已拒绝", accepted: "已接受",
  elsewhere: "已由他人接起", released: "被放回队列", new: "会话开始", reopened: "会话被重新打开", withdrawn: "已撤回",
  offline: "连接中断", away: "已离开", queue: "按排队顺序",
};
const reason = (why: string | undefined) => (why ? reasons[why] ?? why.replaceAll("_", " ") : undefined);
const sides: Record<string, string> = { visitor: "客户", rep: "客服", system: "系统" };
const proofs: Record<string, string> = { number: "根据来电号码", proof: "由网站验证", rep: "由同事确认" };

export const eventsZh: EventWords = { headline, explain };

function headline({ kind, body, from }: LogEvent, texts: Texts): string {
  switch (kind) {
    case "opened": return "会话开始";
    case "queued": return "进入队列";
    case "offered": return `分配给${names(body.reps, "、") || "同事"}`;
    case "unoffered": return `${body.rep?.name ?? "同事"}未接`;
    case "joined": return `${body.name ?? from.name ?? "同事"}已接手`;
    case "left": return `${body.name ?? from.name ?? "同事"}已退出`;
    case "closed": return `由${body.by === "rep" && from.name ? from.name : sides[body.by ?? ""] ?? "客服"}结束`;
    case "reopened": return "会话重新打开";
    case "rated": return `评分 ${body.score ?? "–"}/5`;
    case "claims": return `自称 ${body.value ?? ""}`;
    case "linked": return `已关联到${body.person?.name ?? "客户"}`;
    case "unlinked": return `已取消与${body.person?.name ?? "客户"}的关联`;
    case "wrapup": return `归档为“${texts.disposition(body.disposition ?? "other")}”`;
    case "call": return call(body.what, body.agent?.name);
    default: return kind;
  }
}

function call(what: string | undefined, agent: string | undefined): string {
  switch (what) {
    case "offered": return "来电";
    case "queued": return "排队等待";
    case "ringing": return agent ? `${agent}处振铃` : "振铃";
    case "answered": return agent ? `${agent}接听` : "已接听";
    case "held": return "保持通话";
    case "resumed": return "恢复通话";
    case "transferred": return agent ? `转接给${agent}` : "已转接";
    case "ended": return "通话结束";
    case "voicemail": return "来电者留言";
    case "recording": return "录音已就绪";
    default: return what ?? "通话";
  }
}

function explain({ kind, body }: LogEvent, texts: Texts): string | undefined {
  switch (kind) {
    case "queued": case "unoffered": return reason(body.why);
    case "offered": return body.from ? `由${nameIn(body.from)}转交` : reason(body.why);
    case "joined": return body.from ? `来自${nameIn(body.from)}` : undefined;
    case "closed": return body.disposition ? texts.disposition(body.disposition) : undefined;
    case "rated": return body.comment;
    case "linked": return proofs[body.how ?? ""];
    case "claims": return "访客自述，尚未核实";
    case "wrapup": return body.next ? `下一步：${body.next}` : undefined;
    case "opened": return Object.values(body.form ?? {}).filter(Boolean).join(" · ") || undefined;
    case "call": return [body.disposition ? texts.call.reason(body.disposition) : undefined,
      body.seconds !== undefined ? duration(body.seconds * 1_000) : undefined].filter(Boolean).join(" · ") || undefined;
    default: return undefined;
  }
}
