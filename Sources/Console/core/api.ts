import type { Card, Conversation, Me, Named, Page, LogEvent, Rep } from "./protocol";

// The HTTP interface of Protocols/http.md. Refusals come out as one error type that carries the code.

export class Refusal extends Error {
  constructor(readonly code: string, readonly status: number, readonly field?: string,
    readonly retryMilliseconds?: number) { super(code); }
}

export interface PersonRow {
  id: string; name: string; org?: string | Named; title?: string; lifecycle?: string; owner?: string | Named;
  phones: string[]; emails: string[];
}
export interface NewPerson {
  name: string; org?: string; title?: string; phones: string[]; emails: string[]; language?: string; conv?: string;
}
export interface PersonChange {
  rev: number; name?: string; org?: string; title?: string; lifecycle?: string; owner?: string; addPhone?: string;
  addEmail?: string;
}
export type TimelineItem = LogEvent | ({ kind: "page"; ts: number } & Omit<Page, "at">);
export interface TimelineAnswer { items: TimelineItem[]; more: boolean; next?: string; convs: Conversation[] }
export interface Board {
  waiting: number; longest_wait_ms: number; active: number; calls: number; reps: Rep[];
  today: { chats: number; calls: number; answered: number; missed: number; abandoned: number; asa_ms: number };
}
export interface DemoLogin { email: string; password: string; name: string; role: string }

export class Api {
  private csrf = "";

  constructor(private readonly onExpired: () => void, private readonly fetcher: typeof fetch = fetch.bind(globalThis)) {}

  async login(email: string, password: string): Promise<Me> {
    return this.entered(await this.call("POST", "/api/session", { email, password }, true));
  }
  async session(): Promise<Me> { return this.entered(await this.call("GET", "/api/session", undefined, true)); }
  logout(): Promise<void> { return this.call("DELETE", "/api/session"); }
  async ticket(): Promise<string> {
    return (await this.call<{ ticket: string }>("POST", "/api/ticket", {}, true)).ticket;
  }

  people(query: string, cursor?: string): Promise<{ people: PersonRow[]; next?: string }> {
    return this.call("GET", `/api/people${parameters({ q: query, cursor, limit: 50 })}`);
  }
  person(id: string): Promise<Card> { return this.call("GET", `/api/people/${encodeURIComponent(id)}`); }
  createPerson(person: NewPerson): Promise<{ person: Named; card: Card }> {
    return this.call("POST", "/api/people", person);
  }
  changePerson(id: string, change: PersonChange): Promise<Card> {
    return this.call("PATCH", `/api/people/${encodeURIComponent(id)}`, change);
  }
  timeline(id: string, before?: string): Promise<TimelineAnswer> {
    return this.call("GET", `/api/people/${encodeURIComponent(id)}/timeline${parameters({ before, limit: 100 })}`);
  }
  merge(id: string, into: string, reason: string): Promise<{ edge: string }> {
    return this.call("POST", `/api/people/${encodeURIComponent(id)}/merge`, { into, reason });
  }
  undoMerge(edge: string): Promise<{ stay: unknown[]; back: unknown[] }> {
    return this.call("POST", `/api/merges/${encodeURIComponent(edge)}/undo`, {});
  }
  conversations(view: string, cursor?: string): Promise<{ convs: Conversation[]; next?: string }> {
    return this.call("GET", `/api/conversations${parameters({ view, cursor, limit: 50 })}`);
  }
  conversation(id: string): Promise<Conversation> {
    return this.call("GET", `/api/conversations/${encodeURIComponent(id)}`);
  }
  board(): Promise<Board> { return this.call("GET", "/api/board"); }
  async demoLogins(): Promise<DemoLogin[]> {
    try {
      return (await this.call<{ logins?: DemoLogin[] }>("GET", "/demo/customers", undefined, true)).logins ?? [];
    } catch {
      return [];
    }
  }

  private entered(answer: { me: Me; csrf: string }): Me {
    this.csrf = answer.csrf;
    return answer.me;
  }

  /** Another tab that logged in again has made our token stale: fetched anew, tried once more. */
  private async call<Answer>(method: string, path: string, body?: unknown, quiet = false): Promise<Answer> {
    try {
      return await this.once<Answer>(method, path, body, quiet);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== "csrf" || path === "/api/session") throw error;
      await this.session();
      return this.once<Answer>(method, path, body, quiet);
    }
  }

  private async once<Answer>(method: string, path: string, body: unknown, quiet: boolean): Promise<Answer> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (method !== "GET" && this.csrf) headers["X-Switchboard-CSRF"] = this.csrf;
    let response: Response;
    try {
      response = await this.fetcher(path, { method, headers, credentials: "same-origin", cache: "no-store",
        ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    } catch {
      throw new Refusal("offline", 0);
    }
    if (response.ok) return response.status === 204 ? (undefined as Answer) : ((await response.json()) as Answer);
    const refusal = await refusalOf(response);
    if (response.status === 401 && !quiet) this.onExpired();
    throw refusal;
  }
}

async function refusalOf(response: Response): Promise<Refusal> {
  try {
    const { error } = (await response.json()) as { error: { code: string; field?: string; retry_ms?: number } };
    return new Refusal(error.code, response.status, error.field, error.retry_ms);
  } catch {
    return new Refusal(response.status >= 500 ? "internal" : "bad_request", response.status);
  }
}

function parameters(values: Record<string, string | number | undefined>): string {
  const pairs = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  return pairs.length ? `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]))}` : "";
}
