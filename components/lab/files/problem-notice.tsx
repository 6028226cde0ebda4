"use client";
// Why the machine did not open or save a file: its own words first, then what they mean here.
import type { ReactNode } from "react";
import { useOwnLocale, useWords } from "../../../lib/i18n/use-words.ts";
import { maxFileBytes, maxSavedBytes } from "../../../lib/session/protocol-files.ts";
import { binarySize } from "../../ui/byte-size.ts";
import type { FileProblem } from "./use-open-files.ts";

export function ProblemNotice({ path, problem, children }: { readonly path: string; readonly problem: FileProblem; readonly children?: ReactNode }) {
  const t = useWords();
  const locale = useOwnLocale();
  const { reason, errno, message } = problem;
  return (
    <div role="alert" className="border-b border-copper bg-copper-soft px-3 py-2 text-sm">
      {reason === "errno" && (
        <p>
          {t("files.refused")}{" "}
          <span lang="en" translate="no" className="font-mono [overflow-wrap:anywhere]">
            {path}: {message}
          </span>
        </p>
      )}
      {reason === "errno" && (errno === "EACCES" || errno === "EPERM") && <p className="mt-1">{t("files.refusedRights")}</p>}
      {reason === "lost" && <p>{t("files.lost")}</p>}
      {reason !== "errno" && reason !== "lost" && <p>{t(`files.refused_${reason}`, { size: binarySize(locale, reason === "journal-full" ? maxSavedBytes : maxFileBytes) })}</p>}
      {children}
    </div>
  );
}
