import { createContext, useCallback, useContext, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Desk } from "../core/desk";
import { Observable } from "../core/observable";
import type { Preferences } from "../core/preferences";
import type { State } from "../core/state";
import type { View } from "../core/view";
import { textsOf, type Texts } from "../locale/index";

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("no desk above this component");
  return desk;
}

export function useObserved<Value>(source: Observable<Value>): Value {
  return useSyncExternalStore(source.subscribe, () => source.value);
}

export function useStore(): State { return useObserved(useDesk().state); }
export function useView(): View { return useObserved(useDesk().view); }
export function usePreferences(): Preferences { return useObserved(useDesk().preferences); }
export function useTexts(): Texts { return textsOf(usePreferences().language); }

const seconds = new Observable(Date.now());
setInterval(() => seconds.replace(Date.now()), 1_000);

/** The time, once a second; every clock on the screen moves in the same moment. */
export function useNow(): number { return useObserved(seconds); }

export type Asked = "idle" | "busy" | "failed";

/** Runs something that may fail, once at a time, and remembers how it went. */
export function useAsk(): [Asked, (work: () => Promise<void>) => Promise<void>, unknown] {
  const [asked, setAsked] = useState<Asked>("idle");
  const [error, setError] = useState<unknown>();
  const alive = useRef(true);
  useEffect(() => { alive.current = true; return () => { alive.current = false; }; }, []);
  const ask = useCallback(async (work: () => Promise<void>) => {
    setAsked("busy");
    try {
      await work();
      if (alive.current) setAsked("idle");
    } catch (reason) {
      if (alive.current) { setError(reason); setAsked("failed"); }
    }
  }, []);
  return [asked, ask, error];
}
