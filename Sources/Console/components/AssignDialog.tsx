import { useDesk, useStore, useTexts } from "./hooks";
import { Dialog } from "./Dialogs";
import { Avatar, Empty } from "./Parts";

/** Hands a conversation on as an offer: it stays here until somebody takes it. */
export function AssignDialog({ conv }: { conv: string }) {
  const desk = useDesk();
  const { reps, me } = useStore();
  const texts = useTexts();
  const others = reps.filter((rep) => rep.id !== me?.id && rep.state !== "offline")
    .sort((a, b) => Number(a.state !== "online") - Number(b.state !== "online") || a.load - b.load);
  const give = (rep: string) => { desk.work.act(conv, "assign", { rep }); desk.navigation.hide(); };
  return (
    <Dialog title={texts.talk.handOver}>
      <p className="dialog-text">{texts.assign.hint}</p>
      {others.length === 0 && <Empty icon="people" title={texts.assign.nobody} />}
      <ul className="assign">
        {others.map((rep) => (
          <li key={rep.id}>
            <button type="button" className="candidate" onClick={() => give(rep.id)}>
              <Avatar name={rep.name} />
              <span className="candidate-text"><strong>{rep.name}</strong>
                <span className="rep-state"><span className={`dot dot-${rep.state}`} />{texts.presence[rep.state]} · {rep.load} / {rep.capacity} %</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="button" onClick={() => { desk.work.act(conv, "release"); desk.navigation.hide(); }}>
        {texts.talk.release}
      </button>
    </Dialog>
  );
}
