// The name server of the LAN: answers A questions for the names it knows, NXDOMAIN for the rest (RFC 1035).

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { DNS_PORT, type DnsRecord, encodeAnswer, parseQuery } from "../../daemons/resolver/api.ts";
import { outsideHosts, poolAddresses } from "./hosts.ts";

const TTL_SECONDS = 300;

function recordsOf(name: string, type: number): readonly DnsRecord[] | undefined {
  if (type === 12) {
    const address = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\.in-addr\.arpa$/.exec(name)?.slice(1).reverse().join(".");
    const owner = [...outsideHosts].find(([, known]) => known === address)?.[0];
    return owner === undefined ? undefined : [{ name, type, ttlSeconds: TTL_SECONDS, data: owner }];
  }
  const host = outsideHosts.get(name.toLowerCase());
  const addresses = host === undefined ? poolAddresses(name.toLowerCase()) : [host];
  if (addresses === undefined) return undefined;
  return type === 1 ? addresses.map((data) => ({ name, type, ttlSeconds: TTL_SECONDS, data })) : [];
}

/** `authoritative`: as a root server, which here knows every name itself. */
export function* nameServer(sys: Sys, address: string, authoritative = false): Blocking<number> {
  const fd = sys.socket("inet", "dgram");
  // bound to its own address, so that answers come from where the question went
  sys.bind(fd, { family: "inet", address, port: DNS_PORT });
  for (;;) {
    const { bytes, from } = yield* sys.recvfrom(fd, 4096);
    const question = parseQuery(bytes);
    if (!question || !from) continue;
    try {
      yield* sys.sendto(fd, encodeAnswer(question, recordsOf(question.name, question.type), authoritative), from);
    } catch (error) {
      // whoever asked cannot be reached
      if (!(error instanceof SysError)) throw error;
    }
  }
}
