// docker context: named endpoints of daemons, below ~/.docker/contexts.
import type { Blocking } from "../../../kernel/sys.ts";
import { DEFAULT_HOST } from "../../../daemons/docker/api/client.ts";
import { atLeast, atMost, cobra, exactly, group, noArgs } from "../../kit/cobra.ts";
import { bool, list, string } from "../../kit/pflag.ts";
import { type Context, currentContext, readConfig, readContext, readContexts, removeContext, writeConfig, writeContext } from "../_config-file.ts";
import type { DockerEnv } from "../_docker-env.ts";
import { type Column, type Format, FormatError, render } from "../_format.ts";
import { inspectAll } from "../_inspect.ts";

interface Row extends Context {
  readonly current: boolean;
}

const defaultContext = (env: DockerEnv): Context => ({ name: "default", description: "Current DOCKER_HOST based configuration", host: env.sys.environment.get("DOCKER_HOST") ?? DEFAULT_HOST });

function* find(env: DockerEnv, name: string): Blocking<Context | undefined> {
  return name === "default" ? defaultContext(env) : yield* readContext(env.sys, name);
}

function* fail(env: DockerEnv, line: string): Blocking<number> {
  yield* env.io.err(`${line}\n`);
  return 1;
}

/** "host=tcp://10.0.0.1:2375,ca=…" */
function hostOf(endpoint: string): string | undefined {
  for (const field of endpoint.split(",")) if (field.startsWith("host=")) return field.slice(5);
  return undefined;
}

