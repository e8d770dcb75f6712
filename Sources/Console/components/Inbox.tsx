import { CardPane } from "./CardPane";
import { ConversationList } from "./ConversationList";
import { useStore, useView } from "./hooks";
import { Talk } from "./Talk";

export function Inbox() {
  const { conv, pop, drawer } = useView();
  const state = useStore();
  const shown = pop ?? conv;
  const known = shown !== undefined && (state.convs[shown] !== undefined || state.rings[shown] !== undefined);
  return (
    <div className={`inbox${drawer ? " with-drawer" : ""}`}>
      <ConversationList />
      <Talk />
      {known && <CardPane key={shown} conv={shown} popped={pop !== undefined} />}
    </div>
  );
}
