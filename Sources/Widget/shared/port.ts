// What the loader (in the site's page) and the panel (in the switchboard's iframe) say to each other.
//
// One window message starts it: when the iframe has loaded, the loader posts `handshake` to exactly the switchboard's
// origin, with one end of a MessageChannel. The panel takes the first one that comes from its own parent and no other.
// From then on both speak through the channel, which no third script can hear. Nothing is ever posted to "*".

import type { Page } from "../core/protocol";

export const handshake = "switchboard.v1";

export interface InboxFacts {
  name: string;
  online: boolean;
}

export type ToPanel =
  | {
      t: "init";
      inbox: InboxFacts | undefined;
      lang: string;
      /** The data- attributes of the site's script tag. */
      data: Record<string, string | undefined>;
      identity: string | undefined;
      /** What lies in the site's own storage under our name: at least `tok` and `active`, and `forget` after a logout. */
      kept: Record<string, string>;
      page: Page;
      shown: boolean;
      text: string | undefined;
    }
  | { t: "show" }
  | { t: "hide" }
  | { t: "identify"; proof: string }
  | { t: "logout" }
  | { t: "prefill"; text: string }
  | { t: "locale"; lang: string };

export type ToLoader =
  | { t: "close" }
  /**
   * To be kept in the site's storage (no value: no longer). Always `tok`, for page views and for browsers that empty the
   * storage of iframes, and `active`, by which the next page connects. Everything else only where ours is denied.
   */
  | { t: "keep"; key: string; value: string | undefined }
  | { t: "event"; name: string; detail: unknown };
