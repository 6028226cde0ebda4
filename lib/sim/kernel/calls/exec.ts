// execve(2).

import { attend, WAIT } from "../blocking.ts";
import { decode, encodedLength } from "../bytes.ts";
import { afterExec, parseFileCapabilities } from "../capability.ts";
import { privateBytesOf } from "../cgroup.ts";
import { SysError } from "../errno.ts";
import { type Executable, isElf, parseExecutable } from "../executable.ts";
import { endThreads } from "../lifecycle.ts";
import type { Image, Process } from "../process.ts";
import { type Blocking, encode, type Program, S } from "../sys.ts";
import { executable, readHead } from "../vfs/open.ts";
import type { Path } from "../vfs/path.ts";
import { resolve } from "../vfs/resolve.ts";
import { deliverUnblocked } from "../signals.ts";
import { tellExec } from "../tracing.ts";

export const HEAD_BYTES = 4096;
const LONGEST_ARGUMENT = 131072;
const ALL_ARGUMENTS = 2 * 1024 * 1024;
const MOST_INTERPRETERS = 5;
const LIBRARY_DIRECTORIES = ["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib", "/usr/lib", "/lib64", "/usr/lib64"];
const LINKER_CACHE = "/etc/ld.so.cache";
const LINKER_CACHE_BYTES = 1 << 20;

