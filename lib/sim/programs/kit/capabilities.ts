// Names of capabilities (capabilities(7)) and libcap's text form of sets (cap_to_text(3), cap_from_text(3)).
import { CAPABILITY_NAMES } from "../../kernel/sys.ts";

export const ALL_CAPABILITIES = (1n << BigInt(CAPABILITY_NAMES.length)) - 1n;

/** "all", "chown", "cap_chown", "12"; undefined when unknown. */
export function capabilityNumbers(name: string): readonly number[] | undefined {
  if (name === "all") return CAPABILITY_NAMES.map((_, index) => index);
  if (/^\d+$/.test(name)) return Number(name) < CAPABILITY_NAMES.length ? [Number(name)] : undefined;
  const index = CAPABILITY_NAMES.indexOf(name.toLowerCase().replace(/^cap_/, ""));
  return index < 0 ? undefined : [index];
}

export interface CapabilitySets {
  readonly effective: bigint;
  readonly permitted: bigint;
  readonly inheritable: bigint;
}

export const namesOf = (set: bigint): readonly string[] => CAPABILITY_NAMES.map((name) => `cap_${name}`).filter((_, index) => (set & (1n << BigInt(index))) !== 0n);

/** The shortest text: the commonest combination first as "=ep", the others by their differences (cap_to_text). */
export function capabilityText({ effective, permitted, inheritable }: CapabilitySets): string {
  const kinds = CAPABILITY_NAMES.map((_, index) => {
    const bit = 1n << BigInt(index);
    return ((effective & bit) !== 0n ? 1 : 0) | ((permitted & bit) !== 0n ? 4 : 0) | ((inheritable & bit) !== 0n ? 2 : 0);
  });
  const letters = (kind: number): string => `${kind & 1 ? "e" : ""}${kind & 2 ? "i" : ""}${kind & 4 ? "p" : ""}`;
  const counts = new Array<number>(8).fill(0);
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  let base = 0;
  for (let kind = 0; kind < 8; kind++) if ((counts[kind] ?? 0) > (counts[base] ?? 0)) base = kind;
  const parts: string[] = [];
  if (base !== 0 || (counts[0] ?? 0) === kinds.length) parts.push(`=${letters(base)}`);
  for (let kind = 7; kind >= 0; kind--) {
    if (kind === base || (counts[kind] ?? 0) === 0) continue;
    const names = kinds.map((one, index) => (one === kind ? `cap_${CAPABILITY_NAMES[index] ?? ""}` : "")).filter((name) => name !== "").join(",");
    const added = kind & ~base;
    const removed = base & ~kind;
    parts.push(`${names}${base === 0 ? `=${letters(kind)}` : `${added ? `+${letters(added)}` : ""}${removed ? `-${letters(removed)}` : ""}`}`);
  }
  return parts.join(" ");
}

/** Undefined when the text is wrong. */
export function parseCapabilityText(text: string): CapabilitySets | undefined {
  let sets = { effective: 0n, permitted: 0n, inheritable: 0n };
  for (const clause of text.trim().split(/\s+/)) {
    if (clause === "") continue;
    const match = /^([a-z0-9_,]*)((?:[=+-][eip]*)+)$/i.exec(clause);
    if (!match) return undefined;
    let mask = 0n;
    const list = match[1] ?? "";
    if (list === "") mask = ALL_CAPABILITIES;
    for (const name of list.split(",")) {
      if (name === "") continue;
      const numbers = capabilityNumbers(name);
      if (!numbers) return undefined;
      for (const number of numbers) mask |= 1n << BigInt(number);
    }
    for (const [, operator = "", letters = ""] of (match[2] ?? "").matchAll(/([=+-])([eip]*)/g)) {
      const change = (value: bigint, letter: string): bigint => {
        const on = letters.includes(letter);
        if (operator === "=") return on ? value | mask : value & ~mask;
        if (!on) return value;
        return operator === "+" ? value | mask : value & ~mask;
      };
      sets = { effective: change(sets.effective, "e"), permitted: change(sets.permitted, "p"), inheritable: change(sets.inheritable, "i") };
    }
  }
  return sets;
}

/** security.capability, version 2: effective is one bit for the whole file. */
export function encodeFileCapabilities({ effective, permitted, inheritable }: CapabilitySets): Uint8Array {
  const bytes = new Uint8Array(20);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x02000000 | (effective !== 0n ? 1 : 0), true);
  for (const half of [0, 1]) {
    view.setUint32(4 + half * 8, Number((permitted >> BigInt(half * 32)) & 0xffffffffn), true);
    view.setUint32(8 + half * 8, Number((inheritable >> BigInt(half * 32)) & 0xffffffffn), true);
  }
  return bytes;
}

export function decodeFileCapabilities(bytes: Uint8Array): CapabilitySets | undefined {
  if (bytes.length < 20) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = (offset: number): bigint => BigInt(view.getUint32(offset, true)) | (BigInt(view.getUint32(offset + 8, true)) << 32n);
  const permitted = at(4);
  const inheritable = at(8);
  return { permitted, inheritable, effective: (view.getUint32(0, true) & 1) !== 0 ? permitted | inheritable : 0n };
}
