// tar's command line: getopt_long with operands in place (-C counts for what follows it), and the old style without a dash.

import type { OptionDeclaration } from "../kit/command.ts";
import { flag, optionalText, text, unsimulated } from "../kit/option.ts";

export const OPTIONS: readonly OptionDeclaration[] = [
  flag(["-A", "--catenate", "--concatenate"], "append archives to an archive"),
  flag(["-c", "--create"], "create an archive"),
  flag(["-d", "--diff", "--compare"], "compare the archive with the files"),
  flag(["--delete"], "delete members from an archive"),
  flag(["-r", "--append"], "put files at the end of an archive"),
  flag(["-t", "--list"], "list an archive"),
  flag(["--test-label"], "show the volume label, or compare it with the operands"),
  flag(["-u", "--update"], "append only files newer than in the archive"),
  flag(["-x", "--extract", "--get"], "unpack files from an archive"),
  flag(["--check-device"], "no effect"),
  text(["-V", "--label"], "TEXT", "the volume label of a new archive; of one that is read, a pattern that it must match"),
  text(["-g", "--listed-incremental"], "FILE", "incremental backup: only what changed since FILE was written, which is written again"),
  flag(["-G", "--incremental"], "incremental backup of the old kind"),
  text(["--level"], "NUMBER", "of -g; 0 stores everything"),
  flag(["--no-check-device"], "no effect"),
  flag(["--ignore-failed-read"], "unreadable files do not fail the run"),
  flag(["-n", "--seek"], "the archive is seekable"),
  flag(["--no-seek"], "the archive is not seekable"),
  flag(["--ignore-command-error"], "no effect"), flag(["--no-ignore-command-error"], "no effect"),
  optionalText(["--atime-preserve"], "METHOD", "reading leaves access times alone (they are not changed here)"),
  flag(["--clamp-mtime"], "only times after that of --mtime become it"),
  flag(["--delay-directory-restore"], "times and modes of directories at the end (always so here)"),
  flag(["--no-delay-directory-restore"], "no effect"),
  text(["--quote-chars"], "STRING", "characters to quote besides"),
  text(["--no-quote-chars"], "STRING", "characters not to quote with --quote-chars"),
  text(["--sparse-version"], "MAJOR[.MINOR]", "no effect on what is stored"),
  text(["--hole-detection"], "METHOD", "no effect on what is stored"),
  text(["--rmt-command"], "COMMAND", "no effect: no archive is on another host"),
  text(["--rsh-command"], "COMMAND", "no effect: no archive is on another host"),
  flag(["--show-omitted-dirs"], "name the directories that are left out"),
  flag(["--show-snapshot-field-ranges"], "show what the fields of a snapshot file may be"),
  unsimulated(["-M", "--multi-volume"], "an archive of several volumes", "an archive is one file"),
  unsimulated(["-L", "--tape-length"], "change volumes after so many kibibytes", "an archive is one file", "NUMBER"),
  unsimulated(["-F", "--info-script", "--new-volume-script"], "run a script at the end of each volume", "an archive is one file", "NAME"),
  unsimulated(["--volno-file"], "keep the number of the volume in a file", "an archive is one file", "FILE"),
  flag(["-S", "--sparse"], "no effect on what is stored"),
  flag(["-k", "--keep-old-files"], "do not replace existing files: an error"),
  flag(["--keep-newer-files"], "do not replace files newer than the archive's"),
  flag(["--keep-directory-symlink"], "keep links to directories"),
  flag(["--no-overwrite-dir"], "keep existing directories' permissions"),
  flag(["--overwrite"], "overwrite existing files in place"),
  flag(["--overwrite-dir"], "overwrite existing directories' permissions (default)"),
  flag(["--recursive-unlink"], "empty directories before extracting"),
  flag(["--remove-files"], "delete the files on disk once they are in the archive"),
  flag(["--skip-old-files"], "do not replace existing files, silently"),
  flag(["-U", "--unlink-first"], "remove each file before extracting it"),
  flag(["-W", "--verify"], "read the new archive again and compare it with the files"),
  flag(["-O", "--to-stdout"], "extract to standard output"),
  text(["--to-command"], "COMMAND", "pipe extracted files to a command"),
  text(["--group"], "NAME[:GID]", "added files belong to this group"),
  text(["--owner"], "NAME[:UID]", "added files belong to this user"),
  text(["--mode"], "CHANGES", "added files get this mode"),
  text(["--mtime"], "DATE-OR-FILE", "added files get this time"),
  flag(["-m", "--touch"], "do not extract times"),
  flag(["--numeric-owner"], "numbers for users and groups"),
  flag(["-p", "--preserve-permissions", "--same-permissions"], "extract permissions as they are"),
  flag(["--no-same-permissions"], "apply the umask"),
  flag(["--same-owner"], "extract ownership as it is"),
  flag(["-o", "--no-same-owner"], "extracted files are yours"),
  flag(["-s", "--preserve-order", "--same-order"], "the members are in the order of the operands"),
  text(["--sort"], "ORDER", "the order of directories: none, name, inode"),
  text(["-f", "--file"], "ARCHIVE", "the archive; - is standard input or output"),
  flag(["--force-local"], "a colon names no host"),
  text(["-b", "--blocking-factor"], "BLOCKS", "a record has so many blocks of 512 bytes"),
  text(["--record-size"], "NUMBER", "bytes in a record"),
  flag(["-B", "--read-full-records"], "no effect"),
  flag(["-i", "--ignore-zeros"], "zero blocks do not end the archive"),
  text(["-H", "--format"], "FORMAT", "gnu, oldgnu, pax, posix, ustar, v7"),
  flag(["--old-archive", "--portability"], "as --format=v7"),
  flag(["--posix"], "as --format=posix"),
  text(["--pax-option"], "KEYWORDS", "no effect"),
  flag(["-a", "--auto-compress"], "compress by the archive's suffix"),
  text(["-I", "--use-compress-program"], "PROG", "filter through PROG"),
  flag(["-j", "--bzip2"], "filter through bzip2"),
  flag(["-J", "--xz"], "filter through xz"),
  flag(["--lzma"], "filter through xz --format=lzma"),
  flag(["--lzip"], "filter through lzip"),
  flag(["--lzop"], "filter through lzop"),
  flag(["--no-auto-compress"], "do not look at the suffix"),
  flag(["-z", "--gzip", "--gunzip", "--ungzip"], "filter through gzip"),
  flag(["-Z", "--compress", "--uncompress"], "filter through compress"),
  flag(["--zstd"], "filter through zstd"),
  text(["--add-file"], "FILE", "add FILE, even if its name begins with a dash"),
  text(["-C", "--directory"], "DIR", "change to DIR"),
  text(["--exclude"], "PATTERN", "leave out files that match"),
  flag(["--exclude-backups"], "leave out backups and lock files"),
  flag(["--exclude-caches"], "of cache directories only the directory and its tag"),
  flag(["--exclude-caches-under"], "of cache directories only the directory"),
  flag(["--exclude-caches-all"], "leave out cache directories"),
  text(["--exclude-tag"], "FILE", "of directories that hold FILE only the directory and FILE"),
  text(["--exclude-tag-under"], "FILE", "of directories that hold FILE only the directory"),
  text(["--exclude-tag-all"], "FILE", "leave out directories that hold FILE"),
  text(["--exclude-ignore"], "FILE", "leave out what the patterns of a directory's own FILE match in it"),
  text(["--exclude-ignore-recursive"], "FILE", "the same, also below it"),
  flag(["--exclude-vcs-ignores"], "leave out what the ignore files of version control name"),
  flag(["--exclude-vcs"], "leave out directories of version control"),
  text(["-X", "--exclude-from"], "FILE", "leave out what matches a line of FILE"),
  text(["-T", "--files-from"], "FILE", "take names from FILE"),
  flag(["--null"], "names in -T end in a zero byte"),
  flag(["--no-null"], "names in -T end in newlines"),
  flag(["--verbatim-files-from"], "names in -T are names, not options"),
  flag(["-h", "--dereference"], "store what links point to"),
  flag(["--hard-dereference"], "store hard links as files"),
  optionalText(["--occurrence"], "NUMBER", "only the NUMBERth member of each name, the first unless told"),
  text(["-K", "--starting-file"], "MEMBER", "begin at MEMBER"),
  text(["-N", "--newer", "--after-date"], "DATE-OR-FILE", "only files newer than"),
  text(["--newer-mtime"], "DATE", "only files changed after"),
  flag(["--one-file-system"], "stay on one file system"),
  flag(["-P", "--absolute-names"], "keep leading slashes"),
  flag(["--recursion"], "go down into directories (default)"),
  flag(["--no-recursion"], "do not go down into directories"),
  text(["--strip-components"], "NUMBER", "drop leading components when extracting"),
  text(["--transform", "--xform"], "EXPRESSION", "change names by a sed expression"),
  flag(["--anchored"], "patterns match from the beginning"),
  flag(["--no-anchored"], "patterns match after any slash"),
  flag(["--ignore-case"], "in patterns, capitals equal small letters"),
  flag(["--no-ignore-case"], "case matters in patterns"),
  flag(["--wildcards"], "member names are patterns"),
  flag(["--no-wildcards"], "member names are no patterns"),
  flag(["--wildcards-match-slash"], "wildcards match slashes"),
  flag(["--no-wildcards-match-slash"], "wildcards match no slash"),
  optionalText(["--checkpoint"], "[.]NUMBER", "tell of every NUMBERth record, ten unless told; with a dot, by dots"),
  text(["--checkpoint-action"], "ACTION", "what is done then: bell, dot, echo=, exec=, sleep=, totals, ttyout=, wait="),
  flag(["--full-time"], "print times in full"),
  flag(["-l", "--check-links"], "no effect"),
  optionalText(["--totals"], "SIGNAL", "print the bytes processed"),
  flag(["--utc"], "print times in UTC"),
  flag(["-v", "--verbose"], "name each file when its turn comes"),
  text(["--warning"], "KEYWORD", "which warnings are wanted; with no- in front, which are not"),
  flag(["-w", "--interactive", "--confirmation"], "ask for every action"),
  flag(["-R", "--block-number"], "show at which block of the archive each line is"),
  flag(["--show-defaults"], "show the defaults"),
  flag(["--show-transformed-names", "--show-stored-names"], "show names as transformed"),
  text(["--quoting-style"], "STYLE", "how listed names are quoted: literal, escape or c"),
  optionalText(["--one-top-level"], "DIR", "extract below one directory"),
  text(["--index-file"], "FILE", "names go to FILE, not to standard output"),
  flag(["--acls"], "no effect"), flag(["--no-acls"], "no effect"), flag(["--selinux"], "no effect"), flag(["--no-selinux"], "no effect"), flag(["--xattrs"], "no effect"), flag(["--no-xattrs"], "no effect"),
  flag(["--restrict"], "no effect"),
  text(["--suffix"], "STRING", "suffix of backups"),
  optionalText(["--backup"], "CONTROL", "keep replaced files"),
  flag(["-?", "--help"], "show help"),
  flag(["--usage"], "show short help"),
  flag(["--version"], "show the version"),
];

