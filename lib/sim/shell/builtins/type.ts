import type { Blocking } from "../../kernel/sys.ts";
import { isExecutableFile, pathDirectories } from "../interp/process.ts";
import type { Shell } from "../interp/shell.ts";
import { isReservedWord } from "../syntax/parser.ts";
import { printFunction } from "../syntax/printer.ts";
import { quoteSingle } from "../syntax/quote.ts";
import { type Builtin, parseOptions, print } from "./builtin.ts";

type Style = "long" | "command-v" | "type-t" | "path";

interface Lookup {
  readonly all?: boolean;
  readonly noFunctions?: boolean;
  /** Only the files of PATH. */
  readonly force?: boolean;
  readonly standardPath?: boolean;
}

/** A function's definition is no message. */
function translatedHead(shell: Shell, text: string): string {
  const [head = "", ...definition] = text.split("\n");
  return [shell.translated(head), ...definition].join("\n");
}

function* describe(shell: Shell, name: string, style: Style, lookup: Lookup): Blocking<boolean> {
  let found = false;
  const say = function* (kind: string, text: string): Blocking<void> {
    found = true;
    if (style === "type-t") yield* print(shell, `${kind}\n`);
    else if (style !== "path" || kind === "file") yield* print(shell, `${style === "long" ? translatedHead(shell, text) : text}\n`);
  };
  if (!lookup.force) {
    const alias = shell.shopts.expand_aliases || shell.interactive ? shell.aliases.get(name) : undefined;
    if (alias !== undefined) {
      yield* say("alias", style === "command-v" ? `alias ${name}=${quoteSingle(alias)}` : shell.dash ? `${name} is an alias for ${alias}` : `${name} is aliased to \`${alias}'`);
      if (!lookup.all) return true;
    }
    if (isReservedWord(name)) {
      yield* say("keyword", style === "command-v" ? name : `${name} is a shell keyword`);
      if (!lookup.all) return true;
    }
    const definition = lookup.noFunctions ? undefined : shell.functions.get(name);
    if (definition) {
      yield* say("function", style === "command-v" ? name : shell.dash ? `${name} is a shell function` : `${name} is a function\n${printFunction(name, definition.body)}`);
      if (!lookup.all) return true;
    }
    if (shell.language.isBuiltin(shell, name)) {
      yield* say("builtin", style === "command-v" ? name : `${name} is a ${shell.options.posix || shell.dash ? (shell.language.isSpecial(name) ? "special " : "") : ""}shell builtin`);
      if (!lookup.all) return true;
    }
  }
  if (shell.dependencies.isApplet?.(name) && !lookup.force) {
    yield* say("file", style === "long" ? `${name} is ${name}` : name);
    return true;
  }
  if (name.includes("/")) {
    if (isExecutableFile(shell, name)) yield* say("file", style === "long" ? `${name} is ${name}` : name);
    return found;
  }
  if (!lookup.all && !lookup.force && shell.hashed.has(name)) {
    const path = shell.hashed.get(name)?.path ?? "";
    yield* say("file", style === "long" ? `${name} is hashed (${path})` : path);
    return true;
  }
  const path = lookup.standardPath ? "/bin:/usr/bin" : (shell.getVariable("PATH") ?? "");
  for (const directory of path === "" ? [] : pathDirectories(path)) {
    const candidate = `${directory.endsWith("/") ? directory : `${directory}/`}${name}`;
    if (!isExecutableFile(shell, candidate)) continue;
    yield* say("file", style === "long" ? `${name} is ${candidate}` : candidate);
    if (!lookup.all) break;
  }
  return found;
}

export function* describeCommands(shell: Shell, names: readonly string[], style: Style, lookup: Lookup): Blocking<number> {
  let failed = 0;
  for (const name of names) {
    if (yield* describe(shell, name, style, lookup)) continue;
    failed++;
    if (style === "long") yield* shell.complain(`${name}: not found`);
  }
  const all = failed === names.length;
  return failed > 0 && (all || (shell.dash && style !== "command-v")) ? (shell.dash ? 127 : 1) : 0;
}

const type: Builtin = {
  name: "type", usage: "type [-afptP] name [name ...]",
  help: "Says what each name would run: an alias, keyword, function, builtin or file.\n-a shows all, -t only the kind in one word, -p and -P only paths, -f leaves functions out.",
  *run(shell, args) {
    const words = args.map((arg, index) => (index === 0 ? arg : arg === "-type" || arg === "--type" ? "-t" : arg === "-path" || arg === "--path" ? "-p" : arg === "-all" || arg === "--all" ? "-a" : arg));
    const parsed = parseOptions(words, "afptP");
    const style: Style = parsed.has("t") ? "type-t" : parsed.has("p") || parsed.has("P") ? "path" : "long";
    const lookup = { all: parsed.has("a"), noFunctions: parsed.has("f"), force: parsed.has("P") };
    let status = 0;
    for (const name of parsed.rest) {
      if (yield* describe(shell, name, style, lookup)) continue;
      status = shell.dash ? 127 : 1;
      if (style === "long") yield* (shell.dash ? print(shell, `${name}: not found\n`) : shell.complain(`${name}: not found`));
    }
    return status;
  },
};
export default type;
