import { SysError } from "../../kernel/sys.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import type { Mount } from "../kit/mounts.ts";
import { blocksOf, hasQuota, idOf, type Kind, mountNamed, QuotaError, quotaMounts, quotaRequest, setLimits, stateOf, writeFile } from "./_quota.ts";

export default gnu({
  name: "setquota", path: "/usr/sbin/setquota", manSection: 8, project: "quota", version: "4.06", tryLine: () => "", summary: "set disk quotas", operands: "none",
  synopsis: ["[-u|-g] NAME BLOCK-SOFT BLOCK-HARD INODE-SOFT INODE-HARD -a|FILESYSTEM...", "[-u|-g] -p PROTOTYPE NAME -a|FILESYSTEM...", "[-u|-g] -t BLOCK-GRACE INODE-GRACE -a|FILESYSTEM..."],
  options: { user: flag(["-u", "--user"], "limits of a user (usual)"), group: flag(["-g", "--group"], "limits of a group"), all: flag(["-a", "--all"], "all file systems with quotas"), prototype: text(["-p", "--prototype"], "NAME", "as that one has them"), period: flag(["-t", "--edit-period"], "times of grace in seconds"), format: text(["-F", "--format"], "FORMAT", "vfsv1 (accepted)"), remote: flag(["-r", "--remote"], "taken") },
  *run({ options, operands, sys }, io: Io) {
    const kind: Kind = options.group ? "group" : "user";
    const head = options.period ? 2 : options.prototype !== undefined ? 1 : 5;
    const places = operands.slice(head);
    if (operands.length < head || (places.length === 0 && !options.all)) {
      yield* io.stderr("setquota: Bad number of arguments.\nsetquota: Usage:\n  setquota [-u|-g|-P] [-rm] [-F quotaformat] <user|group|project>\n\t<block-softlimit> <block-hardlimit> <inode-softlimit> <inode-hardlimit> -a|<filesystem>...\n");
      return 1;
    }
    try {
      const mounts: Mount[] = options.all ? (yield* quotaMounts(sys)).filter((mount) => hasQuota(mount, kind)) : [];
      for (const place of options.all ? [] : places) mounts.push(yield* mountNamed(sys, place));
      for (const mount of mounts) {
        if (options.period) {
          const [blockSeconds, inodeSeconds] = operands.slice(0, 2).map(Number);
          if (!Number.isInteger(blockSeconds) || !Number.isInteger(inodeSeconds)) throw new QuotaError(`Bad time units. Units are 'second', 'minute', 'hour', and 'day'.`);
          yield* quotaRequest(sys, mount, "QUOTA_GRACE", { kind, blockSeconds, inodeSeconds });
          yield* writeFile(sys, mount, kind, yield* stateOf(sys, mount, kind));
          continue;
        }
        const [name = "", ...words] = operands;
        const id = yield* idOf(sys, kind, name);
        if (options.prototype !== undefined) {
          const model = yield* idOf(sys, kind, options.prototype);
          const found = (yield* stateOf(sys, mount, kind)).entries.find((one) => one.id === model);
          yield* setLimits(sys, mount, kind, id, found ?? { blockSoftKib: 0, blockHardKib: 0, inodeSoft: 0, inodeHard: 0 });
          continue;
        }
        const titles = ["block soft limit", "block hard limit", "inode soft limit", "inode hard limit"];
        const [blockSoftKib = 0, blockHardKib = 0, inodeSoft = 0, inodeHard = 0] = titles.map((title, at) => {
          const word = words[at] ?? "";
          const value = at < 2 ? blocksOf(word) : /^\d+[kmgt]?$/i.test(word) ? Number(/^\d+/.exec(word)?.[0]) * 1000 ** (" kmgt".indexOf((/[kmgt]$/i.exec(word)?.[0] ?? " ").toLowerCase())) : undefined;
          if (value === undefined) throw new QuotaError(`Bad ${title}: ${word}: ${/^\d/.test(word) ? "Unknown unit" : "not a number"}`);
          return value;
        });
        yield* setLimits(sys, mount, kind, id, { blockSoftKib, blockHardKib, inodeSoft, inodeHard });
      }
      return 0;
    } catch (error) {
      if (!(error instanceof QuotaError) && !(error instanceof SysError)) throw error;
      yield* io.stderr(`setquota: ${error.message}\n${error instanceof QuotaError && error.message.startsWith("Mountpoint") ? "setquota: Not all specified mountpoints are using quota.\n" : ""}`);
      return 1;
    }
  },
});
