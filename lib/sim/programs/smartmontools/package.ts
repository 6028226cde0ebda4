import type { DebianPackage } from "../kit/package.ts";

export default { name: "smartmontools", summary: "asks disks about their health (S.M.A.R.T.)" } satisfies DebianPackage;
