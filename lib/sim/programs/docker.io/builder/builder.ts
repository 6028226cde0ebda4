// docker builder: the builder without BuildKit keeps its cache in images, so there is never anything to prune.
import type { Blocking } from "../../../kernel/sys.ts";
import { cobra, group, noArgs } from "../../kit/cobra.ts";
import { bool, list, string } from "../../kit/pflag.ts";
import { confirm, type DockerEnv } from "../_docker-env.ts";
import { build } from "../image/build.ts";

const prune = cobra({
  use: "prune",
  short: "Remove build cache",
  args: noArgs,
  flags: { all: bool("all", "a", "All of it, not only what dangles"), filter: list("filter", "", "Conditions", { type: "filter" }), force: bool("force", "f", "Do not ask"), keepStorage: string("keep-storage", "", "How much to keep") },
  *run({ flags }, env: DockerEnv): Blocking<number> {
    if (!flags.force && !(yield* confirm(env, `WARNING! This will remove all ${flags.all ? "" : "dangling "}build cache. `))) return 0;
    yield* env.io.out("Total reclaimed space: 0B\n");
    return 0;
  },
});

export const builder = group("builder", "Manage builds", [build, prune]);
