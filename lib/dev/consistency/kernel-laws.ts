// What the kernel of the host and the systems of its guests show of themselves.
import type { View } from "../../sim/machine/view.ts";
import type { Host } from "./host.ts";

export function kernelProblems({ world }: Host): readonly string[] {
  const problems: string[] = [];
  const { kernel } = world.machine();
  const alive = [...kernel.processes.values()].filter((process) => process.runState !== "zombie");
  const hypervisors = alive.filter((process) => process.comm === "qemu-system-x86" && process.threadOf === undefined);
  const owners = new Set([...kernel.guests.running].map((guest) => guest.look.owner));
  for (const process of hypervisors) if (!owners.has(process)) problems.push(`process ${process.pid} runs no guest`);
  for (const owner of owners) if (!hypervisors.includes(owner)) problems.push(`a guest without a process: ${owner.pid} ${owner.comm} ${owner.runState}`);
  for (const process of alive) if (process.pid !== 1 && !process.kernelThread && process.threadOf === undefined && (process.parent === undefined || !kernel.processes.has(process.parent.pid))) problems.push(`process ${process.pid} ${process.comm} has no parent`);
  for (const group of kernel.cgroups.root.descendants()) if (/docker-[0-9a-f]{64}\.scope$|machine-qemu/.test(group.name) && !group.populated) problems.push(`cgroup ${group.path} is empty`);
  for (const guest of world.view().guests) if (guest.inside !== undefined) for (const problem of systemProblems(guest.inside)) problems.push(`in ${guest.name}: ${problem}`);
  return problems;
}

/** Of any system, seen from outside. */
function systemProblems(view: View): readonly string[] {
  const problems: string[] = [];
  const pids = new Set(view.processes.map((process) => process.pid));
  for (const process of view.processes) {
    if (process.parentPid !== 0 && !pids.has(process.parentPid)) problems.push(`process ${process.pid} ${process.comm} has the parent ${process.parentPid}, which is not there`);
    if (process.cgroup !== "/" && view.file(`/sys/fs/cgroup${process.cgroup}`, false) === undefined) problems.push(`process ${process.pid} ${process.comm} is in ${process.cgroup}, which is not there`);
    if (process.namespacePids[0] !== process.pid) problems.push(`process ${process.pid} calls itself ${process.namespacePids.join(" ")}`);
  }
  return problems;
}
