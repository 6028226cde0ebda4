import type { Blocking } from "../../../kernel/sys.ts";
import { humanSize } from "../../../daemons/docker/api/human.ts";
import { cobra, noArgs } from "../../kit/cobra.ts";
import { bool, list } from "../../kit/pflag.ts";
import { callJson, confirm, type DockerEnv, errorLine, filterQuery, query } from "../_docker-env.ts";

export const prune = cobra({
  use: "prune [OPTIONS]",
  short: "Remove all stopped containers",
  args: noArgs,
  flags: { filter: list("filter", "", "Choose by conditions", { type: "filter" }), force: bool("force", "f", "Do not ask") },
  *run({ flags }, env: DockerEnv): Blocking<number> {
    try {
      if (!flags.force && !(yield* confirm(env, "WARNING! This will remove all stopped containers.\n"))) {
        yield* env.io.out("Total reclaimed space: 0B\n");
        return 0;
      }
      const answer = yield* callJson<{ ContainersDeleted: readonly string[] | null; SpaceReclaimed: number }>(env, "POST", `/containers/prune${query({ filters: filterQuery(flags.filter) })}`);
      const deleted = answer.ContainersDeleted ?? [];
      yield* env.io.out(`${deleted.length > 0 ? `Deleted Containers:\n${deleted.join("\n")}\n\n` : ""}Total reclaimed space: ${humanSize(answer.SpaceReclaimed, 4)}\n`);
      return 0;
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
