import type { DebianPackage } from "../kit/package.ts";

export default { name: "cgroup-tools", summary: "control and monitor control groups (tools)" } satisfies DebianPackage;
