/** @file Hands the notices to Base UI's toasts, and what it closes back to the store. */
import { Toast } from "@base-ui/react/toast";
import { useEffect } from "react";
import { dismissNotice, lifetimeOf, type Notice, noticeStore } from "./noticeStore.ts";

/** A notice as it is shown. */
export type NoticeToast = Toast.Root.ToastObject<Notice>;

/** Newest first; those beyond the provider's limit wait unseen. @throws Error outside of a Toast.Provider. */
export function useToasts(): readonly NoticeToast[] {
  const { toasts, add, close } = Toast.useToastManager<Notice>();
  useEffect(() => {
    const open = (notice: Notice) =>
      add({
        id: notice.kind,
        data: notice,
        title: notice.title,
        description: notice.text,
        timeout: lifetimeOf(notice) ?? 0,
        onClose: () => isShown(notice) && dismissNotice(notice.kind),
      });
    for (const notice of noticeStore.getState().notices) open(notice);
    return noticeStore.subscribe(({ notices }, before) => {
      for (const { kind } of before.notices.filter((notice) => !notices.includes(notice))) close(kind);
      for (const notice of notices.filter((one) => !before.notices.includes(one))) open(notice);
    });
  }, [add, close]);
  return toasts;
}

/** Not so for one that a newer one of its kind has replaced. */
function isShown(notice: Notice): boolean {
  return noticeStore.getState().notices.includes(notice);
}
