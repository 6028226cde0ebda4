// The builtins of dash that differ from bash's, by name. What is not here (cd, eval, pwd, read, times, :, true, false) is bash's own in dash's words.
import cdBuiltin from "../builtins/cd.ts";
import type { Builtin } from "../builtins/builtin.ts";
import { dashAlias, dashUnalias } from "./alias.ts";
import { dashCommand, dashHash, dashType } from "./command.ts";
import { dashBreak, dashContinue, dashExec, dashExit, dashReturn, dashShift } from "./control.ts";
import { dashDot } from "./dot.ts";
import { dashEcho } from "./echo.ts";
import { dashGetopts } from "./getopts.ts";
import { dashBg, dashFg, dashJobsBuiltin } from "./jobs.ts";
import { dashKill } from "./kill.ts";
import { dashPrintf } from "./printf.ts";
import { dashSet } from "./set.ts";
import { dashBracket, dashTest } from "./test.ts";
import { dashTrap } from "./trap.ts";
import { dashUlimit } from "./ulimit.ts";
import { dashUmask } from "./umask.ts";
import { dashExport, dashLocal, dashReadonly, dashUnset } from "./variables.ts";
import { dashWait } from "./wait.ts";

const chdir: Builtin = { ...cdBuiltin, name: "chdir" };

export const dashBuiltins: ReadonlyMap<string, Builtin> = new Map([
  chdir, dashAlias, dashBg, dashBracket, dashBreak, dashCommand, dashContinue, dashDot, dashEcho, dashExec, dashExit, dashExport, dashFg, dashGetopts, dashHash, dashJobsBuiltin, dashKill,
  dashLocal, dashPrintf, dashReadonly, dashReturn, dashSet, dashShift, dashTest, dashTrap, dashType, dashUlimit, dashUmask, dashUnalias, dashUnset, dashWait,
].map((builtin) => [builtin.name, builtin]));
