import type { Blocking } from "../../../kernel/sys.ts";
import { bool, int, list, string } from "../../kit/pflag.ts";
import { callJson, type DockerEnv, errorLine, filterQuery, query } from "../_docker-env.ts";
import { type Column, ellipsis, type Format, FormatError, render } from "../_format.ts";
import { cobra, exactly } from "../../kit/cobra.ts";

interface Row {
  readonly name: string;
  readonly description: string;
  readonly star_count: number;
  readonly is_official: boolean;
  readonly is_automated: boolean;
}

export const search = cobra({
  use: "search [OPTIONS] TERM",
  short: "Search the Docker Hub for images",
  args: exactly(1),
  flags: { filter: list("filter", "f", "Choose rows by conditions", { type: "filter" }), format: string("format", "", "Print rows with a Go template"), limit: int("limit", "", "Most results", { initial: 25, defaultText: "25" }), noTrunc: bool("no-trunc", "", "Do not shorten") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    try {
      if (flags.limit < 1 || flags.limit > 100) {
        yield* env.io.err(`Error response from daemon: Limit ${flags.limit} is outside the range of [1, 100]\n`);
        return 1;
      }
      const rows = yield* callJson<readonly Row[]>(env, "GET", `/images/search${query({ term: args[0] ?? "", limit: flags.limit, filters: filterQuery(flags.filter) })}`);
      const format: Format<Row> = {
        typeName: "formatter.searchContext",
        table: ["Name", "Description", "StarCount", "IsOfficial", "IsAutomated"],
        columns: new Map<string, Column<Row>>([
          ["Name", { header: "NAME", value: (row) => row.name }],
          ["Description", { header: "DESCRIPTION", value: (row) => (flags.noTrunc ? row.description : ellipsis(row.description, 45)) }],
          ["StarCount", { header: "STARS", value: (row) => String(row.star_count) }],
          ["IsOfficial", { header: "OFFICIAL", value: (row) => (row.is_official ? "[OK]" : "") }],
          ["IsAutomated", { header: "AUTOMATED", value: (row) => (row.is_automated ? "[OK]" : "") }],
        ]),
      };
      yield* env.io.out(render(format, rows, flags.format));
      return 0;
    } catch (error) {
      const line = error instanceof FormatError ? error.message : errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
