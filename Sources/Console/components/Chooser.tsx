import { useState } from "react";
import type { Party } from "../core/protocol";
import { useDesk, useTexts } from "./hooks";
import { NewPersonForm } from "./NewPersonForm";
import { Avatar } from "./Parts";

/** Several people have this number: the rep says who it is, and may say so for good. */
export function Chooser({ conv, who }: { conv: string; who: Party }) {
  const desk = useDesk();
  const texts = useTexts();
  const [remember, setRemember] = useState(false);
  const candidates = who.candidates ?? [];
  return (
    <section className="chooser" aria-label={texts.choose.title}>
      <h4>{texts.choose.count(candidates.length)}</h4>
      <ul>
        {candidates.map((one) => {
          const owner = typeof one.owner === "string" ? one.owner : one.owner?.name;
          return (
            <li key={one.id}>
              <button type="button" className="candidate"
                onClick={() => desk.work.act(conv, "pick", { person: one.id, remember })}>
                <Avatar name={one.name} />
                <span className="candidate-text">
                  <strong>{one.name}</strong>
                  <span>{[one.org, owner ? texts.choose.owner(owner) : undefined].filter(Boolean).join(" · ")}</span>
                  <span className="candidate-why">{texts.choose.why(one.why)}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {who.number && (
        <label className="check">
          <input type="checkbox" checked={remember} onChange={(event) => setRemember(event.target.checked)} />
          <span>{texts.choose.remember(who.number)}</span>
        </label>
      )}
      <NewPersonForm conv={conv} who={who} folded />
    </section>
  );
}
