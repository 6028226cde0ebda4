import { type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";

export default gnu({
  name: "nproc",
  summary: "print how many processors this process may use",
  synopsis: ["[OPTION]..."],
  options: {
    all: flag(["--all"], "count all processors that the machine has"),
    ignore: text(["--ignore"], "N", "leave N processors out of the count, but print at least 1"),
  },
  operands: "none",
  *run({ options, operands, sys }, io: Io) {
    if (operands[0] !== undefined) io.usage(`extra operand ${io.quote(operands[0])}`);
    const ignored = options.ignore ?? "0";
    if (!/^\d+$/.test(ignored)) io.die(`invalid number: ${io.quote(ignored)}`);
    let count = yield* processors(sys, options.all);
    const wanted = Number(sys.environment.get("OMP_NUM_THREADS")?.split(",")[0] ?? Number.NaN);
    const limit = Number(sys.environment.get("OMP_THREAD_LIMIT") ?? Number.NaN);
    if (!options.all && wanted > 0) count = wanted;
    if (!options.all && limit > 0) count = Math.min(count, limit);
    io.out.put(Math.max(1, count - Number(ignored)) + "\n");
  },
});

function* processors(sys: Sys, all: boolean) {
  if (!all) {
    const list = /^Cpus_allowed_list:\s*(\S+)/m.exec((yield* readTextFile(sys, "/proc/self/status")) ?? "")?.[1];
    if (list !== undefined) {
      return list.split(",").reduce((sum, range) => {
        const [first = 0, last = first] = range.split("-").map(Number);
        return sum + last - first + 1;
      }, 0);
    }
  }
  try {
    const count = sys.readdir("/sys/devices/system/cpu").filter(({ name }) => /^cpu\d+$/.test(name)).length;
    if (count > 0) return count;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const cpuinfo = (yield* readTextFile(sys, "/proc/cpuinfo")) ?? "";
  return Math.max(1, cpuinfo.match(/^processor\s*:/gm)?.length ?? 1);
}
