import { quoteSingle } from "../syntax/quote.ts";
import { compareNames } from "../interp/variables.ts";
import { type Builtin, parseOptions, print } from "./builtin.ts";

const alias: Builtin = {
  name: "alias", usage: "alias [-p] [name[=value] ... ]",
  help: "Defines aliases, or prints them. A value that ends with a blank makes the next word an alias too.",
  *run(shell, args) {
    const parsed = parseOptions(args, "p");
    const line = (name: string, value: string) => (shell.dash || (shell.options.posix && !parsed.has("p")) ? `${name}=${quoteSingle(value)}\n` : `alias ${name.startsWith("-") ? "-- " : ""}${name}=${quoteSingle(value)}\n`);
    if (parsed.rest.length === 0 || parsed.has("p")) {
      for (const name of shell.aliases.keys().sort(compareNames)) yield* print(shell, line(name, shell.aliases.get(name) ?? ""));
    }
    let status = 0;
    for (const arg of parsed.rest) {
      const equals = arg.indexOf("=");
      if (equals > 0) {
        const name = arg.slice(0, equals);
        if (/[\s"'\\|&;()<>$`/]/.test(name)) {
          yield* shell.complain(`\`${name}': invalid alias name`);
          status = 1;
        } else shell.aliases.set(name, arg.slice(equals + 1));
        continue;
      }
      const value = shell.aliases.get(arg);
      if (value === undefined) {
        yield* shell.complain(`${arg}: not found`);
        status = 1;
      } else yield* print(shell, line(arg, value));
    }
    return status;
  },
};
export default alias;
