import type { Blocking } from "../../../kernel/sys.ts";
import { goTime, humanDuration, humanSize } from "../../../daemons/docker/api/human.ts";
import { atMost, cobra } from "../../kit/cobra.ts";
import { bool, list, string } from "../../kit/pflag.ts";
import { callJson, type DockerEnv, errorLine, filterQuery, query } from "../_docker-env.ts";
import { type Column, type Format, FormatError, render, shortId } from "../_format.ts";

interface Summary {
  readonly Id: string;
  readonly RepoTags: readonly string[];
  readonly RepoDigests: readonly string[];
  readonly Created: number;
  readonly Size: number;
  readonly Containers: number;
}

interface Row {
  readonly id: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
  readonly created: number;
  readonly sizeBytes: number;
}

function imageFormat(nowUs: number, noTrunc: boolean): Format<Row> {
  return {
    typeName: "formatter.imageContext",
    table: ["Repository", "Tag", "ID", "CreatedSince", "Size"],
    columns: new Map<string, Column<Row>>([
      ["ID", { header: "IMAGE ID", value: (row) => (noTrunc ? row.id : shortId(row.id)) }],
      ["Repository", { header: "REPOSITORY", value: (row) => row.repository }],
      ["Tag", { header: "TAG", value: (row) => row.tag }],
      ["Digest", { header: "DIGEST", value: (row) => row.digest }],
      ["CreatedSince", { header: "CREATED", value: (row) => `${humanDuration(nowUs - row.created * 1_000_000)} ago` }],
      ["CreatedAt", { header: "CREATED AT", value: (row) => goTime(row.created * 1_000_000) }],
      ["Size", { header: "SIZE", value: (row) => humanSize(row.sizeBytes) }],
      ["Containers", { header: "CONTAINERS", value: () => "N/A" }],
      ["VirtualSize", { header: "SIZE", value: (row) => humanSize(row.sizeBytes) }],
      ["SharedSize", { header: "SHARED SIZE", value: () => "N/A" }],
      ["UniqueSize", { header: "UNIQUE SIZE", value: () => "N/A" }],
    ]),
  };
}

/** One row a name; by repository, tags sorted within one. */
function rowsOf(images: readonly Summary[], withDigests: boolean): Row[] {
  const rows: Row[] = [];
  for (const image of images) {
    const common = { id: image.Id, created: image.Created, sizeBytes: image.Size };
    const digestOf = (repository: string) => image.RepoDigests.find((digest) => digest.startsWith(`${repository}@`))?.split("@")[1] ?? "<none>";
    const named = image.RepoTags.filter((tag) => tag !== "<none>:<none>");
    for (const name of named) {
      const colon = name.lastIndexOf(":");
      const repository = name.slice(0, colon);
      rows.push({ ...common, repository, tag: name.slice(colon + 1), digest: digestOf(repository) });
    }
    if (named.length > 0) continue;
    const digests = image.RepoDigests.filter((digest) => digest !== "<none>@<none>");
    if (digests.length === 0) rows.push({ ...common, repository: "<none>", tag: "<none>", digest: "<none>" });
    else for (const digest of digests) rows.push({ ...common, repository: digest.split("@")[0] ?? "", tag: "<none>", digest: digest.split("@")[1] ?? "" });
  }
  return withDigests ? rows : rows.filter((row, place) => rows.findIndex((other) => other.id === row.id && other.repository === row.repository && other.tag === row.tag) === place);
}

function make(use: string, aliases: readonly string[]) {
  return cobra({
    use,
    short: "List images",
    aliases,
    args: atMost(1),
    flags: {
      all: bool("all", "a", "Show intermediate images too"),
      digests: bool("digests", "", "Show digests"),
      filter: list("filter", "f", "Choose rows by conditions", { type: "filter" }),
      format: string("format", "", "Print rows with a Go template"),
      noTrunc: bool("no-trunc", "", "Do not shorten"),
      quiet: bool("quiet", "q", "Only ids"),
    },
    *run({ flags, args }, env: DockerEnv): Blocking<number> {
      try {
        const filters = [...flags.filter, ...(args[0] === undefined ? [] : [`reference=${args[0]}`])];
        const images = yield* callJson<readonly Summary[]>(env, "GET", `/images/json${query({ all: flags.all, filters: filterQuery(filters) })}`);
        const format = imageFormat(env.sys.clockUs("realtime"), flags.noTrunc);
        const table = flags.digests ? ["Repository", "Tag", "Digest", "ID", "CreatedSince", "Size"] : format.table;
        const rows = rowsOf(images, flags.digests);
        yield* env.io.out(render({ ...format, table }, flags.quiet && flags.format === "" ? rows : rows, flags.format, flags.quiet ? "ID" : undefined));
        return 0;
      } catch (error) {
        const line = error instanceof FormatError ? error.message : errorLine(error);
        if (line === undefined) throw error;
        yield* env.io.err(`${line}\n`);
        return error instanceof FormatError && !/: executing /.test(line) ? 64 : 1;
      }
    },
  });
}

export const images = make("images [OPTIONS] [REPOSITORY[:TAG]]", []);
export const ls = make("ls [OPTIONS] [REPOSITORY[:TAG]]", ["images", "list"]);
