// The firmware's tables in /sys/firmware/dmi/tables/DMI (SMBIOS reference specification, DSP0134), for dmidecode, lscpu and lshw.

import { type Blocking, O, type Sys, decode } from "../../kernel/sys.ts";

export class SmbiosStructure {
  readonly type: number;
  readonly handle: number;
  /** the formatted part */
  readonly bytes: Uint8Array;
  readonly strings: readonly string[];

  constructor(bytes: Uint8Array, strings: readonly string[]) {
    this.type = bytes[0] ?? 127;
    this.handle = (bytes[2] ?? 0) | ((bytes[3] ?? 0) << 8);
    this.bytes = bytes;
    this.strings = strings;
  }

  byte(at: number): number {
    return this.bytes[at] ?? 0;
  }

  word(at: number): number {
    return this.byte(at) | (this.byte(at + 1) << 8);
  }

  double(at: number): number {
    return (this.word(at) | (this.word(at + 2) << 16)) >>> 0;
  }

  /** Undefined where the structure gives none. */
  text(at: number): string | undefined {
    const number = this.byte(at);
    return number === 0 ? undefined : this.strings[number - 1];
  }
}

export function parseSmbios(table: Uint8Array): readonly SmbiosStructure[] {
  const found: SmbiosStructure[] = [];
  for (let at = 0; at + 4 <= table.length; ) {
    const length = table[at + 1] ?? 4;
    const strings: string[] = [];
    let end = at + length;
    if (table[end] === 0) end++;
    else {
      while (end < table.length && table[end] !== 0) {
        const close = table.indexOf(0, end);
        strings.push(decode(table.subarray(end, close < 0 ? table.length : close)));
        end = close < 0 ? table.length : close + 1;
      }
    }
    found.push(new SmbiosStructure(table.subarray(at, at + length), strings));
    if (table[at] === 127) break;
    at = end + 1;
  }
  return found;
}

/** Throws SysError: ordinary users may not read it. */
export function* readSmbios(sys: Sys): Blocking<readonly SmbiosStructure[]> {
  const fd = yield* sys.open("/sys/firmware/dmi/tables/DMI", O.RDONLY);
  try {
    return parseSmbios(yield* sys.read(fd, 65536));
  } finally {
    sys.close(fd);
  }
}
