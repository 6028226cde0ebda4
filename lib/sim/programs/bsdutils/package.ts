import type { DebianPackage } from "../kit/package.ts";

export default { name: "bsdutils", summary: "basic utilities from 4.4BSD-Lite" } satisfies DebianPackage;
