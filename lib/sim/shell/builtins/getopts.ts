import type { Shell } from "../interp/shell.ts";
import { AssignmentError, assignScalar, isName } from "../interp/assign.ts";
import { type Builtin, BuiltinError, parseOptions, usageError } from "./builtin.ts";
import { unsetVariable } from "./unset.ts";

function setIndex(shell: Shell, index: number, position: number): void {
  assignScalar(shell, "OPTIND", String(index));
  shell.getoptsIndex = index;
  shell.getoptsPosition = position;
}

const getopts: Builtin = {
  name: "getopts", usage: "getopts optstring name [arg ...]",
  help: "Takes the next option of the positional parameters (or of ARG) apart: its letter goes to NAME, its argument to OPTARG, the place to OPTIND.",
  *run(shell, args) {
    const rest = parseOptions(args.slice(0, 1).concat(args[1] === "--" ? ["--"] : args[1]?.startsWith("-") && args[1].length > 1 ? [args[1]] : []), "").rest.length >= 0 && args[1] === "--" ? args.slice(2) : args.slice(1);
    const [spec, name, ...given] = rest;
    if (spec === undefined || name === undefined) throw usageError();
    const words = given.length > 0 ? given : shell.positional;
    const silent = spec.startsWith(":");
    let index = shell.getoptsIndex;
    let position = shell.getoptsPosition;
    let status = 0;
    let letter = "?";
    let argument: string | undefined;
    const word = words[index - 1];
    if (position === 0 && (word === undefined || !word.startsWith("-") || word === "-" || word === "--")) {
      if (word === "--") index++;
      if (word === undefined) index = words.length + 1;
      position = 0;
      status = 1;
    } else {
      if (position === 0) position = 1;
      const c = (word ?? "").charAt(position);
      position++;
      const at = c === ":" || c === "" ? -1 : spec.indexOf(c, silent ? 1 : 0);
      const advance = () => {
        if (position >= (word ?? "").length) {
          index++;
          position = 0;
        }
      };
      if (at < 0) {
        advance();
        if (silent) argument = c;
        else if (shell.getVariable("OPTERR") !== "0") yield* shell.errorText(shell.dash ? `Illegal option -${c}\n` : `${shell.frames[0]?.source && shell.interactive ? "" : ""}${shell.arg0}: illegal option -- ${c}\n`);
      } else if (spec.charAt(at + 1) === ":") {
        const attached = (word ?? "").slice(position);
        index++;
        position = 0;
        if (attached !== "") {
          letter = c;
          argument = attached;
        } else {
          const next = words[index - 1];
          if (next !== undefined) {
            letter = c;
            argument = next;
            index++;
          } else if (silent) {
            letter = ":";
            argument = c;
          } else if (shell.getVariable("OPTERR") !== "0") yield* shell.errorText(shell.dash ? `No arg for -${c} option\n` : `${shell.arg0}: option requires an argument -- ${c}\n`);
        }
      } else {
        letter = c;
        advance();
      }
    }
    setIndex(shell, index, position);
    try {
      if (argument === undefined) unsetVariable(shell, "OPTARG");
      else assignScalar(shell, "OPTARG", argument);
      if (!isName(name)) throw new BuiltinError(`\`${name}': not a valid identifier`, 1);
      assignScalar(shell, name, letter);
    } catch (error) {
      if (error instanceof AssignmentError) throw new BuiltinError(error.message, 2);
      throw error;
    }
    return status;
  },
};
export default getopts;
