import type { DebianPackage } from "../kit/package.ts";

export default { name: "whiptail", summary: "windows with questions, for shell scripts" } satisfies DebianPackage;
