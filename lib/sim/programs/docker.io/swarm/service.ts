// docker service: what the swarm is asked to keep running.
import type { Blocking } from "../../../kernel/sys.ts";
import { ApiError, requestChunks } from "../../../daemons/docker/api/client.ts";
import { atLeast, cobra, exactly, group, noArgs } from "../../kit/cobra.ts";
import { bool, int, list, parseMemoryBytes, string, value } from "../../kit/pflag.ts";
import { call, callJson, type DockerEnv, errorLine, part } from "../_docker-env.ts";
import { type Column, type Format, render } from "../_format.ts";
import { getJson, inspectAll } from "../_inspect.ts";
import { parseMount } from "../_run-flags.ts";
import { attempt, converge, type ServiceRow, type TaskRow } from "./_request.ts";
import { taskTable } from "./_task-table.ts";

interface Port {
  readonly Protocol: string;
  readonly TargetPort: number;
  readonly PublishedPort: number;
}

/** "8080:80", "80", "published=8080,target=80,protocol=tcp" */
function parsePort(text: string): Port {
  if (text.includes("=")) {
    const fields = new Map(text.split(",").map((field): [string, string] => [field.split("=")[0] ?? "", field.split("=")[1] ?? ""]));
    return { Protocol: fields.get("protocol") ?? "tcp", TargetPort: Number(fields.get("target") ?? 0), PublishedPort: Number(fields.get("published") ?? 0) };
  }
  const [ports = "", protocol = "tcp"] = text.split("/");
  const [first = "", second] = ports.split(":");
  return { Protocol: protocol, TargetPort: Number(second ?? first), PublishedPort: second === undefined ? 0 : Number(first) };
}

const shownPorts = (row: ServiceRow) => (row.Spec.EndpointSpec.Ports ?? []).map((port) => `*:${port.PublishedPort}->${port.TargetPort}/${port.Protocol}`).join(", ");
const replicas = (row: ServiceRow) => `${row.ServiceStatus.RunningTasks}/${row.ServiceStatus.DesiredTasks}`;
const idle = (help: string) => ({ support: { partly: help } }) as const;

const create = cobra({
  use: "create [OPTIONS] IMAGE [COMMAND] [ARG...]", short: "Create a new service", args: atLeast(1), stopAtOperand: true,
  flags: {
    constraint: list("constraint", "", "Placement constraints", idle("accepted; there is one node")), detach: bool("detach", "d", "Do not wait for the service to converge"), env: list("env", "e", "Set environment variables"), hostname: string("hostname", "", "Host name of the containers"), label: list("label", "l", "Labels of the service"),
    limitCpu: string("limit-cpu", "", "Limit CPUs"), limitMemory: value("limit-memory", "", "Limit memory", "bytes", 0, parseMemoryBytes), mode: string("mode", "", "replicated or global", { initial: "replicated", defaultText: '"replicated"' }), mount: list("mount", "", "Attach a file system", { type: "mount" }), name: string("name", "", "Name of the service"),
    network: list("network", "", "Networks", { type: "network" }), publish: list("publish", "p", "Publish a port", { type: "port" }), quiet: bool("quiet", "q", "No progress"), replicas: string("replicas", "", "Number of tasks"), restartCondition: string("restart-condition", "", 'When tasks are started again ("none"|"on-failure"|"any")'),
    updateDelay: string("update-delay", "", "Time between updates"), updateParallelism: string("update-parallelism", "", "Tasks updated at once"), withRegistryAuth: bool("with-registry-auth", "", "Send the registry's credentials along"),
  },
  run: ({ flags, args }, env: DockerEnv) => attempt(env, function* () {
    const [image = "", ...command] = args;
    if (flags.mode === "global" && flags.replicas !== "") {
      yield* env.io.err("replicas can only be used with replicated or replicated-job mode\n");
      return 1;
    }
    const shown = /[:@]/.test(image.slice(image.lastIndexOf("/") + 1)) ? image : `${image}:latest`;
    const { ID } = yield* callJson<{ ID: string }>(env, "POST", "/services/create", {
      Name: flags.name === "" ? generated(env) : flags.name, Image: shown, Args: command, Env: flags.env, Labels: Object.fromEntries(flags.label.map((label) => [label.split("=")[0] ?? "", label.slice(label.indexOf("=") + 1)])), Networks: flags.network, Mounts: flags.mount.map(parseMount),
      Mode: flags.mode === "global" ? "global" : "replicated", Replicas: flags.replicas === "" ? 1 : Number(flags.replicas), Ports: flags.publish.map(parsePort), Restart: flags.restartCondition === "" ? "any" : flags.restartCondition, MemoryBytes: flags.limitMemory, Force: 0,
    });
    yield* env.io.out(`${ID}\n`);
    if (!flags.detach && !flags.quiet) yield* converge(env, ID);
    return 0;
  }),
});

