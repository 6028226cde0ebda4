// systemd-delta: configuration files in /etc and /run that mask, replace or extend those of packages (systemd-delta(1), systemd 252).
import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, gnu, type Io, optionalText, text } from "../kit/gnu.ts";

const PREFIXES = ["/etc", "/run", "/usr/local/lib", "/usr/local/share", "/usr/lib", "/usr/share"];
const SUFFIXES = ["sysctl.d", "tmpfiles.d", "modules-load.d", "binfmt.d", "systemd/system", "systemd/user", "systemd/system-preset", "systemd/user-preset", "udev/rules.d", "modprobe.d"];
const TYPES = ["masked", "equivalent", "redirected", "overridden", "unchanged", "extended"] as const;

function linkTarget(sys: Sys, path: string): string | undefined {
  try {
    return sys.readlink(path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return undefined;
  }
}

function entries(sys: Sys, directory: string): readonly { readonly name: string; readonly type: number }[] {
  try {
    return [...sys.readdir(directory)].filter((entry) => !entry.name.startsWith(".")).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return [];
  }
}

/** A unified diff with three lines around, good for the small files it is asked for. */
function* difference(sys: Sys, lower: string, upper: string): Blocking<string> {
  const pid = sys.fork(function* (child) {
    try {
      return yield* child.exec("/usr/bin/diff", ["diff", "-us", "--", lower, upper], child.environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 1;
    }
  });
  yield* sys.waitpid(pid);
  return "\n";
}

export default gnu({
  name: "systemd-delta", summary: "list configuration files of the vendor that /etc or /run overrides", synopsis: ["[OPTIONS...] [SUFFIX...]"], project: "systemd", version: "252", versionText: "systemd 252 (252.39-1~deb12u2)\n", tryLine: () => "", operands: "none",
  options: { noPager: flag(["--no-pager"], "write at once, without a pager"), diff: optionalText(["--diff"], "1|0", "show what differs from the overridden file"), types: text(["-t", "--type"], "LIST...", "only these: masked, equivalent, redirected, overridden, unchanged, extended, default") },
  *run({ options, operands, sys }, io: Io) {
    let wanted = new Set<string>(["masked", "equivalent", "redirected", "overridden", "extended"]);
    if (options.types !== undefined) {
      const words = options.types.split(",");
      if (words.some((word) => word !== "default" && !TYPES.some((type) => type === word))) {
        yield* io.stderr("Failed to parse flags field.\n");
        return 1;
      }
      wanted = new Set(words.flatMap((word) => (word === "default" ? ["masked", "equivalent", "redirected", "overridden", "extended"] : [word])));
    }
    const showDiff = options.diff === undefined ? wanted.has("overridden") : options.diff === true || options.diff === "1" || options.diff === "yes";
    let found = 0;
    const show = function* (kind: (typeof TYPES)[number], upper: string, lower: string | undefined): Blocking<void> {
      if (!wanted.has(kind)) return;
      found++;
      io.out.put(`${`[${kind.toUpperCase()}]`.padEnd(13)}${lower === undefined ? upper : `${upper} → ${lower}`}\n`);
      if (kind !== "overridden" || lower === undefined || !showDiff) return;
      io.out.put("\n");
      yield* io.out.flush();
      io.out.put(yield* difference(sys, lower, upper));
    };
    const given = operands.map((word) => PREFIXES.reduce((rest, prefix) => (rest.startsWith(`${prefix}/`) ? rest.slice(prefix.length + 1) : rest), word.replace(/^\/+|\/+$/g, (slashes, at: number) => (at === 0 ? slashes : ""))));
    for (const suffix of given.length > 0 ? given : SUFFIXES) {
      const places = new Map<string, string[]>();
      const dropIns: (readonly [unit: string, file: string])[] = [];
      for (const prefix of PREFIXES) {
        for (const { name, type } of entries(sys, `${prefix}/${suffix}`)) {
          if (sys.charge(5)) yield* sys.preempt();
          const path = `${prefix}/${suffix}/${name}`;
          if (type === S.IFDIR) {
            if (name.endsWith(".d") && suffix.startsWith("systemd/")) for (const file of entries(sys, path)) if (file.name.endsWith(".conf")) dropIns.push([name.slice(0, -2), `${path}/${file.name}`]);
            continue;
          }
          const list = places.get(name);
          if (list === undefined) places.set(name, [path]);
          else list.push(path);
        }
      }
      for (const name of [...new Set([...places.keys(), ...dropIns.map(([unit]) => unit)])].sort()) {
        const files = places.get(name) ?? [];
        for (const [at, upper] of files.entries()) {
          const lower = files[at + 1];
          if (lower === undefined) {
            if (files.length === 1) yield* show("unchanged", upper, undefined);
            break;
          }
          const target = linkTarget(sys, upper);
          const [above, below] = [yield* readTextFile(sys, upper), yield* readTextFile(sys, lower)];
          if (target === "/dev/null" || above === "") yield* show("masked", upper, lower);
          else if (target !== undefined && (target === lower || `/usr${target}` === lower)) yield* show("redirected", upper, lower);
          else if (above === below) yield* show("equivalent", upper, lower);
          else yield* show("overridden", upper, lower);
        }
        const main = files.at(0);
        if (main !== undefined) for (const [unit, file] of dropIns) if (unit === name) yield* show("extended", main, file);
      }
    }
    yield* io.stderr(`${found > 0 ? "\n" : ""}${found} overridden configuration files found.\n`);
    return 0;
  },
});
