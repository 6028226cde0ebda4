import type { Blocking } from "../../../kernel/sys.ts";
import { humanSize } from "../../../daemons/docker/api/human.ts";
import { bool, list } from "../../kit/pflag.ts";
import { callJson, confirm, type DockerEnv, errorLine, filterQuery, query } from "../_docker-env.ts";
import { cobra, noArgs } from "../../kit/cobra.ts";

export const prune = cobra({
  use: "prune [OPTIONS]",
  short: "Remove unused images",
  args: noArgs,
  flags: { all: bool("all", "a", "Remove all unused images, not just dangling ones"), filter: list("filter", "", "Choose by conditions", { type: "filter" }), force: bool("force", "f", "Do not ask") },
  *run({ flags }, env: DockerEnv): Blocking<number> {
    try {
      const warning = flags.all ? "WARNING! This will remove all images without at least one container associated to them.\n" : "WARNING! This will remove all dangling images.\n";
      if (!flags.force && !(yield* confirm(env, warning))) {
        yield* env.io.out("Total reclaimed space: 0B\n");
        return 0;
      }
      const answer = yield* callJson<{ ImagesDeleted: readonly { Untagged?: string; Deleted?: string }[] | null; SpaceReclaimed: number }>(env, "POST", `/images/prune${query({ filters: filterQuery([...flags.filter, `dangling=${String(!flags.all)}`]) })}`);
      const rows = (answer.ImagesDeleted ?? []).map((row) => (row.Untagged === undefined ? `deleted: ${row.Deleted}\n` : `untagged: ${row.Untagged}\n`));
      yield* env.io.out(`${rows.length > 0 ? `Deleted Images:\n${rows.join("")}\n` : ""}Total reclaimed space: ${humanSize(answer.SpaceReclaimed, 4)}\n`);
      return 0;
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
