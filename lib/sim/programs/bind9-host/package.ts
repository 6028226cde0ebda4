import type { DebianPackage } from "../kit/package.ts";

export default { name: "bind9-host", summary: "asks DNS for names and addresses" } satisfies DebianPackage;
