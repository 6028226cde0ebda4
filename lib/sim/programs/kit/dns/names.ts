// Names and addresses as the DNS writes them (RFC 1035 5.1, RFC 3596, RFC 5952): a name is absolute and ends with a dot, "." is the root.

/** The labels of an absolute name, without the root's; a dot behind a backslash belongs to its label. */
export const labelsOf = (name: string): readonly string[] => name.split(/(?<!\\)\./).filter((label) => label !== "");

export const nameOf = (labels: readonly string[]): string => (labels.length === 0 ? "." : `${labels.join(".")}.`);

/** A name of a zone file or of a command line under its origin. */
export function absolute(name: string, origin: string): string {
  if (name === "@") return origin;
  if (name.endsWith(".") && !name.endsWith("\\.")) return name;
  return origin === "." ? `${name}.` : `${name}.${origin}`;
}

/** Absolute whatever it ends with. */
export const dotted = (name: string): string => (name.endsWith(".") && !name.endsWith("\\.") ? name : `${name}.`);

export const undotted = (name: string): string => (name === "." ? name : name.replace(/(?<!\\)\.$/, ""));

export const parentOf = (name: string): string => nameOf(labelsOf(name).slice(1));

export const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

export const isBelow = (name: string, zone: string): boolean => zone === "." || sameName(name, zone) || name.toLowerCase().endsWith(`.${zone.toLowerCase()}`);

/** DNSSEC order (RFC 4034 6.1): by labels from the right. */
export function compareNames(one: string, other: string): number {
  const [left, right] = [labelsOf(one.toLowerCase()).toReversed(), labelsOf(other.toLowerCase()).toReversed()];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const [a = "", b = ""] = [left[at], right[at]];
    if (a !== b) return a < b ? -1 : 1;
  }
  return left.length - right.length;
}

export function ipv4Bytes(text: string): number[] | undefined {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256) ? parts.map(Number) : undefined;
}

export function ipv6Bytes(text: string): number[] | undefined {
  const [head = "", tail, more] = text.split("::");
  if (more !== undefined) return undefined;
  const groups = (part: string): number[] | undefined => {
    const bytes: number[] = [];
    for (const group of part === "" ? [] : part.split(":")) {
      const four = group.includes(".") ? ipv4Bytes(group) : undefined;
      if (four !== undefined) bytes.push(...four);
      else if (/^[0-9a-f]{1,4}$/i.test(group)) bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255);
      else return undefined;
    }
    return bytes;
  };
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  if (left === undefined || right === undefined) return undefined;
  const missing = 16 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...left, ...Array.from({ length: missing }, () => 0), ...right];
}

export function ipv6Text(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0));
  let best = { from: -1, length: 1 };
  for (let from = 0; from < 8; from++) {
    let length = 0;
    while (from + length < 8 && groups[from + length] === 0) length++;
    if (length > best.length) best = { from, length };
  }
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(":");
  return best.from < 0 ? text(groups) : `${text(groups.slice(0, best.from))}::${text(groups.slice(best.from + best.length))}`;
}

/** The name below in-addr.arpa or ip6.arpa; undefined for what is no address. */
export function reverseNameOf(address: string): string | undefined {
  const four = ipv4Bytes(address);
  if (four !== undefined) return `${four.toReversed().join(".")}.in-addr.arpa.`;
  const six = ipv6Bytes(address);
  return six && `${six.toReversed().map((byte) => `${(byte & 15).toString(16)}.${(byte >> 4).toString(16)}`).join(".")}.ip6.arpa.`;
}
