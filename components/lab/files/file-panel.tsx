"use client";
// The file editor: a directory on one side, open files in tabs on the other. In a narrow panel one of the two is shown.
import { type KeyboardEvent, useEffect, useState } from "react";
import { useWords } from "../../../lib/i18n/use-words.ts";
import type { Workspace } from "../../terminal/use-workspace.ts";
import { CodeArea } from "./code-area.tsx";
import { DirectoryList } from "./directory-list.tsx";
import { baseName } from "./file-path.ts";
import { ProblemNotice } from "./problem-notice.tsx";
import { UnsavedDialog } from "./unsaved-dialog.tsx";
import { useLeaveGuard } from "./use-leave-guard.ts";
import { isChanged, type OpenFile, useOpenFiles } from "./use-open-files.ts";

export interface FilePanelProps {
  readonly workspace: Workspace;
  /** what of the machine it wants to be told of */
  readonly onWatch: (paths: readonly string[]) => void;
}

export function FilePanel({ workspace, onWatch }: FilePanelProps) {
  const t = useWords();
  const open = useOpenFiles(workspace);
  const { files, active } = open;
  const [directory, setDirectory] = useState<string>();
  const [side, setSide] = useState<"list" | "text">("list");
  const [closing, setClosing] = useState<string>();
  const [said, setSaid] = useState("");
  useLeaveGuard(files.some(isChanged), t("files.leave"));

  const watched = [...(directory === undefined ? [] : [directory]), ...files.map((file) => file.path)].join("\n");
  useEffect(() => onWatch(watched === "" ? [] : watched.split("\n").slice(0, 40)), [watched, onWatch]);

  const save = async (file: OpenFile, overwrite = false): Promise<boolean> => {
    const done = await open.save(file.path, overwrite);
    if (done) setSaid(t("files.saved", { name: baseName(file.path) }));
    return done;
  };
  const close = (file: OpenFile) => {
    if (isChanged(file) && !(file.isNew && file.text === "")) setClosing(file.path);
    else drop(file.path);
  };
  const drop = (path: string) => {
    open.close(path);
    if (files.length <= 1) setSide("list");
  };
  const onKey = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    if (active?.writable && active.ends !== "mixed") void save(active);
  };
  const toText = () => setSide("text");
  return (
    <section aria-label={t("files.title")} className="@container flex h-full min-h-0 bg-surface" onKeyDown={onKey}>
      <h2 className="sr-only">{t("files.title")}</h2>
      <div className={`${side === "list" ? "flex" : "hidden"} min-h-0 w-full shrink-0 flex-col border-e border-line @xl:flex @xl:w-64`}>
        <DirectoryList
          askFile={workspace.askFile}
          stamps={workspace.stamps}
          ready={workspace.connection.kind === "open"}
          openPath={active?.path}
          onDirectory={setDirectory}
          onOpen={(path) => void open.open(path).then(toText)}
          onCreate={(path) => {
            open.create(path);
            toText();
          }}
        />
      </div>
      <div className={`${side === "text" ? "flex" : "hidden"} min-h-0 min-w-0 grow flex-col @xl:flex`}>
        <div className="flex items-stretch gap-1 overflow-x-auto border-b border-line bg-sunken px-2 pt-1.5">
          <button type="button" className="button button-small button-quiet mb-1 shrink-0 px-2 @xl:hidden" onClick={() => setSide("list")}>
            ← {t("files.backToList")}
          </button>
          {files.length > 0 && (
            <div role="tablist" aria-label={t("files.openFiles")} className="flex gap-1">
              {files.map((file) => (
                <FileTab key={file.path} file={file} active={file === active} all={files} onChoose={open.choose} />
              ))}
            </div>
          )}
          {active && (
            <button type="button" className="self-center rounded px-2 py-1 text-muted hover:text-ink" aria-label={t("files.close", { name: baseName(active.path) })} title={t("files.close", { name: baseName(active.path) })} onClick={() => close(active)}>
              ×
            </button>
          )}
        </div>
        {open.refused && <ProblemNotice path={open.refused.path} problem={open.refused.problem} />}
        {!active && !open.refused && <p className="p-4 text-muted">{t("files.none")}</p>}
        {active && (
          <div id="file-text" role="tabpanel" aria-labelledby={tabId(active.path)} className="flex min-h-0 grow flex-col">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1.5">
              <span lang="en" translate="no" className="min-w-0 grow font-mono text-xs [overflow-wrap:anywhere]">
                {active.path}
              </span>
              {!active.writable && <span className="text-xs font-semibold text-copper">{t("files.readOnly")}</span>}
              {active.writable && isChanged(active) && <span className="text-xs text-muted">{active.isNew ? t("files.isNew") : t("files.modified")}</span>}
              <button type="button" className="button button-small button-primary" disabled={!active.writable || active.ends === "mixed" || active.saving || !isChanged(active)} onClick={() => void save(active)}>
                {active.saving ? t("files.saving") : t("files.save")}
              </button>
            </div>
            {active.ends === "mixed" && <p className="border-b border-copper bg-copper-soft px-3 py-2 text-sm">{t("files.mixedLines")}</p>}
            {active.problem && (
              <ProblemNotice path={active.path} problem={active.problem}>
                {(active.problem.reason === "changed" || active.problem.reason === "gone" || active.problem.errno === "EEXIST") && (
                  <p className="mt-2 flex flex-wrap gap-2">
                    {active.problem.reason !== "gone" && (
                      <button type="button" className="button button-small" onClick={() => void open.reload(active.path)}>
                        {t("files.reload")}
                      </button>
                    )}
                    <button type="button" className="button button-small" onClick={() => void save(active, true)}>
                      {active.problem.reason === "gone" ? t("files.save") : t("files.overwrite")}
                    </button>
                  </p>
                )}
              </ProblemNotice>
            )}
            <CodeArea key={active.path} path={active.path} text={active.text} readOnly={!active.writable || active.ends === "mixed"} onChange={(text) => open.edit(active.path, text)} />
          </div>
        )}
      </div>
      <p role="status" className="sr-only">
        {said}
      </p>
      <UnsavedDialog
        name={closing === undefined ? undefined : baseName(closing)}
        onCancel={() => setClosing(undefined)}
        onDiscard={() => {
          if (closing !== undefined) drop(closing);
          setClosing(undefined);
        }}
        onSave={() => {
          const file = files.find((one) => one.path === closing);
          setClosing(undefined);
          if (file) void save(file).then((done) => done && drop(file.path));
        }}
      />
    </section>
  );
}

