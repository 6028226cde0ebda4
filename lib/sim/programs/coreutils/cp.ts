import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu, optionalText, optionalWord, texts, validArguments, word } from "../kit/gnu.ts";
import { BadWord, matchWord } from "../kit/option.ts";
import { joinPath } from "../kit/paths.ts";
import { BACKUP_OPTIONS, backupSettings } from "./_backup.ts";
import { Copier } from "./_copy.ts";
import { TARGET_OPTIONS, targets } from "./_targets.ts";

const ATTRIBUTES = [["mode"], ["timestamps"], ["ownership"], ["links"], ["context"], ["xattr"], ["all"]] as const;

export default gnu({
  name: "cp",
  summary: "copy files and directories",
  synopsis: ["[OPTION]... [-T] SOURCE DEST", "[OPTION]... SOURCE... DIRECTORY", "[OPTION]... -t DIRECTORY SOURCE..."],
  description: ["Holes in files stay holes, unless --sparse says otherwise. An ATTR_LIST is made of attributes, separated by commas: mode, ownership, timestamps, links, context, xattr or all."],
  options: {
    archive: flag(["-a", "--archive"], "short for -dR --preserve=all"),
    attributesOnly: flag(["--attributes-only"], "copy mode, owner, times and the like, but no contents"),
    ...BACKUP_OPTIONS,
    copyContents: flag(["--copy-contents"], "with -R, read FIFOs and devices instead of making them anew"),
    d: flag(["-d"], "short for -P --preserve=links"),
    force: flag(["-f", "--force"], "remove a destination that cannot be opened, then try once more"),
    interactive: flag(["-i", "--interactive"], "ask before overwriting a file; undoes -n"),
    followArguments: flag(["-H"], "follow a link that is given as SOURCE on the command line"),
    link: flag(["-l", "--link"], "make hard links to the files instead of copies"),
    dereference: flag(["-L", "--dereference"], "copy the files that symbolic links lead to"),
    noClobber: flag(["-n", "--no-clobber"], "do not touch a destination that already exists; undoes -i"),
    noDereference: flag(["-P", "--no-dereference"], "copy symbolic links as links"),
    preserveShort: flag(["-p"], "short for --preserve=mode,ownership,timestamps"),
    preserve: optionalText(["--preserve"], "ATTR_LIST", "the attributes that the copy gets from the source (without a list: mode,ownership,timestamps)"),
    noPreserve: texts(["--no-preserve"], "ATTR_LIST", "the attributes that the copy does not get from the source"),
    parents: flag(["--parents"], "rebuild the path of SOURCE below DIRECTORY"),
    recursive: flag(["-R", "-r", "--recursive"], "directories too, with everything in them"),
    reflink: optionalWord(["--reflink"], "WHEN", [["auto"], ["always"], ["never"]], "share the data blocks (clone) instead of copying them: always (or fail), auto (where possible) or never"),
    removeDestination: flag(["--remove-destination"], "remove an existing destination before opening it, even if it could be opened"),
    sparse: word(["--sparse"], "WHEN", [["never"], ["auto"], ["always"]], "holes in the copy: never, auto (where the source has some) or always (wherever there are enough zeros)"),
    stripTrailingSlashes: flag(["--strip-trailing-slashes"], "ignore slashes at the end of SOURCE"),
    symbolicLink: flag(["-s", "--symbolic-link"], "make symbolic links to the files instead of copies"),
    ...TARGET_OPTIONS,
    update: flag(["-u", "--update"], "copy only if the destination is older than SOURCE or missing"),
    verbose: flag(["-v", "--verbose"], "name each file that is copied"),
    oneFileSystem: flag(["-x", "--one-file-system"], "do not go into other file systems"),
    context: flag(["-Z"], "label the result with the default SELinux type; without SELinux nothing happens"),
    contextValue: optionalText(["--context"], "CTX", "as -Z, or label it with CTX"),
  },
  parsing: { longOrder: "archive attributes-only backup copy-contents dereference force interactive link no-clobber no-dereference no-preserve no-target-directory one-file-system parents path preserve recursive remove-destination sparse reflink strip-trailing-slashes suffix symbolic-link target-directory update verbose context help version" },
  operands: "files",
  seeAlso: ["install(1)", "mv(1)"],
  *run({ options, operands, given, sys }, io: Io) {
    const keep = { mode: false, ownership: false, timestamps: false, links: false, xattr: false };
    let requirePreserve = false;
    let noPreserveMode = false;
    let keepsContext = false;
    let dereference: "always" | "arguments" | "never" | undefined;
    let interactive: "ask" | "no-clobber" | "default" = "default";
    const attributes = (list: string, on: boolean, option: string): void => {
      for (const item of list.split(",")) {
        let found: string | undefined;
        try {
          found = ATTRIBUTES[matchWord(item, ATTRIBUTES)]?.[0];
        } catch (error) {
          if (error instanceof BadWord) io.usage(`${error.ambiguous ? "ambiguous" : "invalid"} argument ${io.quote(item)} for ${io.quote(option)}\n${validArguments(ATTRIBUTES, io.utf8)}`);
          throw error;
        }
        if (found === "mode" || found === "all") {
          keep.mode = on;
          noPreserveMode = !on;
        }
        if (found === "timestamps" || found === "all") keep.timestamps = on;
        if (found === "ownership" || found === "all") keep.ownership = on;
        if (found === "links" || found === "all") keep.links = on;
        if (found === "context") keepsContext = on;
        if (found === "xattr" || found === "all") keep.xattr = on;
      }
    };
    for (const { option, argument } of given) {
      switch (option) {
        case "archive":
          dereference = "never";
          Object.assign(keep, { mode: true, ownership: true, timestamps: true, links: true, xattr: true });
          requirePreserve = true;
          break;
        case "d": keep.links = true; dereference = "never"; break;
        case "followArguments": dereference = "arguments"; break;
        case "dereference": dereference = "always"; break;
        case "noDereference": dereference = "never"; break;
        case "interactive": interactive = "ask"; break;
        case "noClobber": interactive = "no-clobber"; break;
        case "preserveShort": attributes("mode,ownership,timestamps", true, "--preserve"); requirePreserve = true; break;
        case "preserve": attributes(argument ?? "mode,ownership,timestamps", true, "--preserve"); requirePreserve = true; break;
        case "noPreserve": attributes(argument ?? "", false, "--no-preserve"); break;
        default:
      }
    }
    if (options.link && options.symbolicLink) io.usage("cannot make both hard and symbolic links");
    if (interactive === "no-clobber" && (options.backup !== undefined || options.backupShort || options.suffix !== undefined)) io.usage("options --backup and --no-clobber are mutually exclusive");
    if (options.reflink === "always" && options.sparse !== undefined && options.sparse !== "auto") io.usage("--reflink can be used only with --sparse=auto");
    if (keepsContext) io.die("cannot preserve security context without an SELinux-enabled kernel");
    if (options.contextValue !== undefined && options.contextValue !== true) yield* io.warn("warning: ignoring --context; it requires an SELinux-enabled kernel");
    const recursive = options.recursive || options.archive;
    const backup = backupSettings(options, io);
    const sources = options.stripTrailingSlashes ? operands.map((name) => name.replace(/(?!^)\/+$/, "")) : operands;
    const pairs = options.parents ? withParents(sources, options, sys, io) : targets(sources, options, sys, io);
    const copier = new Copier(sys, io, {
      recursive, dereference: dereference ?? (recursive && !options.link ? "never" : "always"), preserveMode: keep.mode, preserveOwnership: keep.ownership, preserveTimes: keep.timestamps,
      preserveLinks: keep.links, preserveXattr: keep.xattr, requirePreserve, noPreserveMode, hardLink: options.link, symbolicLink: options.symbolicLink, attributesOnly: options.attributesOnly,
      copyContents: !recursive || options.copyContents, oneFileSystem: options.oneFileSystem, sparse: options.sparse ?? "auto", interactive, force: options.force,
      removeDestination: options.removeDestination, update: options.update, verbose: options.verbose, parents: options.parents, backup, move: false,
      noTargetDirectory: options.noTargetDirectory, reflink: options.reflink === true ? "always" : (options.reflink ?? "auto"),
    });
    for (const { source, destination } of pairs) {
      if (options.parents && !(yield* makeParents(source, destination, keep.mode, options.verbose, sys, io))) continue;
      yield* copier.copy(source, destination, true);
    }
  },
});

