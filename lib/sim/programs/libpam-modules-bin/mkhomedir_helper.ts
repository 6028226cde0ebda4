// mkhomedir_helper: the home directory of a user, from the skeleton; what pam_mkhomedir starts (mkhomedir_helper(8)).
import { SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { exists } from "../kit/presence.ts";
import { type Io, program } from "../kit/program.ts";
import { logAuthentication } from "../login/_pam.ts";
import { newHome } from "../libpam-modules/_home-directory.ts";

// numbers of pam(3), which the helper ends with
const permissionDenied = 6;
const userUnknown = 10;
const sessionError = 14;

export default program(
  {
    name: "mkhomedir_helper", path: "/sbin/mkhomedir_helper", manSection: 8, showsHelp: true, summary: "create a home directory", synopsis: ["user [umask [skeldir [home_mode]]]"], operands: "users", options: [],
    description: ["It makes the user's home directory as /etc/passwd names it, copies what is in the skeleton into it (/etc/skel unless another is given) and gives all of it to the user. A home directory that is there already stays as it is. The mask (in octal, 0022 unless given) takes rights away; home_mode gives those of the directory itself."],
    exitStatuses: [["0", "the directory is there"], ["6", "it cannot be made"], ["10", "nobody has this name"], ["14", "the command line makes no sense"]],
    seeAlso: ["pam_mkhomedir(8)"],
  },
  function* (sys, argv, io: Io) {
    const [, name, mask, skeleton = "/etc/skel", mode] = argv;
    if (name === undefined || name.startsWith("-")) {
      yield* io.stderr("Usage: mkhomedir_helper <username> [<umask> [<skeldir> [<home_mode>]]]\n");
      return sessionError;
    }
    const user = (yield* Accounts.read(sys)).userByName(name);
    if (user === undefined) {
      yield* logAuthentication(sys, "mkhomedir_helper", "User unknown.", 3);
      return userUnknown;
    }
    const octal = (text: string | undefined): boolean => text === undefined || /^0*[0-7]{1,4}$/.test(text);
    if (!octal(mask) || !octal(mode)) {
      yield* logAuthentication(sys, "mkhomedir_helper", octal(mask) ? `Bogus home_mode value ${mode ?? ""}` : `Bogus umask value ${mask ?? ""}`, 3);
      return sessionError;
    }
    if (exists(sys, user.home)) return 0;
    try {
      yield* newHome(sys, user, skeleton, mask, mode === undefined ? undefined : Number.parseInt(mode, 8));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* logAuthentication(sys, "mkhomedir_helper", `unable to create directory ${user.home}: ${error.message}`, 3);
      return permissionDenied;
    }
    return 0;
  },
);
