import type { Blocking } from "../../../kernel/sys.ts";
import { bool, list, string } from "../../kit/pflag.ts";
import { callJson, type DockerEnv, errorLine, filterQuery, query } from "../_docker-env.ts";
import { type Column, type Format, FormatError, render } from "../_format.ts";
import { cobra, noArgs } from "../../kit/cobra.ts";

interface Row {
  readonly Driver: string;
  readonly Name: string;
  readonly Scope: string;
  readonly Mountpoint: string;
  readonly Labels: Readonly<Record<string, string>> | null;
}

export const ls = cobra({
  use: "ls [OPTIONS]",
  short: "List volumes",
  aliases: ["list"],
  args: noArgs,
  flags: { filter: list("filter", "f", "Choose rows by conditions", { type: "filter" }), format: string("format", "", "Print rows with a Go template"), quiet: bool("quiet", "q", "Only names") },
  *run({ flags }, env: DockerEnv): Blocking<number> {
    try {
      const { Volumes } = yield* callJson<{ Volumes: readonly Row[] }>(env, "GET", `/volumes${query({ filters: filterQuery(flags.filter) })}`);
      const format: Format<Row> = {
        typeName: "formatter.volumeContext",
        table: ["Driver", "Name"],
        columns: new Map<string, Column<Row>>([
          ["Driver", { header: "DRIVER", value: (row) => row.Driver }],
          ["Name", { header: "VOLUME NAME", value: (row) => row.Name }],
          ["Scope", { header: "SCOPE", value: (row) => row.Scope }],
          ["Mountpoint", { header: "MOUNTPOINT", value: (row) => row.Mountpoint }],
          ["Labels", { header: "LABELS", value: (row) => Object.entries(row.Labels ?? {}).map(([key, value]) => `${key}=${value}`).join(",") }],
          ["Links", { header: "LINKS", value: () => "N/A" }],
          ["Size", { header: "SIZE", value: () => "N/A" }],
        ]),
      };
      yield* env.io.out(render(format, Volumes, flags.format, flags.quiet ? "Name" : undefined));
      return 0;
    } catch (error) {
      const line = error instanceof FormatError ? error.message : errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