/** In the order given; an operand has no option. */
export interface Argument {
  /** the option's first name, its key; undefined for an operand */
  readonly option: string | undefined;
  readonly name: string;
  readonly value: string;
}

/** Ends tar: "Error is not recoverable: exiting now". */
export class Fatal extends Error {}

/** Everything has been said. */
export class Quiet extends Error {
  readonly status: number;
  constructor(status: number) {
    super("");
    this.status = status;
  }
}

export class UsageError extends Error {
  readonly status: number;
  readonly refused: boolean;
  constructor(message: string, status = 64, refused = false) {
    super(message);
    this.status = status;
    this.refused = refused;
  }
}

export function parseArguments(words: readonly string[]): Argument[] {
  const short = new Map<string, OptionDeclaration>();
  const long = new Map<string, OptionDeclaration>();
  for (const option of OPTIONS) for (const name of option.names) (name.startsWith("--") ? long : short).set(name.replace(/^--?/, ""), option);
  const result: Argument[] = [];
  const add = (option: OptionDeclaration, name: string, value: string | undefined) => {
    if (typeof option.support === "object" && "refused" in option.support) throw new UsageError(`option '${name}' is not simulated here: ${option.support.refused}`, 2, true);
    result.push({ option: option.names[0] ?? name, name, value: value ?? "" });
  };
  let at = 0;
  const first = words[0];
  if (first !== undefined && !first.startsWith("-") && first !== "") {
    // tar cvf ARCHIVE: letters first, then their arguments in order.
    at = 1;
    for (const letter of first) {
      const option = short.get(letter);
      if (!option) throw new UsageError(`invalid option -- '${letter}'`);
      if (option.argument !== undefined && !option.argumentOptional) {
        const value = words[at++];
        if (value === undefined) throw new UsageError(`Old option '${letter}' requires an argument.`, 2);
        add(option, `-${letter}`, value);
      } else add(option, `-${letter}`, undefined);
    }
  }
  for (; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") {
      for (const operand of words.slice(at + 1)) result.push({ option: undefined, name: "", value: operand });
      break;
    }
    if (!word.startsWith("-") || word === "-") {
      result.push({ option: undefined, name: "", value: word });
      continue;
    }
    if (word.startsWith("--")) {
      const equals = word.indexOf("=");
      const name = word.slice(2, equals < 0 ? undefined : equals);
      let option = long.get(name);
      if (!option) {
        const candidates = [...new Set([...long].filter(([key]) => key.startsWith(name)).map(([, one]) => one))];
        if (candidates.length > 1) {
          throw new UsageError(`option '--${name}' is ambiguous; possibilities: ${[...long.keys()].filter((key) => key.startsWith(name)).map((key) => `'--${key}'`).join(" ")}`);
        }
        option = candidates[0];
      }
      if (!option) throw new UsageError(`unrecognized option '--${name}'`);
      let value = equals < 0 ? undefined : word.slice(equals + 1);
      if (value !== undefined && option.argument === undefined) throw new UsageError(`option '--${name}' doesn't allow an argument`);
      if (value === undefined && option.argument !== undefined && !option.argumentOptional) {
        value = words[++at];
        if (value === undefined) throw new UsageError(`option '--${name}' requires an argument`);
      }
      add(option, `--${name}`, value);
      continue;
    }
    const letters = [...word.slice(1)];
    for (let i = 0; i < letters.length; i++) {
      const letter = letters[i] ?? "";
      const option = short.get(letter);
      if (!option) throw new UsageError(`invalid option -- '${letter}'`);
      if (option.argument !== undefined && !option.argumentOptional) {
        const value = i + 1 < letters.length ? letters.slice(i + 1).join("") : words[++at];
        if (value === undefined) throw new UsageError(`option requires an argument -- '${letter}'`);
        add(option, `-${letter}`, value);
        break;
      }
      add(option, `-${letter}`, undefined);
    }
  }
  return result;
}
