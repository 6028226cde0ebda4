// tar 1.34: the operations. Arguments are read in _arguments.ts and _settings.ts; archives in _archive.ts and _header.ts.

import { type Blocking, O, S, SysError } from "../../kernel/sys.ts";
import { helpText } from "../kit/help-text.ts";
import { versionText } from "../kit/gnu.ts";
import { type Io, program } from "../kit/program.ts";
import { latin1OfText, textOfLatin1 } from "../kit/latin1.ts";
import { WriteError } from "../kit/output.ts";
import { ArchiveReader, ArchiveWriter } from "./_archive.ts";
import { Fatal, OPTIONS, parseArguments, Quiet, UsageError } from "./_arguments.ts";
import { Checkpoints } from "./_checkpoint.ts";
import { Creator } from "./_create.ts";
import { checkLabel, Extractor, Selection } from "./_extract.ts";
import { BLOCK, labelBlocks } from "./_header.ts";
import { type DumpedDirectory, Incremental } from "./_incremental.ts";
import { transferred } from "./_listing.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { type NameArgument, readSettings, recordSize, type Settings } from "./_settings.ts";

const declaration = {
  name: "tar",
  summary: "an archiving utility",
  synopsis: ["{-A|-c|-d|-r|-t|-u|-x} [OPTION...] [FILE]..."],
  description: ["Stores files in an archive, lists an archive and extracts files from it. The letters may be given without a dash, their arguments following in order."],
  options: OPTIONS,
  operands: "files",
  exitStatuses: [["0", "success"], ["1", "some files differ or changed"], ["2", "a fatal error"]],
} as const;

export default program({ ...declaration, path: "/bin/tar", usageStatus: 2, failureStatus: 2 }, function* (_, argv, io) {
  let settings: Settings;
  try {
    const args = [...parseArguments(optionWords(io.sys.environment.get("TAR_OPTIONS") ?? "")), ...parseArguments(argv.slice(1))];
    if (args.some((arg) => arg.option === "-?" || arg.option === "--usage")) {
      io.out.put(helpText(declaration, io.argv0, io.helpDomain));
      return 0;
    }
    if (args.some((arg) => arg.option === "--version")) {
      io.out.put(versionText("tar", "GNU tar", "1.34", io.helpDomain));
      return 0;
    }
    if (args.some((arg) => arg.option === "--show-defaults")) {
      io.out.put("--format=gnu -f- -b20 --quoting-style=escape --rmt-command=/usr/sbin/rmt --rsh-command=/usr/bin/rsh\n");
      return 0;
    }
    if (args.some((arg) => arg.option === "--show-snapshot-field-ranges")) {
      io.out.put(FIELD_RANGES);
      return 0;
    }
    settings = yield* readSettings(args, io);
    if (settings.operation === "create" && settings.names.length === 0 && !settings.has("-T")) throw new UsageError("Cowardly refusing to create an empty archive", 2);
  } catch (error) {
    if (error instanceof UsageError) return yield* usage(error, io);
    if (error instanceof Fatal) return yield* fatal(error, io);
    if (error instanceof Quiet) return error.status;
    throw error;
  }
  try {
    yield* openIndex(settings, io);
    const differs = yield* operate(settings, io);
    if (io.status !== 0) yield* io.warn("Exiting with failure status due to previous errors");
    return io.status !== 0 ? io.status : differs ? 1 : 0;
  } catch (error) {
    if (error instanceof UsageError) return yield* usage(error, io);
    if (error instanceof Fatal) return yield* fatal(error, io);
    if (error instanceof Quiet) return error.status;
    if (error instanceof WriteError && settings.archive !== "-") return yield* fatal(new Fatal(`${settings.archive}: Cannot write: ${error.message}`), io);
    throw error;
  }
});

