import type { DebianPackage } from "../kit/package.ts";

export default { name: "whiptail", summary: "dialog boxes for shell scripts" } satisfies DebianPackage;
