import type { Blocking } from "../../../kernel/sys.ts";
import { atMost, cobra } from "../../kit/cobra.ts";
import { HUB, readConfig, writeConfig } from "../_config-file.ts";
import type { DockerEnv } from "../_docker-env.ts";

export const logout = cobra({
  use: "logout [SERVER]",
  short: "Log out from a Docker registry",
  args: atMost(1),
  flags: {},
  *run({ args }, env: DockerEnv): Blocking<number> {
    const server = args[0] ?? HUB;
    const config = yield* readConfig(env.sys);
    yield* env.io.out(`Removing login credentials for ${server}\n`);
    if (!Object.hasOwn(config.auths ?? {}, server)) return 0;
    const { [server]: _gone, ...auths } = config.auths ?? {};
    yield* writeConfig(env.sys, { ...config, auths });
    return 0;
  },
});
