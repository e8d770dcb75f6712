import { make } from "./dom";
import { changed, language, setCustomer, signedIn, tell } from "./state";
import type { Customer } from "./state";
import words from "./words";

let customers: Customer[] | undefined;
let asked = false;
let open = false;

/** The menu in which a visitor becomes one of the demo customers. A real shop has a login here. */
export function accountMenu(): HTMLElement {
  const lang = language();
  const customer = signedIn();
  const menu = make("details", { class: "account" });
  menu.open = open;
  menu.append(make("summary", {}, customer?.name ?? words.signIn[lang]));
  const items = customer
    ? [make("button", { type: "button", click: signOut }, words.signOut[lang])]
    : customers?.length
      ? customers.map((one) => make("button", { type: "button", click: () => void signIn(one) }, one.name))
      : [make("p", {}, customers ? words.noCustomers[lang] : "…")];
  menu.append(make("div", { class: "menu" }, !customer && make("p", { class: "menu-title" }, words.signInAs[lang]), ...items));
  menu.addEventListener("toggle", () => {
    open = menu.open;
    if (open && !asked) void load();
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  return menu;
}

/** Signed in on an earlier page: the proof lives an hour, so each page asks for a fresh one. */
export async function restoreAccount(): Promise<void> {
  const customer = signedIn();
  if (customer) await prove(customer);
}

document.addEventListener("click", (event) => {
  const menu = document.querySelector<HTMLDetailsElement>(".account");
  if (menu?.open && !menu.contains(event.target as Node)) menu.open = false;
});

async function load(): Promise<void> {
  asked = true;
  const answer = await fetch("/demo/customers").catch(() => undefined);
  customers = answer?.ok ? ((await answer.json()) as { customers: Customer[] }).customers : [];
  changed();
}

async function signIn(customer: Customer): Promise<void> {
  open = false;
  if (await prove(customer)) setCustomer(customer);
  else changed();
}

function signOut(): void {
  open = false;
  tell("logout");
  setCustomer(undefined);
}

/** What the shop's own server would do for its logged-in customer: sign who this is, for the chat. */
async function prove(customer: Customer): Promise<boolean> {
  const answer = await fetch("/demo/identity", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ person: customer.id }),
  }).catch(() => undefined);
  if (!answer?.ok) return false;
  const { proof } = (await answer.json()) as { proof: string };
  tell("identify", proof);
  return true;
}