interface Target {
  readonly program: Program;
  readonly path: Path;
  readonly argv: readonly string[];
  readonly image: Executable | undefined;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Errors: ENOENT, EACCES, ENOEXEC, ELOOP, ENOTDIR, E2BIG, ETXTBSY. After: never returns; CLOEXEC descriptors are closed, caught signals are default. */
export function* exec(process: Process, name: string, argv: readonly string[], environment: ReadonlyMap<string, string>): Blocking<never> {
  if (process.attention) yield* attend(process);
  checkSize(argv, environment);
  const target = find(process, name, argv, environment);
  apply(process, target, environment, name);
  process.kernel.accounting.started(process);
  if (process.tracer) tellExec(process, target.image?.interpreter === undefined ? [] : loadOrder(process, target.image.needed, environment));
  const { program } = target;
  process.replacement = (sys) => program(sys, target.argv);
  process.kernel.options.recorder?.replaced(process, program, target.argv);
  for (;;) yield WAIT;
}

function checkSize(argv: readonly string[], environment: ReadonlyMap<string, string>): void {
  let total = 0;
  for (const argument of argv) total += argument.length;
  for (const [name, value] of environment) total += name.length + value.length;
  // no character of UTF-16 takes more than three bytes, and no string more than ten bytes beside its own
  if (3 * total + 10 * (argv.length + environment.size) <= LONGEST_ARGUMENT) return;
  total = 0;
  for (const argument of argv) {
    const length = encodedLength(argument) + 1;
    if (length > LONGEST_ARGUMENT) throw new SysError("E2BIG");
    total += length + 8;
  }
  for (const [name, value] of environment) {
    const length = encodedLength(name) + encodedLength(value) + 2;
    if (length > LONGEST_ARGUMENT) throw new SysError("E2BIG");
    total += length + 8;
  }
  if (total > ALL_ARGUMENTS) throw new SysError("E2BIG");
}

/** Follows "#!" lines to a binary. */
function find(process: Process, name: string, argv: readonly string[], environment: ReadonlyMap<string, string>): Target {
  let path = resolve(process, name);
  let facts = executable(process, path);
  let args = argv.length > 0 ? argv : [""];
  let script = name;
  for (let depth = 0; ; depth++) {
    const head = readHead(path, HEAD_BYTES);
    if (head[0] !== 0x23 || head[1] !== 0x21) {
      const found = load(process, head, args, environment);
      return { path, argv: args, mode: path.mount.attributes.nosuid || depth > 0 ? facts.mode & 0o777 : facts.mode, uid: facts.uid, gid: facts.gid, ...found };
    }
    if (depth >= MOST_INTERPRETERS) throw new SysError("ELOOP");
    const [interpreter, argument] = interpreterOf(head);
    args = argument === undefined ? [interpreter, script, ...args.slice(1)] : [interpreter, argument, script, ...args.slice(1)];
    script = interpreter;
    path = resolve(process, interpreter);
    facts = executable(process, path);
  }
}

/** The rest of the line after the interpreter is one argument (execve(2), "Interpreter scripts"). Errors: ENOEXEC. */
function interpreterOf(head: Uint8Array): [string, string | undefined] {
  let end = 2;
  while (end < head.length && end < 256 && head[end] !== 10 && head[end] !== 0) end++;
  const line = decode(head.subarray(2, end)).replace(/^[ \t]+/, "").replace(/[ \t]+$/, "");
  if (line === "") throw new SysError("ENOEXEC");
  const blank = line.search(/[ \t]/);
  if (blank < 0) return [line, undefined];
  return [line.slice(0, blank), line.slice(blank).replace(/^[ \t]+/, "")];
}

function load(process: Process, head: Uint8Array, argv: readonly string[], environment: ReadonlyMap<string, string>): { program: Program; image: Executable | undefined } {
  if (!isElf(head)) throw new SysError("ENOEXEC");
  const image = parseExecutable(head);
  if (image?.interpreter !== undefined) {
    executable(process, resolve(process, image.interpreter));
    for (const library of image.needed) {
      if (findLibrary(process, library, environment)) continue;
      const text = `${argv[0] ?? ""}: error while loading shared libraries: ${library}: cannot open shared object file: No such file or directory\n`;
      return { image, program: linkerError(text) };
    }
  }
  const program = process.kernel.options.loader(head);
  if (!program) throw new SysError(image?.kind === "library" ? "EACCES" : "ENOEXEC");
  return { program, image };
}

function linkerError(text: string): Program {
  return function* (sys) {
    yield* sys.write(2, encode(text));
    return 127;
  };
}

/** Where ld.so would find it (ld.so(8)), with the process's root: the usual directories before what ldconfig wrote down, which names them too. */
function findLibrary(process: Process, library: string, environment: ReadonlyMap<string, string>): string | undefined {
  const extra = environment.get("LD_LIBRARY_PATH");
  for (const directory of extra ? [...extra.split(":"), ...LIBRARY_DIRECTORIES] : LIBRARY_DIRECTORIES) {
    const path = `${directory}/${library}`;
    if (present(process, path)) return path;
  }
  return cachedPaths(process, library).find((path) => present(process, path));
}

/** The libraries as ld.so opens them: what the program names, then what each of those names (ld.so(8)). */
function loadOrder(process: Process, needed: readonly string[], environment: ReadonlyMap<string, string>): readonly string[] {
  const names = [...needed];
  const paths: string[] = [];
  for (let at = 0; at < names.length; at++) {
    const name = names[at] ?? "";
    const path = findLibrary(process, name, environment);
    paths.push(path ?? name);
    if (path === undefined) continue;
    for (const one of parseExecutable(readHead(resolve(process, path), HEAD_BYTES))?.needed ?? []) if (!names.includes(one) && !one.startsWith("ld-linux")) names.push(one);
  }
  return paths;
}

function present(process: Process, path: string): boolean {
  try {
    resolve(process, path);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** What /etc/ld.so.cache gives for a name: glibc's "glibc-ld.so.cache1.1", 48 bytes of header, 24 for each library, strings. */
function cachedPaths(process: Process, library: string): readonly string[] {
  if (!present(process, LINKER_CACHE)) return [];
  const bytes = readHead(resolve(process, LINKER_CACHE), LINKER_CACHE_BYTES);
  if (bytes.length < 48 || decode(bytes.subarray(0, 20)) !== "glibc-ld.so.cache1.1") return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const string = (at: number): string => decode(bytes.subarray(at, Math.max(at, bytes.indexOf(0, at))));
  const found: string[] = [];
  for (let at = 48, left = view.getUint32(20, true); left > 0 && at + 24 <= bytes.length; left--, at += 24) {
    if (string(view.getUint32(at + 4, true)) === library) found.push(string(view.getUint32(at + 8, true)));
  }
  return found;
}

function apply(process: Process, target: Target, environment: ReadonlyMap<string, string>, name: string): void {
  endThreads(process);
  process.descriptors.closeOnExec();
  process.caughtSignals = NO_SIGNALS;
  process.untakenSignals = undefined;
  process.interrupted = false;
  process.environment = environment;
  const image: Image = { comm: comm(name), commandLine: target.argv, executable: target.path };
  process.image = image;
  setIds(process, target);
  process.cgroup.uncharge(process.chargedBytes);
  process.chargedBytes = 0;
  process.kernel.allocatedBytes -= process.allocatedBytes;
  process.allocatedBytes = 0;
  process.residentBytes = target.image?.residentBytes ?? 1_500_000;
  process.peakResidentBytes = process.residentBytes;
  process.imageBytes = privateBytesOf(process.residentBytes);
  process.chargedBytes = process.imageBytes;
  process.cgroup.charge(process, process.imageBytes);
  deliverUnblocked(process);
}

const NO_SIGNALS: ReadonlySet<number> = new Set();

/** The last part of the name, 15 bytes at most. */
function comm(name: string): string {
  const base = name.split("/").pop() ?? name;
  if (encodedLength(base) <= 15) return base;
  return decode(encode(base).subarray(0, 15));
}

/** Set-user-ID, set-group-ID, file capabilities; none of them with no_new_privs (execve(2)). */
function setIds(process: Process, target: Target): void {
  let { euid, egid } = process.credentials;
  const { ruid, rgid } = process.credentials;
  const before = { euid, egid };
  if (!process.noNewPrivileges) {
    if ((target.mode & S.ISUID) !== 0 && process.namespaces.user.fromKernel("uid", target.uid) !== undefined) euid = target.uid;
    if ((target.mode & (S.ISGID | 0o010)) === (S.ISGID | 0o010) && process.namespaces.user.fromKernel("gid", target.gid) !== undefined) egid = target.gid;
  }
  const suid = euid;
  const sgid = egid;
  const credentials = process.credentials;
  if (euid !== credentials.euid || suid !== credentials.suid || egid !== credentials.egid || sgid !== credentials.sgid) process.credentials = { ruid, euid, suid, rgid, egid, sgid, groups: credentials.groups };
  const privileged = euid !== before.euid || egid !== before.egid;
  const xattr = process.noNewPrivileges ? undefined : target.path.mount.attributes.nosuid ? undefined : target.path.mount.fs.getxattr(target.path.node, "security.capability");
  const fileCapabilities = xattr === undefined ? undefined : parseFileCapabilities(xattr);
  const rootUid = process.namespaces.user.toKernel("uid", 0);
  process.capabilities = afterExec(process.capabilities, fileCapabilities, { real: ruid === rootUid, effective: euid === rootUid }, privileged);
}
