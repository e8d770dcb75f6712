import { useState } from "react";
import { useDesk, usePreferences, useStore, useTexts } from "./hooks";
import { Icon } from "./Icon";

export function SettingsPage() {
  const desk = useDesk();
  const texts = useTexts();
  const { me, build } = useStore();
  const preferences = usePreferences();
  return (
    <section className="page settings" aria-label={texts.nav.settings}>
      <h2>{texts.nav.settings}</h2>
      {me && <p className="settings-me"><strong>{me.name}</strong> · {me.email} · {texts.role(me.role)}
        {me.extension && ` · ${texts.settings.extension(me.extension)}`}</p>}
      <Choices label={texts.settings.language} value={preferences.language} onChoose={(language) => desk.prefer({ language })}
        options={[["zh", "中文"], ["en", "English"]]} />
      <Choices label={texts.settings.theme} value={preferences.theme} onChoose={(theme) => desk.prefer({ theme })}
        options={[["system", texts.settings.system], ["light", texts.settings.light], ["dark", texts.settings.dark],
          ["contrast", texts.settings.contrast]]} />
      <Choices label={texts.settings.density} value={preferences.density} onChoose={(density) => desk.prefer({ density })}
        options={[["comfortable", texts.settings.comfortable], ["compact", texts.settings.compact]]} />
      <Alerts />
      <section className="setting">
        <h3>{texts.canned.title}</h3>
        <p>{texts.canned.hint}</p>
        <button type="button" className="button" onClick={() => desk.navigation.show({ is: "canned" })}>
          <Icon name="edit" size={16} />{texts.canned.edit}
        </button>
      </section>
      <footer className="settings-foot">
        <button type="button" className="button" onClick={() => void desk.logout()}>
          <Icon name="out" size={16} />{texts.login.leave}
        </button>
        {build && <span className="settings-build">{texts.product} {build}</span>}
      </footer>
    </section>
  );
}

interface ChoicesProps<Value extends string> {
  label: string; value: Value; options: [Value, string][]; onChoose: (value: Value) => void;
}

function Choices<Value extends string>({ label, value, options, onChoose }: ChoicesProps<Value>) {
  return (
    <fieldset className="setting choices">
      <legend>{label}</legend>
      {options.map(([option, name]) => (
        <label key={option} className="choice">
          <input type="radio" name={label} checked={value === option} onChange={() => onChoose(option)} /><span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Alerts() {
  const desk = useDesk();
  const texts = useTexts();
  const preferences = usePreferences();
  const [heard, setHeard] = useState<"yes" | "no">();
  const test = async () => {
    const ready = await desk.sound.unlock();
    if (ready) desk.sound.ring();
    setHeard(ready ? "yes" : "no");
  };
  const notify = async (wanted: boolean) => {
    const granted = wanted && "Notification" in window && (await Notification.requestPermission()) === "granted";
    desk.prefer({ notifications: granted });
    if (wanted && !granted) desk.navigation.toast("danger", texts.settings.notificationsDenied);
  };
  return (
    <section className="setting">
      <h3>{texts.settings.alerts}</h3>
      <label className="check"><input type="checkbox" checked={preferences.sound}
        onChange={(event) => desk.prefer({ sound: event.target.checked })} /><span>{texts.settings.sound}</span></label>
      <label className="check"><input type="checkbox" checked={preferences.notifications}
        onChange={(event) => void notify(event.target.checked)} /><span>{texts.settings.notifications}</span></label>
      <p className="setting-line">
        <button type="button" className="button" onClick={() => void test()}><Icon name="sound" size={16} />{texts.settings.test}</button>
        {heard && <span role="status">{heard === "yes" ? texts.settings.played : texts.settings.silent}</span>}
      </p>
    </section>
  );
}
