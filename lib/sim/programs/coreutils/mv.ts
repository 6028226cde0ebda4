import { type Io, flag, gnu } from "../kit/gnu.ts";
import { BACKUP_OPTIONS, backupSettings } from "./_backup.ts";
import { Copier } from "./_copy.ts";
import { TARGET_OPTIONS, targets } from "./_targets.ts";

export default gnu({
  name: "mv",
  summary: "move (rename) files",
  synopsis: ["[OPTION]... [-T] SOURCE DEST", "[OPTION]... SOURCE... DIRECTORY", "[OPTION]... -t DIRECTORY SOURCE..."],
  description: ["If more than one of -i, -f, -n is given, only the final one takes effect."],
  options: {
    ...BACKUP_OPTIONS,
    force: flag(["-f", "--force"], "do not prompt before overwriting"),
    interactive: flag(["-i", "--interactive"], "prompt before overwrite"),
    noClobber: flag(["-n", "--no-clobber"], "do not overwrite an existing file"),
    stripTrailingSlashes: flag(["--strip-trailing-slashes"], "remove any trailing slashes from each SOURCE argument"),
    ...TARGET_OPTIONS,
    update: flag(["-u", "--update"], "move only when the SOURCE file is newer than the destination file or when the destination file is missing"),
    verbose: flag(["-v", "--verbose"], "explain what is being done"),
    context: flag(["-Z", "--context"], "set SELinux security context of destination file to default type (no effect without SELinux)"),
  },
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
