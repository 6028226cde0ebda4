import type { DebianPackage } from "../kit/package.ts";

const rename: DebianPackage = {
  name: "rename",
  summary: "renames files by a Perl expression",
  postInstall: [{ alternative: "rename", link: "/usr/bin/rename", path: "/usr/bin/file-rename", priority: 70, slaves: [{ link: "/usr/share/man/man1/rename.1.gz", name: "rename.1.gz", path: "/usr/share/man/man1/file-rename.1p.gz" }] }],
};

export default rename;
