// All builtins of bash, found by name.
import type { Shell } from "../interp/shell.ts";
import type { Builtin } from "./builtin.ts";
import aliasBuiltin from "./alias.ts";
import bgBuiltin from "./bg.ts";
import bindBuiltin from "./bind.ts";
import bracketBuiltin from "./bracket.ts";
import breakBuiltin from "./break.ts";
import builtinBuiltinBuiltin from "./builtin-builtin.ts";
import callerBuiltin from "./caller.ts";
import cdBuiltin from "./cd.ts";
import colonBuiltin from "./colon.ts";
import commandBuiltin from "./command.ts";
import compgenBuiltin from "./compgen.ts";
import completeBuiltin from "./complete.ts";
import compoptBuiltin from "./compopt.ts";
import continueBuiltin from "./continue.ts";
import declareBuiltin from "./declare.ts";
import dirsBuiltin from "./dirs.ts";
import disownBuiltin from "./disown.ts";
import dotBuiltin from "./dot.ts";
import echoBuiltin from "./echo.ts";
import enableBuiltin from "./enable.ts";
import evalBuiltin from "./eval.ts";
import execBuiltin from "./exec.ts";
import exitBuiltin from "./exit.ts";
import exportBuiltin from "./export.ts";
import falseBuiltin from "./false.ts";
import fcBuiltin from "./fc.ts";
import fgBuiltin from "./fg.ts";
import getoptsBuiltin from "./getopts.ts";
import hashBuiltin from "./hash.ts";
import helpBuiltin from "./help.ts";
import historyBuiltin from "./history.ts";
import jobsBuiltin from "./jobs.ts";
import killBuiltin from "./kill.ts";
import letBuiltin from "./let.ts";
import localBuiltin from "./local.ts";
import logoutBuiltin from "./logout.ts";
import mapfileBuiltin from "./mapfile.ts";
import popdBuiltin from "./popd.ts";
import printfBuiltin from "./printf.ts";
import pushdBuiltin from "./pushd.ts";
import pwdBuiltin from "./pwd.ts";
import readBuiltin from "./read.ts";
import readarrayBuiltin from "./readarray.ts";
import readonlyBuiltin from "./readonly.ts";
import returnBuiltin from "./return.ts";
import setBuiltin from "./set.ts";
import shiftBuiltin from "./shift.ts";
import shoptBuiltin from "./shopt.ts";
import sourceBuiltin from "./source.ts";
import suspendBuiltin from "./suspend.ts";
import testBuiltin from "./test.ts";
import timesBuiltin from "./times.ts";
import trapBuiltin from "./trap.ts";
import trueBuiltin from "./true.ts";
import typeBuiltin from "./type.ts";
import typesetBuiltin from "./typeset.ts";
import ulimitBuiltin from "./ulimit.ts";
import umaskBuiltin from "./umask.ts";
import unaliasBuiltin from "./unalias.ts";
import unsetBuiltin from "./unset.ts";
import waitBuiltin from "./wait.ts";
import { dashBuiltins } from "../dash/builtins.ts";

const all: readonly Builtin[] = [
  aliasBuiltin, bgBuiltin, bindBuiltin, bracketBuiltin, breakBuiltin, builtinBuiltinBuiltin, callerBuiltin, cdBuiltin, colonBuiltin,
  commandBuiltin, compgenBuiltin, completeBuiltin, compoptBuiltin, continueBuiltin, declareBuiltin, dirsBuiltin, disownBuiltin, dotBuiltin,
  echoBuiltin, enableBuiltin, evalBuiltin, execBuiltin, exitBuiltin, exportBuiltin, falseBuiltin, fcBuiltin, fgBuiltin, getoptsBuiltin,
  hashBuiltin, helpBuiltin, historyBuiltin, jobsBuiltin, killBuiltin, letBuiltin, localBuiltin, logoutBuiltin, mapfileBuiltin, popdBuiltin,
  printfBuiltin, pushdBuiltin, pwdBuiltin, readBuiltin, readarrayBuiltin, readonlyBuiltin, returnBuiltin, setBuiltin, shiftBuiltin,
  shoptBuiltin, sourceBuiltin, suspendBuiltin, testBuiltin, timesBuiltin, trapBuiltin, trueBuiltin, typeBuiltin, typesetBuiltin,
  ulimitBuiltin, umaskBuiltin, unaliasBuiltin, unsetBuiltin, waitBuiltin,
];

const byName = new Map<string, Builtin>(all.map((builtin) => [builtin.name, builtin]));

/** What dash has not (dash(1)). */
const NOT_IN_DASH: ReadonlySet<string> = new Set([
  "bind", "builtin", "caller", "compgen", "complete", "compopt", "declare", "dirs", "disown", "enable", "fc", "help", "history", "let", "logout", "mapfile", "popd", "pushd",
  "readarray", "shopt", "source", "suspend", "typeset",
]);

/** busybox's ash has these of bash too. */
const IN_ASH: ReadonlySet<string> = new Set(["fc", "source", "let", "history", "help"]);

export const builtinNames: readonly string[] = [...byName.keys()].sort((a, b) => (a < b ? -1 : 1));

export function builtinNamed(shell: Shell, name: string): Builtin | undefined {
  if (shell.strict) return dashBuiltins.get(name) ?? (NOT_IN_DASH.has(name) ? undefined : byName.get(name));
  const builtin = byName.get(name);
  if (!builtin || (shell.disabledBuiltins.size > 0 && shell.disabledBuiltins.has(name))) return undefined;
  if (shell.ash && IN_ASH.has(name)) return builtin;
  return shell.dash && NOT_IN_DASH.has(name) ? undefined : builtin;
}

export function builtinText(name: string): Builtin | undefined {
  return byName.get(name);
}
