// Zone files (tzfile(5), version 2): the transitions of the years 1970 to 2037 by the current rule, which stands in the footer.
import { encode } from "../../kernel/sys.ts";
import { parseRule, transitionsOf } from "../kit/zones.ts";

const bigEndian = (value: number, bytes: number): number[] => {
  const word = BigInt.asUintN(8 * bytes, BigInt(value));
  return Array.from({ length: bytes }, (_, i) => Number((word >> BigInt(8 * (bytes - 1 - i))) & 0xffn));
};

/** A first block without transitions, for readers of version 1, then the whole one and the rule between newlines. */
export function zoneFile(rule: string): Uint8Array {
  const zone = parseRule(rule);
  const header = (...counts: readonly number[]): number[] => [0x54, 0x5a, 0x69, 0x66, 0x32, ...Array.from({ length: 15 }, () => 0), ...counts.flatMap((count) => bigEndian(count, 4))];
  const empty = [...header(0, 0, 0, 0, 1, 4), 0, 0, 0, 0, 0, 0, ...encode("UTC\0")];
  if (!zone) return Uint8Array.from([...empty, ...empty, ...encode(`\n${rule}\n`)]);
  const kinds = zone.summer ? [zone.standard, zone.summer] : [zone.standard];
  let names = "";
  const types: number[] = [];
  for (const { offsetSeconds, summer, abbreviation } of kinds) {
    types.push(...bigEndian(offsetSeconds, 4), summer ? 1 : 0, names.length);
    names += `${abbreviation}\0`;
  }
  const transitions = transitionsOf(zone, 1970, 2037);
  const block = [...header(0, 0, 0, transitions.length, kinds.length, names.length), ...transitions.flatMap(({ at }) => bigEndian(at, 8)), ...transitions.map(({ summer }) => (summer ? 1 : 0)), ...types, ...encode(names)];
  return Uint8Array.from([...empty, ...block, ...encode(`\n${rule}\n`)]);
}
