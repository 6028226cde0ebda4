import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "ed", summary: "the line editor of Unix",
  postInstall: [{ alternative: "editor", link: "/usr/bin/editor", path: "/bin/ed", priority: -100, slaves: [{ link: "/usr/share/man/man1/editor.1.gz", name: "editor.1.gz", path: "/usr/share/man/man1/ed.1.gz" }] }],
} satisfies DebianPackage;
