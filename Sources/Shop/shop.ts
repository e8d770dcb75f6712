// Cloudpeak Tea, a fictitious shop of one page: it shows what a site sees of Switchboard. The chat comes from the one
// script tag in index.html; everything this file does with it goes through the public commands of `window.switchboard`.

import { accountMenu, restoreAccount } from "./account";
import { demoCard } from "./demo";
import { make } from "./dom";
import { basketPage, homePage, missingPage, teaPage } from "./pages";
import logo from "./pictures/logo.svg";
import { basketCount, language, onChange, setLanguage, tell } from "./state";
import words from "./words";

const root = document.getElementById("shop") as HTMLElement;
const focusable = (): HTMLElement[] => [...root.querySelectorAll<HTMLElement>("a, button, input, select, summary")];
const route = (): string[] => location.hash.replace(/^#\/?/, "").split("/").filter(Boolean);

function draw(): void {
  const [page, id] = route();
  const known = page === "tea" ? teaPage(id ?? "") : page === "basket" ? basketPage() : page === undefined || page === "teas" || page === "story" ? homePage() : undefined;
  const content = known ?? missingPage();
  document.documentElement.lang = language() === "zh" ? "zh-CN" : "en";
  document.title = content.title === undefined ? words.shop[language()] : `${content.title} · ${words.shop[language()]}`;
  // Only this element is ours: the chat has put its own beside it.
  const place = focusable().indexOf(document.activeElement as HTMLElement);
  root.replaceChildren(header(), make("main", {}, content.element), footer(), demoCard());
  if (place >= 0) focusable()[place]?.focus({ preventScroll: true });
}

function header(): HTMLElement {
  const lang = language();
  const count = basketCount();
  return make(
    "header",
    {},
    make("a", { class: "brand", href: "#/" }, make("img", { src: logo, alt: "", width: "40", height: "40" }), make("span", {}, words.shop[lang], make("small", {}, words.shop[lang === "en" ? "zh" : "en"]))),
    make("nav", { "aria-label": words.teas[lang] },
      make("a", { href: "#/teas" }, words.teas[lang]),
      make("a", { href: "#/story" }, words.story[lang]),
      make("button", { type: "button", "data-switchboard-open": true }, words.help[lang]),
    ),
    make("div", { class: "tools" },
      make("button", { type: "button", class: "language", lang: lang === "en" ? "zh-CN" : "en", click: () => setLanguage(lang === "en" ? "zh" : "en") }, lang === "en" ? "中文" : "English"),
      accountMenu(),
      make("a", { class: "basket", href: "#/basket" }, words.basket[lang], count > 0 && make("b", {}, String(count))),
    ),
  );
}

function footer(): HTMLElement {
  return make("footer", {}, make("p", {}, words.fiction[language()]));
}

/** Goes to the part of the home page that the address names; any other page begins at its top. */
function settle(): void {
  const [page] = route();
  const part = page === "teas" || page === "story" ? document.getElementById(page) : null;
  if (part) part.scrollIntoView();
  else scrollTo(0, 0);
}

onChange(draw);
addEventListener("hashchange", () => {
  draw();
  settle();
});
draw();
settle();
tell("setLocale", language() === "zh" ? "zh-CN" : "en");
void restoreAccount();
