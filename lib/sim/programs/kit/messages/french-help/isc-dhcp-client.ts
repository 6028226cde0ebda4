// What the declarations of isc-dhcp-client say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchIscDhcpClientHelp: Catalogue = [
  ["DHCP client", "client DHCP"],
  ["use DHCPv4", "utiliser DHCPv4"],
  ["try once", "essayer une fois"],
  ["give the lease back", "rendre le bail"],
  ["use a DUID", "utiliser un DUID"],
  ["use standard DDNS", "utiliser le DDNS standard"],
  ["the process id goes there", "le numéro du processus y est écrit"],
  ["leases are kept there", "les baux y sont gardés"],
  ["leases whose DUID is used", "baux dont le DUID est utilisé"],
];
