import type { Blocking } from "../../../kernel/sys.ts";
import { list, string } from "../../kit/pflag.ts";
import { callJson, type DockerEnv, errorLine } from "../_docker-env.ts";
import { atMost, cobra } from "../../kit/cobra.ts";

export const create = cobra({
  use: "create [OPTIONS] [VOLUME]",
  short: "Create a volume",
  args: atMost(1),
  flags: { driver: string("driver", "d", "Driver of the volume", { initial: "local", defaultText: '"local"' }), label: list("label", "", "Set labels"), name: string("name", "", "", { hidden: true }), opt: list("opt", "o", "Options of the driver", { type: "map" }) },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const map = (values: readonly string[]) => Object.fromEntries(values.map((value) => [value.split("=")[0] ?? "", value.includes("=") ? value.slice(value.indexOf("=") + 1) : ""]));
    try {
      const { Name } = yield* callJson<{ Name: string }>(env, "POST", "/volumes/create", { Name: args[0] ?? flags.name, Driver: flags.driver, Labels: map(flags.label), DriverOpts: map(flags.opt) });
      yield* env.io.out(`${Name}\n`);
      return 0;
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
