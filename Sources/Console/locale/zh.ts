import type { Texts } from "./index";
import { readable } from "./readable";
import { zhRecords } from "./zhRecords";
import { zhTalk } from "./zhTalk";

const refusals: Record<string, string> = {
  bad_login: "邮箱或密码不正确。", unauthorised: "请重新登录。", forbidden: "您没有权限执行此操作。", not_found: "内容已不存在。",
  no_conv: "会话不存在，或您无权查看。", conv_closed: "会话已结束。", cid_reuse: "此消息曾以其他内容发送，以首次内容为准。",
  conflict: "内容已被他人修改，已载入最新版本，请重新查看。", too_large: "内容过长。", form: "该值无法接受。",
  blocked: "该访客已被屏蔽。", rate: "操作过快，请稍候。", busy: "服务器繁忙。", storage_full: "服务器磁盘已满，暂时无法保存。",
  stopping: "服务器正在重启。", offline: "无法连接服务器。", csrf: "请刷新页面并重新登录。", bad_frame: "服务器无法理解该请求。",
  bad_request: "服务器无法理解该请求。", internal: "我们这边出了问题，已记录。",
};

export const zh: Texts = {
  language: "zh",
  product: "总机",
  demo: "演示",
  back: "返回", close: "关闭", save: "保存", cancel: "取消", undo: "撤销", copy: "复制", copied: "已复制",
  copyFailed: "浏览器不允许复制。", discard: "丢弃",
  editing: (label) => `编辑${label}`,
  refusal: (code, by) => code === "claimed" ? (by ? `${by}抢先一步。` : "已被同事接走。") : refusals[code] ?? readable(code),
  role: (code) => ({ rep: "客服", supervisor: "主管", admin: "管理员" })[code] ?? readable(code),
  nav: { main: "主导航", inbox: "收件箱", people: "客户", board: "看板", settings: "设置", skip: "跳到内容" },
  presence: { online: "在线", away: "离开", busy: "忙碌", offline: "离线" },
  channel: { chat: "聊天", call: "通话" },
  login: {
    tagline: "电话与聊天，同一工作台", email: "邮箱", password: "密码", enter: "登录", busy: "正在登录…", leave: "退出登录",
    demo: "演示账号，一键登录", tooMany: (seconds) => `尝试次数过多，请 ${seconds} 秒后再试。`,
    ended: {
      expired: "登录已过期，请重新登录；草稿已保留。", elsewhere: "您已在其他标签页退出登录；草稿已保留。",
      disabled: "该账号已停用，请联系管理员。",
    },
  },
  link: {
    noServer: "服务器暂无响应，正在持续重试。", offline: "设备已离线，您可以继续书写。",
    waiting: (seconds) => seconds > 0 ? `连接中断，${seconds} 秒后重试。` : "连接中断，正在重新连接…",
    synced: (time) => `数据完整至 ${time}。`, kept: (count) => `${count} 条消息已保留，稍后自动发送。`,
    now: "立即重试", lagging: "正在补上刚才发生的内容…", outdated: "新版本已就绪，空闲时自动载入。", reload: "立即载入",
    here: "在此连接",
    ended: (code) => ({ replaced: "此标签页已让位给其他标签页。", version: "页面版本过旧，请刷新。" })[code] ?? `服务器已断开连接（${code}）。`,
  },
  state: {
    loading: "正在加载…", failed: "操作未成功", failedText: "内容没有丢失，请再试一次。", again: "重试",
    forbidden: "您无权查看", forbiddenText: "您的角色不包含此内容，请联系主管。",
  },
  error: { offline: "没有连接，服务器尚未收到。" },
  list: {
    title: "会话列表", views: "视图", mine: "我的", queue: "队列", done: "已完成", all: "全部", more: "显示更多",
    waits: "等待回复", owed: "待填写小结", unread: (count) => `${count} 条未读消息`, with: (name) => `由${name}负责`,
    emptyRinging: ["上方有人正在等待", "接受后会显示在这里。"],
    empty: {
      mine: ["没有待处理的会话", "新的来电和聊天会在列表顶部响铃。"], queue: ["队列为空", "每位客户都有人接待。"],
      done: ["今天还没有完成的会话", "您结束的会话会列在这里。"], all: ["还没有会话", "有人来电或留言时会显示在这里。"],
    },
  },
  ...zhTalk,
  ...zhRecords,
  settings: {
    language: "语言", theme: "颜色", system: "跟随系统", light: "浅色", dark: "深色", contrast: "高对比度", density: "密度",
    comfortable: "舒适", compact: "紧凑", alerts: "提醒", sound: "有来电、新聊天或客户等待我回复时播放声音",
    notifications: "页面在后台时显示通知", notificationsDenied: "浏览器不允许此页面显示通知。", test: "测试声音",
    played: "听到了吗？听到即正常。", silent: "浏览器仍处于静音，请检查权限。", extension: (number) => `分机 ${number}`,
  },
  soundTest: {
    title: "需要响铃吗？", text: "在您同意之前，浏览器会让页面保持静音。只有来电或聊天为您响铃，或客户等待您回复时才会发出声音。",
    on: "好的，响铃", off: "保持静音",
  },
  palette: {
    title: "命令与搜索", short: "搜索或执行…", placeholder: "想做什么，或者找谁？", nothing: (query) => `没有找到“${query}”。`,
    people: "客户", conversations: "会话", talk: "当前会话", go: "前往", me: "我", status: (name) => `将我设为：${name}`,
    otherLanguage: "Switch to English",
  },
  help: {
    title: "快捷键", all: "全部快捷键", move: "在列表中移动", everywhere: "任何位置", list: "列表", talk: "会话", writing: "书写时",
    palette: "命令与搜索", accept: "接受最先响铃的", decline: "拒绝", escape: "关闭或退出", next: "下一个", previous: "上一个",
    open: "在此书写", reply: "回复", note: "备注", canned: "常用语", claim: "领取会话", end: "结束或小结", send: "发送",
    newLine: "换行", cannedStart: "在开头打开常用语", letters: "焦点不在文本框时单个字母键有效；按 Esc 离开文本框。",
  },
};
