/** @file The notices in sight, over the canvas. Problems interrupt a screen reader; the rest waits its turn. */
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { Button } from "../../editor/controls/Button.tsx";
import { dismissNotice, lifetimeOf, noticeStore, type ShownNotice } from "./noticeStore.ts";
import styles from "./notices.module.css";

const icons = { done: CircleCheck, news: Info, problem: CircleAlert } as const;

/** What waits for the person stands above the canvas and covers nothing; what goes by itself floats over it. */
export function Notices() {
  const notices = useStore(noticeStore, (state) => state.notices);
  const lasting = notices.filter((notice) => lifetimeOf(notice) === undefined);
  const passing = notices.filter((notice) => lifetimeOf(notice) !== undefined);
  return (
    <section aria-label="Notices">
      {lasting
        .filter(({ tone }) => tone === "problem")
        .map((notice) => (
          <div role="alert" key={notice.id}>
            <NoticeCard notice={notice} />
          </div>
        ))}
      <div role="status">
        {lasting
          .filter(({ tone }) => tone !== "problem")
          .map((notice) => (
            <NoticeCard notice={notice} key={notice.id} />
          ))}
      </div>
      <div role="status" className={styles["passing"]}>
        {passing.map((notice) => (
          <NoticeCard notice={notice} key={notice.id} />
        ))}
      </div>
    </section>
  );
}

function NoticeCard({ notice }: { readonly notice: ShownNotice }) {
  const { kind, tone, title, text, actions = [] } = notice;
  const [isHeld, setIsHeld] = useState(false);
  const lifetime = lifetimeOf(notice);
  useEffect(() => {
    if (isHeld || lifetime === undefined) return;
    const timer = setTimeout(() => dismissNotice(kind), lifetime);
    return () => clearTimeout(timer);
  }, [isHeld, lifetime, kind]);
  const Icon = icons[tone];
  return (
    <article
      className={lifetime === undefined ? styles["banner"] : styles["card"]}
      data-tone={tone}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <Icon className={styles["icon"]} aria-hidden />
      <div className={styles["words"]}>
        <p className={styles["title"]}>{title}</p>
        {text && <p className={styles["text"]}>{text}</p>}
      </div>
      {actions.length > 0 && (
        <div className={styles["actions"]}>
          {actions.map(({ label, run }) => (
            <Button
              key={label}
              onClick={() => {
                dismissNotice(kind);
                run();
              }}
            >
              {label}
            </Button>
          ))}
        </div>
      )}
      <button
        type="button"
        className={styles["close"]}
        aria-label={`Dismiss: ${title}`}
        onClick={() => dismissNotice(kind)}
      >
        <X aria-hidden />
      </button>
    </article>
  );
}
