// Who is killed when memory runs out, in a cgroup or in the whole machine, and what the log says of it (mm/oom_kill.c).

import type { Cgroup } from "./cgroup.ts";
import type { Kernel } from "./kernel.ts";
import type { Process } from "./process.ts";
import { SIGNALS } from "./signal-names.ts";
import { terminate } from "./signals.ts";

/** The process whose death frees most (oom_badness): memory, moved by oom_score_adj. */
export function chooseVictim(kernel: Kernel, candidates: readonly Process[], limitBytes: number): Process | undefined {
  let victim: Process | undefined;
  let worst = -Infinity;
  for (const process of candidates) {
    if (process.kernelThread || process.oomScoreAdjustment === -1000 || (process.isPidOne() && process.identity.namespace.level === 0)) continue;
    const points = process.chargedBytes + (process.oomScoreAdjustment * Math.min(limitBytes, kernel.memoryBytes)) / 1000;
    if (points > worst) {
      worst = points;
      victim = process;
    }
  }
  return victim;
}

/** The machine's own memory is used up. */
export function outOfMemory(invoker: Process): void {
  const { kernel } = invoker;
  const candidates = [...kernel.processes.values()].filter((process) => process.runState !== "zombie" && !process.fatal && !process.kernelThread);
  const victim = chooseVictim(kernel, candidates, kernel.memoryBytes);
  if (!victim) return;
  reportOom(invoker, candidates, victim, undefined);
  terminate(victim, { kind: "signaled", signal: SIGNALS.KILL, coreDumped: false });
}

/** The lines that the OOM killer leaves in the log (mm/oom_kill.c, mm/memcontrol.c). */
export function reportOom(invoker: Process, candidates: readonly Process[], victim: Process, group: Cgroup | undefined): void {
  const kb = (bytes: number): number => Math.floor(bytes / 1024);
  const { log } = invoker.kernel;
  log.append(`${invoker.comm} invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=${invoker.oomScoreAdjustment}`, 4);
  if (group) {
    log.append(`memory: usage ${kb(Math.min(group.memoryBytes, group.memoryMax))}kB, limit ${kb(group.memoryMax)}kB, failcnt ${group.memoryEvents.max}`);
    log.append("swap: usage 0kB, limit 0kB, failcnt 0");
    log.append(`Memory cgroup stats for ${group.path}:`);
  }
  log.append("Tasks state (memory values in pages):");
  log.append("[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name");
  const pad = (value: number, width: number): string => `${value}`.padStart(width);
  for (const process of candidates) {
    log.append(`[${pad(process.pid, 7)}] ${pad(process.credentials.ruid, 5)} ${pad(process.pid, 5)} ${pad(Math.floor(process.virtualBytes / 4096), 8)} ${pad(Math.floor(process.residentBytes / 4096), 8)} ${pad(61440, 8)} ${pad(0, 8)}         ${pad(process.oomScoreAdjustment, 5)} ${process.comm}`);
  }
  const path = victim.cgroup.path;
  log.append(`oom-kill:constraint=${group ? "CONSTRAINT_MEMCG" : "CONSTRAINT_NONE"},nodemask=(null),cpuset=${path.split("/").pop() || "/"},mems_allowed=0,${group ? `oom_memcg=${group.path}` : "global_oom"},task_memcg=${path},task=${victim.comm},pid=${victim.pid},uid=${victim.credentials.ruid}`);
  log.append(`${group ? "Memory cgroup out of memory" : "Out of memory"}: Killed process ${victim.pid} (${victim.comm}) total-vm:${kb(victim.virtualBytes)}kB, anon-rss:${kb(victim.residentBytes)}kB, file-rss:0kB, shmem-rss:0kB, UID:${victim.credentials.ruid} pgtables:60kB oom_score_adj:${victim.oomScoreAdjustment}`, 3);
}
