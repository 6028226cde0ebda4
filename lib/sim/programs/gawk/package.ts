import type { DebianPackage } from "../kit/package.ts";
import { libraryFiles } from "./_library.ts";

const gawk: DebianPackage = {
  name: "gawk",
  summary: "runs awk programs, in the dialect of GNU",
  files: libraryFiles,
  postInstall: [{
    alternative: "awk", link: "/usr/bin/awk", path: "/usr/bin/gawk", priority: 10,
    slaves: [{ link: "/usr/share/man/man1/awk.1.gz", name: "awk.1.gz", path: "/usr/share/man/man1/gawk.1.gz" }, { link: "/usr/bin/nawk", name: "nawk", path: "/usr/bin/gawk" }, { link: "/usr/share/man/man1/nawk.1.gz", name: "nawk.1.gz", path: "/usr/share/man/man1/gawk.1.gz" }],
  }],
};

export default gawk;
