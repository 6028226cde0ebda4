import { hashOrder } from "../interp/hash-order.ts";
import { isExecutableFile, searchPath } from "../interp/process.ts";
import { quoteBackslash } from "../syntax/quote.ts";
import { restricted } from "../interp/restricted.ts";
import { type Builtin, BuiltinError, parseOptions, print } from "./builtin.ts";

const hash: Builtin = {
  name: "hash", usage: "hash [-lr] [-p pathname] [-dt] [name ...]",
  help: "Remembers where programs are, and shows what is remembered. -r forgets all, -d forgets names, -p sets a path,\n-t prints paths, -l prints in a form that can be read back.",
  *run(shell, args) {
    if (!shell.options.hashall) throw new BuiltinError("hashing disabled", 1);
    const parsed = parseOptions(args, "lrp:dt");
    if (restricted(shell) && parsed.value("p")?.includes("/")) throw new BuiltinError(`${parsed.value("p")}: restricted`, 1);
    if (parsed.has("r")) shell.hashed.clear();
    const names = parsed.rest;
    if (parsed.has("t")) {
      if (names.length === 0) throw new BuiltinError("-t: option requires an argument", 1);
      let status = 0;
      for (const name of names) {
        const item = shell.hashed.get(name);
        if (!item) {
          yield* shell.complain(`${name}: not found`);
          status = 1;
        } else yield* print(shell, parsed.has("l") ? `builtin hash -p ${quoteBackslash(item.path)} ${quoteBackslash(name)}\n` : names.length > 1 ? `${name}\t${item.path}\n` : `${item.path}\n`);
      }
      return status;
    }
    if (parsed.has("d")) {
      if (names.length === 0) throw new BuiltinError("-d: option requires an argument", 1);
      // where nothing is remembered, nothing is amiss (hashcmd.c, phash_remove)
      if (shell.hashed.size === 0) return 0;
    }
    if (names.length === 0 && !parsed.has("r") && !parsed.has("p")) {
      if (shell.hashed.size === 0) {
        if (!parsed.has("l") && !shell.options.posix) yield* print(shell, shell.translated("hash: hash table empty\n"));
        return 0;
      }
      let out = parsed.has("l") ? "" : `${shell.translated("hits\tcommand")}\n`;
      for (const name of hashOrder(shell.hashed.keys(), 256)) {
        const item = shell.hashed.get(name);
        if (item) out += parsed.has("l") ? `builtin hash -p ${quoteBackslash(item.path)} ${quoteBackslash(name)}\n` : `${String(item.hits).padStart(4)}\t${item.path}\n`;
      }
      return yield* print(shell, out);
    }
    let status = 0;
    for (const name of names) {
      const path = parsed.value("p");
      if (path !== undefined) shell.hashed.set(name, { path, hits: 0 });
      else if (parsed.has("d")) {
        if (!shell.hashed.delete(name)) {
          yield* shell.complain(`${name}: not found`);
          status = 1;
        }
      } else {
        if (name.includes("/") || shell.functions.has(name) || shell.language.isBuiltin(shell, name)) continue;
        const found = searchPath(shell, name);
        if (found.kind === "found" && isExecutableFile(shell, found.path)) shell.hashed.set(name, { path: found.path, hits: 0 });
        else {
          yield* shell.complain(`${name}: not found`);
          status = 1;
        }
      }
    }
    return status;
  },
};
export default hash;
