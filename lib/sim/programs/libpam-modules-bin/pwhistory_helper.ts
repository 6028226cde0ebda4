// pwhistory_helper: what pam_pwhistory starts; by hand it does nothing (pwhistory_helper(8)).
import { type Io, program } from "../kit/program.ts";
import { logAuthentication } from "../login/_pam.ts";

const systemError = 4;

export default program(
  {
    name: "pwhistory_helper", path: "/sbin/pwhistory_helper", manSection: 8, showsHelp: true, summary: "helper of pam_pwhistory that reads and writes former passwords", synopsis: [""], options: [],
    description: ["pam_pwhistory starts it where the module itself may not read /etc/security/opasswd. It is not meant to be started by hand: then it says so and ends."],
    seeAlso: ["pam_pwhistory(8)"],
  },
  function* (sys, _argv, io: Io) {
    yield* logAuthentication(sys, "pwhistory_helper", `inappropriate use of Unix helper binary [UID=${sys.getcred().ruid}]`);
    yield* io.stderr("This binary is not designed for running in this way.\n");
    return systemError;
  },
);
