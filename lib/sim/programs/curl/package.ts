import type { DebianPackage } from "../kit/package.ts";

export default { name: "curl", summary: "command line tool for transferring data with URL syntax" } satisfies DebianPackage;
