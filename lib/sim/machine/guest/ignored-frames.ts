// Frames that a guest would take in without any answer: most of what everybody on its network hears.
import { decodeDhcp, DHCP_CLIENT_PORT, DHCP_SERVER_PORT } from "../../daemons/dhcp/api.ts";
import type { GuestInput } from "../../kernel/guest/guest-machine.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import { BROADCAST_MAC, type Frame } from "../../kernel/net/packet.ts";

/** Its cards go nowhere but to itself: no bridges, no namespaces of containers. */
export function quietNetwork(kernel: Kernel): boolean {
  if (kernel.netNamespaces.size > 0) return false;
  for (const link of kernel.initialNamespaces.net.links.values()) if (link.kind !== "loopback" && link.kind !== "ether") return false;
  return true;
}

/** As the kernel's cards and addresses are now. */
export function ignoring(kernel: Kernel): (input: GuestInput) => boolean {
  const { net } = kernel.initialNamespaces;
  const macs = new Set([...net.links.values()].map((link) => link.mac));
  const addresses = new Set(net.addresses.map((one) => one.address));
  return (input) => input.kind === "frame" && isIgnored(input.frame, macs, addresses);
}

function isIgnored({ destination, content }: Frame, macs: ReadonlySet<string>, addresses: ReadonlySet<string>): boolean {
  const everybodys = destination === BROADCAST_MAC || (Number.parseInt(destination.slice(0, 2), 16) & 1) === 1;
  if (!everybodys) return !macs.has(destination);
  if (content.kind === "arp") return !addresses.has(content.message.targetAddress) && !addresses.has(content.message.senderAddress);
  const { payload } = content.packet;
  if (payload.protocol !== "udp") return false;
  // nobody in it serves addresses; a client takes what names its own card
  if (payload.destinationPort === DHCP_SERVER_PORT) return true;
  const mac = payload.destinationPort === DHCP_CLIENT_PORT ? decodeDhcp(payload.data)?.mac : undefined;
  return mac !== undefined && !macs.has(mac);
}
