import type { DebianPackage } from "../kit/package.ts";

export default { name: "util-linux-extra", summary: "hwclock, ctrlaltdel and a few more tools of the system" } satisfies DebianPackage;
