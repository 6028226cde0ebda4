"use client";
// One directory of the machine: its names as buttons, a path to go to, a new file. It follows what happens on the machine.
import { type FormEvent, useCallback, useEffect, useRef, useState } from "react";
import { useOwnLocale, useWords } from "../../../lib/i18n/use-words.ts";
import type { DirectoryEntry } from "../../../lib/session/protocol-files.ts";
import type { Workspace } from "../../terminal/use-workspace.ts";
import { binarySize } from "../../ui/byte-size.ts";
import { parentOf, resolvePath } from "./file-path.ts";
import { ProblemNotice } from "./problem-notice.tsx";
import type { FileProblem } from "./use-open-files.ts";

interface Listed {
  readonly path: string;
  readonly entries: readonly DirectoryEntry[];
  readonly truncated: boolean;
}

export interface DirectoryListProps {
  readonly askFile: Workspace["askFile"];
  readonly stamps: Workspace["stamps"];
  /** the machine is there */
  readonly ready: boolean;
  readonly onOpen: (path: string) => void;
  readonly onCreate: (path: string) => void;
  /** which directory is shown */
  readonly onDirectory: (path: string) => void;
  readonly openPath: string | undefined;
}

export function DirectoryList({ askFile, stamps, ready, onOpen, onCreate, onDirectory, openPath }: DirectoryListProps) {
  const t = useWords();
  const locale = useOwnLocale();
  const [listed, setListed] = useState<Listed>();
  const [problem, setProblem] = useState<{ readonly path: string; readonly problem: FileProblem }>();
  const [hidden, setHidden] = useState(false);
  const [naming, setNaming] = useState(false);
  const [badName, setBadName] = useState(false);
  const [typed, setTyped] = useState("");
  const name = useRef<HTMLInputElement>(null);
  const opener = useRef(onOpen);
  opener.current = onOpen;
  const teller = useRef(onDirectory);
  teller.current = onDirectory;

  const go = useCallback(
    async (path: string | undefined) => {
      const answer = await askFile(path === undefined ? { kind: "home" } : { kind: "list", path });
      if (answer?.kind === "directory") {
        setListed(answer);
        setTyped(answer.path);
        setProblem(undefined);
        teller.current(answer.path);
      } else if (answer?.kind === "refused" && answer.errno === "ENOTDIR") opener.current(answer.path);
      else if (answer?.kind === "refused") setProblem({ path: answer.path, problem: answer });
      else setProblem({ path: path ?? "~", problem: { reason: "lost", errno: "", message: "" } });
    },
    [askFile],
  );

  const here = listed?.path;
  useEffect(() => {
    if (ready && here === undefined) void go(undefined);
  }, [ready, here, go]);

  // The directory changed on the machine: it is read again, unless it is gone.
  const stamp = here === undefined ? undefined : stamps.get(here);
  const seen = useRef(new Map<string, string | null | undefined>());
  useEffect(() => {
    if (here === undefined || stamp === undefined) return;
    const known = seen.current.get(here);
    seen.current.set(here, stamp);
    if (known !== undefined && known !== stamp) void go(here);
  }, [here, stamp, go]);

  const create = (event: FormEvent) => {
    event.preventDefault();
    const path = resolvePath(here ?? "/", name.current?.value ?? "");
    setBadName(path === undefined);
    if (path === undefined) return;
    setNaming(false);
    onCreate(path);
  };
  useEffect(() => {
    if (naming) name.current?.focus();
  }, [naming]);

  const shown = listed?.entries.filter((entry) => hidden || !entry.name.startsWith(".")) ?? [];
  const sorted = [...shown].sort((a, b) => Number(b.kind === "directory") - Number(a.kind === "directory"));
  const small = "button button-small px-2";
  return (
    <div className="flex min-h-0 grow flex-col">
      <div className="grid gap-1.5 border-b border-line p-2">
        <form
          className="flex gap-1.5"
          onSubmit={(event) => {
            event.preventDefault();
            void go(resolvePath(here ?? "/", typed.replace(/(?<=.)\/+$/, "")) ?? "/");
          }}
        >
          <button type="button" className={small} aria-label={t("files.up")} title={t("files.up")} disabled={here === undefined || here === "/"} onClick={() => here !== undefined && void go(parentOf(here))}>
            <svg width="14" height="14" viewBox="0 0 14 14" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden="true">
              <path d="M7 12V2M2.5 6.5 7 2l4.5 4.5" />
            </svg>
          </button>
          <button type="button" className={small} aria-label={t("files.home")} title={t("files.home")} onClick={() => void go(undefined)}>
            <svg width="14" height="14" viewBox="0 0 14 14" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden="true">
              <path d="m1 7 6-5 6 5M3 6v6h8V6" />
            </svg>
          </button>
          <input className="input min-h-8 min-w-0 grow px-2 py-1 font-mono text-sm" aria-label={t("files.goTo")} value={typed} spellCheck={false} autoCapitalize="off" autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
        </form>
        {naming ? (
          <form className="flex flex-wrap gap-1.5" onSubmit={create}>
            <input ref={name} className="input min-h-8 min-w-0 grow px-2 py-1 font-mono text-sm" aria-label={t("files.newName")} aria-invalid={badName} aria-describedby={badName ? "bad-name" : undefined} spellCheck={false} autoCapitalize="off" autoComplete="off" onKeyDown={(event) => event.key === "Escape" && setNaming(false)} />
            <button type="submit" className="button button-small button-primary">
              {t("files.create")}
            </button>
            {badName && (
              <p id="bad-name" role="alert" className="w-full text-sm text-bad">
                {t("files.badName")}
              </p>
            )}
          </form>
        ) : (
          <div className="flex flex-wrap items-center justify-between gap-2">
            <button type="button" className="button button-small" onClick={() => setNaming(true)} disabled={here === undefined}>
              {t("files.newFile")}
            </button>
            <label className="flex items-center gap-1.5 text-xs text-muted">
              <input type="checkbox" className="size-4 accent-(--accent)" checked={hidden} onChange={(event) => setHidden(event.target.checked)} />
              {t("files.hidden")}
            </label>
          </div>
        )}
      </div>
      {problem && <ProblemNotice path={problem.path} problem={problem.problem} />}
      {listed === undefined && !problem && <p className="p-3 text-sm text-muted">{t("files.waiting")}</p>}
      {listed && (
        <ul aria-label={t("files.browser", { path: listed.path })} className="min-h-0 grow overflow-y-auto p-1 text-sm">
          {sorted.length === 0 && <li className="p-2 text-muted">{t("files.emptyDirectory")}</li>}
          {sorted.map((entry) => {
            const path = `${listed.path === "/" ? "" : listed.path}/${entry.name}`;
            return (
              <li key={entry.name}>
                <button
                  type="button"
                  aria-current={path === openPath ? "true" : undefined}
                  className="flex w-full items-center gap-2 rounded px-2 py-1 text-start hover:bg-sunken aria-[current]:bg-accent-soft"
                  onClick={() => (entry.kind === "directory" ? void go(path) : onOpen(path))}
                >
                  <EntryIcon kind={entry.kind} />
                  <span lang="en" translate="no" className="min-w-0 grow truncate font-mono">
                    {entry.name}
                  </span>
                  {entry.kind === "directory" && <span className="sr-only">{t("files.directory")}</span>}
                  {(entry.kind === "special" || entry.kind === "symlink") && <span className="sr-only">{t("files.special")}</span>}
                  {entry.kind === "file" && <span className="shrink-0 text-xs text-muted">{binarySize(locale, entry.sizeBytes)}</span>}
                </button>
              </li>
            );
          })}
          {listed.truncated && <li className="p-2 text-muted">{t("files.truncated", { count: listed.entries.length })}</li>}
        </ul>
      )}
      <p className="mt-auto border-t border-line p-2 text-xs text-muted">{t("files.scope")}</p>
    </div>
  );
}

function EntryIcon({ kind }: { readonly kind: DirectoryEntry["kind"] }) {
  const path = kind === "directory" ? "M1 3h5l1.5 2H15v8H1z" : kind === "file" ? "M3 1h6l4 4v10H3zM9 1v4h4" : "M8 2l6 6-6 6-6-6z";
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" fill={kind === "directory" ? "var(--accent-soft)" : "none"} stroke={kind === "directory" ? "var(--accent)" : "var(--muted)"} strokeWidth="1.4" className="shrink-0" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
