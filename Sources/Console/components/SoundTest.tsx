import { useState } from "react";
import { Dialog } from "./Dialogs";
import { useDesk, useTexts } from "./hooks";
import { Icon } from "./Icon";

/** Once per browser: pages may make no sound before somebody has pressed something. */
export function SoundTest() {
  const desk = useDesk();
  const texts = useTexts();
  const [played, setPlayed] = useState<boolean>();
  const play = async () => {
    const ready = await desk.sound.unlock();
    if (ready) desk.sound.ring();
    setPlayed(ready);
  };
  const finish = async (sound: boolean) => {
    desk.prefer({ sound, soundAsked: true });
    desk.navigation.hide();
    if (!sound || !("Notification" in window) || Notification.permission === "denied") return;
    desk.prefer({ notifications: (await Notification.requestPermission()) === "granted" });
  };
  return (
    <Dialog title={texts.soundTest.title}>
      <p className="dialog-text">{texts.soundTest.text}</p>
      <p className="sound-test">
        <button type="button" className="button" data-focus onClick={() => void play()}>
          <Icon name="sound" size={16} />{texts.settings.test}
        </button>
        {played !== undefined && <span role="status">{played ? texts.settings.played : texts.settings.silent}</span>}
      </p>
      <div className="dialog-foot">
        <button type="button" className="text-button" onClick={() => void finish(false)}>{texts.soundTest.off}</button>
        <button type="button" className="button button-primary" onClick={() => void finish(true)}>{texts.soundTest.on}</button>
      </div>
    </Dialog>
  );
}
