import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "gcc", summary: "the GNU C compiler",
  postInstall: [{ alternative: "cc", link: "/usr/bin/cc", path: "/usr/bin/gcc", priority: 20 }],
} satisfies DebianPackage;
