// sftp: files of another machine by commands (sftp(1), 9.2).
// (More than 400 lines: one session, whose commands share its two sides.)
import { type Blocking, decode, encode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { globMatch } from "../kit/glob.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { Disconnected, type Entry, LocalSide, RemoteSide, SideError } from "../rsync/_side.ts";

const USAGE = "usage: sftp [-46AaCfNpqrv] [-B buffer_size] [-b batchfile] [-c cipher]\n          [-D sftp_server_command] [-F ssh_config] [-i identity_file]\n          [-J destination] [-l limit] [-o ssh_option] [-P port]\n          [-R num_requests] [-S program] [-s subsystem | sftp_server]\n          [-X sftp_option] destination\n";
const HELP = "Available commands:\nbye                                End\ncd path                            Go to a directory over there\nchgrp [-h] grp path                Other group for a file\nchmod [-h] mode path               Other permissions for a file\nchown [-h] own path                Other owner for a file\ncopy oldpath newpath               Copy a file over there\ncp oldpath newpath                 Copy a file over there\nexit                               End\nget [-r] remote [local]            Fetch a file\nhelp                               Show this help\nlcd path                           Go to a directory here\nlls [ls-options [path]]            List a directory here\nlmkdir path                        Make a directory here\nln [-s] oldpath newpath            Make a link over there (-s: symbolic)\nlpwd                               Tell the directory here\nls [-1afhlnrSt] [path]                List a directory over there\nlumask umask                       Permissions that new files here lack\nmkdir path                         Make a directory over there\nprogress                           Progress yes or no\nput [-r] local [remote]            Send a file\npwd                                Tell the directory over there\nquit                               End\nrename oldpath newpath             Another name for a file over there\nrm path                            Delete a file over there\nrmdir path                         Delete a directory over there\nsymlink oldpath newpath            Make a symbolic link over there\nversion                            Version of the protocol\n!command                           Run a command here\n?                                  The same as help\n";

const isDirectory = (entry: Entry): boolean => (entry.mode & S.IFMT) === S.IFDIR;

/** Without "." and "..", from the root. */
function absolute(base: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${base}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

const baseOf = (path: string): string => path.replace(/\/+$/, "").replace(/^.*\//, "");

/** What the server says, in sftp's words (draft-ietf-secsh-filexfer-02, SSH_FX_*). */
function why(error: SideError): string {
  return error.errno === "ENOENT" || error.errno === "ENOTDIR" ? "No such file or directory" : error.errno === "EACCES" || error.errno === "EPERM" ? "Permission denied" : "Failure";
}

class Session {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #far: RemoteSide;
  readonly #near: LocalSide;
  readonly #accounts: Accounts;
  #directory: string;
  #progress = true;
  readonly #quiet: boolean;

  constructor(sys: Sys, io: Io, far: RemoteSide, accounts: Accounts, directory: string, quiet: boolean) {
    this.#sys = sys;
    this.#io = io;
    this.#far = far;
    this.#near = new LocalSide(sys);
    this.#accounts = accounts;
    this.#directory = directory;
    this.#quiet = quiet;
  }

  #at(path: string): string {
    return absolute(this.#directory, path);
  }

  *#get(from: string, to: string, recursive: boolean): Blocking<boolean> {
    const entry = yield* this.#far.look(from, true);
    if (!entry) {
      yield* this.#io.stderr(`File "${from}" not found.\n`);
      return false;
    }
    if (isDirectory(entry)) {
      if (!recursive) {
        yield* this.#io.stderr(`download "${from}": not a regular file\n`);
        return false;
      }
      if (!(yield* this.#near.look(to, true))) yield* this.#near.make(to, { ...entry, mode: S.IFDIR | 0o755 });
      let good = true;
      for (const one of yield* this.#far.list(from)) good = (yield* this.#get(`${from}/${one.path}`, `${to}/${one.path}`, true)) && good;
      return good;
    }
    if (!this.#quiet) this.#io.out.put(`Fetching ${from} to ${to}\n`);
    yield* this.#near.write(to, yield* this.#far.read(from), { mode: entry.mode & 0o777 & ~0o022 });
    return true;
  }

  *#put(from: string, to: string, recursive: boolean): Blocking<boolean> {
    const entry = yield* this.#near.look(from, true);
    if (!entry) {
      yield* this.#io.stderr(`stat ${from}: No such file or directory\n`);
      return false;
    }
    if (isDirectory(entry)) {
      if (!recursive) {
        yield* this.#io.stderr(`local "${from}" is not a regular file\n`);
        return false;
      }
      if (!(yield* this.#far.look(to, true))) yield* this.#far.make(to, { ...entry, mode: S.IFDIR | 0o755 });
      let good = true;
      for (const one of yield* this.#near.list(from)) good = (yield* this.#put(`${from}/${one.path}`, `${to}/${one.path}`, true)) && good;
      return good;
    }
    if (!this.#quiet) this.#io.out.put(`Uploading ${from} to ${to}\n`);
    try {
      yield* this.#far.write(to, yield* this.#near.read(from), { mode: entry.mode & 0o777 & ~0o022 });
    } catch (error) {
      if (!(error instanceof SideError)) throw error;
      yield* this.#io.stderr(`dest open "${to}": ${why(error)}\n`);
      return false;
    }
    return true;
  }

  /** Paths that a pattern stands for on one side, sorted; a path without pattern characters is itself. */
  *#matches(side: RemoteSide | LocalSide, pattern: string): Blocking<readonly string[]> {
    if (!/[*?[]/.test(pattern)) return [pattern];
    let found = [pattern.startsWith("/") ? "/" : ""];
    for (const part of pattern.split("/").filter((one) => one !== "")) {
      const next: string[] = [];
      for (const directory of found) {
        const below = directory === "" || directory.endsWith("/") ? directory : `${directory}/`;
        if (!/[*?[]/.test(part)) {
          if (yield* side.look(below + part, true)) next.push(below + part);
          continue;
        }
        const entry = yield* side.look(directory || ".", true);
        if (!entry || !isDirectory(entry)) continue;
        for (const { path } of yield* side.list(directory || ".")) if (globMatch(part, path)) next.push(below + path);
        if (this.#sys.charge(1)) yield* this.#sys.preempt();
      }
      found = next.sort((a, b) => (a < b ? -1 : 1));
    }
    return found;
  }

  #columns(names: readonly string[]): void {
    if (names.length === 0) return;
    const width = Math.max(...names.map((name) => name.length)) + 2;
    const columns = Math.max(1, Math.floor((this.#sys.isatty(1) ? this.#sys.getWindowSize(1).cols || 80 : 80) / width));
    names.forEach((name, index) => this.#io.out.put(name.padEnd(width) + ((index + 1) % columns === 0 ? "\n" : "")));
    if (names.length % columns !== 0) this.#io.out.put("\n");
  }

  /** ls of a pattern: what it stands for, directories as they are (do_globbed_ls). */
  *#listMatches(pattern: string, flags: string): Blocking<boolean> {
    const found = yield* this.#matches(this.#far, this.#at(pattern));
    if (found.length === 0) {
      yield* this.#io.stderr(`Can't ls: "${this.#at(pattern)}" not found\n`);
      return false;
    }
    if (found.length === 1) {
      const entry = yield* this.#far.look(found[0] ?? "", true);
      if (entry && isDirectory(entry)) return (yield* this.run(`ls ${flags === "" ? "" : `-${flags} `}"${found[0]}"`)) ?? false;
    }
    const names = found.map((path) => (pattern.startsWith("/") || !path.startsWith(this.#directory) ? path : path.slice(this.#directory.length).replace(/^\//, "")));
    if (flags.includes("l")) {
      for (const [index, path] of found.entries()) {
        const entry = yield* this.#far.look(path, false);
        if (entry) this.#io.out.put(this.#line(entry, names[index] ?? path));
      }
    } else if (flags.includes("1")) for (const name of names) this.#io.out.put(`${name}\n`);
    else this.#columns(names);
    return true;
  }

  #line(entry: Entry, name: string): string {
    const type = { [S.IFDIR]: "d", [S.IFLNK]: "l", [S.IFCHR]: "c", [S.IFBLK]: "b", [S.IFIFO]: "p", [S.IFSOCK]: "s" }[entry.mode & S.IFMT] ?? "-";
    const bits = [6, 3, 0].map((shift) => `${(entry.mode >> shift) & 4 ? "r" : "-"}${(entry.mode >> shift) & 2 ? "w" : "-"}${(entry.mode >> shift) & 1 ? "x" : "-"}`).join("");
    const recent = this.#sys.clockUs("realtime") - entry.mtimeUs < 182 * 86_400e6;
    return `${type}${bits}    ? ${this.#accounts.userName(entry.uid).padEnd(8)} ${this.#accounts.groupName(entry.gid).padEnd(8)} ${String(entry.sizeBytes).padStart(8)} ${strftime(recent ? "%b %e %H:%M" : "%b %e  %Y", civilAtUs(UTC, entry.mtimeUs))} ${name}\n`;
  }

  /** False: it failed; undefined: quit. */
  *run(line: string): Blocking<boolean | undefined> {
    const trimmed = line.trim().replace(/^[-@]+/, "");
    if (trimmed === "" || trimmed.startsWith("#")) return true;
    if (trimmed.startsWith("!")) {
      const sys = this.#sys;
      yield* this.#io.out.flush();
      const shell = sys.environment.get("SHELL") || "/bin/sh";
      const pid = sys.fork(function* (own) {
        try {
          return yield* own.exec(shell, trimmed === "!" ? [shell] : [shell, "-c", trimmed.slice(1)], own.environment);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return 127;
        }
      });
      yield* sys.waitpid(pid);
      return true;
    }
    const words = [...trimmed.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
    const [command = "", ...rest] = words;
    const flags = rest.filter((word) => /^-[a-zA-Z1]+$/.test(word)).join("").replaceAll("-", "");
    const operands = rest.filter((word) => !/^-[a-zA-Z1]+$/.test(word));
    const [first, second] = operands;
    const io = this.#io;
    const need = function* (count: number): Blocking<boolean> {
      if (operands.length >= count) return true;
      yield* io.stderr(count === 2 ? `You must specify two paths after a ${command} command.\n` : `You must specify at least one path after a ${command} command.\n`);
      return false;
    };
    try {
      switch (command.toLowerCase()) {
        case "bye": case "exit": case "quit": return undefined;
        case "help": case "?": io.out.put(HELP); return true;
        case "version": io.out.put("SFTP protocol version 3\n"); return true;
        case "pwd": io.out.put(`Remote working directory: ${this.#directory}\n`); return true;
        case "lpwd": io.out.put(`Local working directory: ${this.#sys.getcwd()}\n`); return true;
        case "cd": {
          const to = this.#at(first ?? ".");
          const entry = yield* this.#far.look(to, true);
          if (!entry || !isDirectory(entry)) {
            // the server's realpath knows a name whose last part is missing
            const parent = entry ? undefined : yield* this.#far.look(this.#at(`${to}/..`), true);
            yield* io.stderr(entry ? `Can't change directory: "${to}" is not a directory\n` : parent ? "stat remote: No such file or directory\n" : `realpath ${to}: No such file\n`);
            return false;
          }
          this.#directory = to;
          return true;
        }
        case "lcd":
          try {
            this.#sys.chdir(first ?? this.#sys.environment.get("HOME") ?? "/");
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            yield* io.stderr(`Couldn't change local directory to "${first}": ${error.message}\n`);
            return false;
          }
          return true;
        case "ls": case "dir": {
          if (first !== undefined && /[*?[]/.test(first)) return yield* this.#listMatches(first, flags);
          const path = this.#at(first ?? ".");
          const entry = yield* this.#far.look(path, true);
          if (!entry) {
            yield* io.stderr(`Can't ls: "${path}" not found\n`);
            return false;
          }
          const shown = (name: string): string => (first === undefined ? name : isDirectory(entry) ? `${first.replace(/\/+$/, "")}/${name}` : first);
          const own = flags.includes("a") && isDirectory(entry) ? [{ ...entry, path: "." }, { ...((yield* this.#far.look(this.#at(`${path}/..`), true)) ?? entry), path: ".." }] : [];
          const sign = flags.includes("r") ? -1 : 1;
          const order = (a: Entry, b: Entry): number => (flags.includes("f") ? 0 : sign * (flags.includes("t") ? b.mtimeUs - a.mtimeUs : flags.includes("S") ? b.sizeBytes - a.sizeBytes : a.path < b.path ? -1 : 1));
          const entries = isDirectory(entry) ? [...own, ...(yield* this.#far.list(path))].filter((one) => flags.includes("a") || !one.path.startsWith(".")).sort(order) : [entry];
          if (flags.includes("l")) for (const one of entries) io.out.put(this.#line(one, shown(one.path)));
          else if (flags.includes("1")) for (const one of entries) io.out.put(`${shown(one.path)}\n`);
          else this.#columns(entries.map((one) => shown(one.path)));
          return true;
        }
        case "lls": return yield* this.run(`!ls ${operands.join(" ")}`);
        case "lmkdir": if (yield* need(1)) this.#sys.mkdir(first ?? "", 0o777); return true;
        case "get": case "reget": case "mget": {
          if (!(yield* need(1))) return false;
          const found = yield* this.#matches(this.#far, this.#at(first ?? ""));
          if (found.length === 0) {
            yield* io.stderr(`File "${this.#at(first ?? "")}" not found.\n`);
            return false;
          }
          const folder = second === undefined ? undefined : yield* this.#near.look(second, true);
          if (found.length > 1 && second !== undefined && !(folder && isDirectory(folder))) {
            yield* io.stderr(`Multiple paths match, but destination "${second}" is not a directory\n`);
            return false;
          }
          let good = true;
          for (const from of found) {
            good = (yield* this.#get(from, second === undefined ? baseOf(from) : folder && isDirectory(folder) ? `${second.replace(/\/+$/, "")}/${baseOf(from)}` : second, flags.toLowerCase().includes("r"))) && good;
          }
          return good;
        }
        case "put": case "reput": case "mput": {
          if (!(yield* need(1))) return false;
          const found = yield* this.#matches(this.#near, first ?? "");
          if (found.length === 0) {
            yield* io.stderr(`File "${first ?? ""}" not found.\n`);
            return false;
          }
          const to = this.#at(second ?? ".");
          const folder = yield* this.#far.look(to, true);
          if (found.length > 1 && !(folder && isDirectory(folder))) {
            yield* io.stderr(`Multiple paths match, but destination "${to}" is not a directory\n`);
            return false;
          }
          let good = true;
          for (const from of found) good = (yield* this.#put(from, folder && isDirectory(folder) ? `${to === "/" ? "" : to}/${baseOf(from)}` : to, flags.toLowerCase().includes("r"))) && good;
          return good;
        }
        case "mkdir":
          if (!(yield* need(1))) return false;
          try {
            yield* this.#far.make(this.#at(first ?? ""), { path: "", mode: S.IFDIR | 0o755, uid: 0, gid: 0, mtimeUs: 0, sizeBytes: 0, target: undefined, rdev: 0, inode: "" });
          } catch (error) {
            if (!(error instanceof SideError)) throw error;
            yield* io.stderr(`remote mkdir "${this.#at(first ?? "")}": ${why(error)}\n`);
            return false;
          }
          return true;
        case "rm": case "rmdir": {
          if (!(yield* need(1))) return false;
          if (command === "rm" && /[*?[]/.test(first ?? "")) {
            const found = yield* this.#matches(this.#far, this.#at(first ?? ""));
            if (found.length === 0) {
              if (!this.#quiet) io.out.put(`Removing ${this.#at(first ?? "")}\n`);
              yield* io.stderr(`remote delete ${this.#at(first ?? "")}: No such file or directory\n`);
              return false;
            }
            let good = true;
            for (const one of found) good = ((yield* this.run(`rm "${one}"`)) ?? false) && good;
            return good;
          }
          const path = this.#at(first ?? "");
          const entry = yield* this.#far.look(path, false);
          if (command === "rm" && !this.#quiet) io.out.put(`Removing ${path}\n`);
          const empty = !entry || !isDirectory(entry) || (yield* this.#far.list(path)).length === 0;
          const wrong = !entry ? "No such file or directory" : isDirectory(entry) !== (command === "rmdir") || !empty ? "Failure" : undefined;
          if (wrong !== undefined) {
            yield* io.stderr(command === "rm" ? `remote delete ${path}: ${wrong}\n` : `remote rmdir "${path}": ${wrong}\n`);
            return false;
          }
          yield* this.#far.remove(path, command === "rmdir");
          return true;
        }
        case "rename": case "mv":
          if (!(yield* need(2))) return false;
          yield* this.#far.rename(this.#at(first ?? ""), this.#at(second ?? ""));
          return true;
        case "ln": case "symlink": {
          if (!(yield* need(2))) return false;
          const symbolic = command === "symlink" || flags.includes("s");
          try {
            if (symbolic) yield* this.#far.make(this.#at(second ?? ""), { path: "", mode: S.IFLNK | 0o777, uid: 0, gid: 0, mtimeUs: 0, sizeBytes: 0, target: first, rdev: 0, inode: "" });
            else yield* this.#far.link(this.#at(first ?? ""), this.#at(second ?? ""));
          } catch (error) {
            if (!(error instanceof SideError)) throw error;
            yield* io.stderr(`remote ${symbolic ? "symlink" : "link"} "${symbolic ? (first ?? "") : this.#at(first ?? "")}" to "${this.#at(second ?? "")}": ${why(error)}\n`);
            return false;
          }
          return true;
        }
        case "chmod": case "chown": case "chgrp": {
          if (operands.length === 0 || !(command === "chmod" ? /^[0-7]{1,4}$/ : /^\d+$/).test(first ?? "")) {
            yield* io.stderr(`You must supply a numeric argument to the ${command} command.\n`);
            return false;
          }
          if (second === undefined) {
            yield* io.stderr(`You must specify a path after a ${command} command.\n`);
            return false;
          }
          const found = yield* this.#matches(this.#far, this.#at(second));
          let good = true;
          for (const path of found) {
            if (!this.#quiet) io.out.put(command === "chmod" ? `Changing mode on ${path}\n` : `Changing ${command === "chown" ? "owner" : "group"} on ${path}\n`);
            try {
              yield* this.#far.attributes(path, command === "chmod" ? { mode: Number.parseInt(first ?? "", 8) } : command === "chown" ? { uid: Number(first) } : { gid: Number(first) }, false);
            } catch (error) {
              if (!(error instanceof SideError)) throw error;
              yield* io.stderr(`remote setstat "${path}": ${why(error)}\n`);
              good = false;
            }
          }
          return good;
        }
        case "cp": case "copy":
          if (!(yield* need(2))) return false;
          try {
            yield* this.#far.write(this.#at(second ?? ""), yield* this.#far.read(this.#at(first ?? "")), { mode: 0o644 });
          } catch (error) {
            if (!(error instanceof SideError)) throw error;
            yield* io.stderr(`remote copy "${this.#at(first ?? "")}" to "${this.#at(second ?? "")}": ${why(error)}\n`);
            return false;
          }
          return true;
        case "lumask":
          if (!/^[0-7]{1,4}$/.test(first ?? "")) {
            yield* io.stderr("You must supply a numeric argument to the lumask command.\n");
            return false;
          }
          this.#sys.umask(Number.parseInt(first ?? "", 8));
          io.out.put(`Local umask: ${(first ?? "").padStart(3, "0")}\n`);
          return true;
        case "progress":
          this.#progress = !this.#progress;
          io.out.put(`Progress meter ${this.#progress ? "enabled" : "disabled"}\n`);
          return true;
        default:
          yield* io.stderr("Invalid command.\n");
          return false;
      }
    } catch (error) {
      if (error instanceof SideError) yield* io.stderr(`remote ${command} "${this.#at(first ?? "")}": ${why(error)}\n`);
      else if (error instanceof SysError) yield* io.stderr(`${command}: ${error.message}\n`);
      else throw error;
      return false;
    }
  }
}

function* main(sys: Sys, io: Io, argv: readonly string[]): Blocking<number> {
  const ssh: string[] = [];
  let batch: string | undefined;
  let quiet = false;
  let destination: string | undefined;
  let local: string | undefined;
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (!word.startsWith("-") || word === "-") {
      if (destination === undefined) destination = word;
      else local ??= word;
      continue;
    }
    for (let index = 1; index < word.length; index++) {
      const letter = word.charAt(index);
      if ("46AaCfNpqrv".includes(letter)) {
        if (letter === "q") quiet = true;
        if ("46ACv".includes(letter)) ssh.push(`-${letter}`);
        continue;
      }
      if (!"BbcDFiJloPRSsX".includes(letter)) {
        yield* io.stderr(`unknown option -- ${letter}\n${USAGE}`);
        return 1;
      }
      const value = index + 1 < word.length ? word.slice(index + 1) : (argv[++at] ?? "");
      if (letter === "b") {
        batch = value;
        quiet = true;
      }
      else if (letter === "P") ssh.push("-p", value);
      else if ("FiJoc".includes(letter)) ssh.push(`-${letter}`, value);
      break;
    }
  }
  if (destination === undefined) {
    yield* io.stderr(USAGE);
    return 1;
  }
  const match = /^(?:sftp:\/\/)?((?:[^@/:]+@)?[^/:]+)(?::(.*))?$/.exec(destination);
  const host = match?.[1] ?? destination, start = match?.[2];
  let script: readonly string[] | undefined;
  if (batch !== undefined) {
    ssh.push("-o", "BatchMode=yes");
    try {
      const fd = batch === "-" ? 0 : yield* sys.open(batch, O.RDONLY);
      let content = "";
      for (;;) {
        const bytes = yield* sys.read(fd, 65_536);
        if (bytes.length === 0) break;
        content += decode(bytes);
      }
      script = content.split("\n");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`${error.message} (${batch}).\n`);
      return 255;
    }
  }
  const [inRead, inWrite] = sys.pipe();
  const [outRead, outWrite] = sys.pipe();
  const pid = sys.fork(function* (own) {
    own.dup2(inRead, 0);
    own.dup2(outWrite, 1);
    for (const fd of [inRead, inWrite, outRead, outWrite]) own.close(fd);
    try {
      return yield* own.exec("/usr/bin/ssh", ["ssh", "-o", "ForwardX11=no", "-o", "ForwardAgent=no", ...ssh, "-s", host, "sftp"], own.environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 127;
    }
  });
  sys.close(inRead);
  sys.close(outWrite);
  sys.sigaction(13, "ignore");
  const far = new RemoteSide(sys, outRead, inWrite);
  try {
    // the server begins in the home directory
    const directory = yield* far.where();
    const session = new Session(sys, io, far, yield* Accounts.read(sys), start === undefined || start === "" ? directory : absolute(directory, start), quiet);
    if (!quiet && batch === undefined) yield* io.stderr(`Connected to ${host.replace(/^.*@/, "")}.\n`);
    if (start !== undefined && start !== "") {
      const entry = yield* far.look(absolute(directory, start), true);
      if (!entry) {
        yield* io.stderr(`File "${absolute(directory, start)}" not found.\n`);
        return 1;
      }
      if (!isDirectory(entry)) return (yield* session.run(`get "${absolute(directory, start)}"${local === undefined ? "" : ` "${local}"`}`)) ? 0 : 1;
    }
    const prompts = batch === undefined;
    const echoes = !prompts || !sys.isatty(0);
    for (let index = 0; ; index++) {
      yield* io.out.flush();
      if (prompts) yield* sys.write(1, encode("sftp> "));
      const line = script ? script[index] : yield* io.stdin.line();
      if (line === undefined) {
        if (prompts) io.out.put("\n");
        return 0;
      }
      if (echoes && line.trim() !== "" && !/^\s*-?@/.test(line)) io.out.put(`${prompts ? "" : "sftp> "}${line}\n`);
      const good = yield* session.run(line);
      if (good === undefined) return 0;
      if (!good && script && !/^\s*@?-/.test(line)) return 1;
    }
  } catch (error) {
    if (!(error instanceof Disconnected)) throw error;
    yield* io.out.flush();
    yield* io.stderr("Connection closed\n");
    return 255;
  } finally {
    sys.close(inWrite);
    yield* sys.waitpid(pid);
  }
}

export default program(
  {
    name: "sftp", summary: "OpenSSH secure file transfer", operands: "hosts", synopsis: ["[-46AaCfNpqrv] [-b batchfile] [-F ssh_config] [-i identity_file] [-J destination] [-o ssh_option] [-P port] destination"],
    options: [text(["-b"], "batchfile", "commands of a file, \"-\" for standard input"), text(["-P"], "port", "port on the other machine"), text(["-i"], "identity_file", "private key"), text(["-J"], "destination", "through another host"), text(["-o"], "ssh_option", "an option for ssh"), text(["-F"], "ssh_config", "configuration for ssh"), flag(["-q"], "say less"), flag(["-r"], "recurse (say it to get and put)")],
    seeAlso: ["ssh(1)", "scp(1)", "sftp-server(8)"],
  },
  function* (sys, argv, io: Io) {
    return yield* main(sys, io, argv);
  },
);
