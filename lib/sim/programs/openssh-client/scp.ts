// scp: copies files between machines over ssh (scp(1)).
import { type Blocking, decode, encode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { lastComponent } from "../kit/paths.ts";
import { exists } from "../kit/presence.ts";
import { readWhole } from "../kit/read-whole.ts";

const usage = `usage: scp [-346ABCOpqRrsTv] [-c cipher] [-D sftp_server_path] [-F ssh_config]
           [-i identity_file] [-J destination] [-l limit] [-o ssh_option]
           [-P port] [-S program] [-X sftp_option] source ... target
`;

interface Place {
  readonly host: string | undefined;
  readonly path: string;
}

function placeOf(word: string): Place {
  const match = /^((?:[^@/:]+@)?(?:\[[^\]]+\]|[^/:]+)):(.*)$/.exec(word);
  return match ? { host: match[1]?.replace(/\[(.*)\]/, "$1") ?? "", path: match[2] === "" ? "." : (match[2] ?? ".") } : { host: undefined, path: word };
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Runs ssh with its ends at descriptors of ours. */
function* startSsh(sys: Sys, args: readonly string[], stdin: number | undefined, stdout: number | undefined, closing: readonly number[]): Blocking<number> {
  return sys.fork(function* child(own) {
    if (stdin !== undefined) own.dup2(stdin, 0);
    if (stdout !== undefined) own.dup2(stdout, 1);
    for (const fd of closing) own.close(fd);
    try {
      return yield* own.exec("/usr/bin/ssh", ["ssh", ...args], sys.environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 127;
    }
  });
}

function* statusOf(sys: Sys, pid: number): Blocking<number> {
  for (;;) {
    const waited = yield* sys.waitpid(pid);
    if (waited) return waited.status.kind === "exited" ? waited.status.status : 255;
  }
}

function isDirectory(sys: Sys, path: string): boolean {
  try {
    return (sys.stat(path).mode & S.IFMT) === S.IFDIR;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** The line of progress that a terminal sees when a file is through. */
function* progress(io: Io, quiet: boolean, name: string, sizeBytes: number): Blocking<void> {
  if (quiet || !io.sys.isatty(1)) return;
  const cols = Math.max(40, io.sys.getWindowSize(1).cols);
  const amount = sizeBytes < 10_000 ? `${sizeBytes}` : `${Math.round(sizeBytes / 1024)}KB`;
  const tail = `100% ${amount.padStart(4)}  ${"   1.0MB/s"}   00:00    `;
  io.out.put(`${name.slice(0, cols - tail.length - 1).padEnd(cols - tail.length)}${tail}\n`);
  yield* io.out.flush();
}

class Copier {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #sshArgs: readonly string[];
  readonly #recursive: boolean;
  readonly #preserve: boolean;
  readonly #quiet: boolean;

  constructor(sys: Sys, io: Io, sshArgs: readonly string[], how: { readonly recursive: boolean; readonly preserve: boolean; readonly quiet: boolean }) {
    this.#sys = sys;
    this.#io = io;
    this.#sshArgs = sshArgs;
    this.#recursive = how.recursive;
    this.#preserve = how.preserve;
    this.#quiet = how.quiet;
  }

  /** the program ends with 255, as fatal() does */
  fatal = false;

  /** Runs a command on the other side with bytes as its input. */
  *#remote(host: string, command: string, input: Uint8Array): Blocking<{ readonly status: number; readonly output: Uint8Array }> {
    const sys = this.#sys;
    const [inRead, inWrite] = sys.pipe();
    const [outRead, outWrite] = sys.pipe();
    const pid = yield* startSsh(sys, [...this.#sshArgs, host, command], inRead, outWrite, [inRead, inWrite, outRead, outWrite]);
    sys.close(inRead);
    sys.close(outWrite);
    const writer = sys.fork(function* feed(own) {
      own.close(outRead);
      try {
        for (let at = 0; at < input.length; ) at += yield* own.write(inWrite, input.subarray(at, at + 65_536));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      return 0;
    });
    sys.close(inWrite);
    const output = yield* readWhole(sys, outRead);
    sys.close(outRead);
    const status = yield* statusOf(sys, pid);
    if (status === 255 && !this.fatal) {
      this.fatal = true;
      yield* this.#io.stderr("scp: Connection closed\n");
    }
    yield* statusOf(sys, writer);
    return { status, output };
  }

  *#send(source: string, target: Place): Blocking<boolean> {
    const sys = this.#sys;
    const host = target.host ?? "";
    if (isDirectory(sys, source)) {
      if (!this.#recursive) {
        yield* this.#io.stderr(`scp: local "${source}" is not a regular file\nscp: failed to upload file ${source} to ${target.path}\n`);
        return false;
      }
      const name = lastComponent(source);
      const made = yield* this.#remote(host, `d=${shellQuoted(target.path)}; if [ -d "$d" ]; then d="$d"/${shellQuoted(name)}; fi; mkdir -p "$d" && printf %s "$d"`, new Uint8Array(0));
      if (made.status !== 0) return false;
      let good = true;
      for (const entry of sys.readdir(source)) good = (yield* this.#send(`${source.replace(/\/+$/, "")}/${entry.name}`, { host, path: `${decode(made.output)}/${entry.name}` })) && good;
      return good;
    }
    let content: Uint8Array;
    let mode: number;
    try {
      const fd = yield* sys.open(source, O.RDONLY);
      content = yield* readWhole(sys, fd);
      ({ mode } = sys.fstat(fd));
      sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      this.fatal = error.errno === "ENOENT";
      yield* this.#io.stderr(`scp: ${error.errno === "ENOENT" ? `stat local "${source}"` : `open local "${source}"`}: ${error.message}\n`);
      return false;
    }
    const name = lastComponent(source);
    const command = `d=${shellQuoted(target.path)}; case $d in "~/"*) d=$HOME/\${d#"~/"};; esac; if [ -d "$d" ]; then d="$d"/${shellQuoted(name)}; fi; if ! { : > "$d"; } 2>/dev/null; then p=$(dirname "$d"); if [ ! -d "$p" ]; then echo "scp: dest open \\"$d\\": No such file or directory" >&2; else echo "scp: dest open \\"$d\\": Permission denied" >&2; fi; exit 9; fi; cat > "$d"; chmod ${(mode & 0o777).toString(8)} "$d"`;
    const { status } = yield* this.#remote(host, command, content);
    if (status === 9) yield* this.#io.stderr(`scp: failed to upload file ${source} to ${target.path}\n`);
    if (status !== 0) return false;
    yield* progress(this.#io, this.#quiet, name, content.length);
    return true;
  }

  *#receive(source: Place, target: string): Blocking<boolean> {
    const sys = this.#sys;
    const host = source.host ?? "";
    const path = /[*?[]/.test(source.path) ? source.path : source.path.startsWith("~/") ? `"$HOME"/${shellQuoted(source.path.slice(2))}` : shellQuoted(source.path);
    const listing = yield* this.#remote(host, `for f in ${path}; do if [ -d "$f" ]; then echo "d 0 0 $f"; elif [ -e "$f" ]; then stat -c 'f %a %Y %n' -- "$f"; else echo "scp: $f: No such file or directory" >&2; fi; done`, new Uint8Array(0));
    if (listing.status !== 0) return false;
    const lines = decode(listing.output).split("\n").filter((line) => line !== "");
    let good = lines.length > 0;
    for (const line of lines) {
      const [kind, mode = "644", seconds = "0", ...words] = line.split(" ");
      const file = words.join(" ");
      const local = isDirectory(sys, target) ? `${target.replace(/\/+$/, "")}/${lastComponent(file)}` : target;
      if (kind === "d") {
        if (!this.#recursive) {
          yield* this.#io.stderr(`scp: download ${file}: not a regular file\n`);
          good = false;
          continue;
        }
        if (!isDirectory(sys, local)) sys.mkdir(local, 0o755);
        const inside = yield* this.#remote(host, `cd ${shellQuoted(file)} && ls -A`, new Uint8Array(0));
        for (const name of decode(inside.output).split("\n")) if (name !== "") good = (yield* this.#receive({ host, path: `${file}/${name}` }, `${local}/${name}`)) && good;
        continue;
      }
      const content = yield* this.#remote(host, `cat -- ${shellQuoted(file)}`, new Uint8Array(0));
      if (content.status !== 0) {
        good = false;
        continue;
      }
      try {
        const fd = yield* sys.open(local, O.WRONLY | O.CREAT | O.TRUNC, Number.parseInt(mode, 8) & ~0o022);
        yield* sys.write(fd, content.output);
        sys.close(fd);
        if (this.#preserve) {
          sys.chmod(local, Number.parseInt(mode, 8));
          sys.utimes(local, Number(seconds) * 1_000_000, Number(seconds) * 1_000_000);
        }
        yield* progress(this.#io, this.#quiet, lastComponent(file), content.output.length);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* this.#io.stderr(`scp: open local "${local}": ${error.message}\n`);
        good = false;
      }
    }
    return good;
  }

  *copy(source: Place, target: Place): Blocking<boolean> {
    if (source.host !== undefined && target.host !== undefined) {
      const local = `/tmp/scp.${this.#sys.getpid()}.${[...this.#sys.random(4)].join("")}`;
      const good = (yield* this.#receive(source, local)) && (yield* this.#send(local, target));
      if (good) this.#sys.unlink(local);
      return good;
    }
    if (source.host !== undefined) return yield* this.#receive(source, target.path);
    if (target.host !== undefined) return yield* this.#send(source.path, target);
    const pid = this.#sys.fork(function* child(own) {
      try {
        return yield* own.exec("/bin/cp", ["cp", "-r", source.path, target.path], own.environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return 127;
      }
    });
    return (yield* statusOf(this.#sys, pid)) === 0;
  }
}

export default program(
  {
    name: "scp", summary: "OpenSSH secure file copy", operands: "files", synopsis: ["[-346ABCOpqRrsTv] [-i identity_file] [-o ssh_option] [-P port] source ... target"],
    options: [flag(["-r"], "copy directories with what is in them"), flag(["-p"], "keep times and modes"), flag(["-q"], "no progress"), text(["-P"], "port", "port on the other machine"), text(["-i"], "identity_file", "private key"), text(["-o"], "ssh_option", "an option for ssh"), text(["-F"], "ssh_config", "configuration for ssh")],
  },
  function* (sys, argv, io: Io) {
    const sshArgs: string[] = [];
    const flags = new Set<string>();
    const places: string[] = [];
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (!word.startsWith("-") || word === "-") {
        places.push(word);
        continue;
      }
      for (let index = 1; index < word.length; index++) {
        const letter = word.charAt(index);
        if ("346ABCOpqRrsTv".includes(letter)) {
          flags.add(letter);
          if ("46ACv".includes(letter)) sshArgs.push(`-${letter}`);
          continue;
        }
        if (!"cDFiJloPSX".includes(letter)) {
          yield* sys.write(2, encode(`scp: unknown option -- ${letter}\n${usage}`));
          return 1;
        }
        const value = index + 1 < word.length ? word.slice(index + 1) : (argv[++at] ?? "");
        if (letter === "l" && !/^[1-9]\d*$/.test(value)) {
          yield* io.stderr(usage);
          return 1;
        }
        if (letter === "P" && (!/^\d+$/.test(value) || Number(value) < 1 || Number(value) > 65_535)) {
          yield* io.stderr(`scp: bad port "${value}"\n\r\n`);
          return 255;
        }
        if (letter === "P") sshArgs.push("-p", value);
        else if ("Fio".includes(letter)) sshArgs.push(`-${letter}`, value);
        break;
      }
    }
    const target = places.pop();
    if (target === undefined || places.length === 0) {
      yield* io.stderr(usage);
      return 1;
    }
    if (places.length > 1 && placeOf(target).host === undefined && !isDirectory(sys, target)) {
      yield* io.stderr(`${target}: ${exists(sys, target) ? "Not a directory" : "No such file or directory"}\n`);
      return 1;
    }
    if (flags.has("q")) sshArgs.push("-q");
    const copier = new Copier(sys, io, sshArgs, { recursive: flags.has("r"), preserve: flags.has("p"), quiet: flags.has("q") });
    let good = true;
    for (const place of places) if (!copier.fatal) good = (yield* copier.copy(placeOf(place), placeOf(target))) && good;
    return copier.fatal ? 255 : good ? 0 : 1;
  },
);
