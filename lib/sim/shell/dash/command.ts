// command, type and hash of dash (exec.c: commandcmd, typecmd, hashcmd, describe_command).
import type { Blocking } from "../../kernel/sys.ts";
import { ShellExit } from "../interp/flow.ts";
import { isExecutableFile, searchPath } from "../interp/process.ts";
import { DASH_PATH } from "../interp/startup.ts";
import type { Shell } from "../interp/shell.ts";
import { isReservedInDash, isSpecialInDash } from "../syntax/parser.ts";
import { type Builtin, print } from "../builtins/builtin.ts";
import { dashOptions } from "./options.ts";
import { quoteForDash } from "./quote.ts";
import { tableOrder } from "./table-order.ts";

const BUCKETS = 31;

function* describe(shell: Shell, name: string, verbose: boolean, path: string | undefined): Blocking<number> {
  const say = (words: string, text = name) => print(shell, verbose ? `${name} ${words}\n` : `${text}\n`);
  if (isReservedInDash(name)) return yield* say("is a shell keyword");
  const alias = shell.aliases.get(name);
  if (alias !== undefined) return yield* say(`is an alias for ${alias}`, `alias ${name}=${quoteForDash(alias)}`);
  if (shell.functions.has(name)) return yield* say("is a shell function");
  if (shell.language.isBuiltin(shell, name)) return yield* say(`is a ${isSpecialInDash(name) ? "special " : ""}shell builtin`);
  const tracked = path === undefined ? shell.hashed.get(name)?.path : undefined;
  if (tracked !== undefined) return yield* say(`is a tracked alias for ${tracked}`, tracked);
  const found = name.includes("/") ? (exists(shell, name) ? name : undefined) : executable(shell, name, path);
  // who was looked up is known from then on (exec.c: find_command)
  if (found !== undefined && path === undefined && found.startsWith("/") && !name.includes("/")) shell.hashed.set(name, { path: found, hits: 0 });
  if (found !== undefined) return yield* say(`is ${found}`, found);
  if (verbose) yield* print(shell, `${name}: not found\n`);
  return 127;
}

function exists(shell: Shell, path: string): boolean {
  try {
    shell.sys.stat(path);
    return true;
  } catch {
    return false;
  }
}

function executable(shell: Shell, name: string, path: string | undefined): string | undefined {
  const found = searchPath(shell, name, path);
  return found.kind === "found" && isExecutableFile(shell, found.path) ? found.path : undefined;
}

export const dashCommand: Builtin = {
  name: "command", usage: "", help: "",
  *run(shell, args) {
    const { letters, rest } = dashOptions(args, "pvV");
    const [name] = rest;
    if (name === undefined) return 0;
    const path = letters.includes("p") ? DASH_PATH : undefined;
    const what = letters.findLast((letter) => letter !== "p");
    if (what !== undefined) return yield* describe(shell, name, what === "V", path);
    shell.builtinName = "";
    try {
      const outcome = shell.language.invoke(shell, rest, path === undefined ? {} : { path });
      return typeof outcome === "number" ? outcome : yield* outcome;
    } catch (error) {
      // behind `command` the errors of special builtins do not end the shell
      if (error instanceof ShellExit && error.isError && isSpecialInDash(name)) return error.status;
      throw error;
    }
  },
};

export const dashType: Builtin = {
  name: "type", usage: "", help: "",
  *run(shell, args) {
    let status = 0;
    for (const name of args.slice(1)) status |= yield* describe(shell, name, true, undefined);
    return status;
  },
};

export const dashHash: Builtin = {
  name: "hash", usage: "", help: "",
  *run(shell, args) {
    const { letters, rest } = dashOptions(args, "r");
    if (letters.length > 0) {
      shell.hashed.clear();
      return 0;
    }
    if (rest.length === 0) return yield* print(shell, tableOrder(shell.hashed.keys(), BUCKETS).map((name) => `${shell.hashed.get(name)?.path}\n`).join(""));
    let status = 0;
    for (const name of rest) {
      shell.hashed.delete(name);
      if (shell.functions.has(name) || shell.language.isBuiltin(shell, name)) continue;
      const found = name.includes("/") ? name : executable(shell, name, undefined);
      if (found === undefined) {
        yield* shell.complain(`${name}: not found`);
        status = 1;
      } else if (!name.includes("/")) shell.hashed.set(name, { path: found, hits: 0 });
    }
    return status;
  },
};
