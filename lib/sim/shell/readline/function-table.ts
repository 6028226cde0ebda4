// Every function that a key can be bound to, by its name in readline(3) and bash(1). Made at first use: a shell that reads a script
// never needs it.

import { completionFunctions } from "../completion/completion-functions.ts";
import type { EditorFunction } from "./editor.ts";
import { editingFunctions } from "./functions/editing.ts";
import { historyFunctions } from "./functions/history.ts";
import { killFunctions } from "./functions/kill.ts";
import { motionFunctions } from "./functions/motion.ts";
import { searchFunctions } from "./functions/search.ts";
import { sessionFunctions } from "./functions/session.ts";
import { viFunctions } from "./functions/vi.ts";

let table: ReadonlyMap<string, EditorFunction> | undefined;

export function functionTable(): ReadonlyMap<string, EditorFunction> {
  table ??= new Map([
    ...motionFunctions, ...editingFunctions, ...killFunctions, ...historyFunctions, ...searchFunctions, ...sessionFunctions, ...viFunctions, ...completionFunctions,
  ]);
  return table;
}
