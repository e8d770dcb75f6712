import type { Words } from "../locale/words";
import { icon, make } from "./dom";

/** Five stars and a comment. Real radio buttons underneath, so that arrow keys and screen readers work as everywhere. */
export function makeRating(words: Words, rate: (score: number, comment: string) => void): HTMLElement {
  const send = make("button", { type: "submit", class: "primary" }, words.rateSend);
  const comment = make("textarea", { rows: "2", maxlength: "1000", placeholder: words.comment, "aria-label": words.comment, dir: "auto" });
  const more = make("div", { class: "more", hidden: true }, comment, send);
  const said = make("span", { class: "said", "aria-hidden": "true" });
  let score = 0;
  const choices = words.scores.map((name, index) => {
    const value = index + 1;
    const input = make("input", { type: "radio", name: "score", value: String(value), "aria-label": `${value}: ${name}` });
    const choice = make("label", { class: "choice", title: name }, input, icon("star"));
    input.addEventListener("change", () => {
      score = value;
      choices.forEach((other, place) => other.classList.toggle("on", place <= index));
      said.textContent = name;
      more.hidden = false;
    });
    return choice;
  });
  const form = make(
    "form",
    { class: "rating" },
    make("fieldset", {}, make("legend", {}, words.rateQuestion), make("div", { class: "choices" }, ...choices, said)),
    more,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (score > 0) rate(score, comment.value.trim());
  });
  return form;
}
