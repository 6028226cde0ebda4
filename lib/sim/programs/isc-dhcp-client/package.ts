import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "isc-dhcp-client",
  summary: "asks the network for an address by DHCP",
  files: [
    { path: "/etc/dhcp/dhclient.conf", text: "# What the DHCP client asks for (dhclient.conf(5)).\n\noption rfc3442-classless-static-routes code 121 = array of unsigned integer 8;\n\nsend host-name = gethostname();\nrequest subnet-mask, broadcast-address, time-offset, routers,\n\tdomain-name, domain-name-servers, domain-search, host-name;\n", conffile: true },
    { path: "/etc/dhcp/dhclient-enter-hooks.d", directory: true },
    { path: "/etc/dhcp/dhclient-exit-hooks.d", directory: true },
    { path: "/var/lib/dhcp", directory: true },
  ],
} satisfies DebianPackage;
