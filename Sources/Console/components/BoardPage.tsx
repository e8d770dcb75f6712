import { useEffect, useState } from "react";
import type { Board } from "../core/api";
import { duration } from "../core/format";
import type { Rep } from "../core/protocol";
import { stateOf } from "../core/reading";
import { isSupervisor, warmth } from "../core/selectors";
import { useDesk, useStore, useTexts } from "./hooks";
import { Avatar, Skeleton, Trouble } from "./Parts";

const everyMilliseconds = 5_000;
const order = ["online", "busy", "away", "offline"] as const;

export function BoardPage() {
  const desk = useDesk();
  const state = useStore();
  const texts = useTexts();
  const [board, setBoard] = useState<Board>();
  const [trouble, setTrouble] = useState<"failed" | "forbidden">();
  const [turn, setTurn] = useState(0);
  const allowed = isSupervisor(state);

  useEffect(() => {
    if (!allowed) return;
    let current = true;
    const load = async () => {
      try {
        const next = await desk.api.board();
        if (current) { setBoard(next); setTrouble(undefined); }
      } catch (error) {
        if (current) setTrouble(stateOf(error));
      }
    };
    void load();
    const timer = setInterval(() => void load(), everyMilliseconds);
    return () => { current = false; clearInterval(timer); };
  }, [allowed, turn]);

  return (
    <section className="page board" aria-label={texts.nav.board}>
      <h2>{texts.nav.board}</h2>
      {!allowed || trouble === "forbidden" ? <Trouble state="forbidden" retry={() => undefined} />
        : trouble && !board ? <Trouble state="failed" retry={() => setTurn(turn + 1)} />
        : board ? <Numbers board={board} stale={trouble !== undefined} /> : <Skeleton shape="card" rows={6} />}
    </section>
  );
}

function Numbers({ board, stale }: { board: Board; stale: boolean }) {
  const texts = useTexts();
  const { reps: live } = useStore();
  const { today } = board;
  const reps = (live.length ? live : board.reps);
  const chances = today.answered + today.missed + today.abandoned;
  const rate = chances > 0 ? `${Math.round((today.answered / chances) * 100)} %` : "–";
  return (
    <>
      {stale && <p className="notice" role="status">{texts.board.stale}</p>}
      <h3>{texts.board.now}</h3>
      <div className="numbers">
        <Figure name="waiting" value={String(board.waiting)} tone={board.waiting > 0 ? "warn" : "quiet"} />
        <Figure name="longest" value={board.waiting > 0 ? duration(board.longest_wait_ms) : "–"}
          tone={board.waiting > 0 ? warmth(board.longest_wait_ms) : "quiet"} />
        <Figure name="active" value={String(board.active)} />
        <Figure name="calls" value={String(board.calls)} />
      </div>
      <h3>{texts.board.today}</h3>
      <div className="numbers">
        <Figure name="todayChats" value={String(today.chats)} />
        <Figure name="todayCalls" value={String(today.calls)} />
        <Figure name="answered" value={String(today.answered)} extra={rate} />
        <Figure name="missed" value={String(today.missed)} tone={today.missed > 0 ? "danger" : "quiet"} />
        <Figure name="abandoned" value={String(today.abandoned)} />
        <Figure name="speed" value={duration(today.asa_ms)} />
      </div>
      <h3>{texts.board.reps}</h3>
      <table className="reps">
        <thead><tr><th scope="col">{texts.person.name}</th><th scope="col">{texts.board.status}</th>
          <th scope="col">{texts.board.load}</th></tr></thead>
        <tbody>{[...reps].sort(byState).map((rep) => <RepLine key={rep.id} rep={rep} />)}</tbody>
      </table>
    </>
  );
}

function byState(a: Rep, b: Rep): number {
  return order.indexOf(a.state) - order.indexOf(b.state) || b.load - a.load || a.name.localeCompare(b.name);
}

type FigureName =
  | "waiting" | "longest" | "active" | "calls" | "todayChats" | "todayCalls" | "answered" | "missed" | "abandoned" | "speed";
interface FigureProps { name: FigureName; value: string; extra?: string; tone?: "quiet" | "warn" | "danger" }

/** A number with its definition: on hover, and for everybody else below it on request. */
function Figure({ name, value, extra, tone = "quiet" }: FigureProps) {
  const texts = useTexts();
  const [label, definition] = texts.board.figures[name] ?? [name, ""];
  return (
    <details className={`figure figure-${tone}`}>
      <summary title={definition}>
        <span className="figure-value">{value}{extra && <small>{extra}</small>}</span>
        <span className="figure-label">{label}</span>
      </summary>
      <p className="figure-definition">{definition}</p>
    </details>
  );
}

function RepLine({ rep }: { rep: Rep }) {
  const texts = useTexts();
  return (
    <tr>
      <td><span className="rep-name"><Avatar name={rep.name} size="small" />{rep.name}
        <span className="quiet-word">{texts.role(rep.role)}</span></span></td>
      <td><span className="rep-state"><span className={`dot dot-${rep.state}`} />{texts.presence[rep.state]}</span></td>
      <td><span className="load"><meter min={0} max={Math.max(1, rep.capacity)} value={rep.load}
        aria-label={texts.board.loadOf(rep.name)} />{rep.load} / {rep.capacity} %</span></td>
    </tr>
  );
}
