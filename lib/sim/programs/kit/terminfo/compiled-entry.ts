// The compiled form of a terminal's description (term(5)): a head of six shorts, names, booleans, numbers, offsets, strings; and behind it the same once more
// for capabilities that are not standard. Numbers have two bytes, or four where one does not fit (magic 01036).

import { BOOLEAN_NAMES, type CapabilityName, NUMBER_NAMES, STRING_NAMES } from "./capability-names.ts";
import { emptyEntry, type Entry, kindOf } from "./entry.ts";

const MAGIC = 0o432;
const MAGIC_WIDE = 0o1036;
const ABSENT = 0xffff;

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const short = (value: number): readonly number[] => [value & 255, (value >> 8) & 255];
const bytesOf = (text: string): readonly number[] => [...[...text].map((letter) => letter.charCodeAt(0) & 255), 0];

/** How many of them up to the last that the entry has. */
function usedLength(names: readonly CapabilityName[], has: (name: string) => boolean): number {
  let used = 0;
  for (const [index, { name }] of names.entries()) if (has(name)) used = index + 1;
  return used;
}

function extendedPart(entry: Entry, numberBytes: (value: number) => readonly number[]): readonly number[] {
  const own = (names: Iterable<string>): string[] => [...names].filter((name) => kindOf(name) === undefined).sort(byName);
  const booleans = own(entry.booleans.keys());
  const numbers = own(entry.numbers.keys());
  const strings = own(entry.strings.keys());
  const names = [...booleans, ...numbers, ...strings];
  if (names.length === 0) return [];
  const values: number[] = [];
  const offsets = strings.map((name) => {
    const at = values.length;
    values.push(...bytesOf(entry.strings.get(name) ?? ""));
    return at;
  });
  const labels: number[] = [];
  const labelOffsets = names.map((name) => {
    const at = labels.length;
    labels.push(...bytesOf(name));
    return at;
  });
  return [
    ...short(booleans.length), ...short(numbers.length), ...short(strings.length), ...short(strings.length + names.length), ...short(values.length + labels.length),
    ...booleans.map((name) => (entry.booleans.get(name) ? 1 : 0)), ...(booleans.length % 2 === 1 ? [0] : []),
    ...numbers.flatMap((name) => numberBytes(entry.numbers.get(name) ?? -1)), ...offsets.flatMap(short), ...labelOffsets.flatMap(short), ...values, ...labels,
  ];
}

export function compileEntry(entry: Entry): Uint8Array {
  const wide = [...entry.numbers.values()].some((value) => value > 0x7fff);
  const numberBytes = (value: number): readonly number[] => (wide ? [...short(value), ...short(value >> 16)] : short(value));
  const booleanCount = usedLength(BOOLEAN_NAMES, (name) => entry.booleans.get(name) === true);
  const numberCount = usedLength(NUMBER_NAMES, (name) => entry.numbers.has(name));
  const stringCount = usedLength(STRING_NAMES, (name) => entry.strings.has(name));
  const names = bytesOf(entry.names);
  const values: number[] = [];
  const offsets = STRING_NAMES.slice(0, stringCount).flatMap(({ name }) => {
    const value = entry.strings.get(name);
    if (value === undefined) return short(ABSENT);
    const at = values.length;
    values.push(...bytesOf(value));
    return short(at);
  });
  const out = [
    ...short(wide ? MAGIC_WIDE : MAGIC), ...short(names.length), ...short(booleanCount), ...short(numberCount), ...short(stringCount), ...short(values.length),
    ...names, ...BOOLEAN_NAMES.slice(0, booleanCount).map(({ name }) => (entry.booleans.get(name) ? 1 : 0)), ...((names.length + booleanCount) % 2 === 1 ? [0] : []),
    ...NUMBER_NAMES.slice(0, numberCount).flatMap(({ name }) => numberBytes(entry.numbers.get(name) ?? -1)), ...offsets, ...values,
  ];
  const extended = extendedPart(entry, numberBytes);
  return Uint8Array.from([...out, ...(extended.length > 0 && out.length % 2 === 1 ? [0] : []), ...extended]);
}

class Reader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.at;
  }

  byte(): number {
    return this.#bytes[this.at++] ?? 0;
  }

  short(): number {
    return this.byte() | (this.byte() << 8);
  }

  number(wide: boolean): number {
    const low = this.short();
    return wide ? low | (this.short() << 16) : low >= 0x8000 ? low - 0x10000 : low;
  }

  even(): void {
    this.at += this.at % 2;
  }

  textAt(from: number, limit: number): string {
    let text = "";
    for (let at = from; at < limit && (this.#bytes[at] ?? 0) !== 0; at++) text += String.fromCharCode(this.#bytes[at] ?? 0);
    return text;
  }
}

const several = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

/** Undefined for bytes that are no compiled description. */
export function readCompiledEntry(bytes: Uint8Array): Entry | undefined {
  const reader = new Reader(bytes);
  const magic = reader.short();
  if (magic !== MAGIC && magic !== MAGIC_WIDE) return undefined;
  const wide = magic === MAGIC_WIDE;
  const [namesLength = 0, booleanCount = 0, numberCount = 0, stringCount = 0, tableLength = 0] = several(5, () => reader.short());
  if (namesLength + booleanCount + numberCount * 2 + stringCount * 2 + tableLength > reader.left) return undefined;
  const entry = emptyEntry(reader.textAt(reader.at, reader.at + namesLength));
  reader.at += namesLength;
  for (const value of several(booleanCount, () => reader.byte()).map((value, index) => [BOOLEAN_NAMES[index]?.name, value] as const)) if (value[0] !== undefined && value[1] === 1) entry.booleans.set(value[0], true);
  reader.even();
  for (const [index, value] of several(numberCount, () => reader.number(wide)).entries()) {
    const name = NUMBER_NAMES[index]?.name;
    if (name !== undefined && value >= 0) entry.numbers.set(name, value);
  }
  const offsets = several(stringCount, () => reader.short());
  for (const [index, offset] of offsets.entries()) {
    const name = STRING_NAMES[index]?.name;
    if (name !== undefined && offset < 0xfffe) entry.strings.set(name, reader.textAt(reader.at + offset, reader.at + tableLength));
  }
  reader.at += tableLength;
  reader.even();
  if (reader.left >= 10) readExtended(reader, entry, wide);
  return entry;
}

function readExtended(reader: Reader, entry: Entry, wide: boolean): void {
  const [booleanCount = 0, numberCount = 0, stringCount = 0, , tableLength = 0] = several(5, () => reader.short());
  const booleans = several(booleanCount, () => reader.byte());
  reader.even();
  const numbers = several(numberCount, () => reader.number(wide));
  const offsets = several(stringCount, () => reader.short());
  const labelOffsets = several(booleanCount + numberCount + stringCount, () => reader.short());
  const base = reader.at;
  const end = base + tableLength;
  const values = offsets.map((offset) => (offset < 0xfffe ? reader.textAt(base + offset, end) : undefined));
  let labels = base;
  for (const [index, offset] of offsets.entries()) if (offset < 0xfffe) labels = Math.max(labels, base + offset + (values[index]?.length ?? 0) + 1);
  const names = labelOffsets.map((offset) => reader.textAt(labels + offset, end));
  for (const [index, name] of names.entries()) {
    if (index < booleanCount) entry.booleans.set(name, booleans[index] === 1);
    else if (index < booleanCount + numberCount) entry.numbers.set(name, numbers[index - booleanCount] ?? -1);
    else {
      const value = values[index - booleanCount - numberCount];
      if (value !== undefined) entry.strings.set(name, value);
    }
  }
}
