"use client";
import { useEffect, useRef } from "react";
import { useWords } from "../../../lib/i18n/use-words.ts";

export interface UnsavedDialogProps {
  /** the file that is about to be closed; undefined while none is */
  readonly name: string | undefined;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
  readonly onCancel: () => void;
}

export function UnsavedDialog({ name, onSave, onDiscard, onCancel }: UnsavedDialogProps) {
  const t = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const shown = useRef("");
  if (name !== undefined) shown.current = name;
  useEffect(() => {
    if (name !== undefined) dialog.current?.showModal();
    else dialog.current?.close();
  }, [name]);
  return (
    <dialog ref={dialog} onCancel={onCancel} aria-labelledby="unsaved-title" className="card m-auto w-[min(30rem,100%-2rem)] p-6 text-ink backdrop:bg-black/50">
      <h2 id="unsaved-title">{t("files.unsavedTitle", { name: shown.current })}</h2>
      <p className="mt-3 text-muted">{t("files.unsavedText")}</p>
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <button type="button" className="button" onClick={onCancel}>
          {t("common.cancel")}
        </button>
        <button type="button" className="button button-danger" onClick={onDiscard}>
          {t("files.discard")}
        </button>
        <button type="button" className="button button-primary" onClick={onSave}>
          {t("files.save")}
        </button>
      </div>
    </dialog>
  );
}
