// What clients ask of a unit beside jobs: to freeze its processes, to remove what it keeps in directories of its own.
import type { Blocking } from "../../kernel/sys.ts";
import { writeFile } from "./api/files.ts";
import type { Failure } from "./api/protocol.ts";
import { CGROUP_ROOT } from "./cgroup-files.ts";
import type { Supervisor } from "./supervisor.ts";
import { TransactionError } from "./unit-table.ts";

export const LOG_WORDS: Readonly<Record<"level" | "target", readonly string[]>> = {
  level: ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"], target: ["console", "console-prefixed", "journal", "kmsg", "syslog", "journal-or-kmsg", "syslog-or-kmsg", "auto", "null"],
};

const DIRECTORIES: readonly (readonly [kind: string, key: string, root: string])[] = [
  ["runtime", "RuntimeDirectory", "/run"], ["state", "StateDirectory", "/var/lib"], ["cache", "CacheDirectory", "/var/cache"], ["logs", "LogsDirectory", "/var/log"], ["configuration", "ConfigurationDirectory", "/etc"],
];

/** The freezer of its control group (cgroup.freeze). */
export function* freezeUnit(supervisor: Supervisor, name: string, frozen: boolean): Blocking<object> {
  const unit = yield* supervisor.load(name);
  if (unit.load === "not-found") throw new TransactionError("NoSuchUnit", `Unit ${name} not found.`);
  if (!unit.isActive || unit.cgroupPath === "") return { code: "UnitInactive", error: "Unit is not active" } satisfies Failure;
  yield* writeFile(supervisor.sys, `${CGROUP_ROOT}${unit.cgroupPath}/cgroup.freeze`, frozen ? "1" : "0");
  unit.isFrozen = frozen;
  return {};
}

export function* cleanUnit(supervisor: Supervisor, name: string, kinds: readonly string[]): Blocking<object> {
  const unit = yield* supervisor.load(name);
  if (unit.load !== "loaded") throw new TransactionError("NoSuchUnit", `Unit ${name} not found.`);
  if (!unit.isDead || supervisor.jobs.has(unit.name)) return { code: "UnitBusy", error: "Unit is not inactive or has pending job." } satisfies Failure;
  const paths = DIRECTORIES.filter(([kind]) => kinds.includes(kind)).flatMap(([, key, root]) => unit.text.words("Service", key).map((word) => `${root}/${supervisor.expand(word, unit.name)}`));
  if (paths.length === 0) return { code: "NothingToClean", error: "No matching resources found." } satisfies Failure;
  for (const path of paths) yield* supervisor.removeTree(path);
  return {};
}
