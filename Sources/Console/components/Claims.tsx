import { useState } from "react";
import type { Claim, Party, PersonLine } from "../core/protocol";
import { useDesk, useTexts } from "./hooks";
import { Icon } from "./Icon";

/** What the visitor says about themselves: never a fact until a rep confirms it. */
export function Claims({ conv, who }: { conv: string; who: Party }) {
  const desk = useDesk();
  const texts = useTexts();
  const [dismissed, setDismissed] = useState<string[]>([]);
  const claims = (who.claims ?? []).filter((claim) => !dismissed.includes(keyOf(claim)));
  if (claims.length === 0) return null;
  return (
    <section className="claims" aria-label={texts.claim.title}>
      <h4><Icon name="question" size={16} />{texts.claim.title}</h4>
      {claims.map((claim) => (
        <p key={keyOf(claim)} className="claim-text">
          <span>{texts.claim.says(claim.kind)} <strong>{claim.value}</strong></span>
          <button type="button" className="icon-button" aria-label={texts.claim.dismiss(claim.value)}
            title={texts.claim.dismissShort} onClick={() => setDismissed([...dismissed, keyOf(claim)])}>
            <Icon name="close" size={16} />
          </button>
        </p>
      ))}
      {suggestionsOf(claims, who.person?.id).map(({ person, kinds }) => (
        <div key={person.id} className="claim-suggestion">
          <p>
            <strong>{person.name}</strong>{person.org && <span className="quiet-word"> · {person.org}</span>}
            <span className="claim-kinds">{texts.claim.has(kinds.map(texts.claim.says))}</span>
          </p>
          <button type="button" className="button button-small"
            onClick={() => desk.work.act(conv, "pick", { person: person.id })}>{texts.claim.confirm}</button>
        </div>
      ))}
      <p className="claims-hint">{texts.claim.hint}</p>
    </section>
  );
}

function keyOf(claim: Claim): string { return `${claim.kind}:${claim.value}`; }

interface Suggestion { person: PersonLine; kinds: Claim["kind"][] }

/** Each person once, with everything in the claims that points to them. */
function suggestionsOf(claims: Claim[], linked: string | undefined): Suggestion[] {
  const found = new Map<string, Suggestion>();
  for (const claim of claims) {
    for (const person of claim.suggests ?? []) {
      if (person.id === linked) continue;
      const held = found.get(person.id) ?? { person, kinds: [] };
      found.set(person.id, { person, kinds: [...held.kinds, claim.kind] });
    }
  }
  return [...found.values()];
}
