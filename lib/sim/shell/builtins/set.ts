import type { Blocking } from "../../kernel/sys.ts";
import { switchJobControl } from "../interp/job-control.ts";
import { restrict, restricted } from "../interp/restricted.ts";
import { SET_OPTIONS, isSetOption, setOptionOfLetter, type SetOption } from "../interp/options.ts";
import type { Shell } from "../interp/shell.ts";
import { type Builtin, BuiltinError, print } from "./builtin.ts";
import { unsetVariable } from "./unset.ts";
import { assignmentLine, functionsListing } from "./declaration.ts";

/** Switches an option of `set` with what goes with it. */
export function switchOption(shell: Shell, name: SetOption, on: boolean): void {
  shell.options[name] = on;
  if (name === "emacs" && on) shell.options.vi = false;
  if (name === "vi" && on) shell.options.emacs = false;
  if (name === "posix") {
    if (on) {
      shell.aliasesBeforePosix = shell.shopts.expand_aliases;
      shell.shopts.expand_aliases = true;
    } else shell.shopts.expand_aliases = shell.aliasesBeforePosix ?? shell.shopts.expand_aliases;
    if (on) shell.shopts.inherit_errexit = true;
    if (on) shell.setPlain("POSIXLY_CORRECT", "y");
    else unsetVariable(shell, "POSIXLY_CORRECT");
  }
  if (name === "ignoreeof" && !shell.dash) {
    // set.def, set_ignoreeof
    for (const each of ["ignoreeof", "IGNOREEOF"]) unsetVariable(shell, each);
    if (on) shell.setPlain("IGNOREEOF", "10");
    shell.options.ignoreeof = on;
  }
  if (name === "monitor") switchJobControl(shell, on);
}

export function optionsListing(shell: Shell, style: "table" | "commands"): string {
  const shown = SET_OPTIONS.filter(([name]) => !(shell.dash && !DASH_OPTIONS.has(name)));
  if (style === "commands") return shown.map(([name]) => `set ${shell.options[name] ? "-" : "+"}o ${name}\n`).join("");
  return shown.map(([name]) => `${name.padEnd(15)}\t${shell.options[name] ? "on" : "off"}\n`).join("");
}

const DASH_OPTIONS: ReadonlySet<string> = new Set(["errexit", "noglob", "ignoreeof", "monitor", "noexec", "xtrace", "verbose", "vi", "emacs", "noclobber", "allexport", "notify", "nounset", "nolog"]);

function* listVariables(shell: Shell): Blocking<number> {
  let out = "";
  for (const name of shell.variables.names((variable) => variable.stored() !== undefined)) {
    const variable = shell.variables.find(name);
    if (!variable) continue;
    if (shell.dash) {
      const value = variable.scalar();
      if (value !== undefined) out += `${name}='${value.replaceAll("'", "'\"'\"'")}'\n`;
      continue;
    }
    const line = assignmentLine(name, variable, shell.options.posix);
    if (line !== undefined) out += `${line}\n`;
  }
  if (!shell.options.posix && !shell.dash) out += functionsListing(shell);
  return yield* print(shell, out);
}

const set: Builtin = {
  name: "set", usage: "set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]", special: true,
  help: "Switches options of the shell (-o NAME or a letter; + instead of - switches off) and sets the positional parameters.\nWithout arguments, prints all variables and functions.",
  *run(shell, args) {
    if (args.length === 1) return yield* listVariables(shell);
    let at = 1;
    // First a check of all letters: a wrong one changes nothing.
    for (let i = 1; i < args.length; i++) {
      const arg = args[i] ?? "";
      if (arg === "--" || arg === "-" || !/^[-+]./.test(arg)) break;
      for (const c of arg.slice(1)) {
        if (c === "o") {
          const next = args[i + 1];
          if (next !== undefined && !/^[-+]/.test(next)) i++;
          continue;
        }
        if (c === "r" && arg.startsWith("-")) continue;
        if (setOptionOfLetter(c) === undefined) throw new BuiltinError(`${arg.charAt(0)}${c}: invalid option`, c === "r" && restricted(shell) ? 1 : 2, true);
      }
    }
    for (; at < args.length; at++) {
      const arg = args[at] ?? "";
      if (arg === "--") {
        shell.positional = args.slice(at + 1);
        return 0;
      }
      if (arg === "-") {
        shell.options.xtrace = false;
        shell.options.verbose = false;
        if (at + 1 < args.length) shell.positional = args.slice(at + 1);
        return 0;
      }
      if (!/^[-+]/.test(arg)) break;
      if (arg === "+") continue;
      const on = arg.startsWith("-");
      for (const c of arg.slice(1)) {
        if (c === "o") {
          const name = args[at + 1];
          if (name === undefined || /^[-+]/.test(name)) {
            if (shell.dash) yield* print(shell, on ? `Current option settings\n${optionsListing(shell, "table")}` : optionsListing(shell, "commands"));
            else yield* print(shell, optionsListing(shell, on ? "table" : "commands"));
            continue;
          }
          at++;
          if (!isSetOption(name)) throw new BuiltinError(`${name}: invalid option name`, 2);
          switchOption(shell, name, on);
        } else {
          const name = setOptionOfLetter(c);
          if (c === "r" && on) restrict(shell);
          if (name) switchOption(shell, name, on);
        }
      }
    }
    if (at < args.length) shell.positional = args.slice(at);
    return 0;
  },
};
export default set;
