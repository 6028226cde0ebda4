// newuidmap and newgidmap: set-user-ID root, they write /proc/PID/uid_map or gid_map for whoever owns the process and the ranges (subuid(5), subgid(5)).

import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import type { Command } from "../kit/command.ts";
import { type Io, program } from "../kit/program.ts";

const MOST = 0xffffffff;

interface Range {
  readonly upper: number;
  readonly lower: number;
  readonly count: number;
}

/** Ranges of a user in /etc/subuid or /etc/subgid: by his name, or his number. */
export function* subordinateRanges(sys: Sys, path: string, name: string, uid: number): Blocking<readonly { readonly start: number; readonly count: number }[]> {
  return ((yield* readTextFile(sys, path)) ?? "").split("\n").flatMap((line) => {
    const [owner, start, count] = line.split(":");
    return (owner === name || owner === String(uid)) && /^\d+$/.test(start ?? "") && /^\d+$/.test(count ?? "") ? [{ start: Number(start), count: Number(count) }] : [];
  });
}

export function idMapper(kind: "uid" | "gid", words: { readonly summary: string; readonly description: string }): Command {
  const name = `new${kind}map`;
  return program(
    {
      name, showsHelp: true, mode: 0o4755, summary: words.summary, synopsis: [kind === "uid" ? "PID UID LOWERUID COUNT [UID LOWERUID COUNT]..." : "PID GID LOWERGID COUNT [GID LOWERGID COUNT]..."], operands: "pids", options: [], description: [words.description],
      exitStatuses: [["0", "the map is written"], ["1", "the map is not written"]], seeAlso: [kind === "uid" ? "subuid(5)" : "subgid(5)", "unshare(1)", "user_namespaces(7)"],
    },
    function* (sys, argv, io: Io) {
      const usage = function* (): Blocking<number> {
        yield* io.stderr(`usage: ${name} <pid> <${kind}> <lower${kind}> <count> [ <${kind}> <lower${kind}> <count> ] ... \n`);
        return 1;
      };
      const fail = function* (message: string): Blocking<number> {
        yield* io.stderr(`${name}: ${message}\n`);
        return 1;
      };
      const [, target, ...numbers] = argv;
      if (target === undefined || !/^\d+$/.test(target) || Number(target) === 0) return yield* usage();
      let owner: { readonly uid: number; readonly gid: number };
      try {
        owner = sys.stat(`/proc/${target}`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return yield* fail(`Could not open proc directory for target ${target}`);
      }
      const cred = sys.getcred();
      const user = (yield* Accounts.read(sys)).userById(cred.ruid);
      if (user === undefined) return yield* fail("Cannot determine your user name.");
      if (user.gid !== cred.rgid || user.uid !== owner.uid || cred.rgid !== owner.gid) return yield* fail(`Target process ${target} is owned by a different user: uid:${cred.ruid} pw_uid:${user.uid} st_uid:${owner.uid}, gid:${cred.rgid} pw_gid:${user.gid} st_gid:${owner.gid}`);
      const count = Math.floor((numbers.length + 2) / 3);
      if (count * 3 > numbers.length) {
        yield* io.stderr(`ranges: ${count} argc: ${numbers.length}\n`);
        return yield* fail(`Not enough arguments to form ${count} mappings`);
      }
      if (numbers.some((one) => !/^\d+$/.test(one))) return yield* usage();
      const ranges: Range[] = [];
      for (let at = 0; at < numbers.length; at += 3) ranges.push({ upper: Number(numbers[at]), lower: Number(numbers[at + 1]), count: Number(numbers[at + 2]) });
      if (ranges.some((range) => range.upper > MOST || range.lower > MOST || range.count > MOST || range.upper + range.count > MOST || range.lower + range.count > MOST)) return yield* fail(`sub${kind} overflow detected.`);
      const owned = yield* subordinateRanges(sys, `/etc/sub${kind}`, user.name, user.uid);
      let mayKeepGroups = true;
      for (const { upper, lower, count: length } of ranges) {
        const isSubordinate = length > 0 && owned.some((range) => lower >= range.start && lower + length <= range.start + range.count);
        const isOwn = length === 1 && lower === (kind === "uid" ? user.uid : user.gid);
        if (!isSubordinate && !isOwn) return yield* fail(`${kind} range [${upper}-${upper + length}) -> [${lower}-${lower + length}) not allowed`);
        // whose own group is mapped could drop it, and what it forbids with it
        if (!isSubordinate) mayKeepGroups = false;
      }
      try {
        if (kind === "gid" && !mayKeepGroups) yield* write(sys, `/proc/${target}/setgroups`, "deny");
        yield* write(sys, `/proc/${target}/${kind}_map`, ranges.map((range) => `${range.upper} ${range.lower} ${range.count}\n`).join(""));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return yield* fail(`write to ${kind}_map failed: ${error.message}`);
      }
      return 0;
    },
  );
}

function* write(sys: Sys, path: string, content: string): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY);
  try {
    yield* sys.write(fd, encode(content));
  } finally {
    sys.close(fd);
  }
}
