// ldd: the libraries that a program needs, and where the dynamic linker finds them. What a file needs stands in its note (kernel/executable.ts).
import { builtVersion } from "../kit/debian/built-version.ts";
import { type Blocking, decode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, type Io, program } from "../kit/program.ts";
import { readWhole } from "../kit/read-whole.ts";
import { readLinkerCache } from "./_linker-cache.ts";

const HEAD_BYTES = 4096;
const DIRECTORIES = ["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib", "/usr/lib", "/lib64", "/usr/lib64"];
const LIBRARY_BYTES = 0x22000;

interface Needs {
  readonly elf: boolean;
  readonly interpreter: string | undefined;
  readonly library: boolean;
  readonly needed: readonly string[];
}

function* needsOf(sys: Sys, path: string): Blocking<Needs> {
  const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  const head = decode(yield* sys.read(fd, HEAD_BYTES));
  sys.close(fd);
  const note = head.slice(Math.max(0, head.indexOf("HoteProgram\n")));
  const values = (name: string) => note.split("\n").flatMap((line) => (line.startsWith(`${name}=`) ? [line.slice(name.length + 1)] : []));
  return { elf: head.startsWith("\u007fELF"), interpreter: values("interpreter")[0], library: values("kind")[0] === "library", needed: values("needed") };
}

function* find(sys: Sys, name: string): Blocking<string | undefined> {
  const own = (sys.environment.get("LD_LIBRARY_PATH") ?? "").split(":").filter((directory) => directory !== "");
  let cached: readonly string[] = [];
  try {
    const fd = yield* sys.open("/etc/ld.so.cache", O.RDONLY | O.CLOEXEC);
    const bytes = yield* readWhole(sys, fd);
    sys.close(fd);
    cached = (readLinkerCache(bytes)?.libraries ?? []).filter((one) => one.name === name).map((one) => one.path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  for (const path of [...own.map((directory) => `${directory}/${name}`), ...cached, ...DIRECTORIES.map((directory) => `${directory}/${name}`)]) {
    try {
      sys.stat(path);
      return path;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return undefined;
}

export default program(
  {
    name: "ldd", summary: "list the shared libraries that a program needs", synopsis: ["[OPTION]... FILE..."], operands: "files",
    options: [flag(["-d", "--data-relocs"], "resolve the symbols of data, and report missing ones"), flag(["-r", "--function-relocs"], "resolve the symbols of data and functions, and report missing ones"), flag(["-u", "--unused"], "list libraries that are asked for but not used"), flag(["-v", "--verbose"], "with versions of the symbols"), flag(["--help"], "show this help"), flag(["--version"], "show the version")],
  },
  function* (sys, argv, io: Io) {
    const files: string[] = [];
    for (const word of argv.slice(1)) {
      if (word === "--version") {
        io.out.put(`ldd (Debian GLIBC ${(yield* builtVersion(sys)) ?? "2.36-9+deb12u14"}) 2.36\n`);
        return 0;
      }
      if (word === "--help") {
        io.out.put("Usage: ldd [OPTION]... FILE...\n      --help              show this help\n      --version           show the version\n  -d, --data-relocs       resolve the symbols of data\n  -r, --function-relocs   resolve those of functions too\n  -u, --unused            list libraries that are asked for but not used\n  -v, --verbose           with versions of the symbols\n");
        return 0;
      }
      if (/^-[druv]$|^--(data-relocs|function-relocs|unused|verbose)$/.test(word)) continue;
      if (word.startsWith("-") && word !== "-" && word !== "--") {
        yield* io.stderr(`ldd: unrecognized option \`${word}'\nTry \`ldd --help' for more information.\n`);
        return 1;
      }
      if (word !== "--") files.push(word);
    }
    if (files.length === 0) {
      yield* io.stderr("ldd: missing file arguments\nTry `ldd --help' for more information.\n");
      return 1;
    }
    let status = 0;
    for (const file of files) {
      if (files.length > 1) io.out.put(`${file}:\n`);
      if ((yield* list(sys, io, file)) !== 0) status = 1;
      yield* io.out.flush();
    }
    return status;
  },
);

function* list(sys: Sys, io: Io, file: string): Blocking<number> {
  const path = file.includes("/") ? file : `./${file}`;
  let needs: Needs;
  try {
    const { mode } = sys.stat(path);
    if ((mode & 0o170000) !== 0o100000) {
      yield* io.stderr(`ldd: ${path}: not regular file\n`);
      return 1;
    }
    needs = yield* needsOf(sys, path);
    if ((mode & 0o111) === 0 && needs.elf) yield* io.stderr(`ldd: warning: you do not have execution permission for \`${path}'\n`);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(error.errno === "ENOENT" ? `ldd: ${path}: No such file or directory\n` : `ldd: error: you do not have read permission for \`${path}'\n`);
    return 1;
  }
  if (!needs.elf || (needs.interpreter === undefined && !needs.library)) {
    io.out.put("\tnot a dynamic executable\n");
    return 1;
  }
  // Addresses as address space randomisation gives them: another base at each run.
  const random = sys.random(6);
  let base = 0x7f0000000000 + ((random[0] ?? 0) * 0x100000000 + (random[1] ?? 0) * 0x1000000 + (random[2] ?? 0) * 0x1000) % 0xff00000000;
  const address = (value: number) => `0x${value.toString(16).padStart(16, "0")}`;
  io.out.put(`\tlinux-vdso.so.1 (${address(0x7ffc00000000 + ((random[3] ?? 0) << 20) + ((random[4] ?? 0) << 12))})\n`);
  const queue = [...needs.needed];
  const seen = new Set(queue);
  let linker = needs.interpreter;
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (sys.charge(10)) yield* sys.preempt();
    if (name.startsWith("ld-linux")) {
      linker ??= `/lib64/${name}`;
      continue;
    }
    const found = yield* find(sys, name);
    if (found === undefined) {
      io.out.put(`\t${name} => not found\n`);
      continue;
    }
    base += LIBRARY_BYTES;
    io.out.put(`\t${name} => ${found} (${address(base)})\n`);
    for (const more of (yield* needsOf(sys, found)).needed) {
      if (seen.has(more)) continue;
      seen.add(more);
      queue.push(more);
    }
  }
  io.out.put(`\t${linker ?? "/lib64/ld-linux-x86-64.so.2"} (${address(base + LIBRARY_BYTES * 4)})\n`);
  return 0;
}
