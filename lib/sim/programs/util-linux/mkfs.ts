import { execSearching } from "../kit/exec-path.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "mkfs", path: "/sbin/mkfs", manSection: 8, summary: "make a filesystem on a device, through mkfs.<type>", synopsis: ["[options] [-t <type>] [fs-options] <device> [<size>]"], parsing: { stopAtOperand: true },
  options: { type: text(["-t", "--type"], "type", "which filesystem to make, ext2 by default"), verbose: flag(["-v", "--verbose"], "tell each step") },
  // what follows the first word that is not mkfs' own belongs to the other program
  rewrite: (args) => {
    const own: string[] = [];
    for (let at = 0; at < args.length; at++) {
      const word = args[at] ?? "";
      if (word === "-t" || word === "--type") own.push(word, args[++at] ?? "");
      else if (/^(?:-t.+|--type=.*|-v|-V|--verbose|--version|-h|--help)$/.test(word)) own.push(word);
      else return [...own, "--", ...args.slice(at)];
    }
    return own;
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) {
      yield* io.stderr(`${io.argv0}: no device specified\nTry '${io.argv0} --help' for more information.\n`);
      return 1;
    }
    const program = `mkfs.${options.type ?? "ext2"}`;
    if (options.verbose) io.say(`mkfs from util-linux 2.38.1\n${program} ${operands.join(" ")}\n`);
    yield* io.out.flush();
    const failed = yield* execSearching(sys, program, [program, ...operands], sys.environment, `/sbin:/sbin/fs.d:/sbin/fs:${sys.environment.get("PATH") ?? ""}`);
    yield* io.warn(`failed to execute ${program}: ${failed.message}`);
    return 1;
  },
});
