import { SysError } from "../../kernel/sys.ts";
import { capabilityText, decodeFileCapabilities, encodeFileCapabilities, parseCapabilityText } from "../kit/capabilities.ts";
import { type Io, flag, program } from "../kit/program.ts";

const USAGE = `usage: setcap [-h] [-q] [-v] [-n <rootid>] (-r|-|<caps>) <filename> [ ... (-r|-|<capsN>) <filenameN> ]

 Note <filename> must be a regular (non-symlink) file.
 -r          remove capability from file
 -           read capability text from stdin
 <capsN>     cap_from_text(3) formatted file capability
 [ Note: capsh --suggest="something..." might help you pick. ]
 -h          this message and exit status 0
 -q          quietly
 -v          validate supplied capability matches file
 -n <rootid> write a user namespace (!= 0) limited capability
 --license   display the license info
`;

export default program({ name: "setcap", path: "/sbin/setcap", manSection: 8, summary: "set file capabilities", synopsis: ["[-q] [-n <rootid>] [-v] (-r|-|<caps>) <filename>"], options: [flag(["-q"], "quietly"), flag(["-v"], "validate"), flag(["-r"], "remove")], operands: "files" }, function* (sys, argv, io: Io) {
  const args = argv.slice(1);
  let verify = false;
  let quiet = false;
  while (args[0] === "-q" || args[0] === "-v" || args[0] === "-n" || args[0] === "-h") {
    const option = args.shift();
    if (option === "-v") verify = true;
    else if (option === "-q") quiet = true;
    else if (option === "-n") args.shift();
    else {
      io.out.put(USAGE);
      return 0;
    }
  }
  const usage = function* (text: string) {
    yield* io.stderr(text + USAGE);
    return 1;
  };
  if (args.length < 2) return yield* usage("");
  while (args.length >= 2) {
    const text = args.shift() ?? "";
    const file = args.shift() ?? "";
    const sets = text === "-r" ? undefined : parseCapabilityText(text);
    if (text !== "-r" && !sets) return yield* usage("fatal error: Invalid argument\n");
    if (!verify && (sys.capget().effective & (1n << 31n)) === 0n) {
      yield* io.stderr("unable to set CAP_SETFCAP effective capability: Operation not permitted\n");
      return 1;
    }
    try {
      if (verify) {
        let current = "";
        try {
          const found = decodeFileCapabilities(sys.getxattr(file, "security.capability"));
          current = found ? capabilityText(found) : "";
        } catch (error) {
          if (!(error instanceof SysError) || error.errno !== "ENODATA") throw error;
        }
        const same = current === (sets ? capabilityText(sets) : "");
        if (!quiet) io.out.put(same ? `${file}: OK\n` : `${file} differs in [${"pe"}]\n`);
        if (!same) return 1;
      } else if (sets) sys.setxattr(file, "security.capability", encodeFileCapabilities(sets));
      else sys.removexattr(file, "security.capability");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`Failed to set capabilities on file '${file}': ${error.message}\n`);
      return 1;
    }
  }
  return 0;
});
