import type { Desk } from "../core/desk";
import { isMine, isOpen, isSupervisor, lastWords, ringing, type ListName } from "../core/selectors";
import type { State } from "../core/state";
import type { View } from "../core/view";
import type { Texts } from "../locale/index";
import type { IconName } from "./Icon";
import { focusComposer } from "./keyboardHook";
import { nameOf } from "./Parts";

export interface Action {
  key: string; group: string; label: string; detail?: string; icon: IconName; shortcut?: string; run: () => void;
}

/** What can be done at this moment, the nearest first. */
export function actionsOf(desk: Desk, state: State, view: View, texts: Texts): Action[] {
  return [...ringActions(desk, state, texts), ...talkActions(desk, state, view, texts), ...placeActions(desk, state, texts),
    ...ownActions(desk, texts), ...conversationActions(desk, state, texts)];
}

export function match(actions: Action[], query: string): Action[] {
  const words = query.trim().toLowerCase().split(/\s+/u).filter(Boolean);
  return actions.filter((action) => {
    const text = `${action.label} ${action.detail ?? ""} ${action.group}`.toLowerCase();
    return words.every((word) => text.includes(word));
  }).slice(0, 60);
}

function ringActions(desk: Desk, state: State, texts: Texts): Action[] {
  return ringing(state).flatMap(({ conv, ring }): Action[] => {
    const detail = nameOf(ring.who, texts);
    return [
      { key: `accept-${conv}`, group: texts.ring.strip, label: texts.ring.accept, detail, icon: ring.channel,
        shortcut: "F9", run: () => desk.work.accept(conv) },
      { key: `decline-${conv}`, group: texts.ring.strip, label: texts.ring.decline, detail, icon: "close",
        shortcut: "⇧F9", run: () => desk.work.decline(conv) },
    ];
  });
}

function talkActions(desk: Desk, state: State, view: View, texts: Texts): Action[] {
  const conv = view.route === "inbox" && view.conv ? state.convs[view.conv] : undefined;
  if (!conv) return [];
  const { id } = conv;
  const detail = nameOf(conv.who, texts);
  const group = texts.palette.talk;
  const mine = isMine(state, conv);
  const list: (Action | false)[] = [
    conv.channel === "chat" && { key: "reply", group, label: texts.composer.reply, detail, icon: "send", shortcut: "R",
      run: () => { desk.navigation.change({ mode: "reply" }); focusComposer(); } },
    { key: "note", group, label: texts.composer.note, detail, icon: "note", shortcut: "N",
      run: () => { desk.navigation.change({ mode: "note" }); focusComposer(); } },
    !mine && conv.state !== "closed" && { key: "claim", group, label: texts.talk.claim, detail, icon: "plus", shortcut: "A",
      run: () => desk.work.act(id, "claim") },
    mine && isOpen(conv) && { key: "end", group, label: texts.talk.end, detail, icon: "check", shortcut: "E",
      run: () => desk.navigation.change({ wrapup: id }) },
    mine && conv.state === "active" && conv.channel === "chat" && { key: "handOver", group, label: texts.talk.handOver,
      detail, icon: "handOver", run: () => desk.navigation.show({ is: "assign", conv: id }) },
    mine && conv.state === "active" && conv.channel === "chat" && { key: "release", group, label: texts.talk.release,
      detail, icon: "undo", run: () => desk.work.act(id, "release") },
    conv.state === "closed" && conv.channel === "chat" && { key: "reopen", group, label: texts.composer.reopen, detail,
      icon: "undo", run: () => desk.work.act(id, "reopen") },
  ];
  return list.filter((one): one is Action => one !== false);
}

function placeActions(desk: Desk, state: State, texts: Texts): Action[] {
  const group = texts.palette.go;
  const lists: ListName[] = isSupervisor(state) ? ["mine", "queue", "done", "all"] : ["mine", "queue", "done"];
  const go = (route: "people" | "board" | "settings"): Action =>
    ({ key: route, group, label: texts.nav[route], icon: route, run: () => desk.navigation.go(route) });
  return [
    ...lists.map((list): Action => ({ key: `list-${list}`, group, label: texts.list[list], icon: "inbox",
      run: () => desk.navigation.openList(list) })),
    go("people"), ...(isSupervisor(state) ? [go("board")] : []), go("settings"),
    { key: "newPerson", group: texts.nav.people, label: texts.person.create, icon: "plus",
      run: () => desk.navigation.show({ is: "newPerson" }) },
  ];
}

function ownActions(desk: Desk, texts: Texts): Action[] {
  const group = texts.palette.me;
  return [
    ...(["online", "away", "busy"] as const).map((status): Action => ({ key: status, group,
      label: texts.palette.status(texts.presence[status]), icon: "person", run: () => desk.work.status(status) })),
    { key: "help", group, label: texts.help.title, icon: "keyboard", shortcut: "?",
      run: () => desk.navigation.show({ is: "help" }) },
    { key: "canned", group, label: texts.canned.edit, icon: "edit", run: () => desk.navigation.show({ is: "canned" }) },
    { key: "language", group, label: texts.palette.otherLanguage, icon: "globe",
      run: () => desk.prefer({ language: desk.preferences.value.language === "zh" ? "en" : "zh" }) },
    { key: "leave", group, label: texts.login.leave, icon: "out", run: () => void desk.logout() },
  ];
}

function conversationActions(desk: Desk, state: State, texts: Texts): Action[] {
  return Object.values(state.convs).map((conv): Action => ({
    key: `conv-${conv.id}`, group: texts.palette.conversations, label: nameOf(conv.who, texts), icon: conv.channel,
    ...(lastWords(conv) ? { detail: lastWords(conv)!.text } : {}), run: () => desk.navigation.openConversation(conv.id),
  }));
}
