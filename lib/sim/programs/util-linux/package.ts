import type { DebianPackage } from "../kit/package.ts";

export default { name: "util-linux", summary: "miscellaneous system utilities",
  postInstall: [{ alternative: "pager", link: "/usr/bin/pager", path: "/bin/more", priority: 50, slaves: [{ link: "/usr/share/man/man1/pager.1.gz", name: "pager.1.gz", path: "/usr/share/man/man1/more.1.gz" }] }],
} satisfies DebianPackage;
