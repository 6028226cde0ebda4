import type { Blocking } from "../../../kernel/sys.ts";
import { humanBinarySize } from "../../../daemons/docker/api/human.ts";
import { compileTemplate, TemplateError } from "../../kit/go-template/execute-template.ts";
import { structFromJson } from "../../kit/go-template/go-value.ts";
import { string } from "../../kit/pflag.ts";
import { callJson, type DockerEnv, errorLine } from "../_docker-env.ts";
import { cobra, noArgs } from "../../kit/cobra.ts";

interface Info {
  readonly ID: string;
  readonly Containers: number;
  readonly ContainersRunning: number;
  readonly ContainersPaused: number;
  readonly ContainersStopped: number;
  readonly Images: number;
  readonly Driver: string;
  readonly DriverStatus: readonly (readonly [string, string])[];
  readonly Plugins: { readonly Volume: readonly string[]; readonly Network: readonly string[]; readonly Log: readonly string[] };
  readonly LoggingDriver: string;
  readonly CgroupDriver: string;
  readonly CgroupVersion: string;
  readonly KernelVersion: string;
  readonly OperatingSystem: string;
  readonly OSType: string;
  readonly Architecture: string;
  readonly NCPU: number;
  readonly MemTotal: number;
  readonly DockerRootDir: string;
  readonly Name: string;
  readonly ServerVersion: string;
  readonly Runtimes: Readonly<Record<string, unknown>>;
  readonly DefaultRuntime: string;
  readonly Swarm: { readonly LocalNodeState: string };
  readonly InitBinary: string;
  readonly ContainerdCommit: { readonly ID: string };
  readonly RuncCommit: { readonly ID: string };
  readonly InitCommit: { readonly ID: string };
  readonly SecurityOptions: readonly string[];
}

function infoText(info: Info): string {
  const security = info.SecurityOptions.map((option) => {
    const [name = "", ...rest] = option.split(",");
    return `  ${name.replace("name=", "")}\n${rest.map((one) => `   ${one.charAt(0).toUpperCase()}${one.slice(1).replace("=", ": ")}\n`).join("")}`;
  });
  return ` Containers: ${info.Containers}
  Running: ${info.ContainersRunning}
  Paused: ${info.ContainersPaused}
  Stopped: ${info.ContainersStopped}
 Images: ${info.Images}
 Server Version: ${info.ServerVersion}
 Storage Driver: ${info.Driver}
${info.DriverStatus.map(([name, value]) => `  ${name}: ${value}\n`).join("")} Logging Driver: ${info.LoggingDriver}
 Cgroup Driver: ${info.CgroupDriver}
 Cgroup Version: ${info.CgroupVersion}
 Plugins:
  Volume: ${info.Plugins.Volume.join(" ")}
  Network: ${info.Plugins.Network.join(" ")}
  Log: ${info.Plugins.Log.join(" ")}
 Swarm: ${info.Swarm.LocalNodeState}
 Runtimes: ${Object.keys(info.Runtimes).sort().join(" ")}
 Default Runtime: ${info.DefaultRuntime}
 Init Binary: ${info.InitBinary}
 containerd version: ${info.ContainerdCommit.ID}
 runc version: ${info.RuncCommit.ID}
 init version: ${info.InitCommit.ID}
 Security Options:
${security.join("")} Kernel Version: ${info.KernelVersion}
 Operating System: ${info.OperatingSystem}
 OSType: ${info.OSType}
 Architecture: ${info.Architecture}
 CPUs: ${info.NCPU}
 Total Memory: ${humanBinarySize(info.MemTotal)}
 Name: ${info.Name}
 ID: ${info.ID}
 Docker Root Dir: ${info.DockerRootDir}
 Debug Mode: false
 Registry: https://index.docker.io/v1/
 Labels:
 Experimental: false
 Insecure Registries:
  127.0.0.0/8
 Live Restore Enabled: false

`;
}

export const info = cobra({
  use: "info [OPTIONS]",
  short: "Display system-wide information",
  args: noArgs,
  flags: { format: string("format", "f", "Print with a Go template") },
  *run({ flags }, env: DockerEnv): Blocking<number> {
    let info: Info | undefined;
    let failed: string | undefined;
    try {
      info = yield* callJson<Info>(env, "GET", "/info");
    } catch (error) {
      failed = errorLine(error);
      if (failed === undefined) throw error;
    }
    if (flags.format !== "") {
      if (!info) {
        yield* env.io.err(`${failed ?? ""}\n`);
        return 1;
      }
      try {
        const { KernelMemory: _kernelMemory, ...fields } = info as Info & { KernelMemory?: boolean };
        yield* env.io.out(`${compileTemplate("", flags.format).execute(structFromJson("system.info", { ...fields, ClientInfo: { Debug: false, Context: "default" } }))}\n`);
        return 0;
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        yield* env.io.out("\n");
        yield* env.io.err(`${error.message}\n`);
        return 1;
      }
    }
    yield* env.io.out("Client:\n Context:    default\n Debug Mode: false\n\nServer:\n");
    if (!info) {
      yield* env.io.err(` ERROR: ${failed ?? ""}\nerrors pretty printing info\n`.replace(/^ /, ""));
      return 1;
    }
    yield* env.io.out(infoText(info));
    return 0;
  },
});
