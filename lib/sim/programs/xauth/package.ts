import type { DebianPackage } from "../kit/package.ts";

export default { name: "xauth", summary: "cookies that let programs use a display" } satisfies DebianPackage;
