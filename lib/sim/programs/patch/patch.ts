// patch 2.7.6: which file each diff belongs to, questions, backups, rejects. Parsing is in _parse.ts, the placing of hunks in _apply.ts.
// (More than 400 lines: finding the file, placing a hunk and what is said of it share the state of one patch.)

import { type Blocking, daysFromCivil, decode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { type Call, flag, gnu, type Io, reason, text, unsimulated } from "../kit/gnu.ts";
import { Exit } from "../kit/io.ts";
import { bytesOfLatin1, latin1OfText, textOfLatin1 } from "../kit/latin1.ts";
import { applyEd, type Applied, type Failed, reverseHunk, Target } from "./_apply.ts";
import { type FilePatch, type Hunk, PatchReader } from "./_parse.ts";

const options = {
  strip: text(["-p", "--strip"], "NUM", "leave out NUM leading components of names"),
  fuzz: text(["-F", "--fuzz"], "LINES", "how many context lines may differ (2)"),
  ignoreSpace: flag(["-l", "--ignore-whitespace"], "how many blanks does not matter"),
  context: flag(["-c", "--context"], "PATCHFILE is a context diff"),
  ed: flag(["-e", "--ed"], "PATCHFILE is a script for ed"),
  normal: flag(["-n", "--normal"], "PATCHFILE is a normal diff"),
  unified: flag(["-u", "--unified"], "PATCHFILE is a unified diff"),
  forward: flag(["-N", "--forward"], "leave out patches that are applied already"),
  reverse: flag(["-R", "--reverse"], "take old and new the other way round"),
  input: text(["-i", "--input"], "PATCHFILE", "the patch is in PATCHFILE"),
  output: text(["-o", "--output"], "FILE", "write the result to FILE"),
  rejectFile: text(["-r", "--reject-file"], "FILE", "write rejects to FILE"),
  ifdef: text(["-D", "--ifdef"], "NAME", "merge with #ifdef NAME"),
  removeEmpty: flag(["-E", "--remove-empty-files"], "remove files that become empty"),
  setUtc: flag(["-Z", "--set-utc"], "set times from the patch"),
  setTime: flag(["-T", "--set-time"], "set times from the patch, local time"),
  quotingStyle: text(["--quoting-style"], "WORD", "how names are quoted"),
  backup: flag(["-b", "--backup"], "keep the old file"),
  backupIfMismatch: flag(["--backup-if-mismatch"], "a backup only of files that the patch does not match exactly"),
  noBackupIfMismatch: flag(["--no-backup-if-mismatch"], "keep it only when asked"),
  versionControl: text(["-V", "--version-control"], "STYLE", "how backups are named: simple, numbered, existing"),
  prefix: text(["-B", "--prefix"], "PREFIX", "put PREFIX before names of backups"),
  basenamePrefix: text(["-Y", "--basename-prefix"], "PREFIX", "put PREFIX before base names of backups"),
  suffix: text(["-z", "--suffix"], "SUFFIX", "put SUFFIX behind names of backups (.orig)"),
  get: text(["-g", "--get"], "NUM", "no effect"),
  merge: unsimulated(["--merge"], "put what does not fit into the file, in brackets", "conflicts are not merged into the file: rejects are saved"),
  batch: flag(["-t", "--batch"], "ask nothing, leave out bad patches"),
  force: flag(["-f", "--force"], "ask nothing, apply anyway"),
  quiet: flag(["-s", "--quiet", "--silent"], "say nothing but errors"),
  verbose: flag(["--verbose"], "say more"),
  dryRun: flag(["--dry-run"], "change nothing"),
  posix: flag(["--posix"], "as POSIX says"),
  directory: text(["-d", "--directory"], "DIR", "change to DIR first"),
  rejectFormat: text(["--reject-format"], "FORMAT", "context or unified"),
  binary: flag(["--binary"], "keep carriage returns at line ends"),
  readOnly: text(["--read-only"], "BEHAVIOR", "what to do with files without write permission: ignore, warn, fail"),
  followSymlinks: flag(["--follow-symlinks"], "patch what links point to"),
  versionShort: flag(["-v"], "print the version"),
};

type Options = Call<typeof options>["options"];

export default gnu({
  name: "patch",
  project: "GNU patch",
  version: "2.7.6",
  versionText: "GNU patch 2.7.6\n",
  summary: "change files as a diff says",
  synopsis: ["[OPTION]... [ORIGFILE [PATCHFILE]]"],
  description: ["Reads diffs (from standard input or PATCHFILE) and makes the changes in the files they name, or in ORIGFILE."],
  options,
  operands: "files",
  usageStatus: 2,
  failureStatus: 2,
  tryLine: (argv0) => `${argv0}: Try '${argv0} --help' for more information.\n`,
  exitStatuses: [["0", "all hunks were applied"], ["1", "some hunks were not"], ["2", "trouble"]],
  rewrite: (args) => args.map((arg) => (arg === "-v" ? "--version" : arg)),
  *run({ options: chosen, operands, sys }, io) {
    for (const [value, what] of [[chosen.strip, "strip count"], [chosen.fuzz, "fuzz factor"], [chosen.get, "get option value"]] as const) {
      if (value !== undefined && !/^\d+$/.test(value)) fatal(io, `${what} ${value} is not a number`);
    }
    if (chosen.versionControl !== undefined && !VERSION_CONTROL.flat().some((word) => word.startsWith(chosen.versionControl ?? ""))) {
      yield* io.warn(`invalid argument '${chosen.versionControl}' for '--version-control or -V option'\nValid arguments are:\n${VERSION_CONTROL.map((words) => `  - ${words.map((word) => `'${word}'`).join(", ")}`).join("\n")}`);
      return 2;
    }
    if (chosen.rejectFormat !== undefined && chosen.rejectFormat !== "context" && chosen.rejectFormat !== "unified") return io.usage();
    if (chosen.readOnly !== undefined && !["ignore", "warn", "fail"].includes(chosen.readOnly)) return io.usage();
    if (chosen.basenamePrefix === "") fatal(io, "backup basename prefix is empty");
    const [original, patchFile, extra] = operands;
    if (extra !== undefined) io.usage(`${extra}: extra operand`);
    if (chosen.directory !== undefined) {
      try {
        sys.chdir(chosen.directory);
      } catch (error) {
        fatal(io, `Can't change to directory ${chosen.directory} : ${reason(error)}`);
      }
    }
    const source = chosen.input ?? patchFile ?? "-";
    let content = "";
    try {
      const input = yield* io.open(source);
      content = yield* input.all();
      io.close(input);
    } catch (error) {
      fatal(io, `Can't open patch file ${source} : ${reason(error)}`);
    }
    const session = new Session(io, chosen, original);
    return yield* session.run(new PatchReader(content, chosen.binary));
  },
});

const VERSION_CONTROL = [["none", "off"], ["simple", "never"], ["existing", "nil"], ["numbered", "t"]] as const;

function fatal(io: Io, message: string): never {
  return io.die(`**** ${message}`, 2);
}

class Session {
  readonly #io: Io;
  readonly #chosen: Options;
  readonly #original: string | undefined;
  #failed = false;
  readonly #backedUp = new Set<string>();

  constructor(io: Io, chosen: Options, original: string | undefined) {
    this.#io = io;
    this.#chosen = chosen;
    this.#original = original;
  }

  #say(line: string): void {
    if (!this.#chosen.quiet) this.#insist(line);
  }

  /** What -s does not silence. When the result goes to standard output, all that is said goes to standard error. */
  #insist(line: string): void {
    if (this.#chosen.output === "-") this.#said += line;
    else this.#io.out.put(line);
  }

  #said = "";

  *#flush(): Blocking<void> {
    if (this.#said !== "") yield* this.#io.stderr(this.#said);
    this.#said = "";
    yield* this.#io.out.flush();
  }

  /** Gives up the file: nothing of its patch is applied. */
  *#ignore(patch: FilePatch, outputName: string | undefined): Blocking<void> {
    this.#failed = true;
    if (patch.hunks.length === 0) return;
    if (outputName !== undefined) yield* this.#reject(patch, patch.hunks, outputName, true);
    else this.#insist(`${patch.hunks.length} out of ${patch.hunks.length} hunk${patch.hunks.length === 1 ? "" : "s"} ignored\n`);
  }

  *run(reader: PatchReader): Blocking<number> {
    const forced = this.#chosen.unified ? "unified" : this.#chosen.context ? "context" : this.#chosen.normal ? "normal" : this.#chosen.ed ? "ed" : undefined;
    let any = false;
    for (;;) {
      const patch = reader.next(forced);
      if (!patch) {
        if (!any && !reader.isEmpty) fatal(this.#io, "Only garbage was found in the patch input.");
        if (any && reader.leftOver && this.#chosen.verbose) this.#say("Hmm...  Ignoring the trailing garbage.\n");
        if (any && this.#chosen.verbose) this.#say("done\n");
        yield* this.#flush();
        break;
      }
      // A normal diff names no file: without one it is taken for garbage.
      if (patch.kind === "normal" && this.#original === undefined && (patch.oldName ?? patch.newName ?? patch.indexName) === undefined) continue;
      if (any && this.#chosen.verbose) this.#say(`Hmm...  The next patch looks like a ${kindText(patch)} diff to me...\n`);
      yield* this.#file(patch, !any);
      any = true;
      yield* this.#flush();
    }
    return this.#failed ? 1 : 0;
  }

  readonly #dangerous = new Set<string>();

  #strip(name: string | undefined): string | undefined {
    if (name === undefined || name === "/dev/null") return undefined;
    const text = textOfLatin1(name);
    const { strip } = this.#chosen;
    if (strip === undefined) return text.slice(text.lastIndexOf("/") + 1);
    let count = Number(strip);
    let rest = text;
    while (count-- > 0) {
      const found = /^[^/]*\/+/.exec(rest);
      if (!found) return undefined;
      rest = rest.slice(found[0].length);
    }
    if (rest.startsWith("/") || rest.split("/").includes("..")) {
      if (this.#dangerous.has(rest)) return undefined;
      this.#dangerous.add(rest);
      if (rest.startsWith("/")) this.#say(`Ignoring potentially dangerous file name ${shown(rest)}\n`);
      return undefined;
    }
    return rest === "" ? undefined : rest;
  }

  #exists(name: string): boolean {
    try {
      return (this.#io.sys.lstat(name).mode & S.IFMT) !== S.IFDIR;
    } catch (error) {
      if (error instanceof SysError) return false;
      throw error;
    }
  }

  /** The file that the patch's names mean. */
  #choose(patch: FilePatch, creates: boolean): string | undefined {
    if (this.#original !== undefined) return this.#original;
    const reverse = this.#chosen.reverse;
    const names = [reverse ? patch.newName : patch.oldName, reverse ? patch.oldName : patch.newName, patch.indexName].map((name) => this.#strip(name));
    const candidates = names.filter((name) => name !== undefined);
    // The name of "Index:" counts only when neither of the others is there.
    const [named, indexed] = [names.slice(0, 2), names.slice(2)].map((list) => list.filter((name) => name !== undefined && this.#exists(name)));
    const existing = [...(named ?? []), ...(named?.length ? [] : (indexed ?? []))].filter((name) => name !== undefined);
    const best = (list: readonly string[]) => list.toSorted((a, b) => a.split("/").length - b.split("/").length || base(a).length - base(b).length || a.length - b.length)[0];
    if (existing.length > 0) return best(existing);
    if (creates) return names[1] ?? names[0] ?? best(candidates);
    return undefined;
  }

  *#ask(question: string): Blocking<string> {
    const { sys } = this.#io;
    this.#insist(question);
    yield* this.#flush();
    let fd: number;
    try {
      fd = yield* sys.open("/dev/tty", O.RDONLY | O.CLOEXEC);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      this.#insist("\n");
      return "";
    }
    const answer = decode(yield* sys.read(fd, 4096)).trim();
    sys.close(fd);
    return answer;
  }

  *#file(patch: FilePatch, first: boolean): Blocking<void> {
    const io = this.#io;
    const { sys } = io;
    const chosen = this.#chosen;
    let reverse = chosen.reverse;
    const emptyOld = patch.hunks.length === 1 && patch.hunks[0]?.lines.every((line) => line.op === "+") === true;
    const emptyNew = patch.hunks.length === 1 && patch.hunks[0]?.lines.every((line) => line.op === "-") === true;
    const [wouldCreate, wouldDelete] = [
      patch.creates || patch.oldName === "/dev/null" || (emptyOld && (isEpoch(patch.oldStamp) || patch.kind !== "normal")),
      patch.deletes || patch.newName === "/dev/null" || (emptyNew && isEpoch(patch.newStamp)),
    ];
    const creates = reverse ? wouldDelete : wouldCreate;
    const deletes = reverse ? wouldCreate && (patch.creates || patch.oldName === "/dev/null" || isEpoch(patch.oldStamp)) : wouldDelete;
    if (chosen.verbose) {
      if (first) this.#say(`Hmm...  Looks like a ${kindText(patch)} diff to me...\n`);
      this.#say(`The text leading up to this was:\n--------------------------\n${patch.leading.map((line) => `|${textOfLatin1(line)}\n`).join("")}--------------------------\n`);
    }
    let name = this.#choose(patch, creates);
    if (name === undefined) name = yield* this.#askForFile(patch);
    if (name === undefined) return yield* this.#ignore(patch, undefined);
    if (patch.gitBinary) {
      this.#say(`File ${shown(name)}: git binary diffs are not supported.\n`);
      return yield* this.#ignore(patch, undefined);
    }
    const [moveFrom, moveTo] = patch.moves === undefined ? [undefined, undefined] : [this.#strip(reverse ? patch.newName : patch.oldName), this.#strip(reverse ? patch.oldName : patch.newName)];
    const target = this.#original === undefined ? moveTo : undefined;
    const moved = target !== undefined && target !== name;
    const already = patch.moves !== undefined && target === name && moveFrom !== undefined && !this.#exists(moveFrom);
    // A copy that is taken back removes what was copied.
    const outputName = chosen.output ?? target ?? name;
    if (patch.prerequisite !== undefined && !(yield* this.#meets(patch.prerequisite, name))) return fatal(io, "aborted");
    const present = this.#exists(name);
    let content = "";
    let mode: number | undefined;
    let modifiedUs = 0;
    if (present) {
      try {
        const facts = chosen.followSymlinks ? sys.stat(name) : sys.lstat(name);
        if ((facts.mode & S.IFMT) !== (patch.symlink ? S.IFLNK : S.IFREG)) {
          this.#say(`File ${shown(name)} is not a ${patch.symlink ? "symbolic link" : "regular file"} -- refusing to patch\n`);
          return yield* this.#ignore(patch, outputName);
        }
        mode = facts.mode & 0o7777;
        modifiedUs = facts.mtimeUs;
        if (patch.symlink) content = latin1OfText(sys.readlink(name));
        else {
          const input = yield* io.open(name);
          content = yield* input.all();
          io.close(input);
        }
      } catch (error) {
        fatal(io, `Can't open file ${name} : ${reason(error)}`);
      }
    }
    if (creates && present && content !== "" && emptyOld && this.#original === undefined && patch.kind !== "ed") {
      if (!(yield* this.#okToReverse(`The next patch${reverse ? ", when reversed," : ""} would create the file ${shown(name)},\nwhich already exists!`, reverse))) {
        if (!chosen.force) {
          return yield* this.#ignore(patch, undefined);
        }
      } else reverse = !reverse;
    }
    const says = patch.kind === "ed" ? undefined : `${chosen.dryRun ? "checking" : "patching"} ${patch.symlink ? "symbolic link" : "file"} ${shown(outputName)}${chosen.output !== undefined ? ` (read from ${shown(name)})` : moved ? ` (${patch.moves} from ${shown(name)})` : already ? ` (already ${patch.moves} from ${shown(moveFrom ?? "")})` : ""}\n`;
    if (patch.strippedCr) this.#say("(Stripping trailing CRs from patch; use --binary to disable.)\n");
    if (present && !patch.symlink && chosen.readOnly !== "ignore" && outputName === name && !writable(sys, name)) {
      this.#say(`File ${shown(name)} is read-only; ${chosen.readOnly === "fail" ? "refusing to patch" : "trying to patch anyway"}\n`);
      if (chosen.readOnly === "fail") return yield* this.#ignore(patch, outputName);
    }
    if (says !== undefined) this.#say(says);
    if (patch.kind === "ed") {
      yield* this.#write(outputName, applyEd(content, patch.edScript), mode, name, content, chosen.backup);
      return;
    }
    if (chosen.verbose) this.#say("Using Plan A...\n");
    const place = new Target(sys, content, chosen.ignoreSpace, chosen.ifdef === undefined ? undefined : latin1OfText(chosen.ifdef));
    const maxFuzz = chosen.fuzz === undefined ? 2 : Number(chosen.fuzz);
    const rejected: Hunk[] = [];
    let mismatch = false;
    let skipping = false;
    let anyway = chosen.force;
    for (const [index, written] of patch.hunks.entries()) {
      let hunk = reverse ? reverseHunk(written) : written;
      if (skipping) {
        if (chosen.verbose) this.#say(`Hunk #${index + 1} ignored at ${place.failed(hunk).at}.\n`);
        rejected.push(hunk);
        continue;
      }
      let result: Applied | Failed | undefined;
      const context = contextLength(hunk);
      for (let fuzz = 0; fuzz <= Math.min(maxFuzz, context); fuzz++) {
        // A file that should not exist yet must be empty.
        let where = creates && present && content !== "" && emptyOld ? 0 : yield* place.locate(hunk, fuzz);
        if (where === 0 && index === 0 && !anyway && reverse === chosen.reverse) {
          const turned = reverseHunk(hunk);
          const there = turned.lines.some((line) => line.op !== "+") ? yield* place.locate(turned, fuzz) : 0;
          if (there > 0) {
            if (yield* this.#okToReverse(`${reverse ? "Unreversed" : "Reversed (or previously applied)"} patch detected!`, reverse)) {
              reverse = !reverse;
              hunk = turned;
              where = there;
            } else if (this.#applyAnyway) anyway = true;
            else {
              skipping = true;
              break;
            }
          }
        }
        if (where > 0) {
          result = place.apply(hunk, where, fuzz);
          break;
        }
      }
      if (skipping) {
        if (chosen.verbose) this.#say(`Hunk #${index + 1} ignored at ${place.failed(hunk).at}.\n`);
        rejected.push(hunk);
        continue;
      }
      if (!result) {
        const ends = yield* place.differsInLineEnds(hunk, Math.min(maxFuzz, context));
        const failed = place.failed(hunk);
        rejected.push(hunk);
        mismatch = true;
        this.#say(`Hunk #${index + 1} FAILED at ${failed.at}${ends ? " (different line endings)" : ""}.\n`);
      } else if (result.kind === "applied") {
        const off = result.offset;
        if (off !== 0 || result.fuzz > 0) mismatch = true;
        if (off !== 0 || result.fuzz > 0 || chosen.verbose) {
          this.#say(`Hunk #${index + 1} succeeded at ${result.at}${result.fuzz > 0 ? ` with fuzz ${result.fuzz}` : ""}${off !== 0 ? ` (offset ${off} line${Math.abs(off) === 1 ? "" : "s"})` : ""}.\n`);
        }
      }
    }
    if (patch.malformed !== undefined) fatal(io, textOfLatin1(patch.malformed));
    if (!present && !creates && patch.hunks.length > 0 && rejected.length > 0 && this.#original !== undefined) fatal(io, `Can't reopen file ${name} : No such file or directory`);
    const result = place.finish();
    const backup = chosen.backup || (mismatch && !chosen.noBackupIfMismatch);
    if (!skipping || rejected.length < patch.hunks.length) {
      const empty = result === "" && (deletes || chosen.removeEmpty);
      if (empty && rejected.length === 0) {
        if (!chosen.dryRun) yield* this.#remove(name, content, mode, backup);
      } else {
        if (deletes && result !== "" && rejected.length === 0) {
          this.#say(`Not deleting file ${shown(outputName)} as content differs from patch\n`);
          this.#failed = true;
        }
        const newMode = (reverse ? patch.oldMode : patch.newMode) ?? mode;
        if (reverse && patch.moves === "copied" && moved) {
          if (!chosen.dryRun) sys.unlink(name);
        } else if (patch.symlink) {
          if (!chosen.dryRun) {
            if (this.#exists(outputName)) sys.unlink(outputName);
            sys.symlink(textOfLatin1(result), outputName);
          }
        } else if (!(rejected.length === patch.hunks.length && patch.hunks.length > 0) || backup) yield* this.#write(outputName, result, newMode, name, content, backup);
        if (moved && patch.moves === "renamed" && !chosen.dryRun && chosen.output === undefined) sys.unlink(name);
        if (!chosen.dryRun && outputName !== "-" && (chosen.setTime || chosen.setUtc)) this.#setTime(patch, reverse, outputName, present ? modifiedUs : undefined, mismatch || rejected.length > 0);
      }
    }
    if (rejected.length > 0) yield* this.#reject(patch, rejected, outputName, skipping);
  }

  /** -T and -Z: the file becomes as old as the patch says its new version is. */
  #setTime(patch: FilePatch, reverse: boolean, name: string, modifiedUs: number | undefined, mismatch: boolean): void {
    const { force } = this.#chosen;
    const [before, after] = [patch.oldStamp, patch.newStamp].map(stampUs);
    const [was, becomes] = reverse ? [after, before] : [before, after];
    if (becomes === undefined) return;
    if (!force && modifiedUs !== undefined && was !== undefined && was !== modifiedUs) this.#say(`Not setting time of file ${shown(name)} (time mismatch)\n`);
    else if (!force && mismatch) this.#say(`Not setting time of file ${shown(name)} (contents mismatch)\n`);
    else this.#io.sys.utimes(name, becomes, becomes);
  }

  /** "Prereq:" names a word that must stand in the file. */
  *#meets(word: string, name: string): Blocking<boolean> {
    let content = "";
    try {
      const input = yield* this.#io.open(name);
      content = yield* input.all();
      this.#io.close(input);
    } catch {
      content = "";
    }
    const version = textOfLatin1(word);
    if (content.split(/\s+/).includes(word)) {
      if (this.#chosen.verbose) this.#say(`Good.  This file appears to be the ${version} version.\n`);
      return true;
    }
    if (this.#chosen.force) {
      this.#say(`Warning: this file doesn't appear to be the ${version} version -- patching anyway.\n`);
      return true;
    }
    if (this.#chosen.batch) return fatal(this.#io, `This file doesn't appear to be the ${version} version -- aborting.`);
    return /^y/i.test(yield* this.#ask(`This file doesn't appear to be the ${version} version -- patch anyway? [n] `));
  }

  #applyAnyway = false;

  *#okToReverse(message: string, reverse: boolean): Blocking<boolean> {
    const chosen = this.#chosen;
    this.#applyAnyway = false;
    if (chosen.forward) {
      this.#insist(`${message}  Skipping patch.\n`);
      return false;
    }
    if (chosen.force) {
      this.#say(`${message}  Applying it anyway.\n`);
      this.#applyAnyway = true;
      return false;
    }
    if (chosen.batch) {
      this.#insist(`${message}  ${reverse ? "Ignoring" : "Assuming"} -R.\n`);
      return true;
    }
    if (/^y/i.test(yield* this.#ask(`${message}  ${reverse ? "Ignore" : "Assume"} -R? [n] `))) return true;
    if (/^y/i.test(yield* this.#ask("Apply anyway? [n] "))) {
      this.#applyAnyway = true;
      return false;
    }
    this.#say("Skipping patch.\n");
    return false;
  }

  *#askForFile(patch: FilePatch): Blocking<string | undefined> {
    const chosen = this.#chosen;
    this.#say(`can't find file to patch at input line ${patch.line}\n`);
    if (patch.kind !== "ed" && patch.kind !== "normal") this.#say(chosen.strip === undefined ? "Perhaps you should have used the -p or --strip option?\n" : "Perhaps you used the wrong -p or --strip option?\n");
    if (patch.leading.length > 0) this.#say(`The text leading up to this was:\n--------------------------\n${patch.leading.map((line) => `|${textOfLatin1(line)}\n`).join("")}--------------------------\n`);
    if (chosen.force || chosen.batch) {
      this.#say("No file to patch.  Skipping patch.\n");
      return undefined;
    }
    for (;;) {
      const answer = yield* this.#ask("File to patch: ");
      if (answer !== "") {
        if (this.#exists(answer)) return answer;
        this.#say(`${answer}: No such file or directory\n`);
      }
      if (!/^n/i.test(yield* this.#ask("Skip this patch? [y] "))) {
        this.#say("Skipping patch.\n");
        return undefined;
      }
    }
  }

  #backupName(name: string): string {
    const { prefix, basenamePrefix, suffix, versionControl } = this.#chosen;
    const slash = name.lastIndexOf("/") + 1;
    if (versionControl === "numbered" || versionControl === "t" || versionControl === "existing" || versionControl === "nil") {
      let number = 1;
      while (this.#exists(`${name}.~${number}~`)) number++;
      if (versionControl === "numbered" || versionControl === "t" || number > 1) return `${name}.~${number}~`;
    }
    if (prefix !== undefined || basenamePrefix !== undefined) return `${prefix ?? ""}${name.slice(0, slash)}${basenamePrefix ?? ""}${name.slice(slash)}${suffix ?? ""}`;
    return name + (suffix ?? this.#io.sys.environment.get("SIMPLE_BACKUP_SUFFIX") ?? ".orig");
  }

  *#keep(name: string, content: string, mode: number | undefined): Blocking<void> {
    if (this.#backedUp.has(name)) return;
    this.#backedUp.add(name);
    yield* this.#store(this.#backupName(name), content, mode);
  }

  *#store(name: string, content: string, mode: number | undefined): Blocking<void> {
    const { sys } = this.#io;
    const parts = name.split("/");
    for (let i = 1; i < parts.length; i++) {
      const directory = parts.slice(0, i).join("/");
      if (directory === "") continue;
      try {
        sys.mkdir(directory);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EEXIST") throw error;
      }
    }
    const fd = yield* sys.open(name, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC);
    yield* sys.write(fd, bytesOfLatin1(content));
    if (mode !== undefined) sys.fchmod(fd, mode);
    sys.close(fd);
  }

  *#write(outputName: string, result: string, mode: number | undefined, name: string, content: string, backup: boolean): Blocking<void> {
    if (this.#chosen.dryRun) return;
    try {
      if (outputName === "-") {
        yield* this.#io.out.printLatin1(result);
        return;
      }
      if (backup && outputName === name) yield* this.#keep(name, content, mode);
      if (this.#exists(outputName)) this.#io.sys.unlink(outputName);
      yield* this.#store(outputName, result, mode);
    } catch (error) {
      if (error instanceof Exit) throw error;
      fatal(this.#io, `Can't create file ${outputName} : ${reason(error)}`);
    }
  }

  *#remove(name: string, content: string, mode: number | undefined, backup: boolean): Blocking<void> {
    const { sys } = this.#io;
    if (backup) yield* this.#keep(name, content, mode);
    if (!this.#exists(name)) return;
    sys.unlink(name);
    // Directories that became empty go too.
    for (let slash = name.lastIndexOf("/"); slash > 0; slash = name.lastIndexOf("/", slash - 1)) {
      try {
        sys.rmdir(name.slice(0, slash));
      } catch (error) {
        if (error instanceof SysError) return;
        throw error;
      }
    }
  }

  *#reject(patch: FilePatch, rejected: readonly Hunk[], outputName: string, skipping: boolean): Blocking<void> {
    this.#failed = true;
    const total = patch.hunks.length;
    const file = this.#chosen.rejectFile ?? `${outputName}.rej`;
    const saved = !this.#chosen.dryRun && file !== "-";
    this.#insist(`${rejected.length} out of ${total} hunk${total === 1 ? "" : "s"} ${skipping ? "ignored" : "FAILED"}${saved ? ` -- saving rejects to file ${shown(file)}` : ""}\n`);
    if (!saved) return;
    const contextual = this.#chosen.rejectFormat === "context" || (this.#chosen.rejectFormat === undefined && patch.kind !== "unified");
    const stamp = (text: string) => (text === "" ? "" : `\t${text}`);
    const [first, second] = contextual ? ["***", "---"] : ["---", "+++"];
    let content = `${first} ${patch.oldName ?? outputName}${stamp(patch.oldStamp)}\n${second} ${patch.newName ?? outputName}${stamp(patch.newStamp)}\n`;
    for (const hunk of rejected) content += contextual ? contextHunk(hunk) : unifiedHunk(hunk);
    yield* this.#store(file, content, undefined);
  }
}

function base(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** Names are quoted where a shell would need it. */
function shown(name: string): string {
  return /[\s'"$`\\!*?[\]()<>|&;~]/.test(name) ? `'${name.replaceAll("'", "'\\''")}'` : name;
}

function contextLength(hunk: Hunk): number {
  const first = hunk.lines.findIndex((line) => line.op !== " ");
  const last = hunk.lines.findLastIndex((line) => line.op !== " ");
  return first < 0 ? hunk.lines.length : Math.max(first, hunk.lines.length - 1 - last);
}

function kindText(patch: FilePatch): string {
  return patch.kind === "unified" ? "unified" : patch.kind === "context" ? "new-style context" : patch.kind === "normal" ? "normal" : "ed script";
}

function writable(sys: Sys, name: string): boolean {
  try {
    sys.access(name, 2);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** "2024-05-06 07:08:09.000000000 +0200" in microseconds; without a zone it is UTC. */
function stampUs(stamp: string): number | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?: ([+-])(\d\d)(\d\d))?/.exec(stamp);
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second, fraction = "", sign, zoneHours = "0", zoneMinutes = "0"] = found;
  const zone = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60 * (sign === "-" ? -1 : 1);
  return (daysFromCivil(Number(year), Number(month), Number(day)) * 86_400 + Number(hour) * 3600 + Number(minute) * 60 + Number(second) - zone) * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, "0"));
}

function isEpoch(stamp: string): boolean {
  return stampUs(stamp) === 0 || /^1970-01-01 0?0:00:00(\.0+)? [+-]0000/.test(stamp) || /^Thu Jan  ?1 00:00:00 1970/.test(stamp);
}

function unifiedHunk(hunk: Hunk): string {
  const count = (op: "-" | "+") => hunk.lines.filter((line) => line.op !== op).length;
  const [oldCount, newCount] = [count("+"), count("-")];
  const range = (start: number, lines: number) => (lines === 1 ? String(start) : `${lines === 0 ? start - 1 : start},${lines}`);
  return `@@ -${range(hunk.oldStart, oldCount)} +${range(hunk.newStart, newCount)} @@${hunk.section}\n${hunk.lines.map((line) => `${line.op}${line.text}\n${line.noNewline ? "\\ No newline at end of file\n" : ""}`).join("")}`;
}

function contextHunk(hunk: Hunk): string {
  const side = (op: "-" | "+", changed: string) => {
    const lines = hunk.lines.filter((line) => line.op === " " || line.op === op);
    if (!lines.some((line) => line.op === op)) return "";
    return lines.map((line) => `${line.op === " " ? " " : changed} ${line.text}\n`).join("");
  };
  const both = hunk.lines.some((line) => line.op === "-") && hunk.lines.some((line) => line.op === "+");
  const count = (op: "-" | "+") => hunk.lines.filter((line) => line.op !== op).length;
  const range = (start: number, lines: number) => (lines <= 1 ? String(lines === 0 ? start - 1 : start) : `${start},${start + lines - 1}`);
  return `***************\n*** ${range(hunk.oldStart, count("+"))} ****\n${side("-", both ? "!" : "-")}--- ${range(hunk.newStart, count("-"))} ----\n${side("+", both ? "!" : "+")}`;
}
