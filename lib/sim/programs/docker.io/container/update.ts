import type { Blocking } from "../../../kernel/sys.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";
import { string } from "../../kit/pflag.ts";
import { call, type DockerEnv, forEach, part } from "../_docker-env.ts";
import { runFlags } from "../_run-flags.ts";

export const update = cobra({
  use: "update [OPTIONS] CONTAINER [CONTAINER...]",
  short: "Update configuration of one or more containers",
  args: atLeast(1),
  flags: { cpuShares: runFlags.cpuShares, cpus: runFlags.cpus, cpuset: runFlags.cpuset, memory: runFlags.memory, memoryReservation: runFlags.memoryReservation, memorySwap: runFlags.memorySwap, pidsLimit: runFlags.pidsLimit, restart: string("restart", "", "Restart policy when it ends") },
  *run({ flags, args, changed }, env: DockerEnv): Blocking<number> {
    const [name = "", retries = "0"] = flags.restart.split(":");
    const body = {
      ...(changed.has("memory") && { Memory: flags.memory }), ...(changed.has("memorySwap") && { MemorySwap: flags.memorySwap }), ...(changed.has("memoryReservation") && { MemoryReservation: flags.memoryReservation }), ...(changed.has("cpus") && { NanoCpus: flags.cpus }),
      ...(changed.has("cpuShares") && { CpuShares: flags.cpuShares }), ...(changed.has("cpuset") && { CpusetCpus: flags.cpuset }), ...(changed.has("pidsLimit") && { PidsLimit: flags.pidsLimit }), ...(changed.has("restart") && { RestartPolicy: { Name: name, MaximumRetryCount: Number(retries) } }),
    };
    if (Object.keys(body).length === 0) {
      yield* env.io.err("you must provide one or more flags when using this command\n");
      return 1;
    }
    return yield* forEach(env, args, function* (container) {
      yield* call(env, "POST", `/containers/${part(container)}/update`, body);
      return container;
    });
  },
});
