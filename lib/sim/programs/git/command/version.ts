import { gitCommand } from "../base/git-command.ts";
import { flag } from "../base/options.ts";

export const version = gitCommand({
  name: "version", summary: "say which version this is", usage: ["git version [--build-options]"], needs: "none", operands: "none",
  options: { buildOptions: flag("build-options", "also print how it was built") },
  *run(git, { options }) {
    git.put("git version 2.39.5\n");
    if (options.buildOptions) git.put("cpu: x86_64\nno commit associated with this build\nsizeof-long: 8\nsizeof-size_t: 8\nshell-path: /bin/sh\n");
    return 0;
  },
});
