// docker node: the nodes of the swarm.
import { atLeast, cobra, exactly, group, noArgs } from "../../kit/cobra.ts";
import { bool, list, string } from "../../kit/pflag.ts";
import { ApiError } from "../../../daemons/docker/api/client.ts";
import { call, callJson, type DockerEnv, errorLine, part } from "../_docker-env.ts";
import { type Column, type Format, FormatError, render } from "../_format.ts";
import { getJson, inspectAll } from "../_inspect.ts";
import { attempt, type TaskRow } from "./_request.ts";
import { taskTable } from "./_task-table.ts";

interface NodeRow {
  readonly ID: string;
  readonly CreatedAt: string;
  readonly Spec: { readonly Role: string; readonly Availability: string; readonly Labels: Readonly<Record<string, string>> };
  readonly Description: { readonly Hostname: string; readonly Platform: { readonly Architecture: string; readonly OS: string }; readonly Resources: { readonly NanoCPUs: number; readonly MemoryBytes: number }; readonly Engine: { readonly EngineVersion: string } };
  readonly Status: { readonly State: string; readonly Addr: string };
  readonly ManagerStatus: { readonly Addr: string };
}

const title = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

const ls = cobra({
  use: "ls [OPTIONS]", short: "List nodes in the swarm", aliases: ["list"], args: noArgs, flags: { filter: list("filter", "f", "Choose rows by conditions", { type: "filter" }), format: string("format", "", "Print rows with a Go template"), quiet: bool("quiet", "q", "Only ids") },
  run: ({ flags }, env: DockerEnv) => attempt(env, function* () {
    const rows = yield* callJson<readonly NodeRow[]>(env, "GET", "/nodes");
    const plain = flags.format !== "" || flags.quiet;
    const format: Format<NodeRow> = {
      typeName: "node.nodeContext", table: ["ID", "Hostname", "Status", "Availability", "ManagerStatus", "EngineVersion"],
      columns: new Map<string, Column<NodeRow>>([
        ["ID", { header: "ID", value: (row) => (plain ? row.ID : `${row.ID} *`) }], ["Self", { header: "", value: () => true }], ["Hostname", { header: "HOSTNAME", value: (row) => row.Description.Hostname }], ["Status", { header: "STATUS", value: (row) => title(row.Status.State) }],
        ["Availability", { header: "AVAILABILITY", value: (row) => title(row.Spec.Availability) }], ["ManagerStatus", { header: "MANAGER STATUS", value: () => "Leader" }], ["EngineVersion", { header: "ENGINE VERSION", value: (row) => row.Description.Engine.EngineVersion }], ["TLSStatus", { header: "TLS STATUS", value: () => "Ready" }],
      ]),
    };
    try {
      yield* env.io.out(render(format, rows, flags.format, flags.quiet ? "ID" : undefined));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      yield* env.io.err(`${error.message}\n`);
      return 1;
    }
    return 0;
  }),
});

const inspect = cobra({
  use: "inspect [OPTIONS] self|NODE [NODE...]", short: "Display detailed information on one or more nodes", args: atLeast(1), flags: { format: string("format", "f", "Print with a Go template"), pretty: bool("pretty", "", "Print for people") },
  *run({ flags, args }, env: DockerEnv) {
    if (!flags.pretty) return yield* inspectAll(env, args, flags.format, (name) => getJson(env, `/nodes/${part(name)}`), (name) => `Status: Error: No such node: ${name}, Code: 1`);
    return yield* attempt(env, function* () {
      for (const name of args) {
        const node = yield* callJson<NodeRow>(env, "GET", `/nodes/${part(name)}`);
        const joined = node.CreatedAt.replace("T", " ").replace("Z", " +0000 utc");
        const row = (label: string, value: string, indent = "") => `${indent}${label.padEnd(23 - indent.length)}\t${value}\n`;
        yield* env.io.out([
          row("ID:", node.ID), row("Hostname:", node.Description.Hostname), row("Joined at:", joined), "Status:\n", row("State:", title(node.Status.State), " "), row("Availability:", title(node.Spec.Availability), " "), row("Address:", node.Status.Addr, " "),
          "Manager Status:\n", row("Address:", node.ManagerStatus.Addr, " "), row("Raft Status:", "Reachable", " "), row("Leader:", "Yes", " "), "Platform:\n", row("Operating System:", node.Description.Platform.OS, " "), row("Architecture:", node.Description.Platform.Architecture, " "),
          "Resources:\n", row("CPUs:", String(node.Description.Resources.NanoCPUs / 1e9), " "), row("Memory:", `${(node.Description.Resources.MemoryBytes / 2 ** 30).toPrecision(4)}GiB`, " "), row("Engine Version:", node.Description.Engine.EngineVersion, ""),
        ].join(""));
      }
      return 0;
    });
  },
});

