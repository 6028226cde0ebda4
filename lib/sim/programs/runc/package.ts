import type { DebianPackage } from "../kit/package.ts";

export default { name: "runc", summary: "starts one container, for containerd and Docker" } satisfies DebianPackage;
