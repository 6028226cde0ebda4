import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "inetutils-telnet", summary: "the telnet command",
  postInstall: [{ alternative: "telnet", link: "/usr/bin/telnet", path: "/usr/bin/inetutils-telnet", priority: 150, slaves: [{ link: "/usr/share/man/man1/telnet.1.gz", name: "telnet.1.gz", path: "/usr/share/man/man1/inetutils-telnet.1.gz" }] }],
} satisfies DebianPackage;
