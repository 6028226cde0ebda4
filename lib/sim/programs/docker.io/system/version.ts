import type { Blocking } from "../../../kernel/sys.ts";
import { compileTemplate, type CompiledTemplate, TemplateError } from "../../kit/go-template/execute-template.ts";
import { fromJson } from "../../kit/go-template/go-value.ts";
import { string } from "../../kit/pflag.ts";
import { callJson, type DockerEnv, errorLine } from "../_docker-env.ts";
import { cobra, noArgs } from "../../kit/cobra.ts";

interface ServerVersion {
  readonly Components: readonly { readonly Name: string; readonly Version: string; readonly Details: Readonly<Record<string, string>> }[];
}

const clientVersion = { Platform: { Name: "" }, Version: "20.10.24+dfsg1", ApiVersion: "1.41", APIVersion: "1.41", DefaultAPIVersion: "1.41", GitCommit: "297e128", GoVersion: "go1.19.8", Os: "linux", Arch: "amd64", BuildTime: "Thu May  7 21:09:36 2026", Context: "default", Experimental: true };

const clientText = `Client:
 Version:           ${clientVersion.Version}
 API version:       ${clientVersion.ApiVersion}
 Go version:        ${clientVersion.GoVersion}
 Git commit:        ${clientVersion.GitCommit}
 Built:             ${clientVersion.BuildTime}
 OS/Arch:           linux/amd64
 Context:           default
 Experimental:      true
`;

function serverText(server: ServerVersion): string {
  let text = "\nServer:\n";
  for (const { Name, Version, Details } of server.Components) {
    text += ` ${Name}:\n  Version:${" ".repeat(10)}${Version}\n`;
    if (Name === "Engine") {
      text += `  API version:      ${Details.ApiVersion} (minimum version ${Details.MinAPIVersion})\n  Go version:       ${Details.GoVersion}\n  Git commit:       ${Details.GitCommit}\n  Built:            ${Details.BuildTime}\n  OS/Arch:          ${Details.Os}/${Details.Arch}\n  Experimental:     ${Details.Experimental}\n`;
    } else text += `  GitCommit:        ${Details.GitCommit}\n`;
  }
  return text;
}

export const version = cobra({
  use: "version [OPTIONS]",
  short: "Show the Docker version information",
  args: noArgs,
  flags: { format: string("format", "f", "Print with a Go template"), kubeconfig: string("kubeconfig", "", "", { hidden: true }) },
  *run({ flags }, env: DockerEnv): Blocking<number> {
    let template: CompiledTemplate | undefined;
    if (flags.format !== "") {
      try {
        template = compileTemplate("version", flags.format);
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        yield* env.io.err(`template parsing error: ${error.message}\n`);
        return 64;
      }
    }
    let server: ServerVersion | undefined;
    let failed: string | undefined;
    try {
      server = yield* callJson<ServerVersion>(env, "GET", "/version");
    } catch (error) {
      failed = errorLine(error);
      if (failed === undefined) throw error;
    }
    if (template) {
      try {
        yield* env.io.out(`${template.execute(fromJson({ Client: clientVersion, Server: server ?? null }))}\n`);
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        yield* env.io.err(`${error.message}\n`);
        return 1;
      }
    } else {
      yield* env.io.out(clientText);
      if (server) yield* env.io.out(serverText(server));
    }
    if (failed === undefined) return 0;
    yield* env.io.err(`${failed}\n`);
    return 1;
  },
});
