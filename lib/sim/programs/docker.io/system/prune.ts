import type { Blocking } from "../../../kernel/sys.ts";
import { humanSize } from "../../../daemons/docker/api/human.ts";
import { bool, list } from "../../kit/pflag.ts";
import { callJson, confirm, type DockerEnv, errorLine, filterQuery, query } from "../_docker-env.ts";
import { cobra, noArgs } from "../../kit/cobra.ts";

export const prune = cobra({
  use: "prune [OPTIONS]",
  short: "Remove unused data",
  args: noArgs,
  flags: { all: bool("all", "a", "Remove all unused images, not just dangling ones"), filter: list("filter", "", "Choose by conditions", { type: "filter" }), force: bool("force", "f", "Do not ask"), volumes: bool("volumes", "", "Remove unused volumes too") },
  *run({ flags }, env: DockerEnv): Blocking<number> {
    const warning = `WARNING! This will remove:
  - all stopped containers
  - all networks not used by at least one container
${flags.volumes ? "  - all volumes not used by at least one container\n" : ""}  - all ${flags.all ? "images without at least one container associated to them" : "dangling images"}
  - all ${flags.all ? "build cache" : "dangling build cache"}

`;
    try {
      if (!flags.force && !(yield* confirm(env, warning))) return 0;
      const filters = query({ filters: filterQuery(flags.filter) });
      const containers = yield* callJson<{ ContainersDeleted: readonly string[] | null; SpaceReclaimed: number }>(env, "POST", `/containers/prune${filters}`);
      const networks = yield* callJson<{ NetworksDeleted: readonly string[] | null }>(env, "POST", `/networks/prune${filters}`);
      const volumes = flags.volumes ? yield* callJson<{ VolumesDeleted: readonly string[] | null; SpaceReclaimed: number }>(env, "POST", `/volumes/prune${filters}`) : undefined;
      const images = yield* callJson<{ ImagesDeleted: readonly { Untagged?: string; Deleted?: string }[] | null; SpaceReclaimed: number }>(env, "POST", `/images/prune${query({ filters: filterQuery([...flags.filter, `dangling=${String(!flags.all)}`]) })}`);
      const block = (title: string, rows: readonly string[] | null | undefined) => (rows && rows.length > 0 ? `${title}:\n${rows.join("\n")}\n\n` : "");
      const space = containers.SpaceReclaimed + images.SpaceReclaimed + (volumes?.SpaceReclaimed ?? 0);
      yield* env.io.out(`${block("Deleted Containers", containers.ContainersDeleted)}${block("Deleted Networks", networks.NetworksDeleted)}${block("Deleted Volumes", volumes?.VolumesDeleted)}${block("Deleted Images", images.ImagesDeleted?.map((row) => (row.Untagged === undefined ? `deleted: ${row.Deleted}` : `untagged: ${row.Untagged}`)))}Total reclaimed space: ${humanSize(space, 4)}\n`);
      return 0;
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
