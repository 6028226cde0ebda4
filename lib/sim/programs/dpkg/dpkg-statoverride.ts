import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { DPKG, readFile, writeFile } from "../kit/debian/dpkg-database.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { flag, type Io, program } from "../kit/program.ts";
import { readStatOverrides, type StatOverride } from "./_diversions.ts";

const row = (one: StatOverride): string => `${one.user} ${one.group} ${one.mode} ${one.path}\n`;

function* store(sys: Sys, io: Io, all: readonly StatOverride[]): Blocking<number> {
  try {
    yield* writeFile(sys, `${DPKG}/statoverride`, all.map(row).join(""));
    return 0;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(`dpkg-statoverride: error: unable to create new file '${DPKG}/statoverride-new': ${error.message}\n`);
    return 2;
  }
}

/** An id from a name or #NUMBER; undefined when there is no such account. */
function* idOf(sys: Sys, file: string, name: string): Blocking<number | undefined> {
  if (/^#\d+$/.test(name)) return Number(name.slice(1));
  const line = (yield* readFile(sys, file)).split("\n").find((one) => one.startsWith(`${name}:`));
  return line === undefined ? undefined : Number(line.split(":")[2]);
}

export default program(
  {
    name: "dpkg-statoverride", path: "/usr/bin/dpkg-statoverride", showsHelp: true, summary: "set owner and mode of a package's file", synopsis: ["[OPTION...] COMMAND"], operands: "files",
    options: [flag(["--add"], "USER GROUP MODE FILE: add an override"), flag(["--remove"], "remove an override"), flag(["--list"], "list overrides"), flag(["--update"], "change the file at once"), flag(["--force-statoverride-add", "--force"], "in place of another one"), flag(["--force-statoverride-remove"], "no matter whether it is there"), flag(["--quiet"], "say little")],
  },
  function* (sys, argv, io) {
    const flags = new Set(argv.slice(1).filter((word) => word.startsWith("--")));
    const operands = argv.slice(1).filter((word) => !word.startsWith("--"));
    const unknown = [...flags].find((word) => !/^--(?:add|remove|list|quiet|update|force(?:-.+)?|no-force-.+|refuse-.+|version|help|(?:admindir|instdir|root)=.*)$/.test(word));
    if (unknown !== undefined) return yield* usage(io, `unknown option ${unknown}`);
    const overrides = yield* readStatOverrides(sys);
    if (flags.has("--list")) {
      const test = compileFnmatch(operands[0] ?? "*");
      const found = overrides.filter((one) => test(one.path));
      io.out.put(found.map(row).join(""));
      return found.length === 0 ? 1 : 0;
    }
    if (flags.has("--add")) {
      const [user = "", group = "", mode = "", path] = operands;
      if (path === undefined || operands.length > 4) return yield* usage(io, "--add needs four arguments");
      if (path.includes("\n")) return yield* usage(io, "path may not contain newlines");
      const uid = yield* idOf(sys, "/etc/passwd", user);
      const gid = yield* idOf(sys, "/etc/group", group);
      if (uid === undefined || gid === undefined) {
        yield* io.stderr(`dpkg-statoverride: error: ${uid === undefined ? `user '${user}'` : `group '${group}'`} does not exist\n`);
        return 2;
      }
      if (!/^[0-7]+$/.test(mode) || Number.parseInt(mode, 8) > 0o7777) {
        yield* io.stderr(`dpkg-statoverride: error: invalid statoverride mode ${mode}\n`);
        return 2;
      }
      const known = overrides.some((one) => one.path === path);
      if (known && !flags.has("--force") && !flags.has("--force-all") && !flags.has("--force-statoverride-add")) {
        yield* io.stderr(`dpkg-statoverride: error: an override for '${path}' already exists; aborting\n`);
        return 2;
      }
      if (known) yield* io.stderr(`dpkg-statoverride: warning: an override for '${path}' already exists, but --force specified so will be ignored\n`);
      if (flags.has("--update")) {
        try {
          sys.chown(path, uid, gid, false);
          sys.chmod(path, Number.parseInt(mode, 8));
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          if (error.errno !== "ENOENT") {
            yield* io.stderr(`dpkg-statoverride: error: error setting ownership of '${path}': ${error.message}\n`);
            return 2;
          }
          yield* io.stderr(`dpkg-statoverride: warning: --update given but ${path} does not exist\n`);
        }
      }
      return yield* store(sys, io, [...overrides.filter((one) => one.path !== path), { user, group, mode: Number.parseInt(mode, 8).toString(8), path }]);
    }
    if (flags.has("--remove")) {
      const [path] = operands;
      if (path === undefined || operands.length > 1) return yield* usage(io, "--remove needs a single argument");
      if (!overrides.some((one) => one.path === path)) {
        yield* io.stderr("dpkg-statoverride: warning: no override present\n");
        return flags.has("--force") || flags.has("--force-all") || flags.has("--force-statoverride-remove") ? 0 : 2;
      }
      return yield* store(sys, io, overrides.filter((one) => one.path !== path));
    }
    return yield* usage(io, "need an action option");
  },
);

function* usage(io: Io, reason: string): Blocking<number> {
  yield* io.stderr(`dpkg-statoverride: error: ${reason}\n\nUse --help for help about overriding file stat information.\n`);
  return 2;
}
