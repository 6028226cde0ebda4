import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "git", summary: "the distributed version control system",
  files: [
    { path: "/etc/bash_completion.d/git-prompt", text: "# The prompt function of git is loaded by hand: . /usr/lib/git-core/git-sh-prompt\n", conffile: true },
    { path: "/usr/lib/git-core", directory: true },
    { path: "/usr/share/git-core/templates", directory: true },
    { path: "/var/lib/git", directory: true },
  ],
} satisfies DebianPackage;
