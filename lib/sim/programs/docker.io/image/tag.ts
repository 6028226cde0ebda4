import type { Blocking } from "../../../kernel/sys.ts";
import { BadReference, parseReference } from "../../../daemons/docker/api/reference.ts";
import { call, type DockerEnv, errorLine, imagePart, query } from "../_docker-env.ts";
import { cobra, exactly } from "../../kit/cobra.ts";

export const tag = cobra({
  use: "tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]",
  short: "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE",
  args: exactly(2),
  flags: {},
  *run({ args }, env: DockerEnv): Blocking<number> {
    const [source = "", target = ""] = args;
    try {
      parseReference(target);
    } catch (error) {
      if (!(error instanceof BadReference)) throw error;
      yield* env.io.err(`Error parsing reference: ${JSON.stringify(target)} is not a valid repository/tag: ${error.message}\n`);
      return 1;
    }
    const colon = target.indexOf(":", target.lastIndexOf("/") + 1);
    try {
      yield* call(env, "POST", `/images/${imagePart(source)}/tag${query({ repo: colon < 0 ? target : target.slice(0, colon), tag: colon < 0 ? "" : target.slice(colon + 1) })}`);
      return 0;
    } catch (error) {
      const line = errorLine(error);
      if (line === undefined) throw error;
      yield* env.io.err(`${line}\n`);
      return 1;
    }
  },
});
