// One member's header: the 512-byte block of tar(5) in GNU, ustar and pax form.

import { bytesOfLatin1, latin1 } from "../kit/latin1.ts";

export const BLOCK = 512;
export const RECORD = 10240;

export type MemberType = "file" | "hardlink" | "symlink" | "character" | "block" | "directory" | "fifo" | "sparse" | "label" | "other";

export interface Member {
  /** latin1 */
  readonly name: string;
  readonly linkName: string;
  readonly type: MemberType;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly userName: string;
  readonly groupName: string;
  /** bytes of data that follow */
  readonly sizeBytes: number;
  readonly mtimeUs: number;
  readonly deviceMajor: number;
  readonly deviceMinor: number;
  /** of an incremental archive: when it was read and changed, and that a directory is followed by its names */
  readonly times?: { readonly atimeUs: number; readonly ctimeUs: number };
  readonly isDumped?: boolean;
}

export type ArchiveFormat = "gnu" | "ustar" | "pax" | "v7" | "oldgnu";

const TYPE_FLAGS = new Map<string, MemberType>([
  ["0", "file"], ["\0", "file"], ["7", "file"], ["1", "hardlink"], ["2", "symlink"], ["3", "character"], ["4", "block"], ["5", "directory"], ["6", "fifo"], ["S", "sparse"], ["D", "directory"], ["V", "label"],
]);
const FLAG_OF = new Map<MemberType, string>([["file", "0"], ["hardlink", "1"], ["symlink", "2"], ["character", "3"], ["block", "4"], ["directory", "5"], ["fifo", "6"], ["label", "V"]]);

class FieldWriter {
  readonly block = new Uint8Array(BLOCK);

  text(at: number, length: number, value: string): void {
    this.block.set(bytesOfLatin1(value.slice(0, length)), at);
  }

  /** Octal digits and a NUL, or base 256 when they do not suffice. */
  number(at: number, length: number, value: number): void {
    const whole = Math.trunc(value);
    if (whole >= 0 && whole < 8 ** (length - 1)) {
      this.text(at, length, `${whole.toString(8).padStart(length - 1, "0")}\0`);
      return;
    }
    let rest = BigInt(whole) & ((1n << BigInt(8 * length - 1)) - 1n);
    for (let i = length - 1; i >= 0; i--) {
      this.block[at + i] = Number(rest & 0xffn);
      rest >>= 8n;
    }
    this.block[at] = (this.block[at] ?? 0) | (whole < 0 ? 0xff : 0x80);
  }

  checksum(): void {
    this.block.fill(32, 148, 156);
    const sum = this.block.reduce((total, byte) => total + byte, 0);
    this.text(148, 8, `${sum.toString(8).padStart(6, "0")}\0 `);
  }
}

function block(name: string, flag: string, member: Member, format: ArchiveFormat, prefix = ""): Uint8Array {
  const writer = new FieldWriter();
  writer.text(0, 100, name);
  writer.number(100, 8, member.mode & 0o7777);
  writer.number(108, 8, member.uid);
  writer.number(116, 8, member.gid);
  writer.number(124, 12, member.sizeBytes);
  writer.number(136, 12, Math.floor(member.mtimeUs / 1e6));
  writer.text(156, 1, flag);
  writer.text(157, 100, member.linkName);
  if (format !== "v7") {
    writer.text(257, 8, format === "gnu" || format === "oldgnu" ? "ustar  \0" : "ustar\x0000");
    writer.text(265, 31, member.userName);
    writer.text(297, 31, member.groupName);
    if (member.type === "character" || member.type === "block" || format === "ustar" || format === "pax") {
      writer.number(329, 8, member.deviceMajor);
      writer.number(337, 8, member.deviceMinor);
    }
    writer.text(345, 155, prefix);
    if (member.times !== undefined && format === "gnu") {
      writer.number(345, 12, Math.floor(member.times.atimeUs / 1e6));
      writer.number(357, 12, Math.floor(member.times.ctimeUs / 1e6));
    }
  }
  writer.checksum();
  return writer.block;
}

