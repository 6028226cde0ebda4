import { restricted } from "../interp/restricted.ts";
import { type Builtin, parseOptions, print } from "./builtin.ts";

const SPECIAL: ReadonlySet<string> = new Set([".", ":", "break", "continue", "eval", "exec", "exit", "export", "readonly", "return", "set", "shift", "source", "times", "trap", "unset"]);

const enable: Builtin = {
  name: "enable", usage: "enable [-a] [-dnps] [-f filename] [name ...]",
  help: "Switches builtins on, or off with -n, so that a program of the same name can be run. -a lists all with their state, -s only the special ones.",
  *run(shell, args) {
    const parsed = parseOptions(args, "adnpsf:");
    if (restricted(shell) && (parsed.has("f") || parsed.has("d"))) {
      yield* shell.complain("restricted");
      return 1;
    }
    if (parsed.has("f")) {
      yield* shell.complain(`cannot open shared object ${parsed.value("f")}: ${parsed.value("f")}: cannot open shared object file: No such file or directory`);
      return 1;
    }
    const names = shell.language.builtinNames();
    if (parsed.rest.length === 0) {
      let out = "";
      for (const name of names) {
        if (parsed.has("s") && !SPECIAL.has(name)) continue;
        const disabled = shell.disabledBuiltins.has(name);
        if (parsed.has("n") && !parsed.has("a") && !disabled) continue;
        if (!parsed.has("n") && !parsed.has("a") && disabled) continue;
        out += `enable ${disabled ? "-n " : ""}${name}\n`;
      }
      return yield* print(shell, out);
    }
    let status = 0;
    for (const name of parsed.rest) {
      if (!names.includes(name)) {
        yield* shell.complain(`${name}: not a shell builtin`);
        status = 1;
        continue;
      }
      if (parsed.has("d")) {
        yield* shell.complain(`${name}: not dynamically loaded`);
        status = 1;
        continue;
      }
      const disabled = new Set(shell.disabledBuiltins);
      if (parsed.has("n")) disabled.add(name);
      else disabled.delete(name);
      shell.disabledBuiltins = disabled;
    }
    return status;
  },
};
export default enable;