/** The words of TAR_OPTIONS: blanks part them, quotes and backslashes keep them together. */
function optionWords(text: string): string[] {
  const words: string[] = [];
  for (const [word] of text.matchAll(/(?:\\.|'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"\\])+/gs)) words.push(word.replace(/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gs, (_, single?: string, double?: string, one?: string) => single ?? double?.replace(/\\(.)/gs, "$1") ?? one ?? ""));
  return words;
}

/** incremen.c: what a snapshot file may hold */
const FIELD_RANGES = `This tar's snapshot file field ranges are
   (field name      => [ min, max ]):

    nfs             => [ 0, 1 ],
    timestamp_sec   => [ -9223372036854775808, 9223372036854775807 ],
    timestamp_nsec  => [ 0, 999999999 ],
    dev             => [ 0, 18446744073709551615 ],
    ino             => [ 0, 18446744073709551615 ],
`;

function* usage(error: UsageError, io: Io): Blocking<number> {
  yield* io.warn(error.message);
  if (error.refused) io.sys.observe({ kind: "unsimulated", command: "tar", detail: error.message });
  else yield* io.stderr(`Try '${io.argv0} --help' or '${io.argv0} --usage' for more information.\n`);
  return error.status;
}

function* fatal(error: Fatal, io: Io): Blocking<number> {
  if (error.message !== "") yield* io.warn(error.message);
  yield* io.warn("Error is not recoverable: exiting now");
  return 2;
}

/** --index-file: what would be listed on standard output goes there. */
function* openIndex(settings: Settings, io: Io): Blocking<void> {
  const index = settings.value("--index-file");
  if (index === undefined || settings.archive === "-" || settings.has("-O")) return;
  try {
    const fd = yield* io.sys.open(index, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
    io.sys.dup2(fd, 1);
    io.sys.close(fd);
  } catch (error) {
    if (error instanceof SysError) throw new Fatal(`${index}: Cannot open: ${error.message}`);
    throw error;
  }
}

/** True when -d found differences. */
function* operate(settings: Settings, io: Io): Blocking<boolean> {
  switch (settings.operation) {
    case "create":
      yield* create(settings, io, yield* ArchiveWriter.open(io, settings.archive, settings.filter, recordBytes(settings)));
      if (settings.has("-W") && io.status === 0) yield* verify(settings, io);
      return false;
    case "label":
      yield* testLabel(settings, io);
      return false;
    case "append":
    case "update":
    case "catenate":
      yield* append(settings, io);
      return false;
    case "delete":
      yield* remove(settings, io);
      return false;
    default: {
      const reader = yield* ArchiveReader.open(io, settings.archive, settings.filter);
      const checkpoints = checkpointsOf(settings, io);
      if (checkpoints) reader.onRecord = () => checkpoints.record(io, false, reader.position);
      const startUs = io.sys.clockUs("monotonic");
      const extractor = new Extractor(io, settings, reader);
      yield* extractor.run();
      yield* reader.close();
      if (settings.has("--totals")) yield* io.stderr(`Total bytes read: ${transferred(Math.ceil(reader.position / recordBytes(settings)) * recordBytes(settings), io.sys.clockUs("monotonic") - startUs)}\n`);
      return extractor.differs;
    }
  }
}

function recordBytes(settings: Settings): number {
  const size = settings.value("--record-size");
  return size !== undefined ? recordSize(size) : Number(settings.value("-b") ?? 20) * BLOCK;
}

function checkpointsOf(settings: Settings, io: Io): Checkpoints | undefined {
  if (!settings.has("--checkpoint") && !settings.has("--checkpoint-action")) return undefined;
  const operation = ["-c", "-r", "-u", "-A", "-t", "-x", "-d", "--delete"].find((option) => settings.has(option)) ?? "";
  return new Checkpoints(io, settings.value("--checkpoint") ?? "", settings.checkpointActions, { archive: settings.archive, format: settings.format, operation, blockingFactor: recordBytes(settings) / BLOCK });
}

/** -W: the archive is read again beside the files. */
function* verify(settings: Settings, io: Io): Blocking<void> {
  const reader = yield* ArchiveReader.open(io, settings.archive, settings.filter);
  const extractor = new Extractor(io, { ...settings, operation: "diff", names: [] }, reader, "Verify ");
  yield* extractor.run();
  yield* reader.close();
}

function* testLabel(settings: Settings, io: Io): Blocking<void> {
  const reader = yield* ArchiveReader.open(io, settings.archive, settings.filter);
  const first = yield* reader.next(false);
  const label = first?.type === "label" ? textOfLatin1(first.name) : undefined;
  const asked = settings.names.map(({ name }) => name);
  if (label !== undefined && (asked.length === 0 || settings.verbose > 0)) io.out.put(`${label}\n`);
  if (asked.length === 0 || (label !== undefined && asked.some((name) => name === label || (settings.has("--wildcards") && compileFnmatch(name, { leadingDirectory: false, ignoreCase: false })(label))))) return;
  if (settings.verbose > 0) yield* io.warn("Archive label mismatch");
  throw new Quiet(1);
}

function* create(settings: Settings, io: Io, writer: ArchiveWriter): Blocking<void> {
  const snapshot = settings.value("-g");
  const incremental = snapshot === undefined && !settings.has("-G") ? undefined : yield* Incremental.open(io, snapshot, settings.value("--level") === "0");
  const creator = new Creator(io, settings, writer, incremental);
  const start = writer.written;
  const startUs = io.sys.clockUs("monotonic");
  const checkpoints = checkpointsOf(settings, io);
  if (checkpoints) writer.onRecord = (written) => checkpoints.record(io, true, written);
  const label = settings.value("-V");
  if (label !== undefined && settings.operation === "create") {
    if (settings.verbose > 0) yield* io.out.print(`${settings.has("-R") ? "block 0: " : ""}${label}\n`);
    for (const block of labelBlocks(latin1OfText(label), io.sys.clockUs("realtime"), settings.format, io.sys.getpid())) yield* writer.write(block);
  }
  // the directories first, and then what is in them
  const later: { readonly files: readonly string[]; readonly from: NameArgument; readonly isNamed: boolean }[] = [];
  const found: { readonly directory: DumpedDirectory; readonly from: NameArgument }[] = [];
  yield* inDirectories(settings.names, io, function* (from) {
    const { name, excluded } = from;
    if (incremental === undefined || !isDirectory(io, name) || excluded(name)) {
      if (incremental === undefined) yield* creator.operand(name, excluded);
      else later.push({ files: [name], from, isNamed: true });
    } else {
      const options = { verbose: settings.verbose > 0, recursive: !settings.has("--no-recursion"), oneFileSystem: settings.has("--one-file-system"), excluded };
      for (const directory of yield* incremental.scan(name, options)) found.push({ directory, from });
    }
    yield* creator.tell();
  });
  for (const { directory, from } of found) {
    yield* inDirectories([from], io, function* () {
      yield* creator.dumped(directory);
      yield* creator.tell();
    });
    later.push({ files: directory.files, from, isNamed: false });
  }
  for (const { files, from, isNamed } of later) {
    yield* inDirectories([from], io, function* () {
      for (const file of files) {
        yield* creator.operand(file, from.excluded, isNamed);
        yield* creator.tell();
      }
    });
  }
  yield* writer.finish();
  if (incremental) yield* incremental.save();
  if (settings.has("--totals")) {
    const bytes = writer.written - start;
    yield* io.stderr(`Total bytes written: ${transferred(bytes, io.sys.clockUs("monotonic") - startUs)}\n`);
  }
}

function isDirectory(io: Io, path: string): boolean {
  try {
    return (io.sys.lstat(path).mode & S.IFMT) === S.IFDIR;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** Runs `body` for each name in the directory that its -C options lead to. */
function* inDirectories(names: readonly NameArgument[], io: Io, body: (name: NameArgument) => Blocking<void>): Blocking<void> {
  const { sys } = io;
  const home = sys.getcwd();
  let at: readonly string[] = [];
  for (const name of names) {
    const { directories } = name;
    if (directories !== at) {
      sys.chdir(home);
      for (const directory of directories) {
        try {
          sys.chdir(directory);
        } catch (error) {
          if (error instanceof SysError) throw new Fatal(`${directory}: Cannot open: ${error.message}`);
          throw error;
        }
      }
      at = directories;
    }
    yield* body(name);
  }
  sys.chdir(home);
}

/** -r, -u, -A: the end of the archive is found by reading it. */
function* append(settings: Settings, io: Io): Blocking<void> {
  if (settings.filter !== undefined) throw new UsageError("Cannot update compressed archives", 2);
  let end = 0;
  let names = settings.names;
  let isLabelled = false;
  if (exists(io, settings.archive)) {
    const reader = yield* ArchiveReader.open(io, settings.archive, undefined);
    for (;;) {
      const member = yield* reader.next(false);
      if (!member) break;
      if (end === 0 && !isLabelled) checkLabel(settings, io, member.type === "label" ? textOfLatin1(member.name) : undefined);
      isLabelled = true;
      if (settings.operation === "update") names = stillWanted(names, textOfLatin1(member.name).replace(/(.)\/+$/, "$1"), Math.floor(member.mtimeUs / 1e6), io);
      yield* reader.data(member.sizeBytes, undefined);
      end = reader.position;
    }
    yield* reader.close();
  }
  const writer = yield* ArchiveWriter.append(io, settings.archive, end);
  if (settings.operation !== "catenate") {
    yield* create({ ...settings, names }, io, writer);
    return;
  }
  for (const { name } of settings.names) {
    if (exists(io, name)) yield* copyMembers(io, name, writer, () => true);
    else yield* io.fail(`${name}: Cannot open: No such file or directory`);
  }
  yield* writer.finish();
}

/** -u: a member that is a directory stands for what is in it; one whose file is not newer drops the operand that it belongs to (update.c). */
function stillWanted(names: readonly NameArgument[], member: string, mtime: number, io: Io): readonly NameArgument[] {
  const at = names.findIndex(({ name }) => name.replace(/(.)\/+$/, "$1") === member || member.startsWith(`${name.replace(/\/+$/, "")}/`));
  const operand = names[at];
  if (operand === undefined) return names;
  try {
    const facts = io.sys.stat(member);
    const rest = names.filter((one) => one !== operand);
    if ((facts.mode & S.IFMT) === S.IFDIR) return [...rest, ...io.sys.readdir(member).map((entry) => ({ ...operand, name: `${member}/${entry.name}` }))];
    return Math.floor(facts.mtimeUs / 1e6) <= mtime ? rest : names;
  } catch (error) {
    if (error instanceof SysError) return names;
    throw error;
  }
}

function exists(io: Io, path: string): boolean {
  try {
    io.sys.stat(path);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** Copies the blocks of members from one archive to another. */
function* copyMembers(io: Io, archive: string, writer: ArchiveWriter, keep: (name: string) => boolean): Blocking<void> {
  const { sys } = io;
  const reader = yield* ArchiveReader.open(io, archive, undefined);
  const fd = yield* sys.open(archive, O.RDONLY | O.CLOEXEC);
  for (;;) {
    const member = yield* reader.next(false);
    if (!member) break;
    const start = reader.memberStart;
    yield* reader.data(member.sizeBytes, undefined);
    if (!keep(member.name)) continue;
    for (let at = start; at < reader.position; ) {
      const bytes = yield* sys.pread(fd, Math.min(65536, reader.position - at), at);
      if (bytes.length === 0) break;
      yield* writer.write(bytes);
      at += bytes.length;
    }
  }
  sys.close(fd);
  yield* reader.close();
}

function* remove(settings: Settings, io: Io): Blocking<void> {
  const { sys } = io;
  const selection = new Selection(settings);
  const temporary = `${settings.archive}.delete~`;
  const writer = yield* ArchiveWriter.open(io, temporary, undefined);
  yield* copyMembers(io, settings.archive, writer, (name) => selection.choose(name) === undefined);
  yield* writer.finish();
  sys.rename(temporary, settings.archive);
  yield* selection.complain(io);
}
