// Archives of cpio: bin (16-bit words, the default), odc (octal digits), newc and crc (hexadecimal digits, the latter with a sum of the bytes).
import { encode, decode } from "../../kernel/sys.ts";

export type CpioFormat = "bin" | "odc" | "newc" | "crc";

export interface CpioMember {
  readonly name: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly nlink: number;
  readonly device: number;
  readonly inode: number;
  readonly rdev: number;
  readonly mtimeSeconds: number;
  readonly bytes: Uint8Array;
  /** a hard link whose contents stand with a later member */
  readonly waits?: boolean;
}

export const TRAILER = "TRAILER!!!";

const padded = (bytes: Uint8Array, to: number): Uint8Array => {
  const short = (to - (bytes.length % to)) % to;
  if (short === 0) return bytes;
  const longer = new Uint8Array(bytes.length + short);
  longer.set(bytes);
  return longer;
};

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function encodeMember(member: CpioMember, format: CpioFormat): Uint8Array {
  const name = encode(`${member.name}\0`);
  const { bytes } = member;
  if (format === "bin") {
    const head = new Uint8Array(26);
    const view = new DataView(head.buffer);
    const fields = [0o70707, member.device, member.inode, member.mode, member.uid, member.gid, member.nlink, member.rdev, member.mtimeSeconds >>> 16, member.mtimeSeconds & 0xffff, name.length, bytes.length >>> 16, bytes.length & 0xffff];
    for (const [at, value] of fields.entries()) view.setUint16(at * 2, value & 0xffff, true);
    return joined([head, padded(name, 2), padded(bytes, 2)]);
  }
  if (format === "odc") {
    const octal = (value: number, digits: number): string => (value % 8 ** digits).toString(8).padStart(digits, "0");
    return joined([encode(`070707${[member.device, member.inode, member.mode, member.uid, member.gid, member.nlink, member.rdev].map((value) => octal(value, 6)).join("")}${octal(member.mtimeSeconds, 11)}${octal(name.length, 6)}${octal(bytes.length, 11)}`), name, bytes]);
  }
  const hex = (value: number): string => (value >>> 0).toString(16).toUpperCase().padStart(8, "0");
  const sum = format === "crc" ? bytes.reduce((total, byte) => (total + byte) >>> 0, 0) : 0;
  const head = encode(`${format === "crc" ? "070702" : "070701"}${[member.inode, member.mode, member.uid, member.gid, member.nlink, member.mtimeSeconds, bytes.length, member.device >>> 8, member.device & 0xff, member.rdev >>> 8, member.rdev & 0xff, name.length, sum].map(hex).join("")}`);
  return joined([padded(joined([head, name]), 4), padded(bytes, 4)]);
}

interface Reading {
  readonly members: readonly CpioMember[];
  /** bytes up to the end of the trailer; undefined when the archive ends before it */
  readonly end: number | undefined;
  /** what was no header, as the real one names it */
  readonly malformed: boolean;
}

export function decodeArchive(archive: Uint8Array): Reading {
  const members: CpioMember[] = [];
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const text = (from: number, length: number): string => decode(archive.subarray(from, from + length));
  let at = 0;
  let hardLinks = new Map<number, number[]>();
  const finish = (end: number | undefined, malformed: boolean): Reading => ({ members, end, malformed });
  while (at + 26 <= archive.length) {
    let member: Omit<CpioMember, "name" | "bytes">;
    let [nameAt, nameLength, size, align, nameEnd] = [0, 0, 0, 1, 0];
    const magic = text(at, 6);
    if (view.getUint16(at, true) === 0o70707) {
      const word = (index: number): number => view.getUint16(at + index * 2, true);
      member = { device: word(1), inode: word(2), mode: word(3), uid: word(4), gid: word(5), nlink: word(6), rdev: word(7), mtimeSeconds: word(8) * 65_536 + word(9) };
      [nameAt, nameLength, size, align] = [at + 26, word(10), word(11) * 65_536 + word(12), 2];
      nameEnd = nameAt + nameLength + (nameLength % 2);
    } else if (magic === "070707") {
      const octal = (from: number, digits: number): number => Number.parseInt(text(at + from, digits), 8);
      member = { device: octal(6, 6), inode: octal(12, 6), mode: octal(18, 6), uid: octal(24, 6), gid: octal(30, 6), nlink: octal(36, 6), rdev: octal(42, 6), mtimeSeconds: octal(48, 11) };
      [nameAt, nameLength, size] = [at + 76, octal(59, 6), octal(65, 11)];
      nameEnd = nameAt + nameLength;
    } else if (magic === "070701" || magic === "070702") {
      const hex = (index: number): number => Number.parseInt(text(at + 6 + index * 8, 8), 16);
      member = { inode: hex(0), mode: hex(1), uid: hex(2), gid: hex(3), nlink: hex(4), mtimeSeconds: hex(5), device: (hex(7) << 8) | hex(8), rdev: (hex(9) << 8) | hex(10) };
      [nameAt, nameLength, size, align] = [at + 110, hex(11), hex(6), 4];
      nameEnd = at + Math.ceil((110 + nameLength) / 4) * 4;
    } else return finish(undefined, true);
    if (Number.isNaN(nameLength + size + member.mode) || nameLength < 1 || nameEnd + size > archive.length) return finish(undefined, false);
    const name = text(nameAt, nameLength - 1);
    const bytes = archive.subarray(nameEnd, nameEnd + size);
    at = nameEnd + Math.ceil(size / align) * align;
    if (name === TRAILER) return finish(at, false);
    // newc keeps the bytes of hard links with the last of them
    if (align === 4 && member.nlink > 1 && (member.mode & 0o170000) === 0o100000) {
      const before = hardLinks.get(member.inode) ?? [];
      if (size === 0) hardLinks = hardLinks.set(member.inode, [...before, members.length]);
      else for (const index of before) {
        const earlier = members[index];
        if (earlier !== undefined) members[index] = { ...earlier, bytes, waits: true };
      }
    }
    members.push({ ...member, name, bytes });
  }
  return finish(undefined, false);
}
