/** @file The notices in sight, over the canvas. Problems interrupt a screen reader; the rest waits its turn. */
import { Toast } from "@base-ui/react/toast";
import { NoticeCard } from "./NoticeCard.tsx";
import { lifetimeOf, type Notice, type NoticeStore } from "./noticeStore.ts";
import styles from "./notices.module.css";
import { useToasts } from "./useToasts.ts";

/** More than this would cover the page; the oldest wait until there is room. */
const mostShown = 4;

export interface NoticesProps {
  readonly store: NoticeStore;
}

/** F6 leads to them from everywhere, Tab through them, and Escape away from one and back. */
export function Notices({ store }: NoticesProps) {
  return (
    <Toast.Provider limit={mostShown}>
      <Places store={store} />
    </Toast.Provider>
  );
}

/** What waits for the person stands above the canvas and covers nothing; what goes by itself floats over it. */
function Places({ store }: NoticesProps) {
  const toasts = useToasts(store);
  const cards = (isMeant: (notice: Notice) => boolean) =>
    toasts.flatMap((toast) =>
      toast.data && isMeant(toast.data)
        ? [<NoticeCard key={toast.id} toast={toast} notice={toast.data} dismiss={store.dismiss} />]
        : [],
    );
  // The regions within say how urgent each is.
  return (
    <Toast.Viewport className={styles["notices"]} aria-label="Notices" aria-live="off">
      {cards((notice) => isLasting(notice) && notice.tone === "problem").map((card) => (
        <div role="alert" key={card.key}>
          {card}
        </div>
      ))}
      <div role="status">{cards((notice) => isLasting(notice) && notice.tone !== "problem")}</div>
      <div role="status" className={styles["passing"]}>
        {cards((notice) => !isLasting(notice))}
      </div>
    </Toast.Viewport>
  );
}

function isLasting(notice: Notice): boolean {
  return lifetimeOf(notice) === undefined;
}
