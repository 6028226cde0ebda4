import { flag, gnu, type Io, longArgument, optionalText } from "../kit/gnu.ts";
import type { Mount } from "../kit/mounts.ts";
import { graceText, hasQuota, KINDS, mountNamed, namesOf, periodText, QuotaError, quotaMounts, spaceText, stateOf } from "./_quota.ts";

export default gnu({
  name: "repquota", path: "/usr/sbin/repquota", manSection: 8, project: "quota", version: "4.06", tryLine: () => "", summary: "list usage and limits of every user of a file system (quota)", synopsis: ["[-vugsi] [-t|n] (-a | MOUNTPOINT)"], operands: "directories",
  options: { verbose: flag(["-v", "--verbose"], "those without any use too"), user: flag(["-u", "--user"], "quotas of users (usual)"), group: flag(["-g", "--group"], "quotas of groups"), human: longArgument(optionalText(["-s", "--human-readable"], "units", "sizes with units")), all: flag(["-a", "--all"], "all file systems with quotas"), truncate: flag(["-t", "--truncate-names"], "names of nine characters at most"), numbers: flag(["-n", "--no-names"], "numbers, not names"), noAutofs: flag(["-i", "--no-autofs"], "taken") },
  *run({ options, operands, sys }, io: Io) {
    const human = options.human !== undefined;
    if (operands.length === 0 && !options.all) {
      yield* io.stderr("Bad number of arguments.\nrepquota: Utility for reporting quotas.\nUsage:\nrepquota [-vugsi] [-c|C] [-t|n] [-F quotaformat] [-O (default | xml | csv)] (-a | mntpoint)\n");
      return 1;
    }
    try {
      const mounts: Mount[] = options.all ? [...(yield* quotaMounts(sys))] : [];
      for (const path of options.all ? [] : operands) mounts.push(yield* mountNamed(sys, path));
      for (const kind of KINDS) {
        if (kind === "user" ? options.group && !options.user : !options.group) continue;
        const nameOf = yield* namesOf(sys, kind);
        for (const mount of mounts) {
          if (!hasQuota(mount, kind)) continue;
          const state = yield* stateOf(sys, mount, kind);
          io.say(`*** Report for ${kind} quotas on device ${mount.source}\nBlock grace time: ${periodText(state.blockGraceSeconds)}; Inode grace time: ${periodText(state.inodeGraceSeconds)}\n                        ${human ? "Space" : "Block"} limits                File limits\n${(kind === "user" ? "User" : "Group").padEnd(9)}       used    soft    hard  grace    used  soft  hard  grace\n----------------------------------------------------------------------\n`);
          for (const one of state.entries) {
            const limited = one.blockSoftKib + one.blockHardKib + one.inodeSoft + one.inodeHard > 0;
            if (one.usedInodes === 0 && !limited && !options.verbose) continue;
            const kib = one.usedBytes / 1024;
            const name = options.numbers ? `#${one.id}` : nameOf(one.id);
            const sign = (over: boolean): string => (over ? "+" : "-");
            const space = (value: number): string => spaceText(value, human).padStart(7);
            io.out.put(`${(options.truncate ? name.slice(0, 9) : name).padEnd(9)} ${sign(one.blockSoftKib > 0 && kib > one.blockSoftKib)}${sign(one.inodeSoft > 0 && one.usedInodes > one.inodeSoft)} ${space(kib)} ${space(one.blockSoftKib)} ${space(one.blockHardKib)} ${graceText(sys, one.blockGraceEndsSeconds).padStart(6)} ${String(one.usedInodes).padStart(7)} ${String(one.inodeSoft).padStart(5)} ${String(one.inodeHard).padStart(5)} ${graceText(sys, one.inodeGraceEndsSeconds).padStart(6)}\n`);
          }
          if (options.verbose) io.say(`\nStatistics:\nTotal blocks: ${state.entries.length > 0 ? 7 : 6}\nData blocks: ${Math.ceil(state.entries.length / 14)}\nEntries: ${state.entries.length}\nUsed average: ${(state.entries.length / Math.max(1, Math.ceil(state.entries.length / 14))).toFixed(6)}\n`);
          io.out.put("\n");
        }
      }
      return 0;
    } catch (error) {
      if (!(error instanceof QuotaError)) throw error;
      yield* io.stderr(`repquota: ${error.message}\nrepquota: Not all specified mountpoints are using quota.\n`);
      return 1;
    }
  },
});
