import type { DebianPackage } from "../kit/package.ts";

const mawk: DebianPackage = {
  name: "mawk",
  summary: "runs awk programs",
  files: [
    { path: "/usr/bin/awk", symlink: "/etc/alternatives/awk" },
    { path: "/etc/alternatives/awk", symlink: "/usr/bin/mawk" },
    { path: "/usr/bin/nawk", symlink: "/etc/alternatives/nawk" },
    { path: "/etc/alternatives/nawk", symlink: "/usr/bin/mawk" },
  ],
};

export default mawk;
