import gaiwan from "./pictures/gaiwan.svg";
import jasmine from "./pictures/jasmine.svg";
import oolong from "./pictures/oolong.svg";
import puer from "./pictures/puer.svg";
import silver from "./pictures/silver.svg";
import yunwu from "./pictures/yunwu.svg";
import type { Both } from "./words";

export interface Product {
  id: string;
  picture: string;
  /** The quiet ground behind the picture, a class of the style sheet. */
  ground: string;
  name: Both;
  kind: Both;
  notes: Both;
  text: Both;
  origin: Both;
  brew?: { water: string; leaf: string; time: Both };
  /** Yuan. */
  price: number;
  unit: Both;
}

const ridge: Both = { en: "North face, 1,400 m", zh: "北坡，海拔 1400 米" };

export const products: Product[] = [
  {
    id: "yunwu", picture: yunwu, ground: "moss", price: 138, unit: { en: "50 g tin", zh: "50 克/罐" },
    name: { en: "Yunwu Spring Green", zh: "云雾春绿" },
    kind: { en: "Green tea", zh: "绿茶" },
    notes: { en: "Chestnut, spring pea, a clean finish", zh: "栗香、豆香，回甘清爽" },
    text: {
      en: "The first eighteen days of April, one bud and two leaves, fixed in an iron wok over beech wood. The tea we drink ourselves.",
      zh: "四月头十八天，一芽两叶，铁锅柴火杀青。我们自己天天喝的茶。",
    },
    origin: ridge, brew: { water: "80 °C", leaf: "4 g / 150 ml", time: { en: "40 seconds", zh: "40 秒" } },
  },
  {
    id: "silver", picture: silver, ground: "sand", price: 198, unit: { en: "30 g tin", zh: "30 克/罐" },
    name: { en: "Silver Needle", zh: "白毫银针" },
    kind: { en: "White tea", zh: "白茶" },
    notes: { en: "Melon, fresh hay, cool sweetness", zh: "瓜果香、干草香，清甜微凉" },
    text: {
      en: "Only buds, dried for two days in mountain air and nothing else. Patient, pale and surprisingly long.",
      zh: "只取芽头，山风自然晾干两日，别无他工。色浅而味长。",
    },
    origin: { en: "East terrace, 1,150 m", zh: "东坡梯田，海拔 1150 米" },
    brew: { water: "85 °C", leaf: "5 g / 150 ml", time: { en: "60 seconds", zh: "60 秒" } },
  },
  {
    id: "oolong", picture: oolong, ground: "dusk", price: 118, unit: { en: "75 g tin", zh: "75 克/罐" },
    name: { en: "Iron Goddess Oolong", zh: "铁观音" },
    kind: { en: "Oolong", zh: "乌龙茶" },
    notes: { en: "Orchid, warm cream, river stone", zh: "兰花香、奶香，岩韵绵长" },
    text: {
      en: "Rolled thirty times by cloth and foot, roasted twice over charcoal. Opens slowly and gives eight steeps.",
      zh: "布包揉捻三十遍，炭火两焙。慢慢舒展，可泡八道。",
    },
    origin: { en: "South slope, 900 m", zh: "南坡，海拔 900 米" },
    brew: { water: "95 °C", leaf: "7 g / 120 ml", time: { en: "20 seconds", zh: "20 秒" } },
  },
  {
    id: "puer", picture: puer, ground: "clay", price: 268, unit: { en: "200 g cake", zh: "200 克/饼" },
    name: { en: "Old-Tree Pu'er", zh: "古树普洱饼" },
    kind: { en: "Dark tea", zh: "黑茶" },
    notes: { en: "Cedar, dried plum, deep and soft", zh: "木香、梅子香，醇厚柔滑" },
    text: {
      en: "From trees older than the village, pressed under stone and left in peace since 2017.",
      zh: "采自比村子还老的茶树，石模压制，自二〇一七年静置至今。",
    },
    origin: { en: "Old grove, 1,600 m", zh: "古茶林，海拔 1600 米" },
    brew: { water: "100 °C", leaf: "7 g / 120 ml", time: { en: "15 seconds", zh: "15 秒" } },
  },
  {
    id: "jasmine", picture: jasmine, ground: "mist", price: 88, unit: { en: "50 g jar", zh: "50 克/瓶" },
    name: { en: "Jasmine Pearls", zh: "茉莉龙珠" },
    kind: { en: "Scented green tea", zh: "花茶" },
    notes: { en: "Night jasmine, honey, soft green", zh: "茉莉夜香、蜜香，清柔" },
    text: {
      en: "Rolled by hand and laid among fresh blossoms for six nights. The flowers leave, the scent stays.",
      zh: "手工搓珠，与鲜花同窨六夜。花去香留。",
    },
    origin: ridge, brew: { water: "80 °C", leaf: "4 g / 150 ml", time: { en: "60 seconds", zh: "60 秒" } },
  },
  {
    id: "gaiwan", picture: gaiwan, ground: "jade", price: 168, unit: { en: "120 ml", zh: "120 毫升" },
    name: { en: "Celadon Gaiwan", zh: "青瓷盖碗" },
    kind: { en: "Teaware", zh: "茶具" },
    notes: { en: "Thin rim, a lid that sits well", zh: "薄口，盖合贴切" },
    text: {
      en: "Thrown in Longquan by Master Zhou. The glaze is thick as jade, the rim thin enough to pour without a drip.",
      zh: "龙泉周师傅手拉坯。釉厚如玉，口薄，断水利落。",
    },
    origin: { en: "Longquan, Zhejiang", zh: "浙江龙泉" },
  },
];
