import type { DebianPackage } from "../kit/package.ts";

export default { name: "netcat-openbsd", summary: "TCP/IP swiss army knife", provides: "netcat" } satisfies DebianPackage;
