// The file systems and swap areas that a boot brings up beside the root: what generated and the administrator's own units add to local-fs.target, remote-fs.target and swap.target.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { GENERATED_UNITS } from "./fstab-generator.ts";
import type { Supervisor } from "./supervisor.ts";
import { unitTypeOf } from "./api/unit-name.ts";

export interface FileSystemsOfBoot {
  /** target and what it pulls in */
  readonly local: ReadonlyMap<string, readonly string[]>;
  readonly remote: ReadonlyMap<string, readonly string[]>;
  /** which say themselves that they come up */
  readonly started: readonly string[];
}

export const NO_FILE_SYSTEMS: FileSystemsOfBoot = { local: new Map(), remote: new Map(), started: [] };
const TYPES: ReadonlySet<string | undefined> = new Set(["mount", "swap", "automount"]);

export function fileSystemsOfBoot(supervisor: Supervisor): FileSystemsOfBoot {
  const of = (target: string): readonly string[] => {
    const found = new Set<string>();
    for (const directory of [GENERATED_UNITS, "/etc/systemd/system"]) {
      for (const kind of ["requires", "wants"]) for (const name of supervisor.paths.below(directory, `${target}.${kind}`)) if (name !== "-.mount" && TYPES.has(unitTypeOf(name))) found.add(name);
    }
    return [...found];
  };
  const tableOf = (targets: readonly string[]): ReadonlyMap<string, readonly string[]> => new Map(targets.map((target) => [target, of(target)] as const).filter(([, names]) => names.length > 0));
  const local = tableOf(["local-fs.target", "swap.target"]);
  const remote = tableOf(["remote-fs.target"]);
  return { local, remote, started: [...local, ...remote].flatMap(([target, names]) => [target, ...names]) };
}

/** Waits until all are up or cannot be. False: local-fs.target has failed. */
export function* mountAtBoot(sys: Sys, supervisor: Supervisor, targets: FileSystemsOfBoot["local"]): Blocking<boolean> {
  if (targets.size === 0) return true;
  for (const [target, names] of targets) yield* supervisor.startTogether(target, names);
  const all = [...targets].flatMap(([target, names]) => [target, ...names]);
  while (all.some((name) => supervisor.jobs.has(name))) {
    try {
      const ended = yield* sys.waitpid(-1, { nohang: true });
      if (ended !== undefined) {
        yield* supervisor.reaped(ended.pid, ended.status);
        continue;
      }
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "ECHILD") throw error;
    }
    const wakeUs = supervisor.nextWakeUs;
    try {
      yield* sys.sleep(Math.max(1, (wakeUs ?? supervisor.nowUs() + 1_000_000) - supervisor.nowUs()));
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      sys.takeSignals();
    }
    yield* supervisor.timeouts();
  }
  return !targets.has("local-fs.target") || supervisor.units.get("local-fs.target")?.isActive === true;
}
