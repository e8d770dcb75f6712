// Which page the visitor looks at. The history API is wrapped once and nothing is polled.

import type { Page } from "../core/protocol";

/** The page as the rep may see it: parameters that look like secrets or personal data stay here. */
export function currentPage(address?: string): Page {
  const url = new URL(address ?? "", location.href);
  if (!address) url.hash = location.hash;
  for (const name of [...url.searchParams.keys()]) {
    if (/token|secret|passw|auth|sess|code|key|sig|mail|phone/i.test(name)) url.searchParams.delete(name);
  }
  return { url: url.href.slice(0, 1000), title: document.title.slice(0, 200), ref: document.referrer.slice(0, 1000) || undefined };
}

/** Calls after each change of the address, once the page had a moment to set its title. */
export function watchPages(changed: () => void): void {
  let last = location.href;
  const look = (): void => {
    if (location.href !== last) setTimeout(changed, 50);
    last = location.href;
  };
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name];
    history[name] = function (...given) {
      original.apply(this, given);
      look();
    };
  }
  // A change of the fragment tells itself here too.
  addEventListener("popstate", look);
}
