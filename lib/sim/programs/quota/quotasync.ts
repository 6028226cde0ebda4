// quotasync: usage goes from memory to the quota files (quotasync(1)). The kernel's counts are the files' own here.
import { flag, gnu, type Io } from "../kit/gnu.ts";
import { mountNamed, QuotaError } from "./_quota.ts";

export default gnu({
  name: "quotasync", path: "/usr/bin/quotasync", manSection: 1, project: "quota", version: "4.06", tryLine: () => "", summary: "write the usage that the kernel counts to the quota files", synopsis: ["[-ugP] -a|FILESYSTEM..."], operands: "directories",
  options: { all: flag(["-a", "--all"], "all file systems with quotas"), user: flag(["-u", "--user"], "quotas of users"), group: flag(["-g", "--group"], "quotas of groups"), project: flag(["-P", "--project"], "quotas of projects (there are none)") },
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0 && !options.all) {
      yield* io.stderr("Bad number of arguments.\nquotasync: Usage:\n\tquotasync [-ugP] -a\n\tquotasync [-ugP] filesys ...\n");
      return 1;
    }
    let status = 0;
    for (const path of options.all ? [] : operands) {
      try {
        yield* mountNamed(sys, path);
      } catch (error) {
        if (!(error instanceof QuotaError)) throw error;
        yield* io.stderr(`quotasync: ${error.message}\n`);
        status = 1;
      }
    }
    return status;
  },
});
