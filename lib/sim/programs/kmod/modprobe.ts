import { SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, counted, flag, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "modprobe", path: "/sbin/modprobe", manSection: 8, project: "kmod", version: "30", summary: "add and remove modules from the Linux kernel", synopsis: ["[options] [-i] [-b] modulename", "[options] -a [-i] [-b] modulename [modulename...]", "[options] -r [-i] modulename"],
  options: {
    all: flag(["-a", "--all"], "consider every non-argument to be a module name"), remove: flag(["-r", "--remove"], "remove modules instead of inserting"), dryRun: flag(["-n", "--dry-run", "--show"], "do not execute operations"), firstTime: flag(["--first-time"], "fail if module already inserted or removed"), verbose: counted(["-v", "--verbose"], "enables more messages"),
    quiet: flag(["-q", "--quiet"], "disable messages"), force: flag(["-f", "--force"], "force"), useBlacklist: flag(["-b", "--use-blacklist"], "apply blacklist to resolved alias"), ignoreInstall: flag(["-i", "--ignore-install", "--ignore-remove"], "ignore install- and remove-commands"), config: flag(["-c", "--showconfig"], "print out known configuration"), showDepends: flag(["-D", "--show-depends"], "only print module dependencies and exit"),
  },
  *run({ options, operands, sys }, io: Io) {
    const [first, ...rest] = operands;
    if (first === undefined) io.die("ERROR: missing parameters. See -h.");
    const loaded = new Set(((yield* readTextFile(sys, "/proc/modules")) ?? "").split("\n").map((line) => line.split(" ")[0] ?? ""));
    const names = options.all || options.remove ? operands : [first];
    const parameters = options.all || options.remove ? "" : rest.join(" ");
    const release = sys.uname().release;
    for (const given of names) {
      const name = given.replaceAll("-", "_");
      if (loaded.has(name) !== options.remove) {
        if (options.firstTime) yield* io.fail(options.remove ? `FATAL: Module ${given} is not in kernel.` : `ERROR: could not insert '${name}': Module already in kernel`);
        if (!options.remove && !options.showDepends) continue;
        if (options.remove) {
          if (!options.quiet && !options.firstTime) yield* io.fail(`FATAL: Module ${given} not found.`);
          continue;
        }
      }
      if (options.verbose > 0 || options.showDepends) io.out.put(`${options.remove ? "rmmod" : "insmod"} ${options.remove ? name : `/lib/modules/${release}/kernel/${name}.ko `}${parameters}\n`);
      if (options.dryRun || options.showDepends) continue;
      try {
        if (options.remove) sys.deleteModule(name, options.force);
        else sys.initModule(name, parameters);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        io.status = 1;
        if (options.quiet) continue;
        if (error.errno === "ENOENT") yield* io.fail(`FATAL: Module ${given} not found in directory /lib/modules/${release}`);
        else if (options.remove) yield* io.fail(error.errno === "EBUSY" || error.errno === "EAGAIN" ? `FATAL: Module ${name} is in use.` : `ERROR: could not remove '${name}': ${error.message}`);
        else yield* io.fail(`ERROR: could not insert '${name}': ${error.message}`);
      }
    }
    return undefined;
  },
});