const ls = cobra({
  use: "ls [OPTIONS]", short: "List contexts", aliases: ["list"], args: noArgs,
  flags: { format: string("format", "", "Print rows with a Go template"), quiet: bool("quiet", "q", "Only names") },
  *run({ flags }, env: DockerEnv): Blocking<number> {
    const current = yield* currentContext(env.sys, env.context);
    const rows: Row[] = [defaultContext(env), ...(yield* readContexts(env.sys))].map((one) => ({ ...one, current: one.name === current })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const format: Format<Row> = {
      typeName: "formatter.clientContextContext",
      table: ["Name", "Description", "DockerEndpoint", "KubernetesEndpoint", "StackOrchestrator"],
      columns: new Map<string, Column<Row>>([
        ["Name", { header: "NAME", value: (row) => (flags.format === "" && !flags.quiet && row.current ? `${row.name} *` : row.name) }],
        ["Description", { header: "DESCRIPTION", value: (row) => row.description }],
        ["DockerEndpoint", { header: "DOCKER ENDPOINT", value: (row) => row.host }],
        ["KubernetesEndpoint", { header: "KUBERNETES ENDPOINT", value: () => "" }],
        ["StackOrchestrator", { header: "ORCHESTRATOR", value: (row) => (row.name === "default" ? "swarm" : "") }],
        ["Current", { header: "", value: (row) => row.current }],
      ]),
    };
    try {
      yield* env.io.out(render(format, rows, flags.format, flags.quiet ? "Name" : undefined));
    } catch (error) {
      if (error instanceof FormatError) return yield* fail(env, error.message);
      throw error;
    }
    return 0;
  },
});

const create = cobra({
  use: "create [OPTIONS] CONTEXT", short: "Create a context", args: exactly(1),
  flags: { description: string("description", "", "Description of the context"), docker: list("docker", "", "The daemon's endpoint", { type: "stringToString" }), from: string("from", "", "Copy another context") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const [name = ""] = args;
    if (name === "default") return yield* fail(env, '"default" is a reserved context name');
    if (!/^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/.test(name)) return yield* fail(env, `context name ${JSON.stringify(name)} is invalid, names are validated against regexp "^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$"`);
    if (yield* readContext(env.sys, name)) return yield* fail(env, `context ${JSON.stringify(name)} already exists`);
    const source = flags.from === "" ? undefined : yield* find(env, flags.from);
    if (flags.from !== "" && !source) return yield* fail(env, `context ${JSON.stringify(flags.from)}: not found`);
    const host = flags.docker[0] === undefined ? (source?.host ?? defaultContext(env).host) : (hostOf(flags.docker[0]) ?? DEFAULT_HOST);
    if (!/^(unix|tcp|ssh|npipe|fd|http|https):\/\//.test(host)) return yield* fail(env, `unable to create docker endpoint config: unable to parse docker host \`${host}\``);
    yield* writeContext(env.sys, { name, description: flags.description, host });
    yield* env.io.out(`${name}\n`);
    yield* env.io.err(`Successfully created context ${JSON.stringify(name)}\n`);
    return 0;
  },
});

const update = cobra({
  use: "update [OPTIONS] CONTEXT", short: "Update a context", args: exactly(1),
  flags: { description: string("description", "", "Description of the context"), docker: list("docker", "", "The daemon's endpoint", { type: "stringToString" }) },
  *run({ flags, args, changed }, env: DockerEnv): Blocking<number> {
    const [name = ""] = args;
    const known = yield* readContext(env.sys, name);
    if (!known) return yield* fail(env, `context ${JSON.stringify(name)} does not exist`);
    yield* writeContext(env.sys, { name, description: changed.has("description") ? flags.description : known.description, host: hostOf(flags.docker[0] ?? "") ?? known.host });
    yield* env.io.out(`${name}\n`);
    yield* env.io.err(`Successfully updated context ${JSON.stringify(name)}\n`);
    return 0;
  },
});

const use = cobra({
  use: "use CONTEXT", short: "Set the current docker context", args: exactly(1), flags: {},
  *run({ args }, env: DockerEnv): Blocking<number> {
    const [name = ""] = args;
    if (!(yield* find(env, name))) return yield* fail(env, `context ${JSON.stringify(name)} does not exist`);
    const { currentContext: _before, ...config } = yield* readConfig(env.sys);
    yield* writeConfig(env.sys, name === "default" ? config : { ...config, currentContext: name });
    yield* env.io.out(`${name}\n`);
    yield* env.io.err(`Current context is now ${JSON.stringify(name)}\n`);
    if (env.sys.environment.has("DOCKER_HOST")) yield* env.io.err(`Warning: DOCKER_HOST environment variable overrides the active context. To use ${JSON.stringify(name)}, either set the global --context flag, or unset DOCKER_HOST environment variable.\n`);
    return 0;
  },
});

const rm = cobra({
  use: "rm CONTEXT [CONTEXT...]", short: "Remove one or more contexts", aliases: ["remove"], args: atLeast(1), flags: { force: bool("force", "f", "Also the one in use") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const current = yield* currentContext(env.sys, env.context);
    const errors: string[] = [];
    for (const name of args) {
      if (name === "default") errors.push('default: context "default" cannot be removed');
      else if (!(yield* readContext(env.sys, name))) errors.push(`${name}: context ${JSON.stringify(name)} does not exist`);
      else if (name === current && !flags.force) errors.push(`${name}: context is in use, set -f flag to force remove`);
      else {
        removeContext(env.sys, name);
        if (name === current) {
          const { currentContext: _before, ...config } = yield* readConfig(env.sys);
          yield* writeConfig(env.sys, config);
        }
        yield* env.io.out(`${name}\n`);
      }
    }
    return errors.length === 0 ? 0 : yield* fail(env, errors.join("\n"));
  },
});

const inspect = cobra({
  use: "inspect [OPTIONS] [CONTEXT] [CONTEXT...]", short: "Display detailed information on one or more contexts", args: atMost(99), flags: { format: string("format", "f", "Print with a Go template") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const names = args.length === 0 ? [yield* currentContext(env.sys, env.context)] : args;
    for (const name of names) if (!(yield* find(env, name))) return yield* fail(env, `context ${JSON.stringify(name)} does not exist`);
    return yield* inspectAll(env, names, flags.format, function* (name) {
      const context = yield* find(env, name);
      return { Name: name, Metadata: context?.description === undefined || context.description === "" || name === "default" ? (name === "default" ? { StackOrchestrator: "swarm" } : {}) : { Description: context.description }, Endpoints: { docker: { Host: context?.host ?? "", SkipTLSVerify: false } }, TLSMaterial: {}, Storage: { MetadataPath: "<IN MEMORY>", TLSPath: "<IN MEMORY>" } };
    }, (name) => `context ${JSON.stringify(name)} does not exist`);
  },
});

const unsimulated = (name: string, use_: string, short: string) => cobra({
  use: use_, short, args: atLeast(0), flags: {},
  *run(_input, env: DockerEnv): Blocking<number> {
    return yield* fail(env, `docker context ${name}: this command exists in Docker 20.10 and is not simulated here`);
  },
});

export const context = group("context", "Manage contexts", [create, unsimulated("export", "export [OPTIONS] CONTEXT [FILE|-]", "Export a context to a tar or kubeconfig file"), unsimulated("import", "import CONTEXT FILE|-", "Import a context from a tar or zip file"), inspect, ls, rm, update, use]);
