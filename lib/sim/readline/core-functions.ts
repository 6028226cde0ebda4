// The functions of readline itself, by their names in readline(3).

import type { EditorFunction } from "./editor.ts";
import { editingFunctions } from "./functions/editing.ts";
import { historyFunctions } from "./functions/history.ts";
import { killFunctions } from "./functions/kill.ts";
import { motionFunctions } from "./functions/motion.ts";
import { searchFunctions } from "./functions/search.ts";
import { sessionFunctions } from "./functions/session.ts";
import { viFunctions } from "./functions/vi.ts";

export const coreFunctions: readonly (readonly [string, EditorFunction])[] = [
  ...motionFunctions, ...editingFunctions, ...killFunctions, ...historyFunctions, ...searchFunctions, ...sessionFunctions, ...viFunctions,
];
