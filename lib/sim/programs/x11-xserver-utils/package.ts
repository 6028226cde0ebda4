import type { DebianPackage } from "../kit/package.ts";

export default { name: "x11-xserver-utils", summary: "settings of a running X server" } satisfies DebianPackage;
