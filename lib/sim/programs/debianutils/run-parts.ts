import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { compareBytes } from "../kit/collate.ts";
import { type Io, flag, gnu, text, texts } from "../kit/gnu.ts";
import { joinPath } from "../kit/paths.ts";
import { RegexSyntaxError, compileRegex } from "../kit/regex/compile-regex.ts";

export default gnu({
  name: "run-parts",
  project: "Debian utilities",
  version: "5.7",
  manSection: 8,
  summary: "execute all programs of a directory, one after another",
  synopsis: ["[OPTION]... DIRECTORY"],
  description: ["Runs the executable files of a directory whose names are made of letters, digits, underscores and hyphens only, in byte order."],
  options: {
    test: flag(["--test"], "only list what would be executed"),
    list: flag(["--list"], "list every file with a valid name, executable or not (not together with --test)"),
    verbose: flag(["-v", "--verbose"], "announce every script on standard error"),
    debug: flag(["-d", "--debug"], "tell on standard error what is looked at"),
    report: flag(["--report"], "put a script's name in front of what it writes, if it writes"),
    reverse: flag(["--reverse"], "from the last name to the first"),
    exitOnError: flag(["--exit-on-error"], "stop at the first script that fails"),
    stdin: flag(["--stdin"], "every script reads the whole standard input, from a copy"),
    lsbsysinit: flag(["--lsbsysinit"], "accept the names that the LSB allows for cron and init"),
    newSession: flag(["--new-session"], "each script leads a session of its own"),
    regex: text(["--regex"], "PATTERN", "run the files whose name matches the extended regular expression PATTERN"),
    umask: text(["-u", "--umask"], "UMASK", "scripts run with umask UMASK, in octal (022)"),
    arg: texts(["-a", "--arg"], "ARGUMENT", "an argument for the scripts; repeat it for more"),
    versionShort: flag(["-V"], "show the version"),
    helpShort: flag(["-h"], "show this help"),
  },
  operands: "directories",
  tryLine: () => "Try `run-parts --help' for more information.\n",
  rewrite: (args) => args.map((arg) => (arg === "-h" ? "--help" : arg === "-V" ? "--version" : arg)),
  *run({ options, operands, sys }, io: Io) {
    const [directory, extra] = operands;
    if (directory === undefined) io.usage("missing operand");
    if (extra !== undefined) io.usage("missing operand");
    if (options.list && options.test) io.usage("--list and --test can not be used together");
    sys.umask(options.umask === undefined ? 0o022 : Number.parseInt(options.umask, 8));
    let valid: (name: string) => boolean;
    if (options.regex !== undefined) {
      try {
        const regex = compileRegex(options.regex, { syntax: "ere" });
        valid = (name) => regex.test(name);
      } catch (error) {
        if (error instanceof RegexSyntaxError) io.die(`failed to compile regular expression: ${error.message}`);
        throw error;
      }
    } else if (options.lsbsysinit) {
      valid = (name) => !name.includes(".dpkg-") && (/^[a-z0-9]+$/.test(name) || /^_?([a-z0-9_.]+-)+[a-z0-9]+$/.test(name) || /^[a-zA-Z0-9_-]+$/.test(name));
    } else valid = (name) => /^[a-zA-Z0-9_-]+$/.test(name);
    let names: string[];
    try {
      names = sys.readdir(directory).map(({ name }) => name).sort(compareBytes);
    } catch (error) {
      if (error instanceof SysError) io.die(`failed to open directory ${directory}: ${error.message}`);
      throw error;
    }
    if (options.reverse) names.reverse();
    let input: Uint8Array | undefined;
    if (options.stdin) {
      const parts: number[] = [];
      for (;;) {
        const bytes = yield* io.stdin.chunk();
        if (bytes.length === 0) break;
        for (const byte of bytes) parts.push(byte);
      }
      input = Uint8Array.from(parts);
    }
    let status = 0;
    for (const name of names) {
      if (!valid(name)) continue;
      const path = joinPath(directory, name);
      if (options.debug) yield* io.stderr(`run-parts: checking ${path}\n`);
      const kind = check(sys, path);
      if (kind === "broken") yield* io.fail(`component ${path} is a broken symbolic link`);
      if (kind === "plain" && options.list) io.out.put(path + "\n");
      if (kind !== "executable") continue;
      if (options.list || options.test) {
        io.out.put(path + "\n");
        continue;
      }
      if (options.verbose) yield* io.stderr(`run-parts: executing ${path}${options.arg.map((one) => " " + one).join("")}\n`);
      const code = yield* runOne(sys, io, path, options.arg, { report: options.report, verbose: options.verbose, newSession: options.newSession, input });
      if (code !== 0) {
        status = 1;
        yield* io.warn(`${path} exited with return code ${code}`);
        if (options.exitOnError) return 1;
      }
    }
    return status || io.status;
  },
});

function check(sys: Sys, path: string): "executable" | "plain" | "other" | "broken" {
  try {
    const stat = sys.stat(path);
    if ((stat.mode & S.IFMT) !== S.IFREG) return "other";
    sys.access(path, 1);
    return "executable";
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (error.errno === "ENOENT") return "broken";
    return "plain";
  }
}

function* runOne(
  sys: Sys, io: Io, path: string, args: readonly string[],
  how: { readonly report: boolean; readonly verbose: boolean; readonly newSession: boolean; readonly input: Uint8Array | undefined },
): Blocking<number> {
  yield* io.out.flush();
  const output = how.report ? sys.pipe() : undefined;
  const source = how.input ? sys.pipe() : undefined;
  const pid = sys.fork(function* (child) {
    if (how.newSession) child.setsid();
    if (output) {
      child.dup2(output[1], 1);
      child.dup2(output[1], 2);
    }
    if (source) child.dup2(source[0], 0);
    for (const fd of [...(output ?? []), ...(source ?? [])]) child.close(fd);
    try {
      yield* child.exec(path, [path, ...args], child.environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.warn(`failed to exec ${path}: ${error.message}`);
    }
    return 1;
  });
  if (source && how.input) {
    sys.close(source[0]);
    try {
      yield* sys.write(source[1], how.input);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    sys.close(source[1]);
  }
  if (output) {
    sys.close(output[1]);
    let told = false;
    for (;;) {
      const bytes = yield* sys.read(output[0], 4096);
      if (bytes.length === 0) break;
      if (!told && !how.verbose) io.out.put(`${path}:\n`);
      told = true;
      yield* io.out.printBytes(bytes);
    }
    sys.close(output[0]);
  }
  const ended = yield* sys.waitpid(pid);
  if (ended?.status.kind === "exited") return ended.status.status;
  return ended?.status.kind === "signaled" ? 128 + ended.status.signal : 1;
}
