// alias and unalias of dash (alias.c).
import { type Builtin, print } from "../builtins/builtin.ts";
import { dashOptions } from "./options.ts";
import { quoteForDash } from "./quote.ts";
import { tableOrder } from "./table-order.ts";

const BUCKETS = 39;

export const dashAlias: Builtin = {
  name: "alias", usage: "", help: "",
  *run(shell, args) {
    const line = (name: string) => `${name}=${quoteForDash(shell.aliases.get(name) ?? "")}\n`;
    if (args.length === 1) return yield* print(shell, tableOrder(shell.aliases.keys(), BUCKETS).map(line).join(""));
    let status = 0;
    for (const arg of args.slice(1)) {
      const equals = arg.indexOf("=", 1);
      if (equals > 0) shell.aliases.set(arg.slice(0, equals), arg.slice(equals + 1));
      else if (shell.aliases.has(arg)) yield* print(shell, line(arg));
      else {
        yield* shell.errorText(`alias: ${arg} not found\n`);
        status = 1;
      }
    }
    return status;
  },
};

export const dashUnalias: Builtin = {
  name: "unalias", usage: "", help: "",
  *run(shell, args) {
    const { letters, rest } = dashOptions(args, "a");
    if (letters.length > 0) {
      shell.aliases.clear();
      return 0;
    }
    let status = 0;
    for (const name of rest) {
      if (shell.aliases.delete(name)) continue;
      yield* shell.errorText(`unalias: ${name} not found\n`);
      status = 1;
    }
    return status;
  },
};
