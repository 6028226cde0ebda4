import type { DebianPackage } from "../kit/package.ts";

const mawk: DebianPackage = {
  name: "mawk",
  summary: "runs awk programs",
  postInstall: [{
    alternative: "awk", link: "/usr/bin/awk", path: "/usr/bin/mawk", priority: 5,
    slaves: [{ link: "/usr/share/man/man1/awk.1.gz", name: "awk.1.gz", path: "/usr/share/man/man1/mawk.1.gz" }, { link: "/usr/bin/nawk", name: "nawk", path: "/usr/bin/mawk" }, { link: "/usr/share/man/man1/nawk.1.gz", name: "nawk.1.gz", path: "/usr/share/man/man1/mawk.1.gz" }],
  }],
};

export default mawk;
