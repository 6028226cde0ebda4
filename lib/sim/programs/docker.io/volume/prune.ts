import type { Blocking } from "../../../kernel/sys.ts";
import { humanSize } from "../../../daemons/docker/api/human.ts";
import { bool, list } from "../../kit/pflag.ts";
import { callJson, confirm, type DockerEnv, errorLine, filterQuery, query } from "../_docker-env.ts";
import { cobra, noArgs } from "../../kit/cobra.ts";

export const prune = cobra({
  use: "prune [OPTIONS]",
  short: "Remove all unused local volumes",
  args: noArgs,
  flags: { filter: list("filter", "", "Choose by conditions", { type: "filter" }), force: bool("force", "f", "Do not ask") },
  *run({ flags }, env: DockerEnv): Blocking<number> {
    try {
      if (!flags.force && !(yield* confirm(env, "WARNING! This will remove all local volumes not used by at least one container.\n"))) {
        yield* env.io.out("Total reclaimed space: 0B\n");
        return 0;
      }
      const answer = yield* callJson<{ VolumesDeleted: readonly string[] | null; SpaceReclaimed: number }>(env, "POST", `/volumes/prune${query({ filters: filterQuery(flags.filter) })}`);
      const deleted = answer.VolumesDeleted ?? [];
      yield* env.io.out(`${deleted.length > 0 ? `Deleted Volumes:\n${deleted.join("\n")}\n\n` : ""}Total reclaimed space: ${humanSize(answer.SpaceReclaimed, 4)}\n`);
      return 0;
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
