import { useEffect } from "react";
import type { Desk } from "../core/desk";
import { commandOf, isTextField, type Command } from "../core/keys";
import { isMine, isOpen, ringing } from "../core/selectors";
import { useDesk } from "./hooks";

export function useKeyboard(): void {
  const desk = useDesk();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const command = commandOf(event, isTextField(event.target));
      if (!command) return;
      // Inside a dialog only its own keys count; answering the telephone works from everywhere.
      const modal = desk.view.value.dialog !== undefined;
      if (modal && !["accept", "decline", "palette"].includes(command)) return;
      if (command === "open" && event.target instanceof HTMLElement && event.target.closest("button,a,summary")) return;
      if (obey(desk, command)) event.preventDefault();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [desk]);
}

export function focusComposer(): void {
  requestAnimationFrame(() => document.querySelector<HTMLTextAreaElement>("#composer")?.focus());
}

function obey(desk: Desk, command: Command): boolean {
  const { navigation, work } = desk;
  const { conv, route, dialog } = desk.view.value;
  const held = conv && route === "inbox" ? desk.state.value.convs[conv] : undefined;
  switch (command) {
    case "palette": navigation.show({ is: "palette" }); return true;
    case "help": navigation.show({ is: "help" }); return true;
    case "next": navigation.move(1); return true;
    case "previous": navigation.move(-1); return true;
    case "accept": case "decline": {
      const first = ringing(desk.state.value)[0];
      if (first) work[command](first.conv);
      return true;
    }
    case "open": if (held) focusComposer(); return held !== undefined;
    case "reply": case "note": {
      if (!held) return false;
      navigation.change({ mode: command === "reply" && held.channel === "chat" ? "reply" : "note" });
      focusComposer();
      return true;
    }
    case "canned": if (held) { navigation.change({ mode: "reply" }); openCanned(); } return held !== undefined;
    case "claim": if (held && !isMine(desk.state.value, held)) work.act(held.id, "claim"); return held !== undefined;
    case "wrapup":
      if (held && isMine(desk.state.value, held) && isOpen(held)) navigation.change({ wrapup: held.id });
      return held !== undefined;
    case "escape": return escape(desk, dialog !== undefined);
  }
}

function escape(desk: Desk, modal: boolean): boolean {
  if (modal) return false;
  const { drawer, pop, wrapup } = desk.view.value;
  if (wrapup) desk.navigation.change({ wrapup: undefined });
  else if (pop || drawer) desk.navigation.change({ pop: undefined, drawer: false });
  else if (isTextField(document.activeElement)) (document.activeElement as HTMLElement).blur();
  else return false;
  return true;
}

/** Puts the slash that opens the list into an empty reply. */
function openCanned(): void {
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLTextAreaElement>("#composer");
    field?.focus();
    field?.dispatchEvent(new CustomEvent("canned"));
  });
}
