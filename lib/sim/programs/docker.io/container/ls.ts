import type { Blocking } from "../../../kernel/sys.ts";
import { goTime, humanDuration, humanSize } from "../../../daemons/docker/api/human.ts";
import { cobra, noArgs } from "../../kit/cobra.ts";
import { bool, int, list, string } from "../../kit/pflag.ts";
import { callJson, type DockerEnv, errorLine, filterQuery, query } from "../_docker-env.ts";
import { type Column, ellipsis, type Format, FormatError, render } from "../_format.ts";

interface Port {
  readonly IP?: string;
  readonly PrivatePort: number;
  readonly PublicPort?: number;
  readonly Type: string;
}

export interface ContainerRow {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Image: string;
  readonly ImageID: string;
  readonly Command: string;
  readonly Created: number;
  readonly Ports: readonly Port[];
  readonly SizeRw?: number;
  readonly SizeRootFs?: number;
  readonly Labels: Readonly<Record<string, string>>;
  readonly State: string;
  readonly Status: string;
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, unknown>> };
  readonly Mounts: readonly { readonly Type: string; readonly Name?: string; readonly Source: string }[];
}

/** Runs of ports that are the same outside become ranges, mappings to other ports come last (formatter.DisplayablePorts). */
export function portsText(ports: readonly Port[]): string {
  const order = (a: Port, b: Port): number => a.PrivatePort - b.PrivatePort || compare(a.IP ?? "", b.IP ?? "") || (a.PublicPort ?? 0) - (b.PublicPort ?? 0) || compare(a.Type, b.Type);
  const groups = new Map<string, { readonly ip: string; readonly type: string; first: number; last: number }>();
  const shown: string[] = [];
  const mappings: string[] = [];
  const range = ({ ip, type, first, last }: { readonly ip: string; readonly type: string; readonly first: number; readonly last: number }): string => {
    const text = first === last ? `${first}` : `${first}-${last}`;
    return `${ip === "" ? "" : `${ip}:${text}->`}${text}/${type}`;
  };
  for (const { IP: ip = "", PrivatePort: port, PublicPort: outside, Type: type } of [...ports].sort(order)) {
    if (ip !== "" && outside !== port) {
      mappings.push(`${ip}:${outside}->${port}/${type}`);
      continue;
    }
    const group = groups.get(`${ip}/${type}`);
    if (group !== undefined && port === group.last + 1) {
      group.last = port;
      continue;
    }
    if (group !== undefined) shown.push(range(group));
    if (group === undefined) groups.set(`${ip}/${type}`, { ip, type, first: port, last: port });
    else Object.assign(group, { first: port, last: port });
  }
  return [...shown, ...[...groups.values()].map(range), ...mappings].join(", ");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function containerFormat(nowUs: number, noTrunc: boolean): Format<ContainerRow> {
  const cut = (text: string, length: number) => (noTrunc ? text : ellipsis(text, length));
  return {
    typeName: "formatter.containerContext",
    table: ["ID", "Image", "Command", "RunningFor", "Status", "Ports", "Names"],
    columns: new Map<string, Column<ContainerRow>>([
      ["ID", { header: "CONTAINER ID", value: (row) => (noTrunc ? row.Id : row.Id.slice(0, 12)) }],
      ["Names", { header: "NAMES", value: (row) => row.Names.map((name) => name.replace(/^\//, "")).join(",") }],
      ["Image", { header: "IMAGE", value: (row) => (row.Image === "" ? "<no image>" : row.Image) }],
      ["Command", { header: "COMMAND", value: (row) => JSON.stringify(cut(row.Command, 20)) }],
      ["CreatedAt", { header: "CREATED AT", value: (row) => goTime(row.Created * 1_000_000) }],
      ["RunningFor", { header: "CREATED", value: (row) => `${humanDuration(nowUs - row.Created * 1_000_000)} ago` }],
      ["Ports", { header: "PORTS", value: (row) => portsText(row.Ports) }],
      ["State", { header: "STATE", value: (row) => row.State }],
      ["Status", { header: "STATUS", value: (row) => row.Status }],
      ["Size", { header: "SIZE", value: (row) => `${humanSize(row.SizeRw ?? 0)}${(row.SizeRootFs ?? 0) > 0 ? ` (virtual ${humanSize(row.SizeRootFs ?? 0)})` : ""}` }],
      ["Labels", { header: "LABELS", value: (row) => Object.entries(row.Labels).map(([key, value]) => `${key}=${value}`).join(",") }],
      ["Mounts", { header: "MOUNTS", value: (row) => row.Mounts.map((mount) => cut(mount.Name ?? mount.Source, 15)).join(",") }],
      ["LocalVolumes", { header: "LOCAL VOLUMES", value: (row) => String(row.Mounts.filter((mount) => mount.Type === "volume").length) }],
      ["Networks", { header: "NETWORKS", value: (row) => Object.keys(row.NetworkSettings.Networks).join(",") }],
    ]),
  };
}

function make(use: string, aliases: readonly string[]) {
  return cobra({
    use,
    short: "List containers",
    aliases,
    args: noArgs,
    flags: {
      all: bool("all", "a", "Show all containers (otherwise only running ones)"),
      filter: list("filter", "f", "Choose rows by conditions", { type: "filter" }),
      format: string("format", "", "Print rows with a Go template"),
      last: int("last", "n", "Show the last n created, in any state", { initial: -1, defaultText: "-1" }),
      latest: bool("latest", "l", "Show the last created, in any state"),
      noTrunc: bool("no-trunc", "", "Do not shorten"),
      quiet: bool("quiet", "q", "Only ids"),
      size: bool("size", "s", "Show sizes"),
    },
    *run({ flags }, env: DockerEnv): Blocking<number> {
      try {
        const limit = flags.latest ? 1 : flags.last;
        const sized = flags.size || (flags.format.includes(".Size") && !flags.quiet);
        const rows = yield* callJson<readonly ContainerRow[]>(env, "GET", `/containers/json${query({ all: flags.all || flags.latest || flags.last > -1, limit: limit > 0 ? limit : undefined, size: sized, filters: filterQuery(flags.filter) })}`);
        const format = containerFormat(env.sys.clockUs("realtime"), flags.noTrunc);
        const table = flags.size ? [...format.table, "Size"] : format.table;
        yield* env.io.out(render({ ...format, table }, rows, flags.format, flags.quiet ? "ID" : undefined));
        return 0;
      } catch (error) {
        const line = error instanceof FormatError ? error.message : errorLine(error);
        if (line === undefined) throw error;
        yield* env.io.err(`${line}\n`);
        return error instanceof FormatError ? 64 : 1;
      }
    },
  });
}

export const ps = make("ps [OPTIONS]", []);
export const ls = make("ls [OPTIONS]", ["ps", "list"]);
