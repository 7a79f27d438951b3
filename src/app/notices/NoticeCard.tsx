/** @file One notice: what happened, what can be done about it, and a way to be rid of it. */
import { Toast } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { Button } from "../../editor/controls/Button.tsx";
import { lifetimeOf, type Notice } from "./noticeStore.ts";
import styles from "./notices.module.css";
import type { NoticeToast } from "./useToasts.ts";

const icons = { done: CircleCheck, news: Info, problem: CircleAlert } as const;

export interface NoticeCardProps {
  readonly toast: NoticeToast;
  readonly notice: Notice;
  readonly dismiss: (kind: string) => void;
}

/** Escape, a swipe to either side and the button dismiss it. */
export function NoticeCard({ toast, notice, dismiss }: NoticeCardProps) {
  const { kind, tone, title, actions = [] } = notice;
  const Icon = icons[tone];
  return (
    <Toast.Root
      toast={toast}
      swipeDirection={["left", "right"]}
      className={`${styles["notice"]} ${styles[lifetimeOf(notice) === undefined ? "banner" : "card"]}`}
      data-tone={tone}
    >
      <Icon className={styles["icon"]} aria-hidden />
      <div className={styles["words"]}>
        <Toast.Title className={styles["title"]} render={<p />} />
        {/* Can be scrolled and copied, which a swipe would prevent. */}
        <Toast.Description className={styles["text"]} data-base-ui-swipe-ignore="" />
      </div>
      {actions.length > 0 && (
        <div className={styles["actions"]}>
          {actions.map(({ label, run }) => (
            <Button
              key={label}
              onClick={() => {
                dismiss(kind);
                run();
              }}
            >
              {label}
            </Button>
          ))}
        </div>
      )}
      {/* Base UI hides it from screen readers until the keyboard comes here; touch never would. */}
      <Toast.Close className={styles["close"]} aria-label={`Dismiss: ${title}`} aria-hidden={false}>
        <X aria-hidden />
      </Toast.Close>
    </Toast.Root>
  );
}
