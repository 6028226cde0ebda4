import type { DebianPackage } from "../kit/package.ts";

export default { name: "nftables", summary: "packet filter of the kernel, on the command line: nft" } satisfies DebianPackage;
