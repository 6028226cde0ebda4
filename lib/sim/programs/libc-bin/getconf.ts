// getconf: limits and configuration values (getconf(1) of glibc 2.36).
import { O, type ResourceLimitKind, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, text } from "../kit/option.ts";
import { readMemory } from "../kit/processes.ts";
import { type Io, program } from "../kit/program.ts";
import { CONFIGURATION_VALUES } from "./_configuration-values.ts";

const usage = "Usage: getconf [-v specification] variable_name [pathname]\n       getconf -a [pathname]\n";
/** They ask about a file. */
const OF_FILES = new Set("LINK_MAX _POSIX_LINK_MAX MAX_CANON _POSIX_MAX_CANON MAX_INPUT _POSIX_MAX_INPUT NAME_MAX _POSIX_NAME_MAX PATH_MAX _POSIX_PATH_MAX PIPE_BUF _POSIX_PIPE_BUF SOCK_MAXBUF _POSIX_ASYNC_IO _POSIX_CHOWN_RESTRICTED _POSIX_NO_TRUNC _POSIX_PRIO_IO _POSIX_SYNC_IO _POSIX_VDISABLE FILESIZEBITS SYMLINK_MAX POSIX_ALLOC_SIZE_MIN POSIX_REC_INCR_XFER_SIZE POSIX_REC_MAX_XFER_SIZE POSIX_REC_MIN_XFER_SIZE POSIX_REC_XFER_ALIGN POSIX2_SYMLINKS".split(" "));
const LIMITS: ReadonlyMap<string, ResourceLimitKind> = new Map([["OPEN_MAX", "nofile"], ["_POSIX_OPEN_MAX", "nofile"], ["CHILD_MAX", "nproc"], ["_POSIX_CHILD_MAX", "nproc"]]);

export default program(
  { name: "getconf", summary: "ask the system for limits and settings (POSIX)", synopsis: ["[-v specification] variable_name [pathname]", "-a [pathname]"], operands: "none", options: [text(["-v"], "specification", "the programming environment that is meant"), flag(["-a"], "show all values")] },
  function* (sys, argv, io: Io) {
    const words = [...argv.slice(1)];
    if (words[0] === "--help") {
      io.out.put(usage);
      return 0;
    }
    if (words[0] === "--version") {
      io.out.put("getconf (Debian GLIBC 2.36-9+deb12u14) 2.36\n");
      return 0;
    }
    if (words[0] === "-v") words.splice(0, 2);
    const all = words[0] === "-a";
    if (all) words.shift();
    if ((!all && words.length === 0) || words.length > (all ? 1 : 2)) {
      yield* io.stderr(usage);
      return 2;
    }
    const values = new Map(CONFIGURATION_VALUES.trim().split("\n").map((line): [string, string] => {
      const space = line.indexOf(" ");
      return space < 0 ? [line, ""] : [line.slice(0, space), line.slice(space + 1)];
    }));
    const processors = [...((yield* readTextFile(sys, "/proc/cpuinfo")) ?? "").matchAll(/^processor/gm)].length || 1;
    const memory = yield* readMemory(sys);
    const pages = (name: string): string => String(Math.floor((memory.get(name) ?? 0) / 4));
    values.set("_NPROCESSORS_CONF", String(processors)).set("_NPROCESSORS_ONLN", String(processors)).set("_PHYS_PAGES", pages("MemTotal")).set("_AVPHYS_PAGES", pages("MemFree"));
    for (const [name, kind] of LIMITS) {
      const { soft } = sys.getrlimit(kind);
      if (values.has(name)) values.set(name, soft === Number.POSITIVE_INFINITY ? "-1" : String(soft));
    }
    if (all) {
      for (const [name, value] of values) io.out.put(`${name.padEnd(34)} ${value}\n`);
      return 0;
    }
    const [name = "", path] = words;
    const value = values.get(name);
    if (value === undefined) {
      yield* io.stderr(`${io.argv0}: Unrecognized variable \`${name}'\n`);
      return 2;
    }
    if (OF_FILES.has(name) !== (path !== undefined)) {
      yield* io.stderr(usage);
      return 2;
    }
    if (path !== undefined) {
      try {
        sys.close(yield* sys.open(path, O.RDONLY));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`${io.argv0}: pathconf: ${path}: ${error.message}\n`);
        return 3;
      }
    }
    io.out.put(`${value === "" ? "undefined" : value}\n`);
    return 0;
  },
);
