import type { Blocking } from "../../../kernel/sys.ts";
import { humanDuration, humanSize, rfc3339 } from "../../../daemons/docker/api/human.ts";
import { bool, string } from "../../kit/pflag.ts";
import { callJson, type DockerEnv, errorLine, imagePart } from "../_docker-env.ts";
import { type Column, ellipsis, type Format, FormatError, render, shortId } from "../_format.ts";
import { cobra, exactly } from "../../kit/cobra.ts";

interface Row {
  readonly Id: string;
  readonly Created: number;
  readonly CreatedBy: string;
  readonly Size: number;
  readonly Comment: string;
}

export const history = cobra({
  use: "history [OPTIONS] IMAGE",
  short: "Show the history of an image",
  args: exactly(1),
  flags: { format: string("format", "", "Print rows with a Go template"), human: bool("human", "H", "Sizes and dates for people", { initial: true, defaultText: "true" }), noTrunc: bool("no-trunc", "", "Do not shorten"), quiet: bool("quiet", "q", "Only ids") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    try {
      const rows = yield* callJson<readonly Row[]>(env, "GET", `/images/${imagePart(args[0] ?? "")}/history`);
      const nowUs = env.sys.clockUs("realtime");
      const format: Format<Row> = {
        typeName: "image.historyContext",
        table: ["ID", flags.human ? "CreatedSince" : "CreatedAt", "CreatedBy", "Size", "Comment"],
        columns: new Map<string, Column<Row>>([
          ["ID", { header: "IMAGE", value: (row) => (flags.noTrunc || row.Id === "<missing>" ? row.Id : shortId(row.Id)) }],
          ["CreatedSince", { header: "CREATED", value: (row) => (flags.human ? `${humanDuration(nowUs - row.Created * 1_000_000)} ago` : rfc3339(row.Created * 1_000_000)) }],
          ["CreatedAt", { header: "CREATED AT", value: (row) => rfc3339(row.Created * 1_000_000) }],
          ["CreatedBy", { header: "CREATED BY", value: (row) => (flags.noTrunc ? row.CreatedBy.replaceAll("\t", " ") : ellipsis(row.CreatedBy.replaceAll("\t", " "), 45)) }],
          ["Size", { header: "SIZE", value: (row) => (flags.human ? humanSize(row.Size) : String(row.Size)) }],
          ["Comment", { header: "COMMENT", value: (row) => row.Comment }],
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
