import type { Blocking } from "../../../kernel/sys.ts";
import { humanDuration, humanSize, parseTime } from "../../../daemons/docker/api/human.ts";
import { bool, string } from "../../kit/pflag.ts";
import { type ContainerRow, containerFormat } from "../container/ls.ts";
import { callJson, type DockerEnv, errorLine } from "../_docker-env.ts";
import { type Column, type Format, FormatError, render, shortId, tabulate } from "../_format.ts";
import { cobra, noArgs } from "../../kit/cobra.ts";

interface Usage {
  readonly LayersSize: number;
  readonly UsedSize: number;
  readonly Images: readonly { readonly Id: string; readonly Size: number; readonly Containers: number; readonly RepoTags: readonly string[]; readonly Created: string }[];
  readonly Containers: readonly { readonly Id: string; readonly State: string; readonly SizeRw: number }[];
  readonly Volumes: readonly { readonly Name: string; readonly UsageData: { readonly RefCount: number; readonly Size: number } }[];
}

interface Row {
  readonly type: string;
  readonly total: number;
  readonly active: number;
  readonly size: string;
  readonly reclaimable: string;
}

const format: Format<Row> = {
  typeName: "formatter.diskUsageContext",
  table: ["Type", "TotalCount", "Active", "Size", "Reclaimable"],
  columns: new Map<string, Column<Row>>([
    ["Type", { header: "TYPE", value: (row) => row.type }],
    ["TotalCount", { header: "TOTAL", value: (row) => String(row.total) }],
    ["Active", { header: "ACTIVE", value: (row) => String(row.active) }],
    ["Size", { header: "SIZE", value: (row) => row.size }],
    ["Reclaimable", { header: "RECLAIMABLE", value: (row) => row.reclaimable }],
  ]),
};

function* verboseText(env: DockerEnv, usage: Usage): Blocking<string> {
  const nowUs = env.sys.clockUs("realtime");
  const images = usage.Images.map((image) => {
    const [name = "<none>:<none>"] = image.RepoTags;
    const colon = name.lastIndexOf(":");
    return [name.slice(0, colon), name.slice(colon + 1), shortId(image.Id), `${humanDuration(nowUs - parseTime(image.Created))} ago`, humanSize(image.Size), "0B", humanSize(image.Size), String(image.Containers)];
  });
  const rows = yield* callJson<readonly ContainerRow[]>(env, "GET", "/containers/json?all=1&size=1");
  const of = containerFormat(nowUs, false);
  const columns = ["ID", "Image", "Command", "LocalVolumes", "Size", "RunningFor", "Status", "Names"];
  const containers = rows.map((row) => columns.map((name) => String(of.columns.get(name)?.value(name === "Size" ? { ...row, SizeRootFs: 0 } : row) ?? "")));
  const volumes = usage.Volumes.map((volume) => [volume.Name, String(volume.UsageData.RefCount), humanSize(volume.UsageData.Size)]);
  return `Images space usage:\n\n${tabulate([["REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE", "SHARED SIZE", "UNIQUE SIZE", "CONTAINERS"], ...images])}\nContainers space usage:\n\n${tabulate([["CONTAINER ID", "IMAGE", "COMMAND", "LOCAL VOLUMES", "SIZE", "CREATED", "STATUS", "NAMES"], ...containers])}\nLocal Volumes space usage:\n\n${tabulate([["VOLUME NAME", "LINKS", "SIZE"], ...volumes])}\nBuild cache usage: 0B\n\n${tabulate([["CACHE ID", "CACHE TYPE", "SIZE", "CREATED", "LAST USED", "USAGE", "SHARED"]])}`;
}

export const df = cobra({
  use: "df [OPTIONS]",
  short: "Show docker disk usage",
  args: noArgs,
  flags: { format: string("format", "", "Print rows with a Go template"), verbose: bool("verbose", "v", "Show every object") },
  *run({ flags }, env: DockerEnv): Blocking<number> {
    try {
      const usage = yield* callJson<Usage>(env, "GET", "/system/df");
      if (flags.verbose && flags.format === "") {
        yield* env.io.out(yield* verboseText(env, usage));
        return 0;
      }
      const unused = usage.LayersSize - usage.UsedSize;
      const containersSize = usage.Containers.reduce((sum, one) => sum + one.SizeRw, 0);
      const stoppedSize = usage.Containers.filter((one) => one.State !== "running" && one.State !== "paused").reduce((sum, one) => sum + one.SizeRw, 0);
      const volumesSize = usage.Volumes.reduce((sum, one) => sum + one.UsageData.Size, 0);
      const unusedVolumes = usage.Volumes.filter((one) => one.UsageData.RefCount === 0).reduce((sum, one) => sum + one.UsageData.Size, 0);
      const percent = (part: number, whole: number) => (whole > 0 ? `${humanSize(part, 4)} (${Math.floor((part * 100) / whole)}%)` : humanSize(part, 4));
      const rows: Row[] = [
        { type: "Images", total: usage.Images.length, active: usage.Images.filter((image) => image.Containers > 0).length, size: humanSize(usage.LayersSize, 4), reclaimable: percent(unused, usage.LayersSize) },
        { type: "Containers", total: usage.Containers.length, active: usage.Containers.filter((one) => one.State === "running" || one.State === "paused").length, size: humanSize(containersSize, 4), reclaimable: percent(stoppedSize, containersSize) },
        { type: "Local Volumes", total: usage.Volumes.length, active: usage.Volumes.filter((one) => one.UsageData.RefCount > 0).length, size: humanSize(volumesSize, 4), reclaimable: percent(unusedVolumes, volumesSize) },
        { type: "Build Cache", total: 0, active: 0, size: "0B", reclaimable: "0B" },
      ];
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
