import type { DebianPackage } from "../kit/package.ts";

export default { name: "dnsmasq-base", summary: "small DNS forwarder and DHCP server" } satisfies DebianPackage;