function withParents(sources: readonly string[], options: { readonly targetDirectory: string | undefined; readonly noTargetDirectory: boolean }, sys: Sys, io: Io) {
  const pairs = targets(sources, options, sys, io, (directory, source) => joinPath(directory, source.replace(/\/+$/, "").replace(/^\/+/, "")));
  const folder = options.targetDirectory ?? sources.at(-1) ?? "";
  if (options.targetDirectory === undefined && !existsAsDirectory(sys, folder)) io.usage("with --parents, the destination must be a directory");
  return pairs;
}

function existsAsDirectory(sys: Sys, path: string): boolean {
  try {
    return (sys.stat(path).mode & S.IFMT) === S.IFDIR;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** The directories of the source's name, made below the target directory with the source's modes. */
function* makeParents(source: string, destination: string, preserve: boolean, verbose: boolean, sys: Sys, io: Io): Blocking<boolean> {
  const relative = source.replace(/\/+$/, "").replace(/^\/+/, "");
  const base = destination.slice(0, destination.length - relative.length);
  const parts = relative.split("/").slice(0, -1);
  let made = base.replace(/\/$/, "");
  let original = source.startsWith("/") ? "" : undefined;
  for (const part of parts) {
    made = joinPath(made === "" ? "/" : made, part);
    original = original === undefined ? part : joinPath(original === "" ? "/" : original, part);
    if (existsAsDirectory(sys, made)) continue;
    try {
      const mode = sys.stat(original).mode & 0o7777;
      sys.mkdir(made, mode | 0o700);
      if (verbose) yield* io.out.print(`${original} -> ${made}\n`);
      if (preserve) sys.chmod(made, mode);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.fail(`cannot make directory ${io.quoteName(made)}: ${error.message}`);
      return false;
    }
  }
  return true;
}
