// Configuration files and their drop-ins, as the tools that own them read them; where units are looked for.
import { type Blocking, type Sys, SysError } from "../../../kernel/sys.ts";
import { exists, linkTarget, names, readFile } from "../../../daemons/systemd/api/files.ts";
import type { Io } from "../../kit/gnu.ts";
import { complain } from "../_systemd.ts";

/** The first that has a file of some name wins. */
const ROOTS = ["/etc", "/run", "/usr/local/lib", "/usr/lib", "/lib"];

/** Files of that directory in every root, by name; a link to /dev/null takes one away. */
function dropIns(sys: Sys, directory: string): readonly string[] {
  const found = new Map<string, string>();
  for (const root of ROOTS) for (const name of names(sys, `${root}/${directory}`)) if (name.endsWith(".conf") && !found.has(name)) found.set(name, `${root}/${directory}/${name}`);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path).filter((path) => linkTarget(sys, path) !== "/dev/null");
}

export function* catConfig(io: Io, words: readonly string[]): Blocking<number> {
  for (const [index, word] of words.entries()) {
    let name = word;
    if (word.startsWith("/")) {
      const root = ROOTS.find((one) => word.startsWith(`${one}/`));
      if (root === undefined) {
        yield* complain(io, `Path ${word} does not start with any known prefix.`);
        return 1;
      }
      name = word.slice(root.length + 1);
    }
    if (index > 0) io.out.put("\n\n");
    if (!(yield* catOne(io, name))) return 1;
  }
  return 0;
}

function* catOne(io: Io, name: string): Blocking<boolean> {
  const { sys } = io;
  const main = name.endsWith(".d") ? undefined : ROOTS.map((root) => `${root}/${name}`).find((path) => exists(sys, path));
  const paths = [...(main === undefined ? [] : [main]), ...dropIns(sys, name.endsWith(".d") ? name : `${name}.d`)];
  if (!name.endsWith(".d") && main === undefined) io.out.put(`# Main configuration file ${name} not found\n`);
  for (const [index, path] of paths.entries()) {
    let text: string;
    try {
      text = yield* readFile(sys, path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* complain(io, `Failed to cat ${path}: ${error.message}`);
      return false;
    }
    io.out.put(`${index > 0 ? "\n" : ""}# ${path.replace(/^\/lib\//, "/usr/lib/")}\n${text}${text === "" || text.endsWith("\n") ? "" : "\n"}`);
  }
  return true;
}

const SYSTEM_PATHS = [
  "/etc/systemd/system.control", "/run/systemd/system.control", "/run/systemd/transient", "/run/systemd/generator.early", "/etc/systemd/system", "/etc/systemd/system.attached", "/run/systemd/system", "/run/systemd/system.attached", "/run/systemd/generator",
  "/usr/local/lib/systemd/system", "/lib/systemd/system", "/usr/lib/systemd/system", "/run/systemd/generator.late",
];
const GLOBAL_PATHS = ["/etc/xdg/systemd/user", "/etc/systemd/user", "/run/systemd/user"];
const VENDOR_USER_PATHS = ["/usr/local/share/systemd/user", "/usr/share/systemd/user", "/usr/local/lib/systemd/user", "/usr/lib/systemd/user"];

export function unitPaths(sys: Sys, scope: "system" | "user" | "global"): readonly string[] {
  if (scope === "system") return SYSTEM_PATHS;
  if (scope === "global") return ["/etc/systemd/user", "/run/systemd/user", ...VENDOR_USER_PATHS];
  const home = sys.environment.get("HOME") ?? "/";
  const configuration = sys.environment.get("XDG_CONFIG_HOME") ?? `${home}/.config`;
  const runtime = sys.environment.get("XDG_RUNTIME_DIR");
  const below = (...directories: readonly string[]): readonly string[] => (runtime === undefined ? [] : directories.map((directory) => `${runtime}/systemd/${directory}`));
  return [`${configuration}/systemd/user.control`, ...below("user.control", "transient", "generator.early"), `${configuration}/systemd/user`, ...GLOBAL_PATHS, ...below("user", "generator"), `${sys.environment.get("XDG_DATA_HOME") ?? `${home}/.local/share`}/systemd/user`, ...VENDOR_USER_PATHS, ...below("generator.late")];
}

/** What each name stands for: a file, or an alias of another unit. */
export function unitFiles(io: Io, patterns: readonly string[], fits: (pattern: string, name: string) => boolean): void {
  const { sys } = io;
  const seen = new Set<string>();
  for (const directory of SYSTEM_PATHS) {
    for (const name of names(sys, directory)) {
      if (!/\.(?:service|socket|target|timer|path|mount|automount|swap|slice|scope|device)$/.test(name) || seen.has(name)) continue;
      if (patterns.length > 0 && !patterns.some((pattern) => fits(pattern, name))) continue;
      seen.add(name);
      const target = linkTarget(sys, `${directory}/${name}`);
      const other = target?.slice(target.lastIndexOf("/") + 1);
      io.out.put(`ids: ${name} → ${other === undefined || other === name || target === "/dev/null" ? `${directory}/${name}` : other}\n`);
    }
  }
}
