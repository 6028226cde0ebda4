import type { DebianPackage } from "../kit/package.ts";

/** Addresses of the root servers (IANA, root hints of November 2024). */
const servers: readonly (readonly [letter: string, ipv4: string, ipv6: string])[] = [
  ["A", "198.41.0.4", "2001:503:ba3e::2:30"], ["B", "170.247.170.2", "2801:1b8:10::b"], ["C", "192.33.4.12", "2001:500:2::c"], ["D", "199.7.91.13", "2001:500:2d::d"], ["E", "192.203.230.10", "2001:500:a8::e"], ["F", "192.5.5.241", "2001:500:2f::f"], ["G", "192.112.36.4", "2001:500:12::d0d"],
  ["H", "198.97.190.53", "2001:500:1::53"], ["I", "192.36.148.17", "2001:7fe::53"], ["J", "192.58.128.30", "2001:503:c27::2:30"], ["K", "193.0.14.129", "2001:7fd::1"], ["L", "199.7.83.42", "2001:500:9f::42"], ["M", "202.12.27.33", "2001:dc3::35"],
];

const hints = servers.map(([letter, ipv4, ipv6]) => `.                        3600000      NS    ${letter}.ROOT-SERVERS.NET.\n${letter}.ROOT-SERVERS.NET.      3600000      A     ${ipv4}\n${letter}.ROOT-SERVERS.NET.      3600000      AAAA  ${ipv6}\n`).join("");

export default {
  name: "dns-root-data", summary: "where the root servers of the DNS are",
  files: [{ path: "/usr/share/dns/root.hints", text: `; Where a name server begins when it knows nothing: the root servers.\n${hints}; End of file\n` }],
} satisfies DebianPackage;
