import { type Blocking, SysError } from "../../kernel/sys.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import type { Mount } from "../kit/mounts.ts";
import { hasQuota, KINDS, mountNamed, QuotaError, quotaFile, quotaMounts, quotaRequest, readFile, stateOf, writeFile } from "./_quota.ts";

export default gnu({
  name: "quotaon", path: "/sbin/quotaon", links: ["/sbin/quotaoff"], manSection: 8, project: "quota", version: "4.06", tryLine: () => "", summary: "switch the quotas of a file system on or off", synopsis: ["[-guPvp] [-F FORMAT] -a", "[-guPvp] [-F FORMAT] FILESYSTEM..."], operands: "directories",
  options: { all: flag(["-a", "--all"], "all file systems with quotas"), off: flag(["-f", "--off"], "turn them off"), user: flag(["-u", "--user"], "quotas of users"), group: flag(["-g", "--group"], "quotas of groups"), state: flag(["-p", "--print-state"], "only say whether they are on"), verbose: flag(["-v", "--verbose"], "say what is done"), format: text(["-F", "--format"], "FORMAT", "vfsv1 (accepted)"), project: flag(["-P", "--project"], "quotas of projects (there are none)") },
  *run({ options, operands, sys, argv0 }, io: Io) {
    const name = argv0.split("/").at(-1) ?? "quotaon";
    const off = options.off || name === "quotaoff";
    if (operands.length === 0 && !options.all) {
      yield* io.stderr(`Bad number of arguments.\n${name}: Usage:\n\t${name} [-guPvp] [-F quotaformat] [-x state] -a\n\t${name} [-guPvp] [-F quotaformat] [-x state] filesys ...\n`);
      return 1;
    }
    const kinds = KINDS.filter((kind) => (options.user || options.group ? options[kind] : true)).reverse();
    let status = 0;
    const mounts: Mount[] = [];
    const say = (line: string): Blocking<void> => io.stderr(`${name}: ${line}\n`);
    if (options.all) mounts.push(...(yield* quotaMounts(sys)));
    for (const path of options.all ? [] : operands) {
      try {
        sys.stat(path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* say(`Cannot stat() given mountpoint ${path}: ${error.message}\nSkipping...`);
        if (operands.length === 1) yield* say("No correct mountpoint specified.");
        status = 1;
        continue;
      }
      try {
        mounts.push(yield* mountNamed(sys, path));
      } catch (error) {
        if (!(error instanceof QuotaError)) throw error;
        yield* say(error.message);
        status = 1;
      }
    }
    for (const mount of mounts) {
      for (const kind of kinds) {
        if (!hasQuota(mount, kind)) continue;
        try {
          const state = yield* stateOf(sys, mount, kind);
          if (options.state) {
            io.out.put(`${kind} quota on ${mount.target} (${mount.source}) is ${state.enabled ? "on" : "off"}\n`);
            if (state.enabled) status = 1;
            continue;
          }
          if (off) {
            if (!state.enabled) continue;
            yield* writeFile(sys, mount, kind, state);
            yield* quotaRequest(sys, mount, "QUOTA_OFF", { kind });
          } else {
            const entries = yield* readFile(sys, mount, kind);
            if (entries === undefined) {
              yield* say(`cannot find ${quotaFile(mount, kind)} on ${mount.source} [${mount.target}]`);
              status = 1;
              continue;
            }
            yield* quotaRequest(sys, mount, "QUOTA_ON", { kind, entries });
          }
          if (options.verbose) io.out.put(`${mount.source} [${mount.target}]: ${kind} quotas turned ${off ? "off" : "on"}\n`);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* say(off ? `quota off on ${mount.source}: ${error.message}` : `using ${quotaFile(mount, kind)} on ${mount.source} [${mount.target}]: ${error.message}`);
          status = 1;
        }
      }
    }
    return status;
  },
});
