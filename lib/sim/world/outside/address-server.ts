// The DHCP server of the LAN, at the gateway: the machine has the first address, whoever else asks (a guest on a bridge) the next.

import { decodeDhcp, DHCP_CLIENT_PORT, DHCP_SERVER_PORT, type DhcpMessage, encodeDhcp } from "../../daemons/dhcp/api.ts";
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";

export interface AddressServerOptions {
  readonly gateway: string;
  readonly nameServer: string;
  readonly netmask: string;
  /** whose address is `first`, whatever others ask for */
  readonly machineMac: string;
  /** "10.0.2.15": leases go up from there */
  readonly first: string;
}

const LEASE_SECONDS = 86_400;
const LAST_HOST = 254;

export function* addressServer(sys: Sys, options: AddressServerOptions): Blocking<number> {
  const leases = new Map([[options.machineMac, options.first]]);
  const fd = sys.socket("inet", "dgram");
  sys.setsockopt(fd, "broadcast", 1);
  sys.bind(fd, { family: "inet", address: "0.0.0.0", port: DHCP_SERVER_PORT });
  for (;;) {
    const question = decodeDhcp((yield* sys.recvfrom(fd, 2048)).bytes);
    const answer = question === undefined ? undefined : answerTo(question, leases, options);
    if (answer === undefined) continue;
    try {
      yield* sys.sendto(fd, encodeDhcp(answer), { family: "inet", address: "255.255.255.255", port: DHCP_CLIENT_PORT });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
}

function answerTo(question: DhcpMessage, leases: Map<string, string>, options: AddressServerOptions): DhcpMessage | undefined {
  const { transaction, mac, type } = question;
  const base = { transaction, mac, clientAddress: "0.0.0.0", server: options.gateway };
  if (type === "release" && mac !== options.machineMac) leases.delete(mac);
  if (type !== "discover" && type !== "request") return undefined;
  // another server was chosen
  if (type === "request" && question.server !== undefined && question.server !== options.gateway) return undefined;
  const address = leases.get(mac) ?? freeAddress(leases, options.first);
  if (address === undefined) return undefined;
  const asked = question.requested ?? question.clientAddress;
  if (type === "request" && asked !== "0.0.0.0" && asked !== address) return { ...base, type: "nak", yourAddress: "0.0.0.0" };
  if (type === "request") leases.set(mac, address);
  return { ...base, type: type === "discover" ? "offer" : "ack", yourAddress: address, netmask: options.netmask, router: options.gateway, nameServer: options.nameServer, leaseSeconds: LEASE_SECONDS };
}

function freeAddress(leases: ReadonlyMap<string, string>, first: string): string | undefined {
  const network = first.slice(0, first.lastIndexOf(".") + 1);
  const taken = new Set(leases.values());
  for (let host = Number(first.slice(network.length)); host <= LAST_HOST; host++) if (!taken.has(`${network}${host}`)) return `${network}${host}`;
  return undefined;
}
