import { type Blocking, O, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { GetoptError, type GetoptResult, getopt } from "../kit/getopt.ts";
import { latin1, textOfLatin1 } from "../kit/latin1.ts";
import { type Io, flag, program, reason, text } from "../kit/program.ts";
import { openShellPipe, waitFor } from "../kit/shell-command.ts";
import { textWidth } from "../kit/width.ts";
import { readZone } from "../kit/zones.ts";
import { Bytes, magicKind } from "./_magic.ts";
import { textFacts, textKind } from "./_text-kind.ts";

const OPTIONS = {
  help: flag(["--help"], "show this help"),
  version: flag(["-v", "--version"], "show the version"),
  magicFile: text(["-m", "--magic-file"], "LIST", "files with magic numbers, separated by colons (accepted; the built-in tests are used)"),
  uncompress: flag(["-z", "--uncompress"], "look inside compressed files"),
  uncompressQuietly: flag(["-Z", "--uncompress-noreport"], "look inside compressed files, tell only what is inside"),
  brief: flag(["-b", "--brief"], "the kind alone, without the name"),
  exclude: text(["-e", "--exclude"], "TEST", "leave the test TEST out"),
  excludeQuiet: text(["--exclude-quiet"], "TEST", "leave the test TEST out, if there is one of that name"),
  filesFrom: text(["-f", "--files-from"], "FILE", "names come from FILE, a line each"),
  separator: text(["-F", "--separator"], "STRING", "write this after a name, instead of a colon"),
  mime: flag(["-i", "--mime"], "--mime-type and --mime-encoding together"),
  extension: flag(["--extension"], "endings of file names of this type, separated by slashes"),
  mimeType: flag(["--mime-type"], "type as in text/plain"),
  mimeEncoding: flag(["--mime-encoding"], "encoding as in us-ascii or binary"),
  keepGoing: flag(["-k", "--keep-going"], "every kind that fits, not only the first"),
  dereference: flag(["-L", "--dereference"], "examine the target of a symbolic link (as without options when POSIXLY_CORRECT is set)"),
  noDereference: flag(["-h", "--no-dereference"], "report a symbolic link as a link (as without options unless POSIXLY_CORRECT is set)"),
  noBuffer: flag(["-n", "--no-buffer"], "write every answer at once"),
  noPad: flag(["-N", "--no-pad"], "no blanks to align the kinds"),
  print0: flag(["-0", "--print0"], "NUL after every name"),
  preserveDate: flag(["-p", "--preserve-date"], "files keep their time of last reading"),
  parameter: text(["-P", "--parameter"], "NAME=VALUE", "a limit of the search, as name=value"),
  raw: flag(["-r", "--raw"], "characters that cannot be shown go out unchanged"),
  specialFiles: flag(["-s", "--special-files"], "look into device files as well"),
  noSandbox: flag(["-S", "--no-sandbox"], "without the filter of system calls (seccomp)"),
  exitOnError: flag(["-E"], "exit with an error when a file cannot be looked at"),
};

const spec = {
  name: "file",
  summary: "tell what kind of data a file holds",
  synopsis: ["[OPTION...] [FILE...]"],
  description: ["Each FILE is looked at in three ways: by its entry in the file system, by signatures in its contents, and as text: its encoding and its language."],
  options: Object.values(OPTIONS),
  operands: "files",
} as const;

const USAGE = "Usage: file [-bcCdEhikLlNnprsSvzZ0] [--apple] [--extension] [--mime-encoding]\n            [--mime-type] [-e <testname>] [-F <separator>]  [-f <namefile>]\n" +
  "            [-m <magicfiles>] [-P <parameter=value>] [--exclude-quiet]\n            <file> ...\n       file -C [-m <magicfiles>]\n       file [--help]\n";

const READ_BYTES = 69_632;

interface Answer {
  readonly text: string;
  readonly mime: string;
  readonly charset: string;
  readonly extensions?: string;
  readonly failed?: boolean;
}

export default program(spec, function* (sys, argv, io: Io) {
  const called = (argv[0] ?? "file").split("/").at(-1) ?? "file";
  let parsed: GetoptResult<keyof typeof OPTIONS>;
  try {
    parsed = getopt(new Map(Object.entries(OPTIONS) as [keyof typeof OPTIONS, (typeof OPTIONS)["help"]][]), argv.slice(1));
  } catch (error) {
    if (!(error instanceof GetoptError)) throw error;
    yield* io.stderr(`${called}: ${error.message}\n${USAGE}`);
    return 1;
  }
  const on = new Set(parsed.given.map((one) => one.option));
  const argument = (option: keyof typeof OPTIONS): string | undefined => parsed.given.findLast((one) => one.option === option)?.argument;
  if (on.has("help")) {
    io.out.put("Usage: file [OPTION...] [FILE...]\nDetermine type of FILEs.\n\n" + Object.values(OPTIONS).map((option) => `      ${option.names.join(", ")}${option.argument === undefined ? "" : " " + option.argument}\n            ${option.help}\n`).join(""));
    return 0;
  }
  if (on.has("version")) {
    io.out.put("file-5.44\nmagic file from /etc/magic:/usr/share/misc/magic\n");
    return 0;
  }
  const names = [...parsed.operands];
  const list = argument("filesFrom");
  let listed = 0;
  if (list !== undefined) {
    try {
      const input = yield* io.open(list);
      const lines = (yield* input.all()).split("\n").filter((line) => line !== "").map(textOfLatin1);
      listed = lines.length;
      names.unshift(...lines);
      io.close(input);
    } catch (error) {
      yield* io.stderr(`${called}: Cannot open \`${list}' (${reason(error)})\n`);
      return 1;
    }
  }
  if (names.length === 0) {
    yield* io.stderr(USAGE);
    return 1;
  }
  const follow = parsed.given.findLast((one) => one.option === "dereference" || one.option === "noDereference")?.option === "dereference" ||
    (!on.has("noDereference") && sys.environment.has("POSIXLY_CORRECT"));
  const separator = argument("separator") ?? ":";
  const shownName = (name: string): string => (name === "-" ? "/dev/stdin" : name);
  // Names of a list and operands are aligned each by themselves.
  const [widestListed, widestOperand] = [names.slice(0, listed), names.slice(listed)].map((group) => Math.max(0, ...group.map((name) => textWidth(shownName(name)))));
  const nuls = parsed.given.filter((one) => one.option === "print0").length;
  const zone = yield* readZone(sys);
  let status = 0;
  for (const [index, name] of names.entries()) {
    const widest = (index < listed ? widestListed : widestOperand) ?? 0;
    const answer = yield* examine(name, { follow, special: on.has("specialFiles"), exitOnError: on.has("exitOnError"), inside: on.has("uncompressQuietly") ? "alone" : on.has("uncompress") ? "both" : undefined }, sys, zone);
    if (answer.failed) status = on.has("exitOnError") ? 1 : status;
    let shown = answer.text;
    if (!answer.failed) {
      if (on.has("mime") || (on.has("mimeType") && on.has("mimeEncoding"))) shown = answer.charset === "" ? answer.mime : `${answer.mime}; charset=${answer.charset}`;
      else if (on.has("mimeType")) shown = answer.mime;
      else if (on.has("mimeEncoding")) shown = answer.charset;
      else if (on.has("extension")) shown = answer.extensions ?? "???";
    }
    if (!on.has("brief")) {
      const label = shownName(name);
      const padding = on.has("noPad") ? "" : " ".repeat(widest - textWidth(label));
      io.out.put(nuls > 1 ? `${label}\0` : nuls === 1 ? `${label}\0${separator} ${padding}` : `${label}${separator} ${padding}`);
    }
    io.out.put(shown + (nuls > 1 ? "\0" : "\n"));
    if (io.out.full) yield* io.out.flush();
    if (sys.charge(100)) yield* sys.preempt();
  }
  return status;
});

const inode = (text: string, mime: string): Answer => ({ text, mime: `inode/${mime}`, charset: "binary" });

function bits(stat: Stat): string {
  return ((stat.mode & S.ISUID) !== 0 ? "setuid, " : "") + ((stat.mode & S.ISGID) !== 0 ? "setgid, " : "") + ((stat.mode & S.ISVTX) !== 0 ? "sticky, " : "");
}

function* examine(
  name: string, how: { readonly follow: boolean; readonly special: boolean; readonly exitOnError: boolean; readonly inside: "both" | "alone" | undefined }, sys: Sys, zone: Parameters<typeof magicKind>[3],
): Blocking<Answer> {
  let stat: Stat;
  try {
    stat = name === "-" ? sys.fstat(0) : how.follow ? sys.stat(name) : sys.lstat(name);
  } catch (error) {
    const why = reason(error);
    if (how.exitOnError) return { text: `ERROR: cannot stat \`${name}' (${why})`, mime: "", charset: "", failed: true };
    return { text: `cannot open \`${name}' (${why})`, mime: "", charset: "", failed: true };
  }
  let prefix = bits(stat);
  switch (stat.mode & S.IFMT) {
    case S.IFDIR: return inode(prefix + "directory", "directory");
    case S.IFCHR: if (!how.special && name !== "-") return inode(`${prefix}character special (${Math.floor(stat.rdev / 256)}/${stat.rdev % 256})`, "chardevice"); break;
    case S.IFBLK: if (!how.special && name !== "-") return inode(`${prefix}block special (${Math.floor(stat.rdev / 256)}/${stat.rdev % 256})`, "blockdevice"); break;
    case S.IFIFO: if (name !== "-") return inode(prefix + "fifo (named pipe)", "fifo"); break;
    case S.IFSOCK: return inode(prefix + "socket", "socket");
    case S.IFLNK: {
      const target = sys.readlink(name);
      try {
        sys.stat(name);
        return inode(`${prefix}symbolic link to ${target}`, "symlink");
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return { text: `${prefix}broken symbolic link to ${target}`, mime: "inode/symlink", charset: "" };
      }
    }
    default:
  }
  let head = "";
  let tail = "";
  try {
    const fd = name === "-" ? 0 : yield* sys.open(name, O.RDONLY | O.NONBLOCK);
    while (head.length < READ_BYTES) {
      const bytes = yield* sys.read(fd, READ_BYTES - head.length);
      if (bytes.length === 0) break;
      head += latin1(bytes);
    }
    if ((stat.mode & S.IFMT) === S.IFREG && name !== "-" && stat.sizeBytes > head.length) tail = latin1(yield* sys.pread(fd, 16, stat.sizeBytes - 16));
    if (name !== "-") sys.close(fd);
  } catch (error) {
    const why = reason(error);
    if (why === "Permission denied") return { text: `${prefix}regular file, no read permission`, mime: "application/octet-stream", charset: "binary" };
    return { text: `cannot open \`${name}' (${why})`, mime: "", charset: "", failed: true };
  }
  if ((stat.mode & S.IFMT) === S.IFREG && prefix !== "") prefix = `${prefix.slice(0, -2)} `;
  if (how.inside !== undefined && name !== "-") {
    const contents = yield* unpacked(sys, head, name);
    if (contents !== undefined) {
      const inner = kindOf(contents, contents.length, "", true, "", zone);
      if (how.inside === "alone") return inner;
      const outer = kindOf(head, 0, "", true, "", zone);
      return { ...inner, text: `${inner.text} (${outer.text})`, mime: inner.mime, charset: `${inner.charset} compressed-encoding=${outer.mime}; charset=binary` };
    }
  }
  return kindOf(head, stat.sizeBytes, tail, (stat.mode & S.IFMT) !== S.IFREG, prefix, zone);
}

const UNPACKERS: readonly (readonly [signature: string, command: string])[] = [["\x1f\x8b", "gzip -cd"], ["BZh", "bzip2 -cd"], ["\xfd7zXZ\0", "xz -cd"], ["\x28\xb5\x2f\xfd", "zstd -qcd"]];

/** The beginning of what is compressed in it; undefined when it is not compressed. */
function* unpacked(sys: Sys, head: string, name: string): Blocking<string | undefined> {
  const command = UNPACKERS.find(([signature]) => head.startsWith(signature))?.[1];
  if (command === undefined) return undefined;
  const { pid, fd } = openShellPipe(sys, `${command} < '${name.replaceAll("'", "'\\''")}' 2>/dev/null`, "r");
  let text = "";
  while (text.length < READ_BYTES) {
    const bytes = yield* sys.read(fd, READ_BYTES - text.length);
    if (bytes.length === 0) break;
    text += latin1(bytes);
  }
  sys.close(fd);
  yield* waitFor(sys, pid);
  return text;
}

/** The kind by the contents. */
function kindOf(head: string, sizeBytes: number, tail: string, special: boolean, prefix: string, zone: Parameters<typeof magicKind>[3]): Answer {
  if (head === "") return { text: prefix + "empty", mime: "inode/x-empty", charset: "binary" };
  if (head.length === 1) return { text: `${prefix}very short file (no magic)`, mime: "application/octet-stream", charset: "binary" };
  const found = magicKind(new Bytes(head), special ? 0 : sizeBytes, new Bytes(tail === "" ? head : tail), zone);
  if (found) return { text: prefix + found.text, mime: found.mime, charset: "binary", ...(found.extensions !== undefined && { extensions: found.extensions }) };
  const facts = textFacts(head);
  if (!facts) return { text: prefix + "data", mime: "application/octet-stream", charset: "binary" };
  const language = textKind(head);
  const base = facts.encoding.startsWith("Unicode") || facts.encoding === "ASCII" || facts.encoding.startsWith("ISO") || facts.encoding.startsWith("Non") ? `${facts.encoding} text` : facts.encoding;
  if (!language) return { text: prefix + base + facts.details, mime: "text/plain", charset: facts.charset };
  const described = language.alone ? language.text : `${language.text}, ${base}${language.executable ? " executable" : ""}${facts.details}`;
  return { text: prefix + described, mime: language.mime, charset: facts.charset, ...(language.extensions !== undefined && { extensions: language.extensions }) };
}
