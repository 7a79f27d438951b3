/** @file Hands the notices to Base UI's toasts, and what it closes back to the store. */
import { Toast } from "@base-ui/react/toast";
import { useEffect } from "react";
import { lifetimeOf, type Notice, type NoticeStore } from "./noticeStore.ts";

/** A notice as it is shown. */
export type NoticeToast = Toast.Root.ToastObject<Notice>;

/** Newest first; those beyond the provider's limit wait unseen. @throws Error outside of a Toast.Provider. */
export function useToasts(store: NoticeStore): readonly NoticeToast[] {
  const { toasts, add, close } = Toast.useToastManager<Notice>();
  useEffect(() => {
    const open = (notice: Notice) =>
      add({
        id: notice.kind,
        data: notice,
        title: notice.title,
        description: notice.text,
        timeout: lifetimeOf(notice) ?? 0,
        onClose: () => isShown(store, notice) && store.dismiss(notice.kind),
      });
    for (const notice of store.getState().notices) open(notice);
    return store.subscribe(({ notices }, before) => {
      for (const { kind } of before.notices.filter((notice) => !notices.includes(notice))) close(kind);
      for (const notice of notices.filter((one) => !before.notices.includes(one))) open(notice);
    });
  }, [store, add, close]);
  return toasts;
}

/** Not so for one that a newer one of its kind has replaced. */
function isShown(store: NoticeStore, notice: Notice): boolean {
  return store.getState().notices.includes(notice);
}
