import type { DebianPackage } from "../kit/package.ts";

export default { name: "cgroup-tools", summary: "commands that work with control groups (cgroups)" } satisfies DebianPackage;
