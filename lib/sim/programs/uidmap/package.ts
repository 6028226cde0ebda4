import type { DebianPackage } from "../kit/package.ts";

export default { name: "uidmap", summary: "lets users map their subordinate IDs into user namespaces" } satisfies DebianPackage;
