import { make } from "./dom";
import { language } from "./state";
import words from "./words";

let open = false;
let number = "+8613800138000";
let outcome = "answered";

/** The discreet card at the edge: rings the shop, and leads to the other side of the demonstration. */
export function demoCard(): HTMLElement {
  const lang = language();
  const said = make("p", { role: "status" });
  const field = make("input", { type: "tel", id: "demo-number", value: number, autocomplete: "off", inputmode: "tel" });
  field.addEventListener("input", () => (number = field.value));
  const choice = make("select", { id: "demo-outcome" },
    make("option", { value: "answered", selected: outcome === "answered" }, words.demoAnswered[lang]),
    make("option", { value: "missed", selected: outcome === "missed" }, words.demoMissed[lang]),
  );
  choice.addEventListener("change", () => (outcome = choice.value));
  const form = make(
    "form",
    {},
    make("p", {}, words.demoText[lang]),
    make("label", { for: "demo-number" }, words.demoNumber[lang]),
    field,
    make("label", { for: "demo-outcome" }, words.demoOutcome[lang]),
    make("div", { class: "row" }, choice, make("button", { type: "submit", class: "primary" }, words.demoRing[lang])),
    said,
    make("p", { class: "links" }, make("a", { href: "/console/", target: "_blank", rel: "noopener" }, words.demoConsole[lang]), make("a", { href: "/api", target: "_blank", rel: "noopener" }, words.demoApi[lang])),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    said.textContent = "";
    void ring().then((rang) => (said.textContent = rang ? words.demoRinging[lang] : words.demoFailed[lang]));
  });
  const card = make("details", { class: "demo" }, make("summary", {}, words.demo[lang]), form);
  card.open = open;
  card.addEventListener("toggle", () => (open = card.open));
  return make("aside", { "aria-label": words.demo[lang] }, card);
}

async function ring(): Promise<boolean> {
  const answer = await fetch("/demo/ring", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ number: number.trim(), outcome }),
  }).catch(() => undefined);
  return answer?.ok === true;
}
