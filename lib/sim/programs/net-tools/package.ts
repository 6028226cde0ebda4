import type { DebianPackage } from "../kit/package.ts";

export default { name: "net-tools", summary: "the older network commands: ifconfig, netstat, route, arp" } satisfies DebianPackage;
