// set of dash (options.c: setcmd, setoption; var.c: showvars).
import type { Shell } from "../interp/shell.ts";
import { switchOption } from "../builtins/set.ts";
import { type Builtin, BuiltinError, print } from "../builtins/builtin.ts";
import { DASH_OPTIONS, type DashOption, isDashOptionOn } from "./flags.ts";
import { quoteForDash } from "./quote.ts";

function* turn(shell: Shell, name: DashOption, on: boolean) {
  if (name === "interactive" || name === "stdin" || name === "debug") return;
  if (name === "monitor" && on && shell.terminalFd === undefined) {
    yield* shell.complain("can't access tty; job control turned off");
    return;
  }
  // vi and emacs do not exclude each other here
  if (name === "vi" || name === "emacs") shell.options[name] = on;
  else switchOption(shell, name, on);
}

export const dashSet: Builtin = {
  name: "set", usage: "", help: "", special: true,
  *run(shell, args) {
    if (args.length === 1) {
      const names = shell.variables.names((variable) => variable.current() !== undefined);
      return yield* print(shell, names.map((name) => `${name}=${quoteForDash(shell.getVariable(name) ?? "")}\n`).join(""));
    }
    let at = 1;
    for (; at < args.length; at++) {
      const arg = args[at] ?? "";
      if (arg === "--") {
        shell.positional = args.slice(at + 1);
        return 0;
      }
      if (arg === "-") {
        shell.options.xtrace = false;
        shell.options.verbose = false;
        at++;
        break;
      }
      if (!/^[-+]/.test(arg)) break;
      const on = arg.startsWith("-");
      for (const letter of arg.slice(1)) {
        if (letter === "o") {
          const name = args[at + 1];
          if (name === undefined) {
            yield* print(shell, (on ? "Current option settings\n" : "") + DASH_OPTIONS.map(([option]) => (on ? `${option.padEnd(16)}${isDashOptionOn(shell, option) ? "on" : "off"}\n` : `set ${isDashOptionOn(shell, option) ? "-" : "+"}o ${option}\n`)).join(""));
            continue;
          }
          at++;
          const option = DASH_OPTIONS.find(([known]) => known === name);
          if (option === undefined) throw new BuiltinError(`Illegal option ${on ? "-" : "+"}o ${name}`, 2);
          yield* turn(shell, option[0], on);
          continue;
        }
        const option = DASH_OPTIONS.find(([, known]) => known === letter);
        if (option === undefined) throw new BuiltinError(`Illegal option -${letter}`, 2);
        yield* turn(shell, option[0], on);
      }
    }
    if (at < args.length) shell.positional = args.slice(at);
    return 0;
  },
};
