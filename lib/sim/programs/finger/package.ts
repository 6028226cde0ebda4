import type { DebianPackage } from "../kit/package.ts";

export default { name: "finger", summary: "shows who is logged in, here or on another host" } satisfies DebianPackage;
