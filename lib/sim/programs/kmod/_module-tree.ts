// What depmod left below /lib/modules/RELEASE, and the settings of modprobe.d(5).

import { type Blocking, O, S, type Sys, SysError, decode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";

export const moduleName = (given: string): string => (given.split("/").at(-1) ?? "").replace(/\.ko(?:\.[gx]z|\.zst)?$/, "").replaceAll("-", "_");

export interface ModuleEntry {
  readonly name: string;
  /** absolute */
  readonly path: string;
  /** names of all modules that it needs, nearest first */
  readonly needs: readonly string[];
}

export interface ModprobeSettings {
  readonly aliases: readonly (readonly [pattern: string, name: string])[];
  readonly blacklist: ReadonlySet<string>;
  /** one for each line */
  readonly optionLines: readonly (readonly [module: string, words: string])[];
  /** of a module, in one line */
  readonly options: ReadonlyMap<string, string>;
  readonly install: ReadonlyMap<string, string>;
  readonly remove: ReadonlyMap<string, string>;
  readonly soft: ReadonlyMap<string, { readonly before: readonly string[]; readonly after: readonly string[] }>;
}

/** modprobe.d(5). `from`: a directory or file in place of the usual ones (-C). What is no command is told to `bad`, with its place. */
export function* readSettings(sys: Sys, from: string | undefined, bad: (path: string, line: number, word: string) => void): Blocking<ModprobeSettings> {
  const aliases: (readonly [string, string])[] = [];
  const blacklist = new Set<string>();
  const optionLines: (readonly [string, string])[] = [];
  const install = new Map<string, string>();
  const remove = new Map<string, string>();
  const soft = new Map<string, { readonly before: readonly string[]; readonly after: readonly string[] }>();
  const paths = new Map<string, string>();
  // A file of /etc hides one of the same name in /lib.
  for (const directory of from === undefined ? ["/lib/modprobe.d", "/usr/local/lib/modprobe.d", "/run/modprobe.d", "/etc/modprobe.d"] : [from]) {
    try {
      if ((sys.stat(directory).mode & S.IFMT) !== S.IFDIR) paths.set(directory, directory);
      else for (const { name } of sys.readdir(directory)) if (/\.(conf|alias)$/.test(name)) paths.set(name, `${directory}/${name}`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  for (const [, path] of [...paths].sort(([a], [b]) => (a < b ? -1 : 1))) {
    let number = 0;
    let kept = "";
    for (const part of ((yield* readTextFile(sys, path)) ?? "").split("\n")) {
      number++;
      if (part.endsWith("\\")) {
        kept += part.slice(0, -1);
        continue;
      }
      const line = (kept + part).trim();
      kept = "";
      if (line === "" || line.startsWith("#")) continue;
      const [word = "", first, ...rest] = line.split(/\s+/);
      const module = (first ?? "").replaceAll("-", "_");
      if (first === undefined || (rest.length === 0 && word !== "blacklist")) bad(path, number, word);
      else if (word === "alias") aliases.push([module, (rest[0] ?? "").replaceAll("-", "_")]);
      else if (word === "blacklist") blacklist.add(module);
      else if (word === "options") optionLines.push([module, rest.join(" ")]);
      else if (word === "install") install.set(module, rest.join(" "));
      else if (word === "remove") remove.set(module, rest.join(" "));
      else if (word === "softdep") {
        const before: string[] = [];
        const after: string[] = [];
        let list: string[] | undefined;
        for (const one of rest) {
          if (one === "pre:") list = before;
          else if (one === "post:") list = after;
          else list?.push(one.replaceAll("-", "_"));
        }
        soft.set(module, { before, after });
      } else if (word !== "config" && word !== "include") bad(path, number, word);
    }
  }
  const options = new Map<string, string>();
  for (const [module, words] of optionLines) options.set(module, [options.get(module) ?? "", words].join(" ").trim());
  return { aliases, blacklist, optionLines, options, install, remove, soft };
}

export class ModuleTree {
  readonly directory: string;
  readonly modules: ReadonlyMap<string, ModuleEntry>;
  readonly builtIn: ReadonlySet<string>;
  readonly #aliases: readonly (readonly [string, string])[];

  constructor(directory: string, modules: ReadonlyMap<string, ModuleEntry>, builtIn: ReadonlySet<string>, aliases: readonly (readonly [string, string])[]) {
    this.directory = directory;
    this.modules = modules;
    this.builtIn = builtIn;
    this.#aliases = aliases;
  }

  static *read(sys: Sys, release: string = sys.uname().release, base = ""): Blocking<ModuleTree> {
    const directory = `${base.replace(/\/+$/, "")}/lib/modules/${release}`;
    const modules = new Map<string, ModuleEntry>();
    for (const line of ((yield* readTextFile(sys, `${directory}/modules.dep`)) ?? "").split("\n")) {
      const colon = line.indexOf(":");
      if (colon < 0) continue;
      const name = moduleName(line.slice(0, colon));
      modules.set(name, { name, path: `${directory}/${line.slice(0, colon)}`, needs: line.slice(colon + 1).trim().split(" ").filter((one) => one !== "").map(moduleName) });
      if (sys.charge(2)) yield* sys.preempt();
    }
    const builtIn = new Set(((yield* readTextFile(sys, `${directory}/modules.builtin`)) ?? "").split("\n").filter((line) => line !== "").map(moduleName));
    const aliases: (readonly [string, string])[] = [];
    for (const line of ((yield* readTextFile(sys, `${directory}/modules.alias`)) ?? "").split("\n")) {
      const [word, pattern, name] = line.split(" ");
      if (word === "alias" && pattern !== undefined && name !== undefined) aliases.push([pattern, name]);
    }
    return new ModuleTree(directory, modules, builtIn, aliases);
  }

  /** modules.alias, as --showconfig lists it */
  get aliases(): readonly (readonly [pattern: string, name: string])[] {
    return this.#aliases;
  }

  /** The modules that a name or an alias stands for. */
  resolve(given: string, settings?: ModprobeSettings): readonly ModuleEntry[] {
    const name = given.replaceAll("-", "_");
    const fromSettings = (settings?.aliases ?? []).filter(([pattern]) => compileFnmatch(pattern.replaceAll("-", "_"))(name)).map(([, target]) => target);
    const direct = this.modules.get(name);
    if (fromSettings.length === 0 && direct !== undefined) return [direct];
    const targets = fromSettings.length > 0 ? fromSettings : this.#aliases.filter(([pattern]) => pattern === given || (pattern.includes("*") && compileFnmatch(pattern)(given))).map(([, target]) => target);
    return [...new Set(targets)].map((target) => this.modules.get(target)).filter((one) => one !== undefined);
  }
}

/** /proc/modules as lsmod prints it. */
export function moduleTable(text: string): string {
  let table = "Module                  Size  Used by\n";
  for (const line of text.split("\n")) {
    const [name, size, count, users] = line.split(" ");
    if (name === undefined || size === undefined || count === undefined) continue;
    table += `${name.padEnd(19)} ${size.padStart(8)}  ${count}${users === undefined || users === "-" ? "" : ` ${users.replace(/,$/, "")}`}\n`;
  }
  return table;
}

/** Names of /proc/modules, with their number of users. */
export function* loadedModules(sys: Sys): Blocking<ReadonlyMap<string, { readonly references: number; readonly users: readonly string[] }>> {
  const found = new Map<string, { readonly references: number; readonly users: readonly string[] }>();
  for (const line of ((yield* readTextFile(sys, "/proc/modules")) ?? "").split("\n")) {
    const [name = "", , references, users = "-"] = line.split(" ");
    if (name !== "") found.set(name, { references: Number(references), users: users.split(",").filter((one) => one !== "" && one !== "-") });
  }
  return found;
}

export interface ModuleInfo {
  /** the strings of .modinfo, in order */
  readonly strings: readonly (readonly [key: string, value: string])[];
  readonly signature: { readonly id: string; readonly signer: string; readonly key: string; readonly hash: string; readonly bytes: string } | undefined;
}

const SIGNED = "\0~Module signature appended~\n";

/** Undefined when the file is no module. Throws SysError. */
export function* readModuleFile(sys: Sys, path: string): Blocking<ModuleInfo | undefined> {
  const fd = yield* sys.open(path, O.RDONLY);
  let text = "";
  try {
    for (;;) {
      const bytes = yield* sys.read(fd, 65536);
      if (bytes.length === 0) break;
      text += decode(bytes);
    }
  } finally {
    sys.close(fd);
  }
  if (!text.startsWith("\x7fELF")) return undefined;
  const strings: (readonly [string, string])[] = [];
  for (const part of text.slice(64).split("\0")) {
    const equals = part.indexOf("=");
    if (equals > 0 && /^[a-z]\w*$/.test(part.slice(0, equals))) strings.push([part.slice(0, equals), part.slice(equals + 1)]);
  }
  if (!strings.some(([key]) => key === "name")) return undefined;
  const signed = text.endsWith(SIGNED) ? text.slice(text.indexOf("PKCS#7\0"), -SIGNED.length).split("\0") : undefined;
  const [id = "", signer = "", key = "", hash = "", bytes = ""] = signed ?? [];
  return { strings, signature: signed && { id, signer, key, hash, bytes } };
}
