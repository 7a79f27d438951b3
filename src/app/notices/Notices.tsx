/** @file The notices in sight, over the canvas. Problems interrupt a screen reader; the rest waits its turn. */
import { Toast } from "@base-ui/react/toast";
import { NoticeCard } from "./NoticeCard.tsx";
import { lifetimeOf, type Notice } from "./noticeStore.ts";
import styles from "./notices.module.css";
import { type NoticeToast, useToasts } from "./useToasts.ts";

/** More than this would cover the page; the oldest wait until there is room. */
const mostShown = 4;

/** F6 leads to them from everywhere, Tab through them, and Escape away from one and back. */
export function Notices() {
  return (
    <Toast.Provider limit={mostShown}>
      <Places />
    </Toast.Provider>
  );
}

/** What waits for the person stands above the canvas and covers nothing; what goes by itself floats over it. */
function Places() {
  const toasts = useToasts();
  // The regions within say how urgent each is.
  return (
    <Toast.Viewport className={styles["notices"]} aria-label="Notices" aria-live="off">
      {cards(toasts, (notice) => isLasting(notice) && notice.tone === "problem").map((card) => (
        <div role="alert" key={card.key}>
          {card}
        </div>
      ))}
      <div role="status">{cards(toasts, (notice) => isLasting(notice) && notice.tone !== "problem")}</div>
      <div role="status" className={styles["passing"]}>
        {cards(toasts, (notice) => !isLasting(notice))}
      </div>
    </Toast.Viewport>
  );
}

function cards(toasts: readonly NoticeToast[], isMeant: (notice: Notice) => boolean) {
  return toasts.flatMap((toast) =>
    toast.data && isMeant(toast.data)
      ? [<NoticeCard key={toast.id} toast={toast} notice={toast.data} />]
      : [],
  );
}

function isLasting(notice: Notice): boolean {
  return lifetimeOf(notice) === undefined;
}
