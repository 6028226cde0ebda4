import type { Blocking } from "../../../kernel/sys.ts";
import { bool, list, string } from "../../kit/pflag.ts";
import { callJson, type DockerEnv, errorLine } from "../_docker-env.ts";
import { cobra, exactly } from "../../kit/cobra.ts";

export const create = cobra({
  use: "create [OPTIONS] NETWORK",
  short: "Create a network",
  args: exactly(1),
  flags: {
    attachable: bool("attachable", "", "Containers may attach by hand"),
    driver: string("driver", "d", "Driver of the network", { initial: "bridge", defaultText: '"bridge"' }),
    gateway: list("gateway", "", "Gateway of the subnet", { type: "strings" }),
    internal: bool("internal", "", "No way to the outside"),
    ipRange: list("ip-range", "", "Give addresses from this range", { type: "strings" }),
    ipv6: bool("ipv6", "", "Turn IPv6 on", { support: { partly: "accepted; addresses are IPv4" } }),
    label: list("label", "", "Set labels"),
    opt: list("opt", "o", "Options of the driver", { type: "map" }),
    subnet: list("subnet", "", "Subnet in CIDR form", { type: "strings" }),
  },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const map = (values: readonly string[]) => Object.fromEntries(values.map((value) => [value.split("=")[0] ?? "", value.includes("=") ? value.slice(value.indexOf("=") + 1) : ""]));
    try {
      const { Id } = yield* callJson<{ Id: string }>(env, "POST", "/networks/create", {
        Name: args[0] ?? "", Driver: flags.driver, Internal: flags.internal, Attachable: flags.attachable, Options: map(flags.opt), Labels: map(flags.label), Subnet: flags.subnet[0] ?? "", Gateway: flags.gateway[0] ?? "", IPRange: flags.ipRange[0] ?? "",
      });
      yield* env.io.out(`${Id}\n`);
      return 0;
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
