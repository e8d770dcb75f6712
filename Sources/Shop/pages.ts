import { products } from "./catalogue";
import type { Product } from "./catalogue";
import { make } from "./dom";
import garden from "./pictures/garden.svg";
import hero from "./pictures/hero.svg";
import { addToBasket, basketLines, language, tell } from "./state";
import words from "./words";

export interface Page {
  /** Undefined for the first page, whose title is the shop's name. */
  title: string | undefined;
  element: HTMLElement;
}

export function homePage(): Page {
  const lang = language();
  const fact = (name: keyof typeof words, text: keyof typeof words): HTMLElement =>
    make("li", {}, make("strong", {}, words[name][lang]), make("span", {}, words[text][lang]));
  const element = make(
    "div",
    {},
    make("section", { class: "hero" },
      make("img", { src: hero, alt: "", width: "1600", height: "760" }),
      make("div", { class: "hero-text" },
        make("h1", {}, words.heroTitle[lang]),
        make("p", {}, words.heroText[lang]),
        make("p", { class: "buttons" },
          make("a", { class: "primary", href: "#/teas" }, words.heroShop[lang]),
          make("button", { type: "button", class: "plain", "data-switchboard-open": true }, words.heroAsk[lang]),
        ),
      ),
    ),
    make("ul", { class: "facts" }, fact("fact1", "fact1Text"), fact("fact2", "fact2Text"), fact("fact3", "fact3Text")),
    make("section", { class: "wide", id: "teas" },
      make("div", { class: "section-head" }, make("h2", {}, words.springTitle[lang]), make("p", {}, words.springText[lang])),
      make("div", { class: "grid" }, products.map(card)),
    ),
    make("section", { class: "story wide", id: "story" },
      make("img", { src: garden, alt: "", width: "640", height: "720", loading: "lazy" }),
      make("div", {}, make("h2", {}, words.storyTitle[lang]), make("p", {}, words.storyText1[lang]), make("p", {}, words.storyText2[lang])),
    ),
  );
  return { title: undefined, element };
}

export function teaPage(id: string): Page | undefined {
  const product = products.find((candidate) => candidate.id === id);
  if (!product) return undefined;
  const lang = language();
  const name = product.name[lang];
  const fact = (term: string, text: string): HTMLElement => make("div", {}, make("dt", {}, term), make("dd", {}, text));
  const { brew } = product;
  const others = products.filter((other) => other !== product).slice(0, 3);
  const element = make(
    "div",
    { class: "wide" },
    make("p", { class: "crumb" }, make("a", { href: "#/teas" }, "← " + words.back[lang])),
    make("article", { class: "product" },
      make("div", { class: "picture " + product.ground }, make("img", { src: product.picture, alt: name, width: "400", height: "400" })),
      make("div", { class: "about" },
        make("p", { class: "kind" }, product.kind[lang]),
        make("h1", {}, name, make("small", {}, product.name[lang === "en" ? "zh" : "en"])),
        make("p", { class: "notes" }, product.notes[lang]),
        make("p", {}, product.text[lang]),
        make("dl", {}, fact(words.origin[lang], product.origin[lang]),
          brew && [fact(words.water[lang], brew.water), fact(words.leaf[lang], brew.leaf), fact(words.time[lang], brew.time[lang])]),
        make("p", { class: "price" }, money(product.price), make("small", {}, product.unit[lang])),
        make("p", { class: "buttons" },
          make("button", { type: "button", class: "primary", click: () => addToBasket(product.id, 1) }, words.add[lang]),
          make("button", { type: "button", class: "plain", click: () => ask(name) }, words.ask[lang]),
        ),
      ),
    ),
    make("h2", { class: "also" }, words.alsoGood[lang]),
    make("div", { class: "grid" }, others.map(card)),
  );
  return { title: name, element };
}

export function basketPage(): Page {
  const lang = language();
  const lines = basketLines();
  const total = lines.reduce((sum, line) => sum + line.product.price * line.count, 0);
  const element = make(
    "div",
    { class: "wide narrow" },
    make("h1", {}, words.basket[lang]),
    lines.length === 0
      ? make("p", {}, words.empty[lang] + " ", make("a", { href: "#/teas" }, words.heroShop[lang]))
      : make("ul", { class: "lines" }, lines.map(({ product, count }) =>
          make("li", {},
            make("a", { href: "#/tea/" + product.id, class: "picture " + product.ground, "aria-label": product.name[lang] }, make("img", { src: product.picture, alt: "", width: "96", height: "96" })),
            make("div", {}, make("strong", {}, product.name[lang]), make("span", {}, product.unit[lang])),
            make("div", { class: "count" },
              make("button", { type: "button", "aria-label": words.less[lang], click: () => addToBasket(product.id, -1) }, "−"),
              make("span", {}, String(count)),
              make("button", { type: "button", "aria-label": words.more[lang], click: () => addToBasket(product.id, 1) }, "+"),
            ),
            make("span", { class: "sum" }, money(product.price * count)),
          ))),
    lines.length > 0 && make("p", { class: "total" }, words.total[lang], make("strong", {}, money(total))),
    make("p", { class: "quiet" }, words.checkout[lang]),
  );
  return { title: words.basket[lang], element };
}

export function missingPage(): Page {
  const lang = language();
  return {
    title: words.notFound[lang],
    element: make("div", { class: "wide narrow" }, make("h1", {}, words.notFound[lang]), make("p", {}, make("a", { href: "#/teas" }, words.back[lang]))),
  };
}

function card(product: Product): HTMLElement {
  const lang = language();
  return make(
    "article",
    { class: "card" },
    make("a", { href: "#/tea/" + product.id },
      make("div", { class: "picture " + product.ground }, make("img", { src: product.picture, alt: "", width: "400", height: "400", loading: "lazy" })),
      make("p", { class: "kind" }, product.kind[lang]),
      make("h3", {}, product.name[lang], make("small", {}, product.name[lang === "en" ? "zh" : "en"])),
      make("p", { class: "notes" }, product.notes[lang]),
    ),
    make("p", { class: "price" }, money(product.price), make("small", {}, product.unit[lang]),
      make("button", { type: "button", class: "add", "aria-label": `${words.add[lang]}: ${product.name[lang]}`, click: () => addToBasket(product.id, 1) }, "+")),
  );
}

/** Opens the chat with a question begun. */
function ask(name: string): void {
  tell("prefill", `${words.askText[language()]} ${name}: `);
  tell("open");
}

function money(yuan: number): string {
  return "¥" + yuan.toLocaleString(language());
}
