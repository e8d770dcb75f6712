import { createRoot } from "react-dom/client";
import { App } from "./components/App";
import { DeskContext } from "./components/hooks";
import { Desk } from "./core/desk";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/list.css";
import "./styles/talk.css";
import "./styles/composer.css";
import "./styles/card.css";
import "./styles/pages.css";
import "./styles/overlay.css";
import "./styles/narrow.css";

const desk = new Desk();
createRoot(document.getElementById("console")!).render(<DeskContext.Provider value={desk}><App /></DeskContext.Provider>);
void desk.boot();
