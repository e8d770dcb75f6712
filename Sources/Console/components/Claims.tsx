import { useState } from "react";
import type { Claim, Party } from "../core/protocol";
import { useDesk, useTexts } from "./hooks";
import { Icon } from "./Icon";

/** What the visitor says about themselves: never a fact until a rep confirms it. */
export function Claims({ conv, who }: { conv: string; who: Party }) {
  const texts = useTexts();
  const [dismissed, setDismissed] = useState<string[]>([]);
  const claims = (who.claims ?? []).filter((claim) => !dismissed.includes(keyOf(claim)));
  if (claims.length === 0) return null;
  return (
    <section className="claims" aria-label={texts.claim.title}>
      <h4><Icon name="question" size={16} />{texts.claim.title}</h4>
      {claims.map((claim) => (
        <ClaimLine key={keyOf(claim)} claim={claim} conv={conv} person={who.person?.id}
          onDismiss={() => setDismissed([...dismissed, keyOf(claim)])} />
      ))}
      <p className="claims-hint">{texts.claim.hint}</p>
    </section>
  );
}

function keyOf(claim: Claim): string { return `${claim.kind}:${claim.value}`; }

interface LineProps { claim: Claim; conv: string; person: string | undefined; onDismiss: () => void }

function ClaimLine({ claim, conv, person, onDismiss }: LineProps) {
  const desk = useDesk();
  const texts = useTexts();
  const suggests = (claim.suggests ?? []).filter((one) => one.id !== person);
  return (
    <div className="claim">
      <p className="claim-text">
        <span>{texts.claim.says(claim.kind)} <strong>{claim.value}</strong></span>
        <button type="button" className="icon-button" aria-label={texts.claim.dismiss(claim.value)} title={texts.claim.dismissShort}
          onClick={onDismiss}><Icon name="close" size={16} /></button>
      </p>
      {suggests.map((one) => (
        <p key={one.id} className="claim-suggestion">
          <span>{one.name}{one.org && <span className="quiet-word"> · {one.org}</span>}</span>
          <button type="button" className="button button-small" onClick={() => desk.work.act(conv, "pick", { person: one.id })}>
            {texts.claim.confirm}
          </button>
        </p>
      ))}
    </div>
  );
}
