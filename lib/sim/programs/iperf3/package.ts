import type { DebianPackage } from "../kit/package.ts";

export default { name: "iperf3", summary: "measures how much a network carries between two machines" } satisfies DebianPackage;
