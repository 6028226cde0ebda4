import type { DebianPackage } from "../kit/package.ts";

export default { name: "systemd-boot", summary: "a boot loader for UEFI firmware: its tools" } satisfies DebianPackage;