const ps = cobra({
  use: "ps [OPTIONS] [NODE...]", short: "List tasks running on one or more nodes, defaults to current node", args: atLeast(0), flags: { filter: list("filter", "f", "Choose rows by conditions", { type: "filter" }), format: string("format", "", "Print rows with a Go template"), noTrunc: bool("no-trunc", "", "Do not shorten"), quiet: bool("quiet", "q", "Only ids"), noResolve: bool("no-resolve", "", "Ids instead of names") },
  run: ({ flags, args }, env: DockerEnv) => attempt(env, function* () {
    for (const name of args) yield* call(env, "GET", `/nodes/${part(name)}`);
    yield* taskTable(env, yield* callJson<readonly TaskRow[]>(env, "GET", "/tasks"), flags);
    return 0;
  }),
});

const update = cobra({
  use: "update [OPTIONS] NODE", short: "Update a node", args: exactly(1), flags: { availability: string("availability", "", 'Availability of the node ("active"|"pause"|"drain")'), labelAdd: list("label-add", "", "Add labels"), labelRm: list("label-rm", "", "Remove labels"), role: string("role", "", 'Role of the node ("worker"|"manager")') },
  run: ({ flags, args }, env: DockerEnv) => attempt(env, function* () {
    if (!["", "active", "pause", "drain"].includes(flags.availability)) {
      yield* env.io.err(`Error response from daemon: rpc error: code = InvalidArgument desc = invalid Availability: ${JSON.stringify(flags.availability)}\n`);
      return 1;
    }
    const labels = Object.fromEntries(flags.labelAdd.map((label) => [label.split("=")[0] ?? "", label.includes("=") ? label.slice(label.indexOf("=") + 1) : ""]));
    yield* call(env, "POST", `/nodes/${part(args[0] ?? "")}/update`, { ...(flags.availability !== "" && { Availability: flags.availability }), ...(flags.role !== "" && { Role: flags.role }), Labels: labels, RemoveLabels: flags.labelRm });
    yield* env.io.out(`${args[0] ?? ""}\n`);
    return 0;
  }),
});

const each = (use: string, short: string, method: string, target: (name: string) => string, body: (name: string) => unknown, done: (name: string) => string) => cobra({
  use, short, args: atLeast(1), flags: { force: bool("force", "f", "Even when it is a member") },
  *run({ args }, env: DockerEnv) {
    let status = 0;
    for (const name of args) {
      try {
        yield* call(env, method, target(name), body(name));
        yield* env.io.out(`${done(name)}\n`);
      } catch (error) {
        const line = error instanceof ApiError && error.status === 404 ? `Error: No such node: ${name}` : errorLine(error);
        if (line === undefined) throw error;
        yield* env.io.err(`${line}\n`);
        status = 1;
      }
    }
    return status;
  },
});

export const node = group<DockerEnv>("node", "Manage Swarm nodes", [
  each("demote NODE [NODE...]", "Demote one or more nodes from manager in the swarm", "POST", (name) => `/nodes/${part(name)}/update`, () => ({ Role: "worker" }), (name) => `Manager ${name} demoted in the swarm.`), inspect, ls,
  each("promote NODE [NODE...]", "Promote one or more nodes to manager in the swarm", "POST", (name) => `/nodes/${part(name)}/update`, () => ({ Role: "manager" }), (name) => `Node ${name} is already a manager.`), ps,
  each("rm [OPTIONS] NODE [NODE...]", "Remove one or more nodes from the swarm", "DELETE", (name) => `/nodes/${part(name)}`, () => undefined, (name) => name), update,
]);
