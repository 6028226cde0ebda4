import type { Blocking } from "../../../kernel/sys.ts";
import { ApiError } from "../../../daemons/docker/api/client.ts";
import { bool, string } from "../../kit/pflag.ts";
import { type DockerEnv, imagePart, part, query } from "../_docker-env.ts";
import { getJson, inspectAll } from "../_inspect.ts";
import { atLeast, cobra } from "../../kit/cobra.ts";

export const inspect = cobra({
  use: "inspect [OPTIONS] NAME|ID [NAME|ID...]",
  short: "Return low-level information on Docker objects",
  args: atLeast(1),
  flags: { format: string("format", "f", "Print with a Go template"), size: bool("size", "s", "Show total file sizes"), type: string("type", "", "Kind of object") },
  *run({ flags, args }, env: DockerEnv): Blocking<number> {
    const kinds: readonly (readonly [string, (name: string) => string])[] = [
      ["container", (name) => `/containers/${part(name)}/json${query({ size: flags.size })}`], ["image", (name) => `/images/${imagePart(name)}/json`], ["network", (name) => `/networks/${part(name)}`], ["volume", (name) => `/volumes/${part(name)}`],
    ];
    const wanted = flags.type === "" ? kinds : kinds.filter(([kind]) => kind === flags.type);
    if (wanted.length === 0) {
      yield* env.io.err(`"${flags.type}" is not a valid value for --type\n`);
      return 1;
    }
    return yield* inspectAll(env, args, flags.format, function* (name) {
      let last: unknown;
      for (const [, target] of wanted) {
        try {
          return yield* getJson(env, target(name));
        } catch (error) {
          if (!(error instanceof ApiError && error.status === 404)) throw error;
          last = error;
        }
      }
      throw last;
    }, (name) => `Error: No such ${flags.type === "" ? "object" : flags.type}: ${name}`);
  },
});
