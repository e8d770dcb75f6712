import { useEffect } from "react";
import { useAlarm } from "./alarmHook";
import { Banner } from "./Banner";
import { BoardPage } from "./BoardPage";
import { Dialogs } from "./Dialogs";
import { useDesk, useStore, useTexts, useView } from "./hooks";
import { Inbox } from "./Inbox";
import { useKeyboard } from "./keyboardHook";
import { Login } from "./Login";
import { Skeleton } from "./Parts";
import { PeoplePage } from "./PeoplePage";
import { Rail } from "./Rail";
import { RingStrip } from "./RingStrip";
import { SettingsPage } from "./SettingsPage";
import { Toasts } from "./Toasts";

export function App() {
  const { session } = useStore();
  if (session === "none") return <Login />;
  return session === "open" ? <Shell /> : <Waking />;
}

function Shell() {
  const { route, conv, person } = useView();
  const texts = useTexts();
  useKeyboard();
  useAlarm();
  const inside = (route === "inbox" && conv) || (route === "people" && person);
  return (
    <div className={`shell route-${route}${inside ? " inside" : ""}`}>
      <a className="skip" href="#main" onClick={(event) => { event.preventDefault(); focusMain(); }}>{texts.nav.skip}</a>
      <Rail />
      <div className="stage">
        <Banner />
        <RingStrip floating />
        <main id="main" className="main" tabIndex={-1}>
          <h1 className="hidden">{texts.product} · {texts.nav[route]}</h1>
          <Route />
        </main>
      </div>
      <Dialogs />
      <Toasts />
    </div>
  );
}

function Route() {
  const { route } = useView();
  switch (route) {
    case "inbox": return <Inbox />;
    case "people": return <PeoplePage />;
    case "board": return <BoardPage />;
    case "settings": return <SettingsPage />;
  }
}

/** The first moment, before we know who is there; after a while it says what it waits for. */
function Waking() {
  const texts = useTexts();
  const { link } = useStore();
  const desk = useDesk();
  useEffect(() => { document.title = texts.product; }, [texts]);
  return (
    <div className="waking">
      <Skeleton shape="list" rows={5} />
      {link.phase === "waiting" && (
        <p className="waking-text" role="alert">{texts.link.noServer}{" "}
          <button type="button" className="text-button" onClick={() => void desk.boot()}>{texts.state.again}</button>
        </p>
      )}
    </div>
  );
}

function focusMain(): void { document.getElementById("main")?.focus(); }
