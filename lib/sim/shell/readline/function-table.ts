// Every function that a key can be bound to at a shell's prompt, by its name in readline(3) and bash(1). Made at first use: a shell that
// reads a script never needs it.

import { coreFunctions } from "../../readline/core-functions.ts";
import type { EditorFunction } from "../../readline/editor.ts";
import { completionFunctions } from "../completion/completion-functions.ts";
import type { ShellEditor } from "./shell-editor.ts";
import { shellFunctions } from "./shell-functions.ts";

let table: ReadonlyMap<string, EditorFunction<ShellEditor>> | undefined;

export function functionTable(): ReadonlyMap<string, EditorFunction<ShellEditor>> {
  table ??= new Map<string, EditorFunction<ShellEditor>>([...coreFunctions, ...shellFunctions, ...completionFunctions]);
  return table;
}