function tabId(path: string): string {
  return `file-tab-${encodeURIComponent(path)}`;
}

interface FileTabProps {
  readonly file: OpenFile;
  readonly active: boolean;
  readonly all: readonly OpenFile[];
  readonly onChoose: (path: string) => void;
}

function FileTab({ file, active, all, onChoose }: FileTabProps) {
  const t = useWords();
  const move = (by: number) => {
    const next = all[(all.indexOf(file) + by + all.length) % all.length];
    if (!next) return;
    onChoose(next.path);
    document.getElementById(tabId(next.path))?.focus();
  };
  return (
    <button
      type="button"
      role="tab"
      id={tabId(file.path)}
      aria-selected={active}
      aria-controls="file-text"
      tabIndex={active ? 0 : -1}
      title={file.path}
      className="rounded-t-md border border-b-0 border-transparent px-3 py-1 font-mono text-sm whitespace-nowrap text-muted hover:text-ink aria-selected:border-line aria-selected:bg-surface aria-selected:text-ink"
      onClick={() => onChoose(file.path)}
      onKeyDown={(event) => {
        if (event.key === "ArrowRight") move(1);
        else if (event.key === "ArrowLeft") move(-1);
      }}
    >
      <span lang="en" translate="no">
        {baseName(file.path)}
      </span>
      {isChanged(file) && (
        <>
          <span aria-hidden="true"> ●</span>
          <span className="sr-only"> ({t("files.modified")})</span>
        </>
      )}
    </button>
  );
}
