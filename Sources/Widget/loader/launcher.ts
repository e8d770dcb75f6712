// The round button and the place of the panel, in a closed shadow root: the site's styles cannot reach in, ours cannot
// leak out, and a constructable style sheet needs no `unsafe-inline` from the site's policy. Functions instead of a class,
// because a minifier may shorten local names only, and each byte here is paid on every page of a site.

import { readableAccent } from "../shared/color";
import { styles } from "./styles";

export interface Launcher {
  host: HTMLElement;
  button: HTMLButtonElement;
  hold(frame: HTMLIFrameElement): void;
  show(open: boolean): void;
  count(unread: number): void;
  speak(lang: string): void;
}

export function makeLauncher(lang: string, color: string, corner: string, offset: number, scheme: string): Launcher {
  const host = document.createElement("switchboard-chat");
  const button = document.createElement("button");
  const badge = document.createElement("span");
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  let frame: HTMLIFrameElement | undefined;
  let open = false;
  let unread = 0;

  sheet.replaceSync(styles(readableAccent(color), corner, offset, scheme));
  root.adoptedStyleSheets = [sheet];
  button.append(
    drawing("M7 5h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 5v-5h-2a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2"),
    drawing("M7 10.5l7 7 7-7"),
    badge,
  );
  root.append(button);

  const label = (): void => {
    const [opens, closes, waiting] = /^zh/i.test(lang)
      ? ["在线咨询", "关闭聊天", "条未读"]
      : ["Chat with us", "Close chat", "unread"];
    button.ariaLabel = open ? closes! : opens + (unread ? ` (${unread} ${waiting})` : "");
    button.ariaExpanded = String(open);
    badge.textContent = unread > 9 ? "9+" : String(unread);
    badge.hidden = !unread;
    if (frame) frame.title = opens!;
  };

  // On a phone the panel fills what the on-screen keyboard leaves; only the outer page can measure that.
  const viewport = window.visualViewport;
  const fit = (): void => {
    if (!open || !viewport) return;
    host.style.cssText = `--h:${viewport.height}px;--y:${viewport.offsetTop}px`;
  };
  viewport?.addEventListener("resize", fit);
  viewport?.addEventListener("scroll", fit);

  label();
  return {
    host,
    button,
    hold(made) {
      frame = made;
      root.prepend(made);
      label();
      // Without a layout between the two there is nothing to animate from.
      made.offsetTop;
    },
    show(next) {
      open = next;
      host.toggleAttribute("data-open", open);
      label();
      fit();
    },
    count(next) {
      unread = next;
      label();
    },
    speak(next) {
      lang = next;
      label();
    },
  };
}

function drawing(path: string): SVGElement {
  const make = (name: string): SVGElement => document.createElementNS("http://www.w3.org/2000/svg", name) as SVGElement;
  const svg = make("svg");
  const line = make("path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
