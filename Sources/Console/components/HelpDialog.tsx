import { commandKey } from "./ConversationList";
import { Dialog } from "./Dialogs";
import { useTexts } from "./hooks";
import { Key } from "./Parts";

export function HelpDialog() {
  const texts = useTexts();
  const { help } = texts;
  const groups: [string, [string[], string][]][] = [
    [help.everywhere, [[[commandKey()], help.palette], [["F9"], help.accept], [["⇧", "F9"], help.decline],
      [["?"], help.title], [["Esc"], help.escape]]],
    [help.list, [[["J"], help.next], [["K"], help.previous], [["↵"], help.open]]],
    [help.talk, [[["R"], help.reply], [["N"], help.note], [["/"], help.canned], [["A"], help.claim], [["E"], help.end]]],
    [help.writing, [[["↵"], help.send], [["⇧", "↵"], help.newLine], [["/"], help.cannedStart]]],
  ];
  return (
    <Dialog title={help.title} wide>
      <div className="help">
        {groups.map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([strokes, what]) => (
                <div key={what}><dt>{strokes.map((stroke) => <Key key={stroke}>{stroke}</Key>)}</dt><dd>{what}</dd></div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="dialog-text">{help.letters}</p>
    </Dialog>
  );
}