function generated(env: DockerEnv): string {
  const words = ["brave", "calm", "clever", "eager", "gentle", "happy", "keen", "quiet"];
  const people = ["curie", "euler", "gauss", "hopper", "lovelace", "noether", "turing", "wilson"];
  const [a = 0, b = 0] = env.sys.random(2);
  return `${words[a & 7] ?? ""}_${people[b & 7] ?? ""}`;
}

const ls = cobra({
  use: "ls [OPTIONS]", short: "List services", aliases: ["list"], args: noArgs, flags: { filter: list("filter", "f", "Choose rows by conditions", { type: "filter" }), format: string("format", "", "Print rows with a Go template"), quiet: bool("quiet", "q", "Only ids") },
  run: ({ flags }, env: DockerEnv) => attempt(env, function* () {
    const wanted = flags.filter.filter((one) => one.startsWith("name=")).map((one) => one.slice(5));
    const rows = (yield* callJson<readonly ServiceRow[]>(env, "GET", "/services")).filter((row) => wanted.length === 0 || wanted.some((name) => row.Spec.Name.startsWith(name)));
    const format: Format<ServiceRow> = {
      typeName: "service.serviceContext", table: ["ID", "Name", "Mode", "Replicas", "Image", "Ports"],
      columns: new Map<string, Column<ServiceRow>>([
        ["ID", { header: "ID", value: (row) => row.ID.slice(0, 12) }], ["Name", { header: "NAME", value: (row) => row.Spec.Name }], ["Mode", { header: "MODE", value: (row) => (row.Spec.Mode.Replicated ? "replicated" : "global") }],
        ["Replicas", { header: "REPLICAS", value: replicas }], ["Image", { header: "IMAGE", value: (row) => row.Spec.TaskTemplate.ContainerSpec.Image }], ["Ports", { header: "PORTS", value: shownPorts }],
      ]),
    };
    yield* env.io.out(render(format, rows, flags.format, flags.quiet ? "ID" : undefined));
    return 0;
  }),
});

function noSuchService(error: unknown, name: string): string | undefined {
  return error instanceof ApiError && error.status === 404 ? `no such service: ${name}` : errorLine(error);
}

const ps = cobra({
  use: "ps [OPTIONS] SERVICE [SERVICE...]", short: "List the tasks of one or more services", args: atLeast(1), flags: { filter: list("filter", "f", "Choose rows by conditions", { type: "filter" }), format: string("format", "", "Print rows with a Go template"), noResolve: bool("no-resolve", "", "Ids instead of names"), noTrunc: bool("no-trunc", "", "Do not shorten"), quiet: bool("quiet", "q", "Only ids") },
  *run({ flags, args }, env: DockerEnv) {
    const ids = new Set<string>();
    const missing: string[] = [];
    for (const name of args) {
      try {
        ids.add((yield* callJson<ServiceRow>(env, "GET", `/services/${part(name)}`)).ID);
      } catch (error) {
        const line = noSuchService(error, name);
        if (line === undefined) throw error;
        missing.push(line);
      }
    }
    if (ids.size > 0) {
      const running = flags.filter.includes("desired-state=running");
      yield* taskTable(env, (yield* callJson<readonly TaskRow[]>(env, "GET", "/tasks")).filter((task) => ids.has(task.ServiceID) && (!running || task.DesiredState === "Running")), flags);
    }
    if (missing.length > 0) yield* env.io.err(`${missing.join("\n")}\n`);
    return missing.length > 0 ? 1 : 0;
  },
});

