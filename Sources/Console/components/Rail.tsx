import { useEffect, useRef, useState } from "react";
import { alertOf, isSupervisor } from "../core/selectors";
import type { Route } from "../core/view";
import { useDesk, useStore, useTexts, useView } from "./hooks";
import { Icon, type IconName } from "./Icon";
import { Brand } from "./Login";
import { Avatar } from "./Parts";

const statuses = ["online", "away", "busy"] as const;

export function Rail() {
  const desk = useDesk();
  const state = useStore();
  const { route } = useView();
  const texts = useTexts();
  const { total } = alertOf(state);
  const item = (name: Route, icon: IconName, count = 0) => (
    <button type="button" key={name} className="rail-item" aria-current={route === name ? "page" : undefined}
      title={texts.nav[name]} onClick={() => desk.navigation.go(name)}>
      <Icon name={icon} />
      <span className="rail-label">{texts.nav[name]}</span>
      {count > 0 && <span className="count count-alert">{count > 99 ? "99+" : count}</span>}
    </button>
  );
  return (
    <nav className="rail" aria-label={texts.nav.main}>
      <span className="rail-brand"><Brand />{state.demo && <span className="demo-mark">{texts.demo}</span>}</span>
      {item("inbox", "inbox", total)}
      {item("people", "people")}
      {isSupervisor(state) && item("board", "board")}
      <span className="rail-space" />
      <button type="button" className="rail-item rail-wide-only" title={`${texts.help.title} (?)`}
        onClick={() => desk.navigation.show({ is: "help" })}>
        <Icon name="keyboard" /><span className="rail-label">{texts.help.title}</span>
      </button>
      {item("settings", "settings")}
      <Me />
    </nav>
  );
}

function Me() {
  const desk = useDesk();
  const { me, reps } = useStore();
  const texts = useTexts();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const leave = (event: Event) => { if (!box.current?.contains(event.target as Node)) setOpen(false); };
    addEventListener("pointerdown", leave);
    addEventListener("focusin", leave);
    return () => { removeEventListener("pointerdown", leave); removeEventListener("focusin", leave); };
  }, [open]);
  if (!me) return null;
  const status = reps.find((rep) => rep.id === me.id)?.state ?? me.state;
  return (
    <div className="me" ref={box} onKeyDown={(event) => { if (event.key === "Escape") setOpen(false); }}>
      <button type="button" className="rail-item me-button" aria-expanded={open} aria-haspopup="true"
        title={`${me.name} · ${texts.presence[status]}`} onClick={() => setOpen(!open)}>
        <Avatar name={me.name} size="small" />
        <span className={`dot dot-${status}`} />
        <span className="hidden">{me.name} · {texts.presence[status]}</span>
      </button>
      {open && (
        <div className="menu me-menu">
          <p className="menu-head"><strong>{me.name}</strong><span>{me.email}</span></p>
          {statuses.map((one) => (
            <button type="button" key={one} className="menu-item" aria-pressed={status === one}
              onClick={() => { desk.work.status(one); setOpen(false); }}>
              <span className={`dot dot-${one}`} /><span>{texts.presence[one]}</span>
              {status === one && <Icon name="check" size={16} />}
            </button>
          ))}
          <hr />
          <button type="button" className="menu-item" onClick={() => { setOpen(false); desk.navigation.go("settings"); }}>
            <Icon name="settings" size={16} /><span>{texts.nav.settings}</span>
          </button>
          <button type="button" className="menu-item" onClick={() => void desk.logout()}>
            <Icon name="out" size={16} /><span>{texts.login.leave}</span>
          </button>
        </div>
      )}
    </div>
  );
}
