import type { DebianPackage } from "../kit/package.ts";

export default { name: "nftables", summary: "program to control packet filtering rules by Netfilter project" } satisfies DebianPackage;
