import { useEffect, useState, type FormEvent } from "react";
import { Refusal, type DemoLogin } from "../core/api";
import { useAsk, useDesk, usePreferences, useStore, useTexts } from "./hooks";
import { Avatar } from "./Parts";

export function Login() {
  const desk = useDesk();
  const texts = useTexts();
  const { sessionEnd } = useStore();
  const { language } = usePreferences();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [logins, setLogins] = useState<DemoLogin[]>([]);
  const [asked, ask, error] = useAsk();

  useEffect(() => { document.title = texts.product; }, [texts]);
  useEffect(() => { void desk.api.demoLogins().then(setLogins); }, [desk]);

  const enter = (as: { email: string; password: string }) => {
    void desk.sound.unlock();
    void ask(() => desk.login(as.email.trim(), as.password));
  };
  const submit = (event: FormEvent) => { event.preventDefault(); enter({ email, password }); };

  return (
    <main className="login">
      <div className="login-panel">
        <header className="login-head">
          <Brand />
          <h1>{texts.product}</h1>
          <p>{texts.login.tagline}</p>
        </header>
        {sessionEnd && <p className="notice" role="status">{texts.login.ended[sessionEnd]}</p>}
        <form onSubmit={submit} className="form">
          <label className="field">{texts.login.email}
            <input type="email" autoComplete="username" required value={email} autoFocus
              onChange={(event) => setEmail(event.target.value)} />
          </label>
          <label className="field">{texts.login.password}
            <input type="password" autoComplete="current-password" required value={password}
              onChange={(event) => setPassword(event.target.value)} />
          </label>
          {asked === "failed" && <p className="notice notice-danger" role="alert">{reason(error)}</p>}
          <button type="submit" className="button button-primary button-wide" disabled={asked === "busy"}>
            {asked === "busy" ? texts.login.busy : texts.login.enter}
          </button>
        </form>
        {logins.length > 0 && (
          <section className="login-demo" aria-label={texts.login.demo}>
            <h2>{texts.login.demo}</h2>
            {logins.map((login) => (
              <button type="button" key={login.email} className="login-account" onClick={() => enter(login)}
                disabled={asked === "busy"}>
                <Avatar name={login.name} />
                <span className="login-account-name">{login.name}</span>
                <span className="login-account-role">{texts.role(login.role)}</span>
              </button>
            ))}
          </section>
        )}
        <div className="login-language" role="group" aria-label={texts.settings.language}>
          {(["zh", "en"] as const).map((one) => (
            <button type="button" key={one} className="text-button" aria-pressed={language === one} lang={one}
              onClick={() => desk.prefer({ language: one })}>{one === "zh" ? "中文" : "English"}</button>
          ))}
        </div>
      </div>
    </main>
  );

  function reason(error: unknown): string {
    if (!(error instanceof Refusal)) return texts.refusal("internal");
    return error.code === "rate"
      ? texts.login.tooMany(Math.ceil((error.retryMilliseconds ?? 60_000) / 1_000)) : texts.refusal(error.code);
  }
}

export function Brand() {
  return (
    <svg className="brand" width="32" height="32" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M8 11h5c4 0 2 10 6 10h5M8 21h5c4 0 2-10 6-10h5" />
      <circle cx="8" cy="11" r="2" /><circle cx="8" cy="21" r="2" />
      <circle cx="24" cy="11" r="2" /><circle cx="24" cy="21" r="2" />
    </svg>
  );
}
