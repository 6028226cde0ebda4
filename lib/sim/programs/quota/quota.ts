import { flag, gnu, type Io, longArgument, optionalText } from "../kit/gnu.ts";
import { Accounts } from "../kit/accounts.ts";
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { graceText, hasQuota, idOf, type Kind, namesOf, QuotaError, quotaMounts, spaceText, stateOf, type Usage } from "./_quota.ts";

const limited = (one: Usage): boolean => one.blockSoftKib + one.blockHardKib + one.inodeSoft + one.inodeHard > 0;

/** True when a limit is passed. */
function* show(sys: Sys, io: Io, kind: Kind, id: number, options: { readonly human: boolean; readonly quiet: boolean; readonly verbose: boolean }): Blocking<boolean> {
  const name = (yield* namesOf(sys, kind))(id);
  const head = `Disk quotas for ${kind} ${name} (${kind === "user" ? "u" : "g"}id ${id}): `;
  const rows: string[] = [];
  let over = false;
  for (const mount of yield* quotaMounts(sys)) {
    if (!hasQuota(mount, kind)) continue;
    const state = yield* stateOf(sys, mount, kind);
    const one = state.entries.find((entry) => entry.id === id);
    if (!one || !state.enabled || (!limited(one) && !options.verbose)) continue;
    const kib = one.usedBytes / 1024;
    const blocksOver = (one.blockSoftKib > 0 && kib > one.blockSoftKib) || (one.blockHardKib > 0 && kib >= one.blockHardKib);
    const filesOver = (one.inodeSoft > 0 && one.usedInodes > one.inodeSoft) || (one.inodeHard > 0 && one.usedInodes >= one.inodeHard);
    over ||= blocksOver || filesOver;
    const space = (value: number): string => spaceText(value, options.human);
    if (options.quiet) {
      if (blocksOver) rows.push(`\tBlock limit reached on ${mount.target}\n`);
      if (filesOver) rows.push(`\tFile limit reached on ${mount.target}\n`);
      continue;
    }
    const device = mount.source.length > 15 ? `${mount.source}\n${" ".repeat(15)}` : mount.source.padStart(15);
    rows.push(`${device} ${space(kib).padStart(7)}${blocksOver ? "*" : " "} ${space(one.blockSoftKib).padStart(6)} ${space(one.blockHardKib).padStart(7)} ${graceText(sys, one.blockGraceEndsSeconds).padStart(7)} ${String(one.usedInodes).padStart(7)}${filesOver ? "*" : " "} ${String(one.inodeSoft).padStart(6)} ${String(one.inodeHard).padStart(7)} ${graceText(sys, one.inodeGraceEndsSeconds).padStart(7)}\n`);
  }
  if (rows.length === 0) {
    if (!options.quiet) io.out.put(`${head}${options.verbose ? "no limited resources used" : "none"}\n`);
  } else if (options.quiet) io.out.put(`${head}\n${rows.join("")}`);
  else io.out.put(`${head}\n${"Filesystem".padStart(15)}${(options.human ? "space" : "blocks").padStart(8)} ${"quota".padStart(7)}${"limit".padStart(8)}${"grace".padStart(8)}${"files".padStart(8)} ${"quota".padStart(7)}${"limit".padStart(8)}${"grace".padStart(8)}\n${rows.join("")}`);
  return over;
}

export default gnu({
  name: "quota", path: "/usr/bin/quota", project: "quota", version: "4.06", tryLine: () => "", summary: "show how much disk space a user takes, and the limits (quota)", synopsis: ["[-guqvs] [USER|GROUP]..."], operands: "users",
  options: { user: flag(["-u", "--user"], "quotas of a user (usual)"), group: flag(["-g", "--group"], "quotas of groups"), quiet: flag(["-q", "--quiet"], "only where a limit is passed"), verbose: flag(["-v", "--verbose"], "where there is no limit too"), human: longArgument(optionalText(["-s", "--human-readable"], "units", "sizes with units")), wide: flag(["-w", "--no-wrap"], "taken"), path: flag(["-p", "--raw-grace"], "taken"), local: flag(["-l", "--local-only"], "taken") },
  *run({ options, operands, sys }, io: Io) {
    const { ruid, rgid, groups } = sys.getcred();
    const shown = { human: options.human !== undefined, quiet: options.quiet, verbose: options.verbose };
    let over = false;
    try {
      const kind: Kind = options.group && !options.user ? "group" : "user";
      if (operands.length === 0) {
        if (!options.group || options.user) over = yield* show(sys, io, "user", ruid, shown);
        if (options.group) for (const gid of new Set([rgid, ...groups])) if (yield* show(sys, io, "group", gid, shown)) over = true;
      }
      for (const word of operands) {
        const id = yield* idOf(sys, kind, word);
        const accounts = yield* Accounts.read(sys);
        const mine = kind === "user" ? id === ruid : id === rgid || groups.includes(id) || accounts.groups.some((group) => group.gid === id && group.members.includes(accounts.users.find((user) => user.uid === ruid)?.name ?? ""));
        if (ruid !== 0 && !mine) throw new QuotaError(`${word} (${kind === "user" ? "u" : "g"}id ${id}): Permission denied`);
        if (yield* show(sys, io, kind, id, shown)) over = true;
      }
    } catch (error) {
      if (!(error instanceof QuotaError)) throw error;
      yield* io.out.flush();
      yield* io.stderr(`quota: ${error.message}\n`);
      return 1;
    }
    return over ? 1 : 0;
  },
});
