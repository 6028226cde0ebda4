import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "iptables",
  summary: "packet filter and address translation (NAT) of the kernel, on the command line",
  postInstall: ["iptables", "ip6tables"].map((name) => ({
    alternative: name, link: `/usr/sbin/${name}`, path: `/usr/sbin/${name}-nft`, priority: 20,
    slaves: ["restore", "save"].map((kind) => ({ link: `/usr/sbin/${name}-${kind}`, name: `${name}-${kind}`, path: `/usr/sbin/${name}-nft-${kind}` })),
  })),
} satisfies DebianPackage;
