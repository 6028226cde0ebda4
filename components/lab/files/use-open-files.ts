"use client";
// The files that are open in the editor: their text here, what the machine has, and what it said last.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { FileAnswer } from "../../../lib/session/protocol-files.ts";
import type { Workspace } from "../../terminal/use-workspace.ts";
import { type LineEnds, lineEndsOf, toEditor, toMachine } from "./line-ends.ts";

type Refusal = Extract<FileAnswer, { kind: "refused" }>;

/** `gone` and `lost` are ours: the watched file vanished; the connection did. */
export interface FileProblem {
  readonly reason: Refusal["reason"] | "gone" | "lost";
  readonly errno: string;
  readonly message: string;
}

export interface OpenFile {
  readonly path: string;
  readonly text: string;
  /** as the machine has it */
  readonly machineText: string;
  /** null: not known to the machine */
  readonly stamp: string | null;
  readonly isNew: boolean;
  readonly writable: boolean;
  readonly ends: LineEnds;
  readonly saving: boolean;
  readonly problem: FileProblem | undefined;
}

export function isChanged(file: OpenFile): boolean {
  return file.isNew || file.text !== file.machineText;
}

export interface OpenFiles {
  readonly files: readonly OpenFile[];
  readonly active: OpenFile | undefined;
  /** of a file that could not be opened at all */
  readonly refused: { readonly path: string; readonly problem: FileProblem } | undefined;
  choose(path: string): void;
  open(path: string): Promise<void>;
  create(path: string): void;
  edit(path: string, text: string): void;
  /** True when the machine has it. `overwrite`: whatever the machine has by now. */
  save(path: string, overwrite?: boolean): Promise<boolean>;
  reload(path: string): Promise<void>;
  close(path: string): void;
}

function problemOf(answer: FileAnswer | undefined): FileProblem {
  return answer?.kind === "refused" ? { reason: answer.reason, errno: answer.errno, message: answer.message } : { reason: "lost", errno: "", message: "" };
}

export function useOpenFiles({ askFile, stamps }: Pick<Workspace, "askFile" | "stamps">): OpenFiles {
  const [files, setFiles] = useState<readonly OpenFile[]>([]);
  const [chosen, setChosen] = useState<string>();
  const [refused, setRefused] = useState<OpenFiles["refused"]>();
  // Callbacks look at what is there when they run, not when they were made.
  const now = useRef(files);
  now.current = files;

  const change = useCallback((path: string, to: (file: OpenFile) => Partial<OpenFile>) => setFiles((all) => all.map((file) => (file.path === path ? { ...file, ...to(file) } : file))), []);

  const reload = useCallback(
    async (path: string) => {
      const answer = await askFile({ kind: "read", path });
      if (answer?.kind !== "file") return change(path, () => ({ problem: problemOf(answer) }));
      const text = toEditor(answer.text);
      change(path, () => ({ text, machineText: text, stamp: answer.stamp, isNew: false, writable: answer.writable, ends: lineEndsOf(answer.text), problem: undefined }));
    },
    [askFile, change],
  );

  // What changed on the machine is taken over, unless there is something to lose here.
  const before = useRef(stamps);
  useEffect(() => {
    const known = before.current;
    before.current = stamps;
    for (const file of now.current) {
      const stamp = stamps.get(file.path);
      if (stamp === undefined || stamp === known.get(file.path) || stamp === file.stamp || file.isNew || file.saving) continue;
      if (stamp === null) change(file.path, () => ({ problem: { reason: "gone", errno: "", message: "" } }));
      else if (isChanged(file)) change(file.path, () => ({ problem: { reason: "changed", errno: "", message: "" } }));
      else void reload(file.path);
    }
  }, [stamps, change, reload]);

  const verbs = useMemo(
    () => ({
      choose: (path: string) => setChosen(path),
      open: async (path: string) => {
        setRefused(undefined);
        if (now.current.some((file) => file.path === path)) return setChosen(path);
        const answer = await askFile({ kind: "read", path });
        if (answer?.kind !== "file") return setRefused({ path, problem: problemOf(answer) });
        const text = toEditor(answer.text);
        const file: OpenFile = { path, text, machineText: text, stamp: answer.stamp, isNew: false, writable: answer.writable, ends: lineEndsOf(answer.text), saving: false, problem: undefined };
        setFiles((all) => (all.some((one) => one.path === path) ? all : [...all, file]));
        setChosen(path);
      },
      create: (path: string) => {
        setRefused(undefined);
        const file: OpenFile = { path, text: "", machineText: "", stamp: null, isNew: true, writable: true, ends: "lf", saving: false, problem: undefined };
        setFiles((all) => (all.some((one) => one.path === path) ? all : [...all, file]));
        setChosen(path);
      },
      edit: (path: string, text: string) => change(path, () => ({ text })),
      save: async (path: string, overwrite = false) => {
        const file = now.current.find((one) => one.path === path);
        if (!file || file.saving) return false;
        change(path, () => ({ saving: true, problem: undefined }));
        const written = toMachine(file.text, file.ends);
        const answer = await askFile({ kind: "save", path, stamp: overwrite ? null : file.stamp, isNew: file.isNew && !overwrite }, written);
        if (answer?.kind !== "saved") {
          change(path, () => ({ saving: false, problem: problemOf(answer) }));
          return false;
        }
        const machineText = toEditor(written);
        // What was typed while it was on its way stays.
        change(path, (at) => ({ saving: false, isNew: false, stamp: answer.stamp, machineText, text: at.text === file.text ? machineText : at.text }));
        return true;
      },
      reload,
      close: (path: string) => {
        setFiles((all) => all.filter((file) => file.path !== path));
      },
    }),
    [askFile, change, reload],
  );

  const active = files.find((file) => file.path === chosen) ?? files.at(-1);
  return { files, active, refused, ...verbs };
}
