import { SET_OPTIONS, SHOPT_NAMES, isSetOption, isShopt } from "../interp/options.ts";
import { type Builtin, BuiltinError, parseOptions, print } from "./builtin.ts";
import { assignScalar } from "../interp/assign.ts";
import { switchOption } from "./set.ts";

const shopt: Builtin = {
  name: "shopt", usage: "shopt [-pqsu] [-o] [optname ...]",
  help: "Switches further options of the shell on (-s) or off (-u), or prints them. -q only answers by its status, -p prints commands, -o means the options of `set -o`.",
  *run(shell, args) {
    const parsed = parseOptions(args, "psuoq");
    const on = parsed.has("s");
    const off = parsed.has("u");
    if (on && off) throw new BuiltinError("cannot set and unset shell options simultaneously", 1);
    const setNames = parsed.has("o");
    const value = (name: string): boolean | undefined => (setNames ? (isSetOption(name) ? shell.options[name] : undefined) : isShopt(name) ? shell.shopts[name] : undefined);
    const line = (name: string, state: boolean) => {
      if (parsed.has("p")) return setNames ? `set ${state ? "-" : "+"}o ${name}\n` : `shopt -${state ? "s" : "u"} ${name}\n`;
      return `${name.padEnd(15)}\t${state ? "on" : "off"}\n`;
    };
    if (parsed.rest.length === 0) {
      if (parsed.has("q")) return 0;
      const names: readonly string[] = setNames ? SET_OPTIONS.map(([name]) => name) : SHOPT_NAMES;
      let out = "";
      for (const name of names) {
        const state = value(name) ?? false;
        if ((on && !state) || (off && state)) continue;
        out += line(name, state);
      }
      return yield* print(shell, out);
    }
    let status = 0;
    for (const name of parsed.rest) {
      const state = value(name);
      if (state === undefined) {
        yield* shell.complain(setNames ? `${name}: invalid option name` : `${name}: invalid shell option name`);
        // shopt.def, set_shell_o_options: a wrong name of `set -o` leaves the status as it is
        if (!setNames || (!on && !off)) status = 1;
        continue;
      }
      if (!on && !off) {
        if (!state) status = 1;
        if (!parsed.has("q")) yield* print(shell, line(name, state));
      } else if (setNames) {
        if (isSetOption(name)) switchOption(shell, name, on);
      } else if (isShopt(name)) {
        if (name === "login_shell" || name === "restricted_shell") continue;
        shell.shopts[name] = on;
        if (name === "extdebug") {
          // shopt.def, shopt_set_debug_mode
          shell.options.functrace = on;
          shell.options.errtrace = on;
          if (on && shell.functionDepth === 0) shell.firstArguments ??= shell.positional;
        }
        if (name.startsWith("compat")) assignScalar(shell, "BASH_COMPAT", on ? name.slice("compat".length) : "52");
      }
    }
    return status;
  },
};
export default shopt;
