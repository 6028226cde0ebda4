import type { Blocking } from "../../../kernel/sys.ts";
import { bool, list } from "../../kit/pflag.ts";
import { callJson, confirm, type DockerEnv, errorLine, filterQuery, query } from "../_docker-env.ts";
import { cobra, noArgs } from "../../kit/cobra.ts";

export const prune = cobra({
  use: "prune [OPTIONS]",
  short: "Remove all unused networks",
  args: noArgs,
  flags: { filter: list("filter", "", "Choose by conditions", { type: "filter" }), force: bool("force", "f", "Do not ask") },
  *run({ flags }, env: DockerEnv): Blocking<number> {
    try {
      if (!flags.force && !(yield* confirm(env, "WARNING! This will remove all custom networks not used by at least one container.\n"))) return 0;
      const answer = yield* callJson<{ NetworksDeleted: readonly string[] | null }>(env, "POST", `/networks/prune${query({ filters: filterQuery(flags.filter) })}`);
      const deleted = answer.NetworksDeleted ?? [];
      if (deleted.length > 0) yield* env.io.out(`Deleted Networks:\n${deleted.join("\n")}\n\n`);
      return 0;
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
