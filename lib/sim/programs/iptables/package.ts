import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "iptables",
  summary: "administration tools for packet filtering and NAT",
  postInstall: ["iptables", "ip6tables"].map((name) => ({
    alternative: name, link: `/usr/sbin/${name}`, path: `/usr/sbin/${name}-nft`, priority: 20,
    slaves: ["restore", "save"].map((kind) => ({ link: `/usr/sbin/${name}-${kind}`, name: `${name}-${kind}`, path: `/usr/sbin/${name}-nft-${kind}` })),
  })),
} satisfies DebianPackage;
