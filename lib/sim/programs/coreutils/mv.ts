import { type Io, flag, gnu } from "../kit/gnu.ts";
import { BACKUP_OPTIONS, backupSettings } from "./_backup.ts";
import { Copier } from "./_copy.ts";
import { TARGET_OPTIONS, targets } from "./_targets.ts";

export default gnu({
  name: "mv",
  summary: "move (rename) files",
  synopsis: ["[OPTION]... [-T] SOURCE DEST", "[OPTION]... SOURCE... DIRECTORY", "[OPTION]... -t DIRECTORY SOURCE..."],
  description: ["Of -i, -f and -n the last one on the command line wins."],
  options: {
    ...BACKUP_OPTIONS,
    force: flag(["-f", "--force"], "overwrite without a question"),
    interactive: flag(["-i", "--interactive"], "ask before overwriting a file"),
    noClobber: flag(["-n", "--no-clobber"], "do not touch a destination that already exists"),
    stripTrailingSlashes: flag(["--strip-trailing-slashes"], "ignore slashes at the end of SOURCE"),
    ...TARGET_OPTIONS,
    update: flag(["-u", "--update"], "move only if the destination is older than SOURCE or missing"),
    verbose: flag(["-v", "--verbose"], "name each file that is moved"),
    context: flag(["-Z", "--context"], "label the result with the default SELinux type; without SELinux nothing happens"),
  },
  parsing: { longOrder: "backup context force interactive no-clobber no-target-directory strip-trailing-slashes suffix target-directory update verbose help version" },
  operands: "files",
  seeAlso: ["cp(1)", "rename(2)"],
  *run({ options, operands, given, sys }, io: Io) {
    const mode = given.findLast((one) => one.option === "force" || one.option === "interactive" || one.option === "noClobber")?.option;
    if (mode === "noClobber" && (options.backup !== undefined || options.backupShort)) io.usage("options --backup and --no-clobber are mutually exclusive");
    const backup = backupSettings(options, io);
    const sources = options.stripTrailingSlashes ? operands.map((name) => name.replace(/(?!^)\/+$/, "")) : operands;
    const mover = new Copier(sys, io, {
      recursive: true, dereference: "never", preserveMode: true, preserveOwnership: true, preserveTimes: true, preserveLinks: true, preserveXattr: true, requirePreserve: false,
      noPreserveMode: false, hardLink: false, symbolicLink: false, attributesOnly: false, copyContents: false, oneFileSystem: false, sparse: "auto",
      interactive: mode === "interactive" ? "ask" : mode === "noClobber" ? "no-clobber" : mode === "force" ? "force" : "default", force: true, removeDestination: false,
      update: options.update, verbose: options.verbose, parents: false, backup, move: true, noTargetDirectory: options.noTargetDirectory, reflink: "auto",
    });
    for (const { source, destination } of targets(sources, options, sys, io)) yield* mover.copy(source, destination, true);
  },
});
