import type { Blocking } from "../../../kernel/sys.ts";
import { humanBinarySize, humanSize } from "../../../daemons/docker/api/human.ts";
import { anyArgs, cobra } from "../../kit/cobra.ts";
import { bool, string } from "../../kit/pflag.ts";
import { callJson, type DockerEnv, errorLine, part, query } from "../_docker-env.ts";
import { type Column, type Format, FormatError, render } from "../_format.ts";

interface Stats {
  readonly id: string;
  readonly name: string;
  readonly running: boolean;
  readonly memoryBytes: number;
  readonly memoryLimitBytes: number;
  readonly pids: number;
  readonly cpuUs: number;
  readonly networkRx: number;
  readonly networkTx: number;
}

interface Row extends Stats {
  readonly cpuPercent: number;
  readonly limitBytes: number;
}

const format: Format<Row> = {
  typeName: "formatter.statsContext",
  table: ["ID", "Name", "CPUPerc", "MemUsage", "MemPerc", "NetIO", "BlockIO", "PIDs"],
  columns: new Map<string, Column<Row>>([
    ["Container", { header: "CONTAINER", value: (row) => row.id.slice(0, 12) }],
    ["ID", { header: "CONTAINER ID", value: (row) => row.id.slice(0, 12) }],
    ["Name", { header: "NAME", value: (row) => row.name.replace(/^\//, "") }],
    ["CPUPerc", { header: "CPU %", value: (row) => `${row.cpuPercent.toFixed(2)}%` }],
    ["MemUsage", { header: "MEM USAGE / LIMIT", value: (row) => `${humanBinarySize(row.memoryBytes)} / ${humanBinarySize(row.running ? row.limitBytes : 0)}` }],
    ["MemPerc", { header: "MEM %", value: (row) => `${(row.limitBytes === 0 ? 0 : (row.memoryBytes / row.limitBytes) * 100).toFixed(2)}%` }],
    ["NetIO", { header: "NET I/O", value: (row) => `${humanSize(row.networkRx)} / ${humanSize(row.networkTx)}` }],
    ["BlockIO", { header: "BLOCK I/O", value: () => "0B / 0B" }],
    ["PIDs", { header: "PIDS", value: (row) => String(row.pids) }],
  ]),
};

export const stats = cobra({
  use: "stats [OPTIONS] [CONTAINER...]",
  short: "Display a live stream of container(s) resource usage statistics",
  args: anyArgs,
  flags: { all: bool("all", "a", "Show all containers (otherwise running ones)"), format: string("format", "", "Print rows with a Go template"), noStream: bool("no-stream", "", "Print once and end"), noTrunc: bool("no-trunc", "", "Do not shorten") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    try {
      const { MemTotal } = yield* callJson<{ MemTotal: number }>(env, "GET", "/info");
      const names = args.length > 0 ? args : (yield* callJson<readonly { Id: string }[]>(env, "GET", `/containers/json${query({ all: flags.all })}`)).map((row) => row.Id);
      const before = new Map<string, { cpuUs: number; atUs: number }>();
      for (let round = 0; ; round++) {
        const rows: Row[] = [];
        for (const name of names) {
          const one = yield* callJson<Stats>(env, "GET", `/containers/${part(name)}/stats`);
          const atUs = env.sys.clockUs("monotonic");
          const last = before.get(one.id);
          before.set(one.id, { cpuUs: one.cpuUs, atUs });
          rows.push({ ...one, limitBytes: one.memoryLimitBytes === 0 ? MemTotal : one.memoryLimitBytes, cpuPercent: last && atUs > last.atUs ? ((one.cpuUs - last.cpuUs) / (atUs - last.atUs)) * 100 : 0 });
        }
        if (round === 0 && flags.noStream) yield* env.sys.sleep(1_000_000);
        else yield* env.io.out(`${flags.noStream ? "" : "\x1b[2J\x1b[H"}${render(format, rows, flags.format)}`);
        if (round === 1 && flags.noStream) return 0;
        if (!flags.noStream) yield* env.sys.sleep(1_000_000);
      }
    } catch (error) {
      const line = error instanceof FormatError ? error.message : errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
