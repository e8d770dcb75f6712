// The page: a table of contents, the way in for most people, then everything the protocol files say.

import { make, prose } from "./dom";
import type { Child } from "./dom";
import { http } from "./http";
import { asyncapi, errors, openapi } from "./protocols";
import { bodies, drawnShapes, sockets } from "./sockets";
import { start } from "./start";
import { language, named, setLanguage, word } from "./words";

interface Entry {
  id: string;
  title: string;
}

function draw(): void {
  document.title = word("title");
  const content: [Entry[], string, HTMLElement][] = [startPart(), httpPart(), socketPart(), eventPart(), shapePart(), codePart(), filePart()];
  const nav = make(
    "nav",
    { "aria-label": word("menu") },
    ...[...new Set(content.map(([, title]) => title))].map((title) =>
      make("div", { class: "nav-group" }, make("p", {}, title), make("ul", {}, ...content
        .filter(([, each]) => each === title)
        .flatMap(([entries]) => entries.map((entry) => make("li", {}, make("a", { href: "#" + entry.id }, entry.title)))))),
    ),
  );
  const main = make("main", {}, intro(), ...content.map(([, , element]) => element), make("p", { class: "nothing", hidden: true }, word("nothing")));
  document.body.replaceChildren(header(nav, main), make("div", { class: "page" }, nav, main));
  openTarget();
}

// MARK: The frame

function header(nav: HTMLElement, main: HTMLElement): HTMLElement {
  const field: HTMLInputElement = make("input", { type: "search", placeholder: word("filter"), "aria-label": word("filter"), input: (): void => filter(field.value, main) });
  const other = language === "en" ? "zh" : "en";
  return make(
    "header",
    {},
    make("button", { type: "button", class: "menu", "aria-label": word("menu"), click: () => nav.classList.toggle("open") }, "☰"),
    make("a", { class: "brand", href: "#top" }, word("title")),
    field,
    make("button", { type: "button", class: "language", lang: other, click: () => { setLanguage(other); draw(); } }, word("language")),
  );
}

function intro(): HTMLElement {
  return make("section", { id: "top", class: "intro" }, make("h1", {}, word("title")), make("p", { class: "lead" }, word("lead")));
}

/** Shows only what has the words in its head; groups without any go too. */
function filter(text: string, main: HTMLElement): void {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (element: Element): boolean => words.every((each) => (element.textContent ?? "").toLowerCase().includes(each));
  for (const item of main.querySelectorAll<HTMLElement>(".list > .fold, .part, .codes tbody tr")) {
    const head = item.matches(".fold") ? item.firstElementChild : item;
    item.hidden = words.length > 0 && head !== null && !has(head);
  }
  for (const group of main.querySelectorAll<HTMLElement>(".group")) {
    group.hidden = words.length > 0 && !group.querySelector(".list > .fold:not([hidden]), .part:not([hidden]), tbody tr:not([hidden])");
  }
  main.querySelector<HTMLElement>(".intro")!.hidden = words.length > 0;
  main.querySelector<HTMLElement>(".nothing")!.hidden = words.length === 0 || main.querySelector(".group:not([hidden])") !== null;
}

function group(id: string, title: string, about: string, ...children: Child[]): HTMLElement {
  return make("section", { id, class: "group" }, make("h2", {}, title), about !== "" && make("p", { class: "group-about" }, ...prose(about)), ...children);
}

// MARK: The parts

function startPart(): [Entry[], string, HTMLElement] {
  const entries: Entry[] = [
    { id: "embed", title: word("embed") }, { id: "identify", title: word("identify") },
    { id: "push", title: word("push") }, { id: "twilio", title: word("twilio") },
  ];
  return [entries, word("start"), group("start", word("start"), "", ...start())];
}

function httpPart(): [Entry[], string, HTMLElement] {
  const parts = http();
  const id = (tag: string): string => "http-" + tag.toLowerCase();
  return [
    parts.map(({ tag }) => ({ id: id(tag), title: named("tag", tag) })),
    word("http"),
    group("http", word("http"), openapi.info.description, ...parts.map(({ tag, about, operations }) =>
      make("div", { id: id(tag), class: "list" }, make("h3", {}, named("tag", tag)), make("p", { class: "quiet" }, ...prose(about)), ...operations),
    )),
  ];
}

function socketPart(): [Entry[], string, HTMLElement] {
  const all = sockets();
  const drawn = all.map(({ id, address, about, groups }) => [
    make("h3", { id: "socket-" + id }, named("channel", id), " ", make("code", {}, address)),
    make("p", { class: "quiet" }, ...prose(about)),
    ...groups.map(([name, frames]) => make("div", { class: "list" }, make("h4", {}, name), ...frames)),
  ]);
  return [
    all.map(({ id }) => ({ id: "socket-" + id, title: named("channel", id) })),
    word("sockets"),
    group("sockets", word("sockets"), asyncapi.info.description, ...drawn),
  ];
}

function eventPart(): [Entry[], string, HTMLElement] {
  const element = group("events", word("bodies"), word("bodiesText"), make("div", { class: "list" }, ...bodies()));
  return [[{ id: "events", title: word("bodies") }], word("reference"), element];
}

function shapePart(): [Entry[], string, HTMLElement] {
  const element = group("shapes", word("shapes"), "", make("div", { class: "list" }, ...drawnShapes()));
  return [[{ id: "shapes", title: word("shapes") }], word("reference"), element];
}

function codePart(): [Entry[], string, HTMLElement] {
  const table = (rows: [string, string, string][], middle: string): HTMLElement =>
    make("div", { class: "scroll" }, make("table", { class: "codes" },
      make("thead", {}, make("tr", {}, ...[word("code"), middle, word("meaning")].map((title) => make("th", { scope: "col" }, title)))),
      make("tbody", {}, ...rows.map(([code, value, meaning]) =>
        make("tr", {}, make("td", {}, make("code", {}, code)), make("td", { class: "number" }, value), make("td", {}, ...prose(meaning))))),
    ));
  const closes = errors.closes.map(({ close, code, reconnect, meaning }): [string, string, string] => [
    code, `${close} ${word(reconnect ? "reconnect" : "tellUser")}`, meaning,
  ]);
  const codes = errors.errors.map(({ code, status, meaning }): [string, string, string] => [code, String(status), meaning]);
  const element = group("errors", word("errors"), "", table(codes, word("status")), make("h3", { id: "closes" }, word("closes")), table(closes, word("status")));
  return [[{ id: "errors", title: word("errors") }, { id: "closes", title: word("closes") }], word("reference"), element];
}

function filePart(): [Entry[], string, HTMLElement] {
  const names = ["openapi.json", "asyncapi.json", "errors.json", "call-event.schema.json"];
  const links = names.map((name) => make("li", {}, make("a", { href: "/api/docs/" + name, download: name }, name)));
  return [[{ id: "files", title: word("files") }], word("reference"), group("files", word("files"), word("filesText"), make("ul", { class: "files" }, ...links))];
}

// MARK: Places

/** Opens what the address points at, and everything around it. */
function openTarget(): void {
  document.querySelector("nav.open")?.classList.remove("open");
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target instanceof HTMLDetailsElement) target.open = true;
  target.scrollIntoView();
}

addEventListener("hashchange", openTarget);
setLanguage(language);
draw();
