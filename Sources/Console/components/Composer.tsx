import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { cannedQuery, cannedReplies, fill, matchCanned, type Canned } from "../core/canned";
import { readDraft, writeDraft } from "../core/drafts";
import { sends } from "../core/keys";
import type { Conversation } from "../core/protocol";
import { isMine, isSupervisor } from "../core/selectors";
import type { Mode } from "../core/view";
import { CannedMenu } from "./CannedMenu";
import { useDesk, usePreferences, useStore, useTexts, useView } from "./hooks";
import { Icon } from "./Icon";
import { Badge, Key, nameOf } from "./Parts";

/** Why no reply can be written here, if so, and what to press. */
type Bar = "unclaimed" | "elsewhere" | "ended" | "call" | undefined;

export function Composer({ conv }: { conv: Conversation }) {
  const desk = useDesk();
  const state = useStore();
  const view = useView();
  const texts = useTexts();
  const { language } = usePreferences();
  const rep = state.me?.id ?? "";
  const bar = barOf(conv, isMine(state, conv));
  const mode: Mode = bar === "call" ? "note" : view.mode;
  const [text, setText] = useState(() => readDraft(rep, conv.id, mode));
  const [chosen, setChosen] = useState(0);
  const [closed, setClosed] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const name = nameOf(conv.who, texts);

  useEffect(() => { setText(readDraft(rep, conv.id, mode)); }, [mode]);
  useLayoutEffect(() => { if (field.current) fit(field.current); }, [text, mode]);
  useEffect(() => {
    const element = field.current;
    const slash = () => change("/");
    element?.addEventListener("canned", slash);
    return () => element?.removeEventListener("canned", slash);
  }, [mode, bar]);

  const query = mode === "reply" && !bar && !closed ? cannedQuery(text) : undefined;
  const variables = { name: conv.who.person?.name ?? "", me: state.me?.name ?? "" };
  const found = query === undefined ? [] : matchCanned(cannedReplies(language), query)
    .map((one) => ({ ...one, text: fill(one.text, variables) }));

  function change(next: string) {
    setText(next);
    setChosen(0);
    setClosed(false);
    writeDraft(rep, conv.id, mode, next);
    if (mode !== "reply" || bar) return;
    if (next.trim()) desk.work.typing(conv.id); else desk.work.stopTyping(conv.id);
  }
  function use(canned: Canned) {
    change(canned.text);
    field.current?.focus();
  }
  function send() {
    const words = text.trim();
    if (!words || (mode === "reply" && bar) || words.length > state.limits.text) return;
    desk.work.send(conv.id, mode === "reply" ? "text" : "note", words);
    setText("");
    writeDraft(rep, conv.id, mode, "");
    field.current?.focus();
  }
  function press(event: KeyboardEvent<HTMLTextAreaElement>) {
    const native = event.nativeEvent;
    if (found.length > 0) {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (step) { event.preventDefault(); return setChosen((chosen + step + found.length) % found.length); }
      if (sends(native) || event.key === "Tab") { event.preventDefault(); return use(found[chosen] ?? found[0]!); }
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); return setClosed(true); }
    }
    if (sends(native)) { event.preventDefault(); send(); }
  }

  const barred = mode === "reply" && bar !== undefined;
  const over = text.length - state.limits.text;
  return (
    <div className={`composer composer-${mode}`}>
      {found.length > 0 && <CannedMenu found={found} chosen={chosen} onUse={use} onPoint={setChosen} />}
      <div className="composer-modes" role="group" aria-label={texts.composer.modes}>
        {bar !== "call" && <ModeButton mode="reply" now={mode} letter="R" />}
        <ModeButton mode="note" now={mode} letter="N" />
        {mode === "note" && <span className="composer-hint">{texts.composer.noteHint}</span>}
      </div>
      {barred ? <Barred bar={bar} conv={conv} /> : (
        <>
          <textarea id="composer" ref={field} value={text} rows={1} dir="auto" aria-describedby="composer-to"
            aria-label={mode === "reply" ? texts.composer.replyTo(name) : texts.composer.noteOn(name)}
            placeholder={mode === "reply" ? texts.composer.replyPlaceholder : texts.composer.notePlaceholder}
            onChange={(event) => change(event.target.value)} onKeyDown={press}
            onBlur={() => desk.work.stopTyping(conv.id)} />
          <div className="composer-foot">
            <span className="composer-tip">{over > 0 ? texts.composer.tooLong(over) : texts.composer.enter}</span>
            <span className="composer-to" id="composer-to">
              {mode === "reply" ? <>{texts.composer.to} <strong>{name}</strong><Badge who={conv.who} brief /></>
                : texts.composer.onlyUs}
            </span>
            <button type="button" className={`button ${mode === "reply" ? "button-primary" : "button-note"}`}
              disabled={!text.trim() || over > 0} onClick={send}>
              <Icon name={mode === "reply" ? "send" : "note"} size={16} />
              {mode === "reply" ? texts.composer.send : texts.composer.keep}
            </button>
          </div>
        </>
      )}
    </div>
  );
}

function ModeButton({ mode, now, letter }: { mode: Mode; now: Mode; letter: string }) {
  const desk = useDesk();
  const texts = useTexts();
  return (
    <button type="button" className="mode" aria-pressed={mode === now} onClick={() => desk.navigation.change({ mode })}>
      {texts.composer[mode]}<Key>{letter}</Key>
    </button>
  );
}

function Barred({ bar, conv }: { bar: Bar; conv: Conversation }) {
  const desk = useDesk();
  const texts = useTexts();
  const state = useStore();
  if (bar === undefined || bar === "call") return null;
  const op = bar === "ended" ? "reopen" : "claim";
  const label = { ended: texts.composer.reopen, unclaimed: texts.talk.claim, elsewhere: texts.talk.takeOver }[bar];
  // Only a supervisor takes over what a colleague has.
  const offered = bar !== "elsewhere" || isSupervisor(state);
  return (
    <div className="barred">
      <p>{texts.composer.barred[bar](conv.owner?.name ?? "")}</p>
      {offered && <button type="button" className="button" onClick={() => desk.work.act(conv.id, op)}>{label}</button>}
    </div>
  );
}

function barOf(conv: Conversation, mine: boolean): Bar {
  if (conv.channel === "call") return "call";
  if (conv.state === "closed" || conv.state === "wrapup") return "ended";
  if (mine) return undefined;
  return conv.owner ? "elsewhere" : "unclaimed";
}

/** As high as its text, up to a third of the window; the sheet sets the bounds. */
function fit(element: HTMLTextAreaElement): void {
  element.style.height = "auto";
  element.style.height = `${element.scrollHeight}px`;
}
