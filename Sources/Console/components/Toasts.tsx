import { useDesk, useTexts, useView } from "./hooks";
import { Icon } from "./Icon";

export function Toasts() {
  const desk = useDesk();
  const { toasts } = useView();
  const texts = useTexts();
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={`toast toast-${toast.tone}`}>
          <Icon name={toast.tone === "danger" ? "alert" : "check"} size={16} />
          <span>{toast.text}</span>
          {toast.undo && (
            <button type="button" className="text-button"
              onClick={() => { toast.undo?.(); desk.navigation.dismiss(toast.id); }}>{texts.undo}</button>
          )}
          <button type="button" className="icon-button" aria-label={texts.close}
            onClick={() => desk.navigation.dismiss(toast.id)}><Icon name="close" size={16} /></button>
        </div>
      ))}
    </div>
  );
}
