import { type Blocking, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { deviceOfTag } from "../kit/probe-device.ts";
import { type Io, flag, texts, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "swapoff", path: "/sbin/swapoff", manSection: 8, summary: "stop using devices and files as swap space", synopsis: ["[options] [<spec>]"],
  options: { all: flag(["-a", "--all"], "every area in /proc/swaps"), verbose: flag(["-v", "--verbose"], "tell each step"), labels: texts(["-L"], "label", "the area with this LABEL"), uuids: texts(["-U"], "uuid", "the area with this UUID") },
  operands: "files", exitStatuses: [["0", "success"], ["2", "out of memory"], ["4", "failed for another reason"], ["16", "usage error"], ["32", "all failed on --all"]], failureStatus: 4, usageStatus: 16,
  *run({ options, operands, sys }, io: Io) {
    const specs = [...operands, ...options.labels.map((one) => `LABEL=${one}`), ...options.uuids.map((one) => `UUID=${one}`)];
    if (specs.length === 0 && !options.all) {
      yield* io.stderr(`${io.argv0}: bad usage\nTry '${io.argv0} --help' for more information.\n`);
      return 16;
    }
    const disable = function* (spec: string): Blocking<void> {
      const path = yield* deviceOfTag(sys, spec);
      if (path === undefined) {
        yield* io.fail(`cannot find the device for ${spec.replace(/^(?:LABEL|UUID)=/, "")}`);
        return;
      }
      if (options.verbose) io.out.put(`swapoff ${path}\n`);
      try {
        sys.swapoff(path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(error.errno === "EPERM" ? "Not superuser." : `${path}: swapoff failed: ${error.message}`);
      }
    };
    if (options.all) for (const line of ((yield* readTextFile(sys, "/proc/swaps")) ?? "").trim().split("\n").slice(1)) yield* disable(line.split(/\s+/)[0] ?? "");
    for (const spec of specs) yield* disable(spec);
    return undefined;
  },
});
