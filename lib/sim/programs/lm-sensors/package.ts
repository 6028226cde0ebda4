import type { DebianPackage } from "../kit/package.ts";

export default { name: "lm-sensors", summary: "shows temperatures, voltages and fans" } satisfies DebianPackage;
