import type { DebianPackage } from "../kit/package.ts";

export default { name: "bridge-utils", summary: "utilities for configuring the Linux Ethernet bridge" } satisfies DebianPackage;
