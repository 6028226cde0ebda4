// The restricted shell (bash(1), RESTRICTED SHELL): what it may not do is refused where it would be done; here is how it begins.

import type { Shell } from "./shell.ts";
import { ATTRIBUTE } from "./variables.ts";

/** variables.c, shell.c: these keep the values that they have when the restrictions begin. */
const KEPT = ["PATH", "SHELL", "HISTFILE", "ENV", "BASH_ENV"] as const;

/** After the start files, so that those may do what the user may not. */
export function restrict(shell: Shell): void {
  shell.shopts.restricted_shell = true;
  for (const name of KEPT) {
    const variable = shell.variables.find(name);
    if (variable) shell.variables.own(name, variable).flags |= ATTRIBUTE.READONLY;
    else shell.variables.create(name, shell.variables.globalScope, ATTRIBUTE.READONLY, undefined);
  }
}

export function restricted(shell: Shell): boolean {
  return shell.shopts.restricted_shell;
}
