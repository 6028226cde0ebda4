import type { DebianPackage } from "../kit/package.ts";

/** Name, chain, priority of the chain; "ref FILTER" or "rule ACTION DIRECTION PRIORITY PROTOCOL key=value..." (libvirt's formatnwfilter). */
const filters: readonly (readonly [name: string, chain: string, priority: number | undefined, parts: readonly string[]])[] = [
  ["allow-arp", "arp", -500, ["rule accept inout"]],
  ["allow-dhcp", "ipv4", -700, ["rule accept out 100 ip srcipaddr=0.0.0.0 dstipaddr=255.255.255.255 protocol=udp srcportstart=68 dstportstart=67", "rule accept in 100 ip protocol=udp srcportstart=67 dstportstart=68"]],
  ["allow-dhcp-server", "ipv4", -700, ["rule accept out 100 ip srcipaddr=0.0.0.0 dstipaddr=255.255.255.255 protocol=udp srcportstart=68 dstportstart=67", "rule accept in 100 ip srcipaddr=$DHCPSERVER protocol=udp srcportstart=67 dstportstart=68"]],
  ["allow-dhcpv6", "ipv6", -700, ["rule accept out 100 ipv6 srcipaddr=fe80:: srcipmask=10 dstipaddr=ff02::1:2 protocol=udp srcportstart=546 dstportstart=547", "rule accept in 100 ipv6 srcipaddr=fe80:: srcipmask=10 protocol=udp srcportstart=547 dstportstart=546"]],
  ["allow-dhcpv6-server", "ipv6", -700, ["rule accept out 100 ipv6 srcipaddr=fe80:: srcipmask=10 dstipaddr=ff02::1:2 protocol=udp srcportstart=546 dstportstart=547", "rule accept in 100 ipv6 srcipaddr=$DHCPSERVERV6 protocol=udp srcportstart=547 dstportstart=546"]],
  ["allow-incoming-ipv4", "ipv4", -700, ["rule accept in"]],
  ["allow-incoming-ipv6", "ipv6", -600, ["rule accept in"]],
  ["allow-ipv4", "ipv4", -700, ["rule accept inout"]],
  ["allow-ipv6", "ipv6", -600, ["rule accept inout"]],
  ["clean-traffic", "root", undefined, ["ref no-mac-spoofing", "ref no-ip-spoofing", "rule accept out -650 mac protocolid=ipv4", "ref allow-incoming-ipv4", "ref no-arp-spoofing", "rule accept inout -500 mac protocolid=arp", "ref no-other-l2-traffic", "ref qemu-announce-self"]],
  ["clean-traffic-gateway", "root", undefined, ["ref no-mac-spoofing", "ref no-ip-spoofing", "rule accept inout -650 mac protocolid=ipv4 dstmacaddr=$GATEWAY_MAC", "ref no-arp-spoofing", "rule accept inout -500 mac protocolid=arp", "ref no-other-l2-traffic", "ref qemu-announce-self"]],
  ["no-arp-ip-spoofing", "arp-ip", -510, ["rule return out 400 arp arpsrcipaddr=$IP", "rule drop out 1000"]],
  ["no-arp-mac-spoofing", "arp-mac", -520, ["rule return out 350 arp arpsrcmacaddr=$MAC", "rule drop out 1000"]],
  ["no-arp-spoofing", "root", undefined, ["ref no-arp-mac-spoofing", "ref no-arp-ip-spoofing"]],
  ["no-ip-multicast", "ipv4", -700, ["rule drop out 500 ip dstipaddr=224.0.0.0 dstipmask=4"]],
  ["no-ip-spoofing", "ipv4-ip", -710, ["rule return out 100 ip srcipaddr=0.0.0.0 protocol=udp", "rule return out 500 ip srcipaddr=$IP", "rule drop out 1000"]],
  ["no-ipv6-multicast", "ipv6", -600, ["rule drop out 500 ipv6 dstipaddr=ff00:: dstipmask=8"]],
  ["no-ipv6-spoofing", "ipv6-ip", -610, ["rule return out 100 ipv6 srcipaddr=fe80:: srcipmask=10", "rule return out 500 ipv6 srcipaddr=$IPV6", "rule drop out 1000"]],
  ["no-mac-broadcast", "ipv4", -700, ["rule drop out 500 mac dstmacaddr=ff:ff:ff:ff:ff:ff"]],
  ["no-mac-spoofing", "mac", -800, ["rule return out 500 mac srcmacaddr=$MAC", "rule drop out 500 mac"]],
  ["no-other-l2-traffic", "root", undefined, ["rule drop inout 1000"]],
  ["no-other-rarp-traffic", "rarp", -400, ["rule drop inout 1000"]],
  ["qemu-announce-self", "root", undefined, ["rule accept out 500 mac protocolid=0x835", "ref qemu-announce-self-rarp", "ref no-other-rarp-traffic"]],
  ["qemu-announce-self-rarp", "rarp", -400, ["rule accept out 500 rarp opcode=Request_Reverse srcmacaddr=$MAC dstmacaddr=ff:ff:ff:ff:ff:ff arpsrcmacaddr=$MAC arpdstmacaddr=$MAC arpsrcipaddr=0.0.0.0 arpdstipaddr=0.0.0.0", "rule accept in 500 rarp opcode=Request_Reverse dstmacaddr=ff:ff:ff:ff:ff:ff arpdstmacaddr=$MAC arpsrcipaddr=0.0.0.0 arpdstipaddr=0.0.0.0"]],
];

function part(text: string): string {
  const [kind, first = "", direction = "", priority, protocol, ...attributes] = text.split(" ");
  if (kind === "ref") return `  <filterref filter='${first}'/>\n`;
  const head = `  <rule action='${first}' direction='${direction}' priority='${priority ?? "500"}'`;
  if (protocol === undefined) return `${head}/>\n`;
  return `${head}>\n    <${protocol}${attributes.map((one) => ` ${one.slice(0, one.indexOf("="))}='${one.slice(one.indexOf("=") + 1)}'`).join("")}/>\n  </rule>\n`;
}

export default {
  name: "libvirt-daemon-config-nwfilter",
  summary: "network filters of libvirt",
  files: filters.map(([name, chain, priority, parts]) => ({ path: `/etc/libvirt/nwfilter/${name}.xml`, text: `<filter name='${name}' chain='${chain}'${priority === undefined ? "" : ` priority='${priority}'`}>\n${parts.map(part).join("")}</filter>\n`, mode: 0o600, conffile: true as const })),
} satisfies DebianPackage;
