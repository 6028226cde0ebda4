// Names of peers, and which of them may come in (--allow, --deny).

import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import type { Blocking, SocketAddress, Sys } from "../../kernel/sys.ts";
import { NcatQuit } from "./_setting.ts";

export const isAddress = (text: string): boolean => /^\d+(?:\.\d+){3}$/.test(text) || text.includes(":");

/** The addresses of a host, of the family that is wanted. Throws NcatQuit. */
export function* addressesOf(sys: Sys, host: string, family: "inet" | "inet6" | undefined, numeric: boolean): Blocking<readonly string[]> {
  const fail = (why: string): NcatQuit => new NcatQuit(`Could not resolve hostname "${host}": ${why}.`);
  if (isAddress(host)) {
    if (family !== undefined && (family === "inet6") !== host.includes(":")) throw fail("Address family for hostname not supported");
    return [host];
  }
  if (numeric) throw fail("Name or service not known");
  try {
    const found = host === "localhost" ? ["::1", "127.0.0.1"] : yield* lookUpHost(sys, host);
    const wanted = found.filter((one) => family === undefined || (family === "inet6") === one.includes(":"));
    if (wanted.length === 0) throw fail("Address family for hostname not supported");
    return wanted;
  } catch (error) {
    if (error instanceof ResolveError) throw fail(error.message);
    throw error;
  }
}

/** "127.0.0.1:80", "::1:80", a path */
export function shownAddress(address: SocketAddress): string {
  return address.family === "unix" ? address.path : `${address.address.replace(/^::ffff:/, "")}:${address.port}`;
}

export const hostOf = (address: SocketAddress): string => (address.family === "unix" ? "" : address.address.replace(/^::ffff:/, ""));

function bitsOf(address: string): bigint | undefined {
  const parts = address.split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

/** An address, a network ("10.0.0.0/8"), or a name whose address it is. */
export function* isListed(sys: Sys, address: string, list: readonly string[]): Blocking<boolean> {
  for (const entry of list) {
    if (entry === address) return true;
    const [network = "", length] = entry.split("/");
    const own = bitsOf(address);
    const other = bitsOf(network);
    if (own !== undefined && other !== undefined && length !== undefined) {
      const shift = BigInt(32 - Math.min(32, Number(length) || 0));
      if (own >> shift === other >> shift) return true;
    } else if (!isAddress(network) && length === undefined) {
      try {
        if ((yield* lookUpHost(sys, network)).includes(address)) return true;
      } catch (error) {
        if (!(error instanceof ResolveError)) throw error;
      }
    }
  }
  return false;
}
