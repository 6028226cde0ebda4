// Who may ask: allow and deny rules, of which the narrowest decides (chrony.conf(5), allow). Only IPv4 has hosts here; IPv6 words are taken and match nothing.

interface Rule {
  readonly base: number;
  readonly bits: number;
  readonly allowed: boolean;
}

const numberOf = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const mask = (bits: number): number => (bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0);

/** "10", "10.2.0.0/16", "fd00::/8"; undefined when it is none. */
export function parseSubnet(text: string): { readonly base: number; readonly bits: number } | "inet6" | undefined {
  if (text.includes(":")) return /^[0-9a-f:.]+(?:\/\d{1,3})?$/i.test(text) ? "inet6" : undefined;
  const match = /^(\d{1,3}(?:\.\d{1,3}){0,3})(?:\/(\d{1,2}))?$/.exec(text);
  const parts = match?.[1]?.split(".") ?? [];
  if (match === null || parts.some((part) => Number(part) > 255) || Number(match[2] ?? 0) > 32) return undefined;
  const bits = match[2] === undefined ? parts.length * 8 : Number(match[2]);
  return { base: (numberOf([...parts, "0", "0", "0"].slice(0, 4).join(".")) & mask(bits)) >>> 0, bits };
}

export class Subnets {
  #rules: Rule[] = [];

  /** The words behind allow or deny. False: they are no subnet. */
  add(allowed: boolean, words: readonly string[]): boolean {
    const all = words[0] === "all";
    const [subnet, ...more] = all ? words.slice(1) : words;
    if (more.length > 0) return false;
    const parsed = subnet === undefined ? { base: 0, bits: 0 } : parseSubnet(subnet);
    if (parsed === undefined) return false;
    if (parsed === "inet6") return true;
    this.#rules = this.#rules.filter((rule) => (all ? rule.bits < parsed.bits || ((rule.base & mask(parsed.bits)) >>> 0) !== parsed.base : rule.bits !== parsed.bits || rule.base !== parsed.base));
    this.#rules.push({ ...parsed, allowed });
    return true;
  }

  get empty(): boolean {
    return !this.#rules.some((rule) => rule.allowed);
  }

  allows(address: string): boolean {
    if (address.includes(":")) return false;
    const number = numberOf(address);
    let best: Rule | undefined;
    for (const rule of this.#rules) if (((number & mask(rule.bits)) >>> 0) === rule.base && (best === undefined || rule.bits >= best.bits)) best = rule;
    return best?.allowed ?? false;
  }
}
