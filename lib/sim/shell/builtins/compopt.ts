// compopt: changes the options of a completion, also while it runs (bash(1), SHELL BUILTIN COMMANDS).
import type { Blocking } from "../../kernel/sys.ts";
import type { CompletionOption, CompletionSpec } from "../front-end.ts";
import type { Shell } from "../interp/shell.ts";
import { type Builtin, usageError } from "./builtin.ts";
import { OPTIONS, SPECIALS } from "./complete.ts";

function* run(shell: Shell, args: readonly string[]): Blocking<number> {
  const on = new Set<CompletionOption>();
  const off = new Set<CompletionOption>();
  const specials: string[] = [];
  let index = 1;
  for (; index < args.length; index++) {
    const arg = args[index] ?? "";
    if (arg === "--") {
      index++;
      break;
    }
    if (!/^[-+]./.test(arg)) break;
    for (let at = 1; at < arg.length; at++) {
      const letter = arg.charAt(at);
      const special = SPECIALS.get(letter);
      if (special !== undefined && arg.startsWith("-")) specials.push(special);
      else if (letter === "o") {
        const argument = at + 1 < arg.length ? arg.slice(at + 1) : args[++index];
        const option = OPTIONS.find((candidate) => candidate === argument);
        if (!option) {
          yield* shell.complain(argument === undefined ? "-o: option requires an argument" : `${argument}: invalid option name`);
          return 2;
        }
        (arg.startsWith("-") ? on : off).add(option);
        break;
      } else {
        throw usageError(`${arg.charAt(0)}${letter}: invalid option`);
      }
    }
  }
  const names = specials.length > 0 ? specials : args.slice(index);
  const apply = (spec: CompletionSpec): void => {
    for (const option of on) spec.options.add(option);
    for (const option of off) spec.options.delete(option);
  };
  const show = (spec: CompletionSpec, name: string): string =>
    `compopt ${OPTIONS.map((option) => `${spec.options.has(option) ? "-o" : "+o"} ${option}`).join(" ")}${name === "" ? "" : ` ${[...SPECIALS].find(([, key]) => key === name)?.[0].replace(/^/, "-") ?? name}`}\n`;
  if (names.length === 0) {
    const active = shell.activeCompletion;
    if (!active) {
      yield* shell.complain("not currently executing completion function");
      return 1;
    }
    if (on.size + off.size === 0) yield* shell.writeText(1, show(active, ""));
    apply(active);
    return 0;
  }
  let status = 0;
  for (const name of names) {
    const spec = shell.completions.get(name);
    if (!spec) {
      yield* shell.complain(`${name}: no completion specification`);
      status = 1;
    } else if (on.size + off.size === 0) yield* shell.writeText(1, show(spec, name));
    else {
      const changed = { ...spec, options: new Set(spec.options) };
      apply(changed);
      shell.completions.set(name, changed);
    }
  }
  return status;
}

const compopt: Builtin = {
  name: "compopt", usage: "compopt [-o|+o option] [-DEI] [name ...]",
  help: "Switches options of the completions of NAMEs, or of the one that is running, on (-o) or off (+o).",
  run,
};
export default compopt;
