// Plays a sequence and holds what the machines say against what must be so: at once what costs little, everything now and then, and what a state that was kept brings back.
import type { View } from "../../sim/machine/view.ts";
import { containerProblems } from "./container-laws.ts";
import { domainProblems } from "./domain-laws.ts";
import { Host } from "./host.ts";
import { kernelProblems } from "./kernel-laws.ts";

export interface Problem {
  readonly after: readonly string[];
  readonly what: string;
}

/** Of a system that runs: which boot it is, and what it wrote. */
interface Kept {
  readonly boot: string;
  readonly markers: readonly string[];
}

function markersOf(view: Pick<View, "file">): readonly string[] {
  return (view.file("/root")?.entries ?? []).filter((entry) => /^m\d+$/.test(entry));
}

/** What is the same again after a revert or a restore. */
class Memory {
  readonly #kept = new Map<string, Kept>();

  #now(host: Host, name: string): Kept | undefined {
    const guest = host.guest(name);
    const inside = guest?.inside;
    if (inside !== undefined) return { boot: inside.file("/proc/sys/kernel/random/boot_id")?.text.trim() ?? "", markers: markersOf(inside) };
    const folder = guest?.onDisk("/root");
    return folder === undefined ? undefined : { boot: "", markers: folder.entries.filter((entry) => /^m\d+$/.test(entry)) };
  }

  /** Runs the command; what is wrong with what it kept or brought back. */
  run(host: Host, text: string): readonly string[] {
    const [, what = "", name = "", label = ""] = /^virsh (snapshot-create-as|snapshot-revert|managedsave|start|save|restore|shutdown|destroy) (\S+) ?(\S*)/.exec(text) ?? [];
    const domain = what === "restore" ? name.replace(/^.*\/(\S+)\.save$/, "$1") : name;
    const key = what.startsWith("snapshot") ? `${domain} ${label}` : what === "save" || what === "restore" ? `${domain} file` : `${domain} managed`;
    const keeps = what === "snapshot-create-as" || what === "managedsave" || what === "save";
    const before = keeps ? this.#now(host, domain) : undefined;
    const wasOff = what === "start" && host.run(`test -e /var/lib/libvirt/qemu/save/${domain}.save`).status === 0;
    const { status } = host.run(`${text} > /dev/null 2>&1`);
    if (status !== 0) return [];
    if (keeps) {
      if (before === undefined || text.includes("--disk-only")) this.#kept.delete(key);
      else this.#kept.set(key, before);
    }
    if (what !== "snapshot-revert" && what !== "restore" && !wasOff) return [];
    const kept = this.#kept.get(key);
    const now = this.#now(host, domain);
    if (kept === undefined || now === undefined) return [];
    const problems: string[] = [];
    // --running and --paused start a system that was off
    if (kept.boot !== now.boot && kept.boot !== "") problems.push(`${text}: boot ${kept.boot} is now ${now.boot}`);
    if ((kept.boot === now.boot) && JSON.stringify(kept.markers) !== JSON.stringify(now.markers)) problems.push(`${text}: files ${kept.markers.join(" ")} are now ${now.markers.join(" ")}`);
    return problems;
  }
}

const checkEvery = 12;
/** The machine has time to do what was asked of it. */
const restSeconds = 2.5;

export function play(commands: readonly string[], options: { readonly checks: boolean; readonly every?: number }): { readonly problems: readonly Problem[]; readonly digest: string } {
  const host = new Host();
  const memory = new Memory();
  const problems: Problem[] = [];
  for (const [index, text] of commands.entries()) {
    const found: string[] = [];
    if (options.checks) found.push(...memory.run(host, text));
    else host.run(`${text} > /dev/null 2>&1`);
    host.run(`sleep ${restSeconds}`);
    if (options.checks) {
      // a machine that went down comes up
      if (/reboot; sleep|^echo b/.test(text)) host.run("sleep 60");
      found.push(...kernelProblems(host));
      if ((index + 1) % (options.every ?? checkEvery) === 0 || index === commands.length - 1) found.push(...domainProblems(host), ...containerProblems(host));
    }
    for (const what of found) problems.push({ after: commands.slice(0, index + 1), what });
    if (problems.length > 0) break;
  }
  return { problems: problems.slice(0, 6), digest: host.world.digest() };
}
