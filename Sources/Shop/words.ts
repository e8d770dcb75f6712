export type Language = "en" | "zh";
export type Both = Record<Language, string>;

const words = both({
  shop: { en: "Cloudpeak Tea", zh: "云岭茶社" },
  teas: { en: "Teas", zh: "茶品" },
  story: { en: "Our ridge", zh: "我们的山" },
  help: { en: "Ask us", zh: "咨询" },
  basket: { en: "Basket", zh: "购物袋" },
  signIn: { en: "Sign in", zh: "登录" },
  signInAs: { en: "Sign in as", zh: "以此身份登录" },
  signOut: { en: "Sign out", zh: "退出登录" },
  noCustomers: { en: "No demo customers are available.", zh: "暂无演示顾客。" },
  heroTitle: { en: "Tea from above the clouds", zh: "云上有好茶" },
  heroText: {
    en: "Picked by hand at 1,400 metres, withered in mountain air, and packed the week you order.",
    zh: "海拔一千四百米手工采摘，山风萎凋，下单当周装罐。",
  },
  heroShop: { en: "See this spring's teas", zh: "看看今年的春茶" },
  heroAsk: { en: "Ask a tea master", zh: "问问茶师" },
  fact1: { en: "One garden", zh: "单一茶园" },
  fact1Text: { en: "Every leaf from a single ridge", zh: "每一片叶子都来自同一座山" },
  fact2: { en: "Packed to order", zh: "现单现装" },
  fact2Text: { en: "Sealed in the week you buy it", zh: "购买当周密封" },
  fact3: { en: "A sample first", zh: "先尝后买" },
  fact3Text: { en: "Five grams free with each order", zh: "每单附赠五克试饮" },
  springTitle: { en: "This season", zh: "当季茶品" },
  springText: { en: "Small lots. When one is gone, it is gone until next year.", zh: "小批量制作，售完请等来年。" },
  add: { en: "Add to basket", zh: "加入购物袋" },
  added: { en: "Added", zh: "已加入" },
  ask: { en: "Ask about this tea", zh: "咨询这款茶" },
  askText: { en: "I have a question about", zh: "我想咨询：" },
  storyTitle: { en: "One ridge, four generations", zh: "一座山，四代人" },
  storyText1: {
    en: "The Lin family planted the first bushes on the north face in 1931. Mist keeps the sun away until ten in the morning, the leaves grow slowly, and slow leaves are sweet.",
    zh: "一九三一年，林家在北坡种下第一批茶树。云雾把阳光挡到上午十点，叶子长得慢，慢叶子才甜。",
  },
  storyText2: {
    en: "We still pick by hand, one bud and two leaves, for eighteen days in April. The rest of the year we look after the soil.",
    zh: "如今仍是手采，一芽两叶，只在四月的十八天。其余的日子，我们养土。",
  },
  back: { en: "All teas", zh: "全部茶品" },
  origin: { en: "Origin", zh: "产地" },
  water: { en: "Water", zh: "水温" },
  leaf: { en: "Leaf", zh: "投茶" },
  time: { en: "First steep", zh: "首泡" },
  alsoGood: { en: "Goes well with it", zh: "搭配推荐" },
  empty: { en: "Your basket is empty.", zh: "购物袋是空的。" },
  total: { en: "Total", zh: "合计" },
  less: { en: "One less", zh: "减少一件" },
  more: { en: "One more", zh: "增加一件" },
  checkout: { en: "This is a demonstration: nothing can be bought here, and nobody is charged.", zh: "这是演示商店：不会产生真实交易，也不会收费。" },
  fiction: { en: "Cloudpeak Tea is a fictitious shop that shows Switchboard at work.", zh: "云岭茶社是虚构的商店，用于演示总机（Switchboard）。" },
  demo: { en: "Demo", zh: "演示" },
  demoText: { en: "Let somebody call the shop and watch it ring in the console.", zh: "模拟一通来电，在坐席控制台查看振铃。" },
  demoNumber: { en: "Caller's number", zh: "来电号码" },
  demoAnswered: { en: "Answered", zh: "接听" },
  demoMissed: { en: "Missed", zh: "未接" },
  demoOutcome: { en: "Outcome", zh: "结果" },
  demoRing: { en: "Ring", zh: "呼叫" },
  demoRinging: { en: "Ringing.", zh: "正在呼叫。" },
  demoFailed: { en: "That did not work.", zh: "呼叫失败。" },
  demoConsole: { en: "Agent console", zh: "坐席控制台" },
  demoApi: { en: "API", zh: "接口文档" },
  notFound: { en: "There is nothing on this page.", zh: "此页面不存在。" },
});

/** Holds each word to both languages while keeping the names of the words. */
function both<Names extends string>(table: Record<Names, Both>): Record<Names, Both> {
  return table;
}

export default words;
