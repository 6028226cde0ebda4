// depmod: reads every module below /lib/modules/RELEASE and writes the tables that modprobe uses.
import { type Blocking, O, S, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { moduleName, readModuleFile } from "./_module-tree.ts";

interface Found {
  readonly path: string;
  readonly depends: readonly string[];
  readonly aliases: readonly string[];
}

function* collect(sys: Sys, base: string): Blocking<ReadonlyMap<string, Found>> {
  const found = new Map<string, Found>();
  const walk = function* (below: string): Blocking<void> {
    for (const { name, type } of sys.readdir(`${base}/${below}`).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = below === "" ? name : `${below}/${name}`;
      if (sys.charge(20)) yield* sys.preempt();
      if (type === S.IFDIR) yield* walk(path);
      else if (/\.ko(\.xz|\.gz|\.zst)?$/.test(name)) {
        const info = yield* readModuleFile(sys, `${base}/${path}`);
        const values = (key: string): readonly string[] => (info?.strings ?? []).filter(([one]) => one === key).map(([, value]) => value);
        found.set(moduleName(name), { path, depends: (values("depends")[0] ?? "").split(",").filter((one) => one !== ""), aliases: values("alias") });
      }
    }
  };
  yield* walk("");
  return found;
}

export default gnu({
  name: "depmod", path: "/sbin/depmod", manSection: 8, project: "kmod", tryLine: () => "", versionLetter: "V", helpLetter: "h", versionText: "kmod version 30\n+ZSTD +XZ -ZLIB +LIBCRYPTO -EXPERIMENTAL\n", summary: "generate modules.dep and map files", synopsis: ["[options] [-aA] [-b dirs] [VERSION]"],
  options: {
    all: flag(["-a", "--all"], "probe all modules"), quick: flag(["-A", "--quick"], "stop if nothing is newer than modules.dep"), base: text(["-b", "--basedir"], "DIR", "DIR takes the place of /"), dryRun: flag(["-n", "--show", "--dry-run"], "show the result on standard output, write no file"), verbose: flag(["-v", "--verbose"], "enable verbose mode"), warn: flag(["-w", "--warn"], "warn on duplicates"), errors: flag(["-e", "--errsyms"], "report symbols that nothing provides"),
  },
  *run({ options, operands, sys }, io: Io) {
    if (operands[0] !== undefined && !/^\d+\.\d+/.test(operands[0])) {
      yield* io.stderr(`depmod: ERROR: Bad version passed ${operands[0]}\n`);
      return 1;
    }
    const release = operands[0] ?? sys.uname().release;
    const base = `${options.base ?? ""}/lib/modules/${release}`;
    let modules: ReadonlyMap<string, Found>;
    try {
      modules = yield* collect(sys, base);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`depmod: ERROR: could not open directory ${base}: ${error.message}\ndepmod: FATAL: could not search modules: ${error.message}\n`);
      return 1;
    }
    const needs = (name: string, seen: string[] = []): readonly string[] => {
      for (const one of modules.get(name)?.depends ?? []) {
        if (seen.includes(one) || !modules.has(one)) continue;
        seen.push(one);
        needs(one, seen);
      }
      return seen;
    };
    const files: readonly (readonly [string, string])[] = [
      ["modules.dep", [...modules].map(([name, module]) => `${module.path}:${needs(name).map((one) => ` ${modules.get(one)?.path ?? ""}`).join("")}\n`).join("")],
      ["modules.alias", `# Aliases extracted from modules themselves.\n${[...modules].flatMap(([name, module]) => module.aliases.map((alias) => `alias ${alias} ${name}\n`)).join("")}`],
      ["modules.devname", `# Device nodes to trigger on-demand module loading.\n${[...modules].flatMap(([name, module]) => module.aliases.filter((alias) => alias.startsWith("devname:")).map((alias) => `${name} ${alias.slice(8)}\n`)).join("")}`],
    ];
    for (const [name, content] of files) {
      if (options.dryRun) {
        io.out.put(content);
        continue;
      }
      try {
        const fd = yield* sys.open(`${base}/${name}`, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
        yield* sys.write(fd, encode(content));
        sys.close(fd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`depmod: ERROR: openat(${base}, ${name}.temp, 301, 644): ${error.message}\n`);
        return 1;
      }
    }
    return 0;
  },
});
