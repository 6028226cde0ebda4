import type { DebianPackage } from "../kit/package.ts";

export default { name: "bsdutils", summary: "logger, script, wall and other tools of 4.4BSD" } satisfies DebianPackage;
