// Small things kept in this browser. Storage may be full, off or forbidden: then they last as long as the page.

const memory = new Map<string, string>();

export function keep(key: string, value: unknown): void {
  const text = JSON.stringify(value);
  memory.set(key, text);
  try { localStorage.setItem(key, text); } catch { /* the page remembers */ }
}

export function recall<Value>(key: string, otherwise: Value): Value {
  try {
    const text = stored(key) ?? memory.get(key);
    return text === undefined ? otherwise : (JSON.parse(text) as Value);
  } catch {
    return otherwise;
  }
}

export function forget(key: string): void {
  memory.delete(key);
  try { localStorage.removeItem(key); } catch { /* nothing was there */ }
}

function stored(key: string): string | undefined {
  try { return localStorage.getItem(key) ?? undefined; } catch { return undefined; }
}