const scale = cobra({
  use: "scale SERVICE=REPLICAS [SERVICE=REPLICAS...]", short: "Scale one or multiple replicated services", args: atLeast(1), flags: { detach: bool("detach", "d", "Do not wait for the service to converge") },
  *run({ flags, args }, env: DockerEnv) {
    const done: string[] = [];
    const errors: string[] = [];
    for (const word of args) {
      const [name = "", count] = word.split("=");
      if (count === undefined) {
        yield* env.io.err(`invalid scale specifier '${word}'. See 'docker service scale --help'.\n\nUsage:  docker service scale SERVICE=REPLICAS [SERVICE=REPLICAS...]\n\nScale one or multiple replicated services\n`);
        return 1;
      }
      if (!/^\d+$/.test(count)) {
        errors.push(`${name}: invalid replicas value ${count}: strconv.ParseUint: parsing ${JSON.stringify(count)}: invalid syntax`);
        continue;
      }
      try {
        yield* call(env, "POST", `/services/${part(name)}/update`, { Replicas: Number(count) });
        yield* env.io.out(`${name} scaled to ${count}\n`);
        done.push(name);
      } catch (error) {
        const line = errorLine(error);
        if (line === undefined) throw error;
        errors.push(`${name}: ${line}`);
      }
    }
    if (!flags.detach) for (const name of done) yield* converge(env, part(name));
    if (errors.length > 0) yield* env.io.err(`${errors.join("\n")}\n`);
    return errors.length > 0 ? 1 : 0;
  },
});

const rm = cobra({
  use: "rm SERVICE [SERVICE...]", short: "Remove one or more services", aliases: ["remove"], args: atLeast(1), flags: {},
  *run({ args }, env: DockerEnv) {
    const errors: string[] = [];
    for (const name of args) {
      try {
        yield* call(env, "DELETE", `/services/${part(name)}`);
        yield* env.io.out(`${name}\n`);
      } catch (error) {
        const line = error instanceof ApiError && error.status === 404 ? `Error: No such service: ${name}` : errorLine(error);
        if (line === undefined) throw error;
        errors.push(line);
      }
    }
    if (errors.length > 0) yield* env.io.err(`${errors.join("\n")}\n`);
    return errors.length > 0 ? 1 : 0;
  },
});

const inspect = cobra({
  use: "inspect [OPTIONS] SERVICE [SERVICE...]", short: "Display detailed information on one or more services", args: atLeast(1), flags: { format: string("format", "f", "Print with a Go template"), pretty: bool("pretty", "", "Print for people") },
  *run({ flags, args }, env: DockerEnv) {
    if (!flags.pretty) return yield* inspectAll(env, args, flags.format, (name) => getJson(env, `/services/${part(name)}`), (name) => `Status: Error: no such service: ${name}, Code: 1`);
    return yield* attempt(env, function* () {
      for (const name of args) {
        const row = yield* callJson<ServiceRow>(env, "GET", `/services/${part(name)}`);
        const count = row.Spec.Mode.Replicated?.Replicas;
        yield* env.io.out(`\nID:\t\t${row.ID}\nName:\t\t${row.Spec.Name}\nService Mode:\t${count === undefined ? "Global" : `Replicated\n Replicas:\t${count}`}\nPlacement:\nContainerSpec:\n Image:\t\t${row.Spec.TaskTemplate.ContainerSpec.Image}\n${row.Spec.TaskTemplate.ContainerSpec.Env ? ` Env:\t\t${row.Spec.TaskTemplate.ContainerSpec.Env.join(" ")} \n` : ""}Resources:\nEndpoint Mode:\tvip\n${(row.Spec.EndpointSpec.Ports ?? []).map((port) => `Ports:\n PublishedPort = ${port.PublishedPort}\n  Protocol = ${port.Protocol}\n  TargetPort = ${port.TargetPort}\n  PublishMode = ingress\n`).join("")}\n`);
      }
      return 0;
    });
  },
});

