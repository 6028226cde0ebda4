// Commands about files whose arguments are more than names of files.

import type { Blocking } from "../../../kernel/sys.ts";
import { type Candidates, NOTHING } from "../candidates.ts";
import { type CompletionContext, type CompletionRule, declaration, directories, filedir, ofAction, optionCandidates, optionNames, readText, startingWith } from "./completion-context.ts";
import { declared } from "./declared-rule.ts";

const DD_OPERANDS = ["bs", "cbs", "conv", "count", "ibs", "if", "iflag", "obs", "of", "oflag", "seek", "skip", "status"];
const DD_VALUES: ReadonlyMap<string, readonly string[]> = new Map([
  ["conv", ["ascii", "ebcdic", "ibm", "block", "unblock", "lcase", "ucase", "sparse", "swab", "sync", "excl", "nocreat", "notrunc", "noerror", "fdatasync", "fsync"]],
  ["iflag", ["append", "direct", "directory", "dsync", "sync", "fullblock", "nonblock", "noatime", "nocache", "noctty", "nofollow", "count_bytes", "skip_bytes"]],
  ["oflag", ["append", "direct", "directory", "dsync", "sync", "nonblock", "noatime", "nocache", "noctty", "nofollow", "seek_bytes"]],
  ["status", ["none", "noxfer", "progress"]],
]);

function* dd(context: CompletionContext): Blocking<Candidates> {
  const name = /^(\w+)=/.exec(context.whole)?.[1];
  if (name === "if" || name === "of") return yield* filedir(context);
  if (name !== undefined) return startingWith(context, DD_VALUES.get(name) ?? []);
  if (context.cur.startsWith("-")) return optionCandidates(context, ["--help", "--version"]);
  return startingWith(context, DD_OPERANDS.map((operand) => `${operand}=`), { nospace: true });
}

const FIND_OPTIONS = (
  "-daystart -depth -follow -help -ignore_readdir_race -maxdepth -mindepth -mount -noignore_readdir_race -noleaf -regextype -version -warn -nowarn -xdev -amin -anewer -atime -cmin -cnewer -ctime -empty " +
  "-executable -false -fstype -gid -group -ilname -iname -inum -ipath -iregex -iwholename -links -lname -mmin -mtime -name -newer -newerXY -nogroup -nouser -path -perm -readable -regex -samefile -size " +
  "-true -type -uid -used -user -wholename -writable -xtype -context -delete -exec -execdir -fls -fprint -fprint0 -fprintf -ls -ok -okdir -print -print0 -printf -prune -quit"
).split(" ");
const NO_COMPLETION_AFTER = new Set(["-maxdepth", "-mindepth", "-amin", "-atime", "-cmin", "-ctime", "-ilname", "-iname", "-inum", "-ipath", "-iregex", "-iwholename", "-links", "-lname", "-mmin", "-mtime", "-name", "-perm", "-regex", "-size", "-used", "-uid", "-gid", "-printf", "-context", "-path"]);

function* find(context: CompletionContext): Blocking<Candidates> {
  const { prev } = context;
  if (prev === "-type" || prev === "-xtype") return startingWith(context, ["b", "c", "d", "p", "f", "l", "s"]);
  if (prev === "-user") return ofAction(context, "user");
  if (prev === "-group") return ofAction(context, "group");
  if (prev === "-fstype") return startingWith(context, (yield* readText(context, "/proc/filesystems")).split("\n").map((line) => line.split("\t").at(-1) ?? "").filter((name) => name !== ""));
  if (["-newer", "-anewer", "-cnewer", "-fls", "-fprint", "-fprint0", "-fprintf", "-samefile"].includes(prev)) return yield* filedir(context);
  if (prev === "-exec" || prev === "-execdir" || prev === "-ok" || prev === "-okdir") return ofAction(context, "command");
  if (NO_COMPLETION_AFTER.has(prev)) return NOTHING;
  const expression = context.words.slice(1, -1).some((word) => word.startsWith("-") && !/^-[HLPDO]/.test(word));
  if (!expression && !context.cur.startsWith("-")) return yield* directories(context);
  const found = startingWith(context, FIND_OPTIONS);
  return found.list.length > 0 ? found : yield* filedir(context);
}

/** The mode is nobody's business; then files. */
function* chmod(context: CompletionContext): Blocking<Candidates> {
  if (context.cur.startsWith("-")) {
    const command = declaration(context);
    return command ? optionCandidates(context, optionNames(command)) : NOTHING;
  }
  const operands = context.words.slice(1, -1).filter((word) => !word.startsWith("-") || /^-[rwxXst,=+-]+$/.test(word));
  return operands.length === 0 ? NOTHING : yield* filedir(context);
}

