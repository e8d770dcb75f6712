import type { Canned } from "../core/canned";
import { useDesk, useTexts } from "./hooks";
import { Icon } from "./Icon";

interface Props { found: Canned[]; chosen: number; onUse: (canned: Canned) => void; onPoint: (index: number) => void }

export function CannedMenu({ found, chosen, onUse, onPoint }: Props) {
  const desk = useDesk();
  const texts = useTexts();
  return (
    <div className="canned">
      <ul className="canned-list" aria-label={texts.canned.title}>
        {found.slice(0, 8).map((one, index) => (
          <li key={one.key}>
            <button type="button" className="canned-item" tabIndex={-1} aria-current={index === chosen ? "true" : undefined}
              onMouseDown={(event) => event.preventDefault()} onClick={() => onUse(one)}
              onMouseMove={() => onPoint(index)}>
              <span className="canned-key">/{one.key}</span><span className="canned-text">{one.text}</span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="text-button canned-edit" onClick={() => desk.navigation.show({ is: "canned" })}>
        <Icon name="edit" size={16} />{texts.canned.edit}
      </button>
    </div>
  );
}
