import { type Blocking, decode } from "../../../kernel/sys.ts";
import { bool } from "../../kit/pflag.ts";
import { call, type DockerEnv, forEach, imagePart, query } from "../_docker-env.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";

const flags = { force: bool("force", "f", "Force the removal"), noPrune: bool("no-prune", "", "Keep untagged parents") } as const;

function* removeImages(env: DockerEnv, names: readonly string[], options: { readonly force: boolean; readonly noPrune: boolean }): Blocking<number> {
  return yield* forEach(
    env,
    names,
    function* (name) {
      const answer = yield* call(env, "DELETE", `/images/${imagePart(name)}${query({ force: options.force, noprune: options.noPrune })}`);
      const rows = JSON.parse(decode(answer.body)) as readonly { Untagged?: string; Deleted?: string }[];
      yield* env.io.out(rows.map((row) => (row.Untagged === undefined ? `Deleted: ${row.Deleted}\n` : `Untagged: ${row.Untagged}\n`)).join(""));
      return undefined;
    },
    "image",
  );
}

export const rm = cobra({
  use: "rm [OPTIONS] IMAGE [IMAGE...]",
  short: "Remove one or more images",
  args: atLeast(1),
  aliases: ["rmi", "remove"],
  flags,
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    return yield* removeImages(env, args, flags);
  },
});

export const rmi = cobra({
  use: "rmi [OPTIONS] IMAGE [IMAGE...]",
  short: "Remove one or more images",
  args: atLeast(1),
  flags,
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    return yield* removeImages(env, args, flags);
  },
});
