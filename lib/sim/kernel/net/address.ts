// IPv4 and IPv6 addresses as text in their usual form (RFC 5952 for IPv6), and what prefixes need of them.

export type Family = "inet" | "inet6";

const parsed = new Map<string, bigint | undefined>();

/** The address as a number; undefined when the text is no address. IPv4 and IPv6 share the space of results: ask `familyOf` too. */
export function addressValue(text: string): bigint | undefined {
  const known = parsed.get(text);
  if (known !== undefined || parsed.has(text)) return known;
  const value = text.includes(":") ? parse6(text) : parse4(text);
  if (parsed.size > 4096) parsed.clear();
  parsed.set(text, value);
  return value;
}

export function familyOf(text: string): Family {
  return text.includes(":") ? "inet6" : "inet";
}

function bitsOf(family: Family): number {
  return family === "inet" ? 32 : 128;
}

function parse4(text: string): bigint | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  let value = 0n;
  for (const part of match.slice(1)) {
    if (Number(part) > 255) return undefined;
    value = value * 256n + BigInt(part);
  }
  return value;
}

function parse6(text: string): bigint | undefined {
  const bare = text.split("%")[0] ?? "";
  const halves = bare.split("::");
  if (halves.length > 2) return undefined;
  const words = (half: string | undefined): number[] | undefined => {
    if (!half) return [];
    const result: number[] = [];
    for (const word of half.split(":")) {
      if (word.includes(".")) {
        const four = parse4(word);
        if (four === undefined) return undefined;
        result.push(Number(four >> 16n), Number(four & 0xffffn));
      } else {
        if (!/^[0-9a-f]{1,4}$/i.test(word)) return undefined;
        result.push(Number.parseInt(word, 16));
      }
    }
    return result;
  };
  const head = words(halves[0]), tail = words(halves[1]);
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  let value = 0n;
  for (const word of [...head, ...new Array<number>(halves.length === 2 ? missing : 0).fill(0), ...tail]) value = (value << 16n) | BigInt(word);
  return value;
}

export function formatAddress(family: Family, value: bigint): string {
  if (family === "inet") return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join(".");
  const words: number[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) words.push(Number((value >> shift) & 0xffffn));
  let best = -1, bestLength = 1;
  for (let i = 0; i < 8; i++) {
    let length = 0;
    while (i + length < 8 && words[i + length] === 0) length++;
    if (length > bestLength) [best, bestLength] = [i, length];
  }
  const hex = (part: readonly number[]): string => part.map((word) => word.toString(16)).join(":");
  return best < 0 ? hex(words) : `${hex(words.slice(0, best))}::${hex(words.slice(best + bestLength))}`;
}

/** The usual form of an address; undefined when it is none. */
export function canonical(text: string): string | undefined {
  const value = addressValue(text);
  return value === undefined ? undefined : formatAddress(familyOf(text), value);
}

export function networkOf(address: string, prefixLength: number): string {
  const family = familyOf(address);
  const host = BigInt(bitsOf(family) - prefixLength);
  return formatAddress(family, ((addressValue(address) ?? 0n) >> host) << host);
}

export function broadcastOf(address: string, prefixLength: number): string {
  const host = BigInt(32 - prefixLength);
  return formatAddress("inet", (((addressValue(address) ?? 0n) >> host) << host) | ((1n << host) - 1n));
}

export function inPrefix(address: string, network: string, prefixLength: number): boolean {
  const family = familyOf(network);
  if (familyOf(address) !== family) return false;
  const host = BigInt(bitsOf(family) - prefixLength);
  return (addressValue(address) ?? 0n) >> host === (addressValue(network) ?? 0n) >> host;
}

/** "10.0.0.0/8", "10.0.0.1", "default". */
export function parsePrefix(text: string, family: Family = "inet"): { readonly address: string; readonly prefixLength: number } | undefined {
  if (text === "default") return { address: family === "inet" ? "0.0.0.0" : "::", prefixLength: 0 };
  const [address = "", length] = text.split("/");
  const value = canonical(address);
  if (value === undefined) return undefined;
  const bits = bitsOf(familyOf(value));
  const prefixLength = length === undefined ? bits : Number(length);
  if (!Number.isInteger(prefixLength) || prefixLength < 0 || prefixLength > bits) return undefined;
  return { address: value, prefixLength };
}

export const ANY = { inet: "0.0.0.0", inet6: "::" } as const;

export function isLoopback(address: string): boolean {
  return address === "::1" || inPrefix(address, "127.0.0.0", 8);
}

export function isMulticast(address: string): boolean {
  return address.includes(":") ? inPrefix(address, "ff00::", 8) : inPrefix(address, "224.0.0.0", 4);
}

/** EUI-64 from a hardware address (RFC 4291). */
export function linkLocalOf(mac: string): string {
  const bytes = mac.split(":").map((part) => Number.parseInt(part, 16));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
  const interfaceId = [a ^ 2, b, c, 0xff, 0xfe, d, e, f].reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  return formatAddress("inet6", (0xfe80n << 112n) | interfaceId);
}
