import type { Blocking } from "../../../kernel/sys.ts";
import { bool, list, string } from "../../kit/pflag.ts";
import { callJson, type DockerEnv, errorLine, filterQuery, query } from "../_docker-env.ts";
import { type Column, type Format, FormatError, render } from "../_format.ts";
import { cobra, noArgs } from "../../kit/cobra.ts";

interface Row {
  readonly Id: string;
  readonly Name: string;
  readonly Driver: string;
  readonly Scope: string;
  readonly Internal: boolean;
  readonly Created: string;
  readonly Labels: Readonly<Record<string, string>>;
}

export const ls = cobra({
  use: "ls [OPTIONS]",
  short: "List networks",
  aliases: ["list"],
  args: noArgs,
  flags: { filter: list("filter", "f", "Choose rows by conditions", { type: "filter" }), format: string("format", "", "Print rows with a Go template"), noTrunc: bool("no-trunc", "", "Do not shorten"), quiet: bool("quiet", "q", "Only ids") },
  *run({ flags }, env: DockerEnv): Blocking<number> {
    try {
      const rows = yield* callJson<readonly Row[]>(env, "GET", `/networks${query({ filters: filterQuery(flags.filter) })}`);
      const format: Format<Row> = {
        typeName: "network.networkContext",
        table: ["ID", "Name", "Driver", "Scope"],
        columns: new Map<string, Column<Row>>([
          ["ID", { header: "NETWORK ID", value: (row) => (flags.noTrunc ? row.Id : row.Id.slice(0, 12)) }],
          ["Name", { header: "NAME", value: (row) => row.Name }],
          ["Driver", { header: "DRIVER", value: (row) => row.Driver }],
          ["Scope", { header: "SCOPE", value: (row) => row.Scope }],
          ["IPv6", { header: "IPV6", value: () => "false" }],
          ["Internal", { header: "INTERNAL", value: (row) => String(row.Internal) }],
          ["Labels", { header: "LABELS", value: (row) => Object.entries(row.Labels).map(([key, value]) => `${key}=${value}`).join(",") }],
          ["CreatedAt", { header: "CREATED AT", value: (row) => row.Created }],
        ]),
      };
      yield* env.io.out(render(format, rows, flags.format, flags.quiet ? "ID" : undefined));
      return 0;
    } catch (error) {
      const line = error instanceof FormatError ? error.message : errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
