// What depmod left below /lib/modules/RELEASE, and the settings of modprobe.d(5).

import { type Blocking, O, type Sys, SysError, decode } from "../../kernel/sys.ts";
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
  readonly options: ReadonlyMap<string, string>;
  readonly install: ReadonlyMap<string, string>;
}

export function* readSettings(sys: Sys): Blocking<ModprobeSettings> {
  const aliases: (readonly [string, string])[] = [];
  const blacklist = new Set<string>();
  const options = new Map<string, string>();
  const install = new Map<string, string>();
  const names = new Map<string, string>();
  // A file of /etc hides one of the same name in /lib.
  for (const directory of ["/lib/modprobe.d", "/run/modprobe.d", "/etc/modprobe.d"]) {
    try {
      for (const { name } of sys.readdir(directory)) if (name.endsWith(".conf")) names.set(name, directory);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  for (const [name, directory] of [...names].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const line of ((yield* readTextFile(sys, `${directory}/${name}`)) ?? "").split("\n")) {
      const [word, first, ...rest] = line.trim().split(/\s+/);
      if (first === undefined) continue;
      const module = first.replaceAll("-", "_");
      if (word === "alias") aliases.push([first, (rest[0] ?? "").replaceAll("-", "_")]);
      else if (word === "blacklist") blacklist.add(module);
      else if (word === "options") options.set(module, [options.get(module) ?? "", ...rest].join(" ").trim());
      else if (word === "install") install.set(module, rest.join(" "));
    }
  }
  return { aliases, blacklist, options, install };
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

  static *read(sys: Sys, release: string = sys.uname().release): Blocking<ModuleTree> {
    const directory = `/lib/modules/${release}`;
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