const TAR_OPTIONS = (
  "--absolute-names --acls --add-file= --after-date= --anchored --append --atime-preserve --auto-compress --backup --block-number --blocking-factor= --bzip2 --catenate --check-device --checkpoint " +
  "--checkpoint-action= --compare --compress --concatenate --confirmation --create --delay-directory-restore --delete --dereference --diff --directory= --exclude= --exclude-backups --exclude-caches " +
  "--exclude-from= --exclude-vcs --extract --file= --files-from= --force-local --format= --full-time --get --group= --gunzip --gzip --hard-dereference --help --ignore-case --ignore-failed-read " +
  "--ignore-zeros --incremental --interactive --keep-directory-symlink --keep-newer-files --keep-old-files --label= --level= --list --listed-incremental= --lzip --lzma --lzop --mode= --mtime= " +
  "--multi-volume --new-volume-script= --newer= --newer-mtime= --no-overwrite-dir --no-recursion --no-same-owner --no-same-permissions --null --numeric-owner --occurrence --old-archive " +
  "--one-file-system --one-top-level --overwrite --owner= --posix --preserve-order --preserve-permissions --quoting-style= --read-full-records --record-size= --recursion --recursive-unlink " +
  "--remove-files --restrict --same-order --same-owner --same-permissions --selinux --show-defaults --show-omitted-dirs --skip-old-files --sort= --sparse --starting-file= --strip-components= " +
  "--suffix= --tape-length= --test-label --to-command= --to-stdout --totals --touch --transform= --uncompress --ungzip --unlink-first --update --use-compress-program= --utc --verbose --verify " +
  "--version --volno-file= --wildcards --xattrs --xz --zstd"
).split(" ");

function* tar(context: CompletionContext): Blocking<Candidates> {
  if (context.prev === "--directory" || context.prev === "-C") return yield* directories(context);
  if (context.whole.includes("=")) return yield* filedir(context);
  if (context.cur.startsWith("--")) return optionCandidates(context, TAR_OPTIONS);
  if (context.words.length === 2 && context.cur === "") return startingWith(context, ["-A", "-c", "-d", "-r", "-t", "-u", "-x", "A", "c", "d", "r", "t", "u", "x"], { nospace: true });
  return yield* filedir(context);
}

function* unmount(context: CompletionContext): Blocking<Candidates> {
  if (context.cur.startsWith("-")) return yield* declared(context);
  const mounts = (yield* readText(context, "/proc/mounts")).split("\n").flatMap((line) => line.split(" ").slice(0, 2)).filter((name) => name.startsWith("/"));
  return startingWith(context, [...new Set(mounts)], { filenames: true });
}

/** An archive or a file of certain endings, and directories. */
function ending(pattern: RegExp): CompletionRule {
  return function* (context) {
    if (context.cur.startsWith("-")) return yield* declared(context);
    const all = yield* filedir(context);
    const folders = new Set((yield* directories(context)).list);
    const list = all.list.filter((name) => folders.has(name) || pattern.test(name));
    return { ...all, list: list.length > 0 ? list : all.list };
  };
}

export const fileRules: readonly (readonly [string, CompletionRule])[] = [
  ["dd", dd], ["find", find], ["chmod", chmod], ["tar", tar], ["umount", unmount], ["rmdir", function* (context) { return context.cur.startsWith("-") ? yield* declared(context) : yield* directories(context); }],
  ["gunzip", ending(/\.(gz|tgz|Z|z)$/)], ["zcat", ending(/\.(gz|tgz|Z|z)$/)], ["bunzip2", ending(/\.(bz2?|tbz2?)$/)], ["bzcat", ending(/\.(bz2?|tbz2?)$/)], ["unxz", ending(/\.(xz|txz|lzma)$/)],
  ["xzcat", ending(/\.(xz|txz|lzma)$/)], ["unzip", ending(/\.(zip|jar|war|ear|xpi|apk|epub)$/i)], ["python3", ending(/\.py[co]?$/)], ["python", ending(/\.py[co]?$/)],
  ["mount", function* (context) {
    if (context.prev === "-t") return startingWith(context, (yield* readText(context, "/proc/filesystems")).split("\n").map((line) => line.split("\t").at(-1) ?? "").filter((name) => name !== ""));
    return context.cur.startsWith("-") ? yield* declared(context) : yield* filedir(context);
  }],
];