const update = cobra({
  use: "update [OPTIONS] SERVICE", short: "Update a service", args: exactly(1),
  flags: { args: string("args", "", "Arguments of the command"), detach: bool("detach", "d", "Do not wait for the service to converge"), envAdd: list("env-add", "", "Add or change variables"), envRm: list("env-rm", "", "Remove variables"), force: bool("force", "", "Replace the tasks even when nothing changed"), image: string("image", "", "Image of the tasks"), publishAdd: list("publish-add", "", "Publish another port"), publishRm: list("publish-rm", "", "Publish a port no longer"), quiet: bool("quiet", "q", "No progress"), replicas: string("replicas", "", "Number of tasks"), updateDelay: string("update-delay", "", "Time between updates"), updateParallelism: int("update-parallelism", "", "Tasks updated at once") },
  run: ({ flags, args, changed }, env: DockerEnv) => attempt(env, function* () {
    const [name = ""] = args;
    const row = yield* callJson<ServiceRow>(env, "GET", `/services/${part(name)}`);
    const ports = row.Spec.EndpointSpec.Ports ?? [];
    const names = new Set([...flags.envRm, ...flags.envAdd.map((entry) => entry.split("=")[0] ?? "")]);
    const environment = [...(row.Spec.TaskTemplate.ContainerSpec.Env ?? []).filter((entry) => !names.has(entry.split("=")[0] ?? "")), ...flags.envAdd];
    const { image } = flags;
    yield* call(env, "POST", `/services/${part(name)}/update`, {
      ...(image !== "" && { Image: /[:@]/.test(image.slice(image.lastIndexOf("/") + 1)) ? image : `${image}:latest` }), ...(flags.replicas !== "" && { Replicas: Number(flags.replicas) }), ...(names.size > 0 && { Env: environment }), ...(changed.has("args") && { Args: flags.args.split(/\s+/) }),
      ...((flags.publishAdd.length > 0 || flags.publishRm.length > 0) && { Ports: [...ports.filter((port) => !flags.publishRm.some((one) => parsePort(one).TargetPort === port.TargetPort)), ...flags.publishAdd.map(parsePort)] }), AddForce: flags.force,
    });
    yield* env.io.out(`${name}\n`);
    if (!flags.detach && !flags.quiet) yield* converge(env, part(name));
    return 0;
  }),
});

const logs = cobra({
  use: "logs [OPTIONS] SERVICE|TASK", short: "Fetch the logs of a service or task", args: exactly(1), flags: { follow: bool("follow", "f", "Follow the output"), tail: string("tail", "n", "Lines from the end", { initial: "all", defaultText: '"all"' }), timestamps: bool("timestamps", "t", "Show times") },
  run: ({ flags, args }, env: DockerEnv) => attempt(env, function* () {
    const row = yield* callJson<ServiceRow>(env, "GET", `/services/${part(args[0] ?? "")}`);
    for (const task of (yield* callJson<readonly TaskRow[]>(env, "GET", "/tasks")).filter((one) => one.ServiceID === row.ID && one.Container !== "")) yield* taskLog(env, task, flags.tail);
    return 0;
  }),
});

function* taskLog(env: DockerEnv, task: TaskRow, tail: string): Blocking<void> {
  yield* requestChunks(env.sys, "GET", `/containers/${task.Container}/logs?stdout=1&stderr=1&tail=${part(tail)}`, function* (bytes) {
    for (let at = 0; at + 8 <= bytes.length; ) {
      const length = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(4);
      const text = String.fromCharCode(...bytes.subarray(at + 8, at + 8 + length));
      for (const line of text.split("\n").filter((one) => one !== "")) yield* env.io.out(`${task.ServiceName}.${task.Slot}.${task.ID.slice(0, 12)}@${task.Node}    | ${line}\n`);
      at += 8 + length;
    }
  }, env.host);
}

export const service = group<DockerEnv>("service", "Manage services", [create, inspect, logs, ls, ps, rm, scale, update]);
