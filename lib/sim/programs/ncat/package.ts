import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "ncat", summary: "connects to ports and listens on them: the netcat of nmap's makers",
  postInstall: [{
    alternative: "nc", link: "/bin/nc", path: "/usr/bin/ncat", priority: 40,
    slaves: [{ link: "/bin/netcat", name: "netcat", path: "/usr/bin/ncat" }, { link: "/usr/share/man/man1/nc.1.gz", name: "nc.1.gz", path: "/usr/share/man/man1/ncat.1.gz" }, { link: "/usr/share/man/man1/netcat.1.gz", name: "netcat.1.gz", path: "/usr/share/man/man1/ncat.1.gz" }],
  }],
} satisfies DebianPackage;
