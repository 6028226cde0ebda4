import type { DebianPackage } from "../kit/package.ts";

export default { name: "nmap", summary: "scans hosts and networks for open ports" } satisfies DebianPackage;
