import { useEffect, useRef, type ReactNode } from "react";
import { AssignDialog } from "./AssignDialog";
import { CannedDialog } from "./CannedDialog";
import { HelpDialog } from "./HelpDialog";
import { useDesk, useTexts, useView } from "./hooks";
import { Icon } from "./Icon";
import { MergeDialog } from "./MergeDialog";
import { NewPersonForm } from "./NewPersonForm";
import { Palette } from "./Palette";
import { SoundTest } from "./SoundTest";

export function Dialogs() {
  const desk = useDesk();
  const texts = useTexts();
  const { dialog } = useView();
  if (!dialog) return null;
  switch (dialog.is) {
    case "palette": return <Palette />;
    case "help": return <HelpDialog />;
    case "canned": return <CannedDialog />;
    case "merge": return <MergeDialog person={dialog.person} />;
    case "assign": return <AssignDialog conv={dialog.conv} />;
    case "soundTest": return <SoundTest />;
    case "newPerson": return (
      <Dialog title={texts.person.create}>
        <NewPersonForm onDone={(person) => desk.navigation.openPerson(person)} />
      </Dialog>
    );
  }
}

interface Props { title: string; children: ReactNode; bare?: boolean; wide?: boolean }

/** The browser's own modal dialog: it keeps the focus inside, and gives it back where it came from. */
export function Dialog({ title, children, bare = false, wide = false }: Props) {
  const desk = useDesk();
  const texts = useTexts();
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.showModal();
    box.current?.querySelector<HTMLElement>("[data-focus]")?.focus();
    return () => { if (before instanceof HTMLElement) before.focus(); };
  }, []);
  return (
    <dialog ref={box} className={`dialog${bare ? " dialog-bare" : ""}${wide ? " dialog-wide" : ""}`} aria-label={title}
      onCancel={(event) => { event.preventDefault(); desk.navigation.hide(); }}
      onMouseDown={(event) => { if (event.target === box.current) desk.navigation.hide(); }}>
      <div className="dialog-inner">
        {!bare && (
          <header className="dialog-head">
            <h2>{title}</h2>
            <button type="button" className="icon-button" aria-label={texts.close} onClick={() => desk.navigation.hide()}>
              <Icon name="close" size={16} />
            </button>
          </header>
        )}
        {children}
      </div>
    </dialog>
  );
}
