import type { DebianPackage } from "../kit/package.ts";

const initSystemHelpers: DebianPackage = { name: "init-system-helpers", summary: "tools that work with whatever init the machine has" };

export default initSystemHelpers;
