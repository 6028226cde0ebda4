import type { DebianPackage } from "../kit/package.ts";

export default { name: "util-linux-extra", summary: "interactive login tools" } satisfies DebianPackage;
