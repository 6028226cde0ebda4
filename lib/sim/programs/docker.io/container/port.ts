import type { Blocking } from "../../../kernel/sys.ts";
import { between, cobra } from "../../kit/cobra.ts";
import { callJson, type DockerEnv, errorLine, part } from "../_docker-env.ts";

export const port = cobra({
  use: "port CONTAINER [PRIVATE_PORT[/PROTO]]",
  short: "List port mappings or a specific mapping for the container",
  args: between(1, 2),
  flags: {},
  *run({ args }, env: DockerEnv): Blocking<number> {
    const [name = "", wanted] = args;
    try {
      const container = yield* callJson<{ NetworkSettings: { Ports: Record<string, readonly { HostIp: string; HostPort: string }[] | null> } }>(env, "GET", `/containers/${part(name)}/json`);
      const ports = container.NetworkSettings.Ports;
      const show = (binding: { HostIp: string; HostPort: string }) => `${binding.HostIp.includes(":") ? `[${binding.HostIp}]`.replace("[::]", "::") : binding.HostIp}:${binding.HostPort}`;
      if (wanted !== undefined) {
        const key = wanted.includes("/") ? wanted : `${wanted}/tcp`;
        const bindings = ports[key];
        if (!bindings) {
          yield* env.io.err(`Error: No public port '${key}' published for ${name}\n`);
          return 1;
        }
        yield* env.io.out(bindings.map((binding) => `${show(binding)}\n`).join(""));
        return 0;
      }
      yield* env.io.out(Object.entries(ports).flatMap(([port, bindings]) => (bindings ?? []).map((binding) => `${port} -> ${show(binding)}\n`)).join(""));
      return 0;
    } catch (error) {
      const line = errorLine(error, { kind: "container", name });
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
