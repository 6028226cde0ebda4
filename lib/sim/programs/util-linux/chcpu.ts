// chcpu(8): processors on and off, by their files in /sys.
import { type Blocking, encode, O, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, type Io, text, utilLinux } from "../kit/util-linux.ts";

const CPUS = "/sys/devices/system/cpu";

/** "0-2,5" as numbers; undefined for what is no list. */
function cpuList(words: string): readonly number[] | undefined {
  const found: number[] = [];
  for (const part of words.split(",")) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part.trim());
    if (match === null) return undefined;
    const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (to < from || to > 8191) return undefined;
    for (let cpu = from; cpu <= to; cpu++) found.push(cpu);
  }
  return found;
}

export default utilLinux({
  name: "chcpu", path: "/sbin/chcpu", manSection: 8, summary: "enable, disable and rescan the CPUs", synopsis: ["[options]"], operands: "none",
  options: { enable: text(["-e", "--enable"], "cpu-list", "switch these CPUs on"), disable: text(["-d", "--disable"], "cpu-list", "switch these CPUs off"), configure: text(["-c", "--configure"], "cpu-list", "take these CPUs from the hypervisor's pool"), deconfigure: text(["-g", "--deconfigure"], "cpu-list", "give these CPUs back to the hypervisor"), dispatch: text(["-p", "--dispatch"], "mode", "how CPUs are dispatched: horizontal or vertical"), rescan: flag(["-r", "--rescan"], "look for processors again") },
  exitStatuses: [["0", "all of it was done"], ["1", "nothing was done"], ["64", "part of it was done"]],
  seeAlso: ["lscpu(1)"],
  *run({ options, operands, sys }, io: Io) {
    const given = [options.enable, options.disable, options.configure, options.deconfigure, options.dispatch].filter((value) => value !== undefined).length + (options.rescan ? 1 : 0);
    if (given === 0 || operands.length > 0) io.usage("bad usage");
    if (given > 1) io.die("mutually exclusive arguments: --configure --deconfigure --disable --dispatch --enable --rescan");
    if (options.rescan) io.die("This system does not support rescanning of CPUs");
    if (options.dispatch !== undefined) io.die("This system does not support setting the dispatching mode of CPUs");
    const words = options.enable ?? options.disable ?? options.configure ?? options.deconfigure ?? "";
    const cpus = cpuList(words);
    if (cpus === undefined) io.die(`failed to parse CPU list: ${words}`);
    const online = new Set(cpuList(((yield* readTextFile(sys, `${CPUS}/online`)) ?? "0").trim()) ?? []);
    let [done, failed] = [0, 0];
    const each = function* (cpu: number): Blocking<string> {
      const present = yield* readTextFile(sys, `${CPUS}/cpu${cpu}/topology/core_id`);
      if (present === undefined) return `CPU ${cpu} does not exist`;
      if (options.configure !== undefined || options.deconfigure !== undefined) return `CPU ${cpu} is not configurable`;
      const on = options.enable !== undefined;
      const state = (yield* readTextFile(sys, `${CPUS}/cpu${cpu}/online`))?.trim();
      if (state === undefined) return `CPU ${cpu} is not hot pluggable`;
      if ((state === "1") === on) return `CPU ${cpu} is already ${on ? "enabled" : "disabled"}`;
      if (!on && online.size <= 1) return `CPU ${cpu} disable failed (last enabled CPU)`;
      try {
        const fd = yield* sys.open(`${CPUS}/cpu${cpu}/online`, O.WRONLY);
        yield* sys.write(fd, encode(on ? "1" : "0"));
        sys.close(fd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        failed++;
        return `CPU ${cpu} ${on ? "enable" : "disable"} failed: ${error.message}`;
      }
      done++;
      return `CPU ${cpu} ${on ? "enabled" : "disabled"}`;
    };
    for (const cpu of cpus) {
      const before = done;
      const says = yield* each(cpu);
      if (done > before || /already/.test(says)) io.out.put(`${says}\n`);
      else {
        if (/does not exist|not hot|not conf|last enabled/.test(says)) failed++;
        yield* io.warn(says);
      }
    }
    return failed === 0 ? 0 : done > 0 ? 64 : 1;
  },
});
