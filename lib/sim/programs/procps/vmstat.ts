import { readTextFile } from "../kit/accounts.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { readMemory, readSystemTimes } from "../kit/processes.ts";

export default gnu({
  name: "vmstat", manSection: 8, project: "procps-ng", version: "4.0.2", summary: "report virtual memory statistics", synopsis: ["[options] [delay [count]]"],
  options: { active: flag(["-a", "--active"], "active/inactive memory"), oneHeader: flag(["-n", "--one-header"], "do not redisplay header"), wide: flag(["-w", "--wide"], "wide output"), timestamp: flag(["-t", "--timestamp"], "show timestamp"), stats: flag(["-s", "--stats"], "event counter statistics"), unit: text(["-S", "--unit"], "char", "define display unit") },
  *run({ options, operands, sys }, io: Io) {
    const delayUs = Number(operands[0] ?? 1) * 1e6;
    const count = operands[0] === undefined ? 1 : operands[1] === undefined ? Number.POSITIVE_INFINITY : Number(operands[1]);
    const header = options.wide
      ? `--procs-- -----------------------memory---------------------- ---swap-- -----io---- -system-- --------cpu--------\n   r    b         swpd         free         ${options.active ? "inact       active" : " buff        cache"}   si   so    bi    bo   in   cs  us  sy  id  wa  st\n`
      : `procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----\n r  b   swpd   free  ${options.active ? "inact active" : " buff  cache"}   si   so    bi    bo   in   cs us sy id wa st\n`;
    const divisor = options.unit === "m" ? 1e6 / 1024 : options.unit === "M" ? 1024 : options.unit === "k" ? 1000 / 1024 : 1;
    io.say(header);
    for (let round = 0; round < count; round++) {
      if (round > 0) {
        yield* io.out.flush();
        yield* sys.sleep(delayUs);
      }
      const memory = yield* readMemory(sys);
      const stat = (yield* readTextFile(sys, "/proc/stat")) ?? "";
      const get = (key: string): number => Math.floor((memory.get(key) ?? 0) / divisor);
      const word = (key: string, at = 1): number => Number(new Map(stat.split("\n").map((line) => [line.split(/\s+/)[0] ?? "", line.split(/\s+/)])).get(key)?.[at] ?? 0);
      const cpu = [1, 2, 3, 4, 5, 6, 7, 8].map((at) => word("cpu", at));
      const total = Math.max(1, cpu.reduce((sum, value) => sum + value, 0));
      const share = (value: number): number => Math.round((value * 100) / total);
      const { uptimeSeconds } = yield* readSystemTimes(sys);
      const rate = (value: number): number => Math.floor(value / Math.max(1, uptimeSeconds));
      const us = share((cpu[0] ?? 0) + (cpu[1] ?? 0));
      const sy = share((cpu[2] ?? 0) + (cpu[5] ?? 0) + (cpu[6] ?? 0));
      const wa = share(cpu[4] ?? 0);
      const st = share(cpu[7] ?? 0);
      const numbers = [word("procs_running"), word("procs_blocked"), get("SwapTotal") - get("SwapFree"), get("MemFree"), options.active ? get("Inactive") : get("Buffers"), options.active ? get("Active") : get("Cached") + get("SReclaimable"), 0, 0, rate(210000), rate(27000), rate(word("intr")), rate(word("ctxt")), us, sy, 100 - us - sy - wa - st, wa, st];
      const widths = options.wide ? [4, 4, 12, 12, 12, 12, 4, 4, 5, 5, 4, 4, 3, 3, 3, 3, 3] : [2, 2, 6, 6, 6, 6, 4, 4, 5, 5, 4, 4, 2, 2, 2, 2, 2];
      io.out.put(`${numbers.map((value, at) => String(value).padStart(widths[at] ?? 0)).join(" ")}\n`);
    }
    return 0;
  },
});
