// Which editors there are, and which one the user has chosen.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { exists } from "../kit/presence.ts";

/** What the packages of editors register as alternatives of "editor" when no list of alternatives is kept. */
const usualEditors = ["/bin/ed", "/bin/nano", "/usr/bin/mcedit", "/usr/bin/vim.basic", "/usr/bin/vim.nox", "/usr/bin/vim.tiny"];

/** The alternatives of "editor", by path. Their names stand in the administrative file after the slave links' empty line. */
export function* editorAlternatives(sys: Sys): Blocking<readonly string[]> {
  const administrative = yield* readTextFile(sys, "/var/lib/dpkg/alternatives/editor");
  if (administrative === undefined) return usualEditors.filter((path) => exists(sys, path));
  const body = administrative.slice(administrative.indexOf("\n\n") + 2).split("\n");
  return body.filter((line, index) => line.startsWith("/") && /^-?\d+$/.test(body[index + 1] ?? "")).sort();
}

export function chosenEditorFile(sys: Sys): string {
  return `${sys.environment.get("HOME") ?? ""}/.selected_editor`;
}

export function* chosenEditor(sys: Sys): Blocking<string | undefined> {
  const text = yield* readTextFile(sys, chosenEditorFile(sys));
  return text === undefined ? undefined : /^SELECTED_EDITOR="?([^"\n]*)"?$/m.exec(text)?.[1];
}