/** A special member that holds a long name (GNU) or records (pax). */
function extension(name: string, flag: string, data: string, format: ArchiveFormat, mtimeUs = 0): Uint8Array[] {
  const bytes = bytesOfLatin1(data);
  const member: Member = {
    name, linkName: "", type: "file", mode: flag === "x" ? 0o644 : 0o644, uid: 0, gid: 0, userName: flag === "x" ? "" : "root", groupName: flag === "x" ? "" : "root", sizeBytes: bytes.length,
    mtimeUs, deviceMajor: 0, deviceMinor: 0,
  };
  const padded = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK);
  padded.set(bytes);
  return [block(name, flag, member, format), padded];
}

function paxRecord(key: string, value: string): string {
  let length = key.length + value.length + 3;
  for (;;) {
    const whole = length + String(length).length;
    const record = `${whole} ${key}=${value}\n`;
    if (record.length === whole) return record;
    length++;
  }
}

/** The volume label, which is a member of its own (type V) or, in pax archives, a global record. */
export function labelMember(label: string, mtimeUs: number): Member {
  return { name: label, linkName: "", type: "label", mode: 0, uid: 0, gid: 0, userName: "", groupName: "", sizeBytes: 0, mtimeUs, deviceMajor: 0, deviceMinor: 0 };
}

export function labelBlocks(label: string, mtimeUs: number, format: ArchiveFormat, pid: number): Uint8Array[] {
  const member = labelMember(label, mtimeUs);
  return format === "pax" ? extension(`/tmp/GlobalHead.${pid}.1`, "g", paxRecord("GNU.volume.label", label), format, mtimeUs) : [block(label, "V", member, format, "")];
}

/** Undefined when the format cannot hold the name. */
export function writeHeader(member: Member, format: ArchiveFormat): Uint8Array[] | undefined {
  const flag = member.isDumped === true ? "D" : (FLAG_OF.get(member.type) ?? "0");
  const blocks: Uint8Array[] = [];
  let { name } = member;
  let prefix = "";
  if (format === "pax") {
    let records = "";
    if (name.length > 100) records += paxRecord("path", name);
    if (member.linkName.length > 100) records += paxRecord("linkpath", member.linkName);
    if (member.sizeBytes >= 8 ** 11) records += paxRecord("size", String(member.sizeBytes));
    if (member.mtimeUs % 1e6 !== 0) records += paxRecord("mtime", String(member.mtimeUs / 1e6));
    if (records !== "") {
      const slash = name.replace(/\/$/, "").lastIndexOf("/");
      blocks.push(...extension(`${name.slice(0, slash + 1)}PaxHeaders/${name.slice(slash + 1)}`.slice(0, 100), "x", records, format));
    }
  } else if (name.length > 100 || (name.length === 100 && format === "v7")) {
    const slash = format === "ustar" ? splitPoint(name) : -1;
    if (slash > 0) {
      prefix = name.slice(0, slash);
      name = name.slice(slash + 1);
    } else if (format === "gnu" || format === "oldgnu") blocks.push(...extension("././@LongLink", "L", `${name}\0`, format));
    else return undefined;
  }
  if (member.linkName.length > 100 && format !== "pax") {
    if (format !== "gnu" && format !== "oldgnu") return undefined;
    blocks.unshift(...extension("././@LongLink", "K", `${member.linkName}\0`, format));
  }
  blocks.push(block(name, flag, member, format, prefix));
  return blocks;
}

function splitPoint(name: string): number {
  for (let at = name.indexOf("/"); at >= 0 && at <= 155; at = name.indexOf("/", at + 1)) if (name.length - at - 1 <= 100 && name.length - at > 1) return at;
  return -1;
}

/** What long-name and pax members said of the next one. */
export interface Overrides {
  name?: string;
  linkName?: string;
  sizeBytes?: number;
  mtimeUs?: number;
  uid?: number;
  gid?: number;
  userName?: string;
  groupName?: string;
}

