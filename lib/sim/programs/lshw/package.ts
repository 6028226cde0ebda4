import type { DebianPackage } from "../kit/package.ts";

export default { name: "lshw", summary: "lists the hardware of the machine" } satisfies DebianPackage;
