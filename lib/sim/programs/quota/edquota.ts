// edquota: limits in an editor (edquota(8)).
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { execSearching } from "../kit/exec-path.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { hasQuota, idOf, type Kind, mountNamed, namesOf, periodText, QuotaError, quotaMounts, quotaRequest, setLimits, stateOf, writeFile } from "./_quota.ts";

/** What the editor leaves. Errors: QuotaError. */
function* edited(sys: Sys, io: Io, before: string): Blocking<string> {
  const path = `/tmp//EdP.a${[...sys.random(3)].map((byte) => byte.toString(36)).join("").slice(0, 6)}`;
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.EXCL, 0o600);
  yield* sys.write(fd, encode(before));
  sys.close(fd);
  yield* io.out.flush();
  const editor = sys.environment.get("VISUAL") ?? sys.environment.get("EDITOR") ?? "/usr/bin/editor";
  const pid = sys.fork(function* (own) {
    yield* execSearching(own, "/bin/sh", ["sh", "-c", `${editor} ${path}`], own.environment, "/bin:/usr/bin");
    return 127;
  });
  yield* sys.waitpid(pid);
  const after = (yield* readTextFile(sys, path)) ?? "";
  try {
    sys.unlink(path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  return after;
}

const UNITS: Readonly<Record<string, number>> = { second: 1, seconds: 1, minute: 60, minutes: 60, hour: 3600, hours: 3600, day: 86_400, days: 86_400 };

export default gnu({
  name: "edquota", path: "/usr/sbin/edquota", manSection: 8, project: "quota", version: "4.06", tryLine: () => "", summary: "edit user quotas", synopsis: ["[-u|-g] [-p PROTOTYPE] [-f FILESYSTEM] NAME...", "[-u|-g] -t [-f FILESYSTEM]"], operands: "users",
  options: { user: flag(["-u", "--user"], "limits of users (usual)"), group: flag(["-g", "--group"], "limits of groups"), period: flag(["-t", "--edit-period"], "the times of grace"), prototype: text(["-p", "--prototype"], "NAME", "as that one has them"), place: text(["-f", "--filesystem"], "FILESYSTEM", "only there"), format: text(["-F", "--format"], "FORMAT", "vfsv1 (accepted)") },
  *run({ options, operands, sys }, io: Io) {
    const kind: Kind = options.group ? "group" : "user";
    if (operands.length === 0 && !options.period) {
      yield* io.stderr("edquota: Usage:\n\tedquota [-rm] [-u] [-F formatname] [-p username] [-f filesystem] username ...\n");
      return 1;
    }
    try {
      const mounts = options.place === undefined ? (yield* quotaMounts(sys)).filter((mount) => hasQuota(mount, kind)) : [yield* mountNamed(sys, options.place)];
      if (mounts.length === 0) throw new QuotaError("No filesystems with quota detected.");
      if (options.period) {
        let page = `Grace period before enforcing soft limits for ${kind}s:\nTime units may be: days, hours, minutes, or seconds\n  Filesystem             Block grace period     Inode grace period\n`;
        for (const mount of mounts) {
          const state = yield* stateOf(sys, mount, kind);
          page += `  ${mount.source.padEnd(12)} ${periodText(state.blockGraceSeconds).padStart(22)} ${periodText(state.inodeGraceSeconds).padStart(22)}\n`;
        }
        for (const line of (yield* edited(sys, io, page)).split("\n")) {
          const [device, ...words] = line.trim().split(/\s+/);
          const mount = mounts.find((one) => one.source === device);
          if (!mount) continue;
          const [blockSeconds, inodeSeconds] = words.map((word) => {
            const match = /^(\d+)([a-z]+)$/.exec(word);
            const unit = UNITS[match?.[2] ?? ""];
            if (!match || unit === undefined) throw new QuotaError("Bad time units. Units are 'second', 'minute', 'hour', and 'day'.");
            return Number(match[1]) * unit;
          });
          yield* quotaRequest(sys, mount, "QUOTA_GRACE", { kind, blockSeconds: blockSeconds ?? 0, inodeSeconds: inodeSeconds ?? 0 });
          yield* writeFile(sys, mount, kind, yield* stateOf(sys, mount, kind));
        }
        return 0;
      }
      for (const word of operands) {
        const id = yield* idOf(sys, kind, word);
        if (options.prototype !== undefined) {
          const model = yield* idOf(sys, kind, options.prototype);
          for (const mount of mounts) yield* setLimits(sys, mount, kind, id, (yield* stateOf(sys, mount, kind)).entries.find((one) => one.id === model) ?? { blockSoftKib: 0, blockHardKib: 0, inodeSoft: 0, inodeHard: 0 });
          continue;
        }
        let page = `Disk quotas for ${kind} ${(yield* namesOf(sys, kind))(id)} (${kind === "user" ? "u" : "g"}id ${id}):\n  Filesystem                   blocks       soft       hard     inodes     soft     hard\n`;
        for (const mount of mounts) {
          const one = (yield* stateOf(sys, mount, kind)).entries.find((entry) => entry.id === id);
          page += `  ${mount.source.padEnd(24)} ${String((one?.usedBytes ?? 0) / 1024).padStart(10)} ${String(one?.blockSoftKib ?? 0).padStart(10)} ${String(one?.blockHardKib ?? 0).padStart(10)} ${String(one?.usedInodes ?? 0).padStart(10)} ${String(one?.inodeSoft ?? 0).padStart(8)} ${String(one?.inodeHard ?? 0).padStart(8)}\n`;
        }
        for (const line of (yield* edited(sys, io, page)).split("\n")) {
          const [device, , soft, hard, , inodeSoft, inodeHard] = line.trim().split(/\s+/);
          const mount = mounts.find((one) => one.source === device);
          if (!mount) continue;
          const [a, b, c, d] = [soft, hard, inodeSoft, inodeHard].map((each) => (/^\d+$/.test(each ?? "") ? Number(each) : undefined));
          if (a === undefined || b === undefined || c === undefined || d === undefined) throw new QuotaError(`Bad format:\n${line}`);
          yield* setLimits(sys, mount, kind, id, { blockSoftKib: a, blockHardKib: b, inodeSoft: c, inodeHard: d });
        }
      }
      return 0;
    } catch (error) {
      if (!(error instanceof QuotaError) && !(error instanceof SysError)) throw error;
      yield* io.stderr(`edquota: ${error.message}\n`);
      return 1;
    }
  },
});
