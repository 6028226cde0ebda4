import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "iptables",
  summary: "administration tools for packet filtering and NAT",
  files: [
    ...["iptables", "iptables-save", "iptables-restore", "ip6tables", "ip6tables-save", "ip6tables-restore"].flatMap((name) => [
      { path: `/etc/alternatives/${name}`, symlink: `/usr/sbin/${name.replace("tables", "tables-nft")}` },
      { path: `/usr/sbin/${name}`, symlink: `/etc/alternatives/${name}` },
    ]),
  ],
} satisfies DebianPackage;
