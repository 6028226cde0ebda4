// accton: process accounting on and off (accton(8), GNU Accounting Utilities 6.6.4).

import { errnoNumber, SysError } from "../../kernel/sys.ts";
import { flag, type Io, program, reason } from "../kit/program.ts";
import { withHelp } from "../kit/program.ts";
import { PACCT, VERSION } from "./_records.ts";

export default withHelp(program(
  {
    name: "accton", path: "/usr/sbin/accton", manSection: 8, summary: "switch process accounting on or off", synopsis: ["on | off | FILE"], operands: "files", seeAlso: ["lastcomm(1)", "sa(8)", "acct(5)"],
    description: ["On, the kernel writes a record into /var/log/account/pacct, or FILE, for each process that ends."], options: [flag(["-h", "--help"], "show this help"), flag(["-V", "--version"], "show the version")],
  },
  function* (sys, argv, io: Io) {
    const [word, ...more] = argv.slice(1);
    const wrong = word === undefined ? "no arguments" : more.length > 0 ? "too many arguments" : word.startsWith("-") && word !== "-V" && word !== "--version" && word !== "-h" ? (word.startsWith("--") ? `unrecognized option '${word}'` : `invalid option -- '${word.charAt(1)}'`) : undefined;
    if (word === undefined || wrong !== undefined) {
      yield* io.stderr(`${io.argv0}: ${wrong ?? ""}\nUsage: ${io.argv0} [OPTION] on|off|ACCOUNTING_FILE\nTry '${io.argv0} --help' for more information.\n`);
      return 1;
    }
    if (word === "-V" || word === "--version") {
      io.out.put(`${io.argv0}: ${VERSION}\n`);
      return 0;
    }
    const path = word === "off" ? undefined : word === "on" ? PACCT : word;
    try {
      sys.acct(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`${io.argv0}: ${reason(error)}\n`);
      return errnoNumber(error.errno);
    }
    io.out.put(path === undefined ? "Turning off process accounting.\n" : `Turning on process accounting, file set to ${word === "on" ? `the default '${PACCT}'` : `'${path}'`}.\n`);
    return 0;
  },
));
