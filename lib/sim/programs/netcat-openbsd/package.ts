import type { DebianPackage } from "../kit/package.ts";

export default { name: "netcat-openbsd", summary: "connects to TCP and UDP ports and listens on them: nc", provides: "netcat" } satisfies DebianPackage;