export type HeaderBlock =
  | { readonly kind: "member"; readonly member: Member }
  | { readonly kind: "long-name" | "long-link" | "pax" | "pax-global"; readonly sizeBytes: number; readonly mtimeUs: number }
  | { readonly kind: "zero" }
  | { readonly kind: "invalid" };

export function readHeader(bytes: Uint8Array, overrides: Overrides): HeaderBlock {
  if (bytes.every((byte) => byte === 0)) return { kind: "zero" };
  const text = (at: number, length: number) => {
    const raw = latin1(bytes.subarray(at, at + length));
    const end = raw.indexOf("\0");
    return end < 0 ? raw : raw.slice(0, end);
  };
  const number = (at: number, length: number): number => {
    const first = bytes[at] ?? 0;
    if (first & 0x80) {
      let value = BigInt(first & 0x40 ? first - 256 : first & 0x7f);
      for (let i = 1; i < length; i++) value = (value << 8n) | BigInt(bytes[at + i] ?? 0);
      return Number(value);
    }
    const digits = /^ *([0-7]*)/.exec(text(at, length))?.[1] ?? "";
    return digits === "" ? 0 : Number.parseInt(digits, 8);
  };
  const recorded = number(148, 8);
  let unsigned = 0;
  let signed = 0;
  for (let i = 0; i < BLOCK; i++) {
    const byte = i >= 148 && i < 156 ? 32 : (bytes[i] ?? 0);
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  if (recorded !== unsigned && recorded !== signed) return { kind: "invalid" };
  const flag = String.fromCharCode(bytes[156] ?? 0);
  const sizeBytes = number(124, 12);
  const mtimeUs = number(136, 12) * 1e6;
  if (flag === "L") return { kind: "long-name", sizeBytes, mtimeUs };
  if (flag === "K") return { kind: "long-link", sizeBytes, mtimeUs };
  if (flag === "x") return { kind: "pax", sizeBytes, mtimeUs };
  if (flag === "g") return { kind: "pax-global", sizeBytes, mtimeUs };
  const magic = text(257, 6);
  let name = text(0, 100);
  if (magic === "ustar" && (bytes[345] ?? 0) !== 0) name = `${text(345, 155)}/${name}`;
  let type = TYPE_FLAGS.get(flag) ?? "other";
  name = overrides.name ?? name;
  if (type === "file" && name.endsWith("/")) type = "directory";
  const hasData = type === "file" || type === "other" || type === "sparse" || flag === "D";
  return {
    kind: "member",
    member: {
      name, type, linkName: overrides.linkName ?? text(157, 100), mode: number(100, 8) & 0o7777, uid: overrides.uid ?? number(108, 8), gid: overrides.gid ?? number(116, 8),
      sizeBytes: hasData ? (overrides.sizeBytes ?? sizeBytes) : 0, mtimeUs: overrides.mtimeUs ?? mtimeUs,
      userName: overrides.userName ?? (magic.startsWith("ustar") ? text(265, 32) : ""), groupName: overrides.groupName ?? (magic.startsWith("ustar") ? text(297, 32) : ""),
      deviceMajor: number(329, 8), deviceMinor: number(337, 8), ...(flag === "D" && { isDumped: true }),
    },
  };
}

/** Reads pax records into overrides. */
export function readPaxRecords(text: string, overrides: Overrides): void {
  for (let at = 0; at < text.length; ) {
    const found = /^(\d+) ([^=]+)=/.exec(text.slice(at, at + 200));
    if (!found) return;
    const length = Number(found[1]);
    const value = text.slice(at + found[0].length, at + length - 1);
    at += length;
    if (length === 0) return;
    switch (found[2]) {
      case "path":
        overrides.name = value;
        break;
      case "linkpath":
        overrides.linkName = value;
        break;
      case "size":
        overrides.sizeBytes = Number(value);
        break;
      case "mtime":
        overrides.mtimeUs = Math.round(Number(value) * 1e6);
        break;
      case "uid":
        overrides.uid = Number(value);
        break;
      case "gid":
        overrides.gid = Number(value);
        break;
      case "uname":
        overrides.userName = value;
        break;
      case "gname":
        overrides.groupName = value;
        break;
    }
  }
}
