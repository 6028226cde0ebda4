// What file(1) knows by its contents: signatures at fixed places, with the words of file 5.44. Bytes come as a latin1 string of the file's beginning.

import { civilAt, strftime } from "../kit/time-format.ts";
import type { Zone } from "../kit/zones.ts";

export interface Kind {
  readonly text: string;
  readonly mime: string;
  /** as --extension lists them */
  readonly extensions?: string;
  /** What is text in spite of its signature goes on to "…, ASCII text". */
  readonly isText?: boolean;
}

export class Bytes {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }

  has(at: number, wanted: string): boolean {
    return this.text.startsWith(wanted, at);
  }

  u8(at: number): number {
    return this.text.charCodeAt(at) || 0;
  }

  le16(at: number): number {
    return this.u8(at) | (this.u8(at + 1) << 8);
  }

  be16(at: number): number {
    return (this.u8(at) << 8) | this.u8(at + 1);
  }

  le32(at: number): number {
    return (this.le16(at) | (this.le16(at + 2) << 16)) >>> 0;
  }

  be32(at: number): number {
    return ((this.be16(at) << 16) | this.be16(at + 2)) >>> 0;
  }

  le64(at: number): number {
    return this.le32(at) + this.le32(at + 4) * 2 ** 32;
  }

  be64(at: number): number {
    return this.be32(at) * 2 ** 32 + this.be32(at + 4);
  }

  /** A text that ends with NUL. */
  cstring(at: number, most = 256): string {
    const part = this.text.slice(at, at + most);
    const end = part.indexOf("\0");
    return end < 0 ? part : part.slice(0, end);
  }
}

const kind = (text: string, mime = "application/octet-stream", extensions?: string): Kind => ({ text, mime, ...(extensions !== undefined && { extensions }) });

function elf(b: Bytes): Kind {
  if (b.text.length < 20) return kind("ELF");
  const is64 = b.u8(4) === 2;
  const little = b.u8(5) === 1;
  const u16 = (at: number): number => (little ? b.le16(at) : b.be16(at));
  const u32 = (at: number): number => (little ? b.le32(at) : b.be32(at));
  const u64 = (at: number): number => (is64 ? (little ? b.le64(at) : b.be64(at)) : u32(at));
  const type = u16(16);
  const headers = is64 ? u64(32) : u32(28);
  const count = u16(is64 ? 56 : 44);
  const headerSize = u16(is64 ? 54 : 42);
  let interpreter = "";
  let buildId = "";
  for (let i = 0; i < count && i < 64; i++) {
    const at = headers + i * headerSize;
    const kindOf = u32(at);
    const offset = is64 ? u64(at + 8) : u32(at + 4);
    const length = is64 ? u64(at + 32) : u32(at + 16);
    if (kindOf === 3) interpreter = b.cstring(offset, length);
    if (kindOf === 4) {
      const note = b.text.slice(offset, offset + length);
      const gnu = note.indexOf("GNU\0");
      const ours = /build-id=([0-9a-f]+)/.exec(note);
      if (ours) buildId = ours[1] ?? "";
      else if (gnu >= 8 && u32(offset + gnu - 4) === 3) {
        const size = u32(offset + gnu - 8);
        buildId = Array.from(note.slice(gnu + 4, gnu + 4 + size), (char) => char.charCodeAt(0).toString(16).padStart(2, "0")).join("");
      }
    }
  }
  const machines = new Map([[62, "x86-64"], [3, "Intel 80386"], [183, "ARM aarch64"], [40, "ARM, EABI5"], [243, "UCB RISC-V"], [21, "64-bit PowerPC or cisco 7500"], [22, "IBM S/390"]]);
  const osAbi = b.u8(7) === 3 ? "GNU/Linux" : "SYSV";
  const library = type === 3 && interpreter === "" ;
  const what = type === 1 ? "relocatable" : type === 2 ? "executable" : type === 3 ? (library ? "shared object" : "pie executable") : type === 4 ? "core file" : "unknown type";
  let text = `ELF ${is64 ? "64-bit" : "32-bit"} ${little ? "LSB" : "MSB"} ${what}, ${machines.get(u16(18)) ?? "unknown arch"}, version 1 (${osAbi})`;
  if (type === 2 || type === 3) text += type === 3 || interpreter !== "" ? ", dynamically linked" : ", statically linked";
  if (interpreter !== "") text += `, interpreter ${interpreter}`;
  if (buildId !== "") text += `, BuildID[sha1]=${buildId}`;
  if (type === 2 || (type === 3 && !library)) text += ", for GNU/Linux 3.2.0";
  text += type === 1 ? ", not stripped" : ", stripped";
  const mime = type === 1 ? "application/x-object" : type === 2 ? "application/x-executable" : type === 3 ? (library ? "application/x-sharedlib" : "application/x-pie-executable") : "application/x-coredump";
  return kind(text, mime);
}

function gzip(b: Bytes, sizeBytes: number, tail: Bytes, zone: Zone): Kind {
  const flags = b.u8(3);
  const method = b.u8(2);
  let text = `gzip compressed data${method === 8 ? "" : ", unknown method"}`;
  let at = 10;
  if (flags & 4) at += 2 + b.le16(at);
  if (flags & 8) text += `, was "${b.cstring(at)}"`;
  const time = b.le32(4);
  if (time !== 0) text += `, last modified: ${strftime("%a %b %e %H:%M:%S %Y", civilAt(zone, time))}`;
  if (b.u8(8) === 2) text += ", max compression";
  if (b.u8(8) === 4) text += ", max speed";
  const system = b.u8(9);
  text += system === 3 ? ", from Unix" : system === 0 ? ", from FAT filesystem (MS-DOS, OS/2, NT)" : system === 7 ? ", from MacOS" : system === 10 ? ", from NTFS filesystem (NT)" : "";
  if (sizeBytes >= 18) text += `, original size modulo 2^32 ${tail.le32(tail.text.length - 4)}`;
  return kind(text, "application/gzip", "gz/tgz/tpz/zabw/svgz/adz/kmy/xcfgz");
}

function qcow(b: Bytes): Kind {
  const version = b.be32(4);
  if (version < 2) return kind(`QEMU QCOW Image (v${version}), ${b.be64(24)} bytes`, "application/x-qemu-disk", "qcow");
  const backing = b.be64(8);
  const backingLength = b.be32(16);
  const size = b.be64(24);
  const path = backing === 0 ? "" : b.text.slice(backing, backing + backingLength);
  const mtime = strftime("%a %b %e %H:%M:%S %Y", civilAt({ name: "UTC", standard: { offsetSeconds: 0, abbreviation: "UTC", summer: false }, summer: undefined, starts: undefined, ends: undefined }, backingLength > 0 ? b.be32(20) : 0));
  // The magic file of 5.44 holds the test twice, the second time without the time.
  const first = backing === 0 ? "" : `, has backing file (path ${path}, mtime ${mtime})`;
  const second = backing === 0 ? "" : `, has backing file (path ${path})`;
  return kind(`QEMU QCOW Image (v${version})${first}, ${size} bytes (v${version})${second}, ${size} bytes`, "application/x-qemu-disk", "qcow2/qcow");
}

const uuid = (raw: string): string => {
  const hex = Array.from(raw, (char) => char.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

function ext(b: Bytes): Kind {
  const compat = b.le32(0x45c);
  const incompat = b.le32(0x460);
  const readOnly = b.le32(0x464);
  const generation = (incompat & 0x2c0) !== 0 || (readOnly & 0x78) !== 0 ? "ext4" : (compat & 4) !== 0 ? "ext3" : "ext2";
  let text = `Linux rev ${b.le32(0x44c)}.${b.le16(0x43e)} ${generation} filesystem data`;
  if ((b.le16(0x43a) & 1) === 0) text += " (mounted or unclean)";
  if ((b.le16(0x43a) & 2) !== 0) text += " (errors)";
  text += `, UUID=${uuid(b.text.slice(0x468, 0x478))}`;
  const label = b.cstring(0x478, 16);
  if (label !== "") text += `, volume name "${label}"`;
  if (incompat & 4) text += " (needs journal recovery)";
  if (incompat & 0x40) text += " (extents)";
  if (incompat & 0x80) text += " (64bit)";
  if (readOnly & 2) text += " (large files)";
  if (readOnly & 8) text += " (huge files)";
  return kind(text);
}

function png(b: Bytes): Kind {
  const depth = b.u8(24);
  const colors = new Map([[0, `${depth}-bit grayscale`], [2, `${depth}-bit/color RGB`], [3, `${depth}-bit colormap`], [4, `${depth}-bit gray+alpha`], [6, `${depth}-bit/color RGBA`]]);
  return kind(`PNG image data, ${b.be32(16)} x ${b.be32(20)}, ${colors.get(b.u8(25)) ?? ""}, ${b.u8(28) === 1 ? "interlaced" : "non-interlaced"}`, "image/png", "png");
}

function jfif(b: Bytes): string {
  const unit = b.u8(13) === 0 ? ", aspect ratio" : b.u8(13) === 1 ? ", resolution (DPI)" : b.u8(13) === 2 ? ", resolution (DPCM)" : "";
  return `, JFIF standard ${b.u8(11)}.${String(b.u8(12)).padStart(2, "0")}${unit}${b.text.length > 17 ? `, density ${b.be16(14)}x${b.be16(16)}` : ""}, segment length ${b.be16(4)}`;
}

function tar(b: Bytes): Kind | undefined {
  if (b.has(257, "ustar  \0")) return kind("POSIX tar archive (GNU)", "application/x-tar", "tar/gtar");
  if (b.has(257, "ustar\0")) return kind("POSIX tar archive", "application/x-tar", "tar/ustar");
  // The oldest kind has no signature, only the sum of its header.
  const stated = /^[ 0]*([0-7]+)[ \0]/.exec(b.text.slice(148, 156))?.[1];
  if (stated !== undefined && b.text.length >= 512) {
    let sum = 0;
    for (let at = 0; at < 512; at++) sum += at >= 148 && at < 156 ? 32 : b.u8(at);
    if (sum === Number.parseInt(stated, 8)) return kind("tar archive", "application/x-tar", "tar");
  }
  return undefined;
}

function zip(b: Bytes): Kind {
  const version = b.le16(4);
  if (b.has(30, "mimetypeapplication/")) {
    const type = b.text.slice(38, 38 + 80).split("PK")[0] ?? "";
    if (type.includes("opendocument.text")) return kind("OpenDocument Text", "application/vnd.oasis.opendocument.text", "odt");
  }
  const method = b.le16(8) === 8 ? "deflate" : b.le16(8) === 0 ? "store" : "unknown";
  return kind(`Zip archive data, at least v${Math.floor(version / 10)}.${version % 10} to extract, compression method=${method}`, "application/zip", "zip/cbz");
}

/** `tail` holds the last bytes; `deep` says that all tests that need much of the file may look. */
export function magicKind(b: Bytes, sizeBytes: number, tail: Bytes, zone: Zone): Kind | undefined {
  if (b.has(0, "\x7fELF")) return elf(b);
  if (b.has(0, "\x1f\x8b") && b.text.length > 3) return gzip(b, sizeBytes, tail, zone);
  if (b.has(0, "\x1f\x9d")) return kind(`compress'd data${b.u8(2) & 0x80 ? "" : " not block compressed"} ${b.u8(2) & 31} bits`, "application/x-compress", "Z");
  if (b.has(0, "BZh")) return kind(`bzip2 compressed data, block size = ${b.text.charAt(3)}00k`, "application/x-bzip2", "bz2");
  if (b.has(0, "\xfd7zXZ\0")) return kind(`XZ compressed data, checksum ${["NONE", "CRC32", "", "", "CRC64"][b.u8(7)] ?? ""}`.replace(/, checksum $/, ""), "application/x-xz", "xz");
  if (b.has(0, "\x28\xb5\x2f\xfd")) return kind("Zstandard compressed data (v0.8+), Dictionary ID: None", "application/zstd", "zst");
  if (b.has(0, "\x04\x22\x4d\x18")) return kind("LZ4 compressed data (v1.4+)", "application/x-lz4", "lz4");
  if (b.has(0, "LZIP")) return kind(`lzip compressed data, version: ${b.u8(4)}`, "application/x-lzip", "lz");
  if (b.has(0, "7z\xbc\xaf\x27\x1c")) return kind(`7-zip archive data, version ${b.u8(6)}.${b.u8(7)}`, "application/x-7z-compressed", "7z/cb7");
  if (b.has(0, "PK\x05\x06")) return kind("Zip archive data (empty)", "application/zip", "zip/cbz");
  if (b.has(0, "PK\x03\x04") && b.text.length >= 30) return zip(b);
  if (b.has(0, "QFI\xfb")) return qcow(b);
  if (b.has(0, "KDMV")) return kind("VMware4 disk image", "application/octet-stream", "vmdk");
  if (b.has(0, "COWD")) return kind("VMware3 disk image", "application/octet-stream", "vmdk");
  if (b.has(0, "conectix")) return kind(`Microsoft Disk Image, Virtual Server or Virtual PC, ${b.be64(48)} bytes`, "application/octet-stream", "vhd");
  if (b.has(0, "vhdxfile")) return kind("Microsoft Disk Image eXtended", "application/octet-stream", "vhdx");
  if (b.le32(64) === 0xbeda107f) return kind(`VirtualBox Disk Image, major ${b.le16(70)}, minor ${b.le16(68)} (${b.cstring(0, 64).replace(/\n.*$/s, "")}), ${b.le64(368)} bytes`, "application/octet-stream", "vdi");
  if (b.has(0, "\x89PNG\r\n\x1a\n")) return png(b);
  if (b.has(0, "GIF8")) return kind(`GIF image data, version ${b.text.slice(3, 6)}, ${b.le16(6)} x ${b.le16(8)}`, "image/gif", "gif");
  if (b.has(0, "\xff\xd8\xff")) return kind(`JPEG image data${b.has(6, "JFIF\0") ? jfif(b) : b.has(6, "Exif") ? ", Exif standard" : ""}`, "image/jpeg", "jpeg/jpg/jpe/jfif");
  if (b.has(0, "BM") && b.le32(14) === 40) return kind(`PC bitmap, Windows 3.x format, ${b.le32(18)} x ${b.le32(22)} x ${b.le16(28)}${b.le32(2) === 0 ? "" : `, cbSize ${b.le32(2)}`}, bits offset ${b.le32(10)}`, "image/bmp", "bmp");
  if (b.has(0, "%PDF-")) return kind(`PDF document, version ${b.text.slice(5, 8)}`, "application/pdf", "pdf");
  if (b.has(0, "%!PS-Adobe-")) return kind(`PostScript document text conforming DSC level ${b.text.slice(11, 14)}`, "application/postscript", "ps/eps");
  if (b.has(0, "!<arch>\ndebian")) {
    const version = b.has(8, "debian-binary") && b.text.slice(68, 71) !== "" ? ` (format ${b.text.slice(68, 71)}), with control.tar.${/control\.tar\.(\w+)/.exec(b.text)?.[1] ?? "xz"}` : "";
    return kind(`Debian binary package${version}${version === "" ? "" : `, data compression ${/data\.tar\.(\w+)/.exec(b.text)?.[1] ?? "xz"}`}`, "application/vnd.debian.binary-package", "deb/udeb");
  }
  if (b.has(0, "!<arch>\n")) return kind("current ar archive", "application/x-archive", "a/lib");
  if (b.has(0, "\xed\xab\xee\xdb")) return kind("RPM v3.0 bin", "application/x-rpm", "rpm");
  if (b.le16(0) === 0o070707) return kind("cpio archive", "application/x-cpio");
  if (b.has(0, "070701")) return kind("ASCII cpio archive (SVR4 with no CRC)", "application/x-cpio");
  if (b.has(0, "070707")) return kind("ASCII cpio archive (pre-SVR4 or odc)", "application/x-cpio");
  if (b.has(0, "SQLite format 3\0") && b.text.length >= 100) return kind(`SQLite 3.x database, last written using SQLite version ${b.be32(96)}, file counter ${b.be32(24)}, database pages ${b.be32(28)}`, "application/vnd.sqlite3", "sqlite/sqlite3/db");
  if (b.has(0, "hsqs")) return kind(`Squashfs filesystem, little endian, version ${b.le16(28)}.${b.le16(30)}`, "application/octet-stream");
  if (b.has(0, "TZif")) return kind(`timezone data (${b.le32(40) > 0 ? "fat" : "slim"}), version ${b.text.charAt(4) === "\0" ? "1" : b.text.charAt(4)}`, "application/tzif");
  if (b.has(0, "RIFF") && b.has(8, "WAVE")) return kind(`RIFF (little-endian) data, WAVE audio${b.has(12, "fmt ") && b.le16(20) === 1 ? `, Microsoft PCM, ${b.le16(34)} bit, ${b.le16(22) === 1 ? "mono" : b.le16(22) === 2 ? "stereo" : `${b.le16(22)} channels`} ${b.le32(24)} Hz` : ""}`, "audio/x-wav", "wav");
  if (b.has(0, "Rar!\x1a\x07\x01")) return kind("RAR archive data, v5", "application/x-rar", "rar/cbr");
  const netpbm = /^P([1-6])\s+(?:#[^\n]*\n)?(\d+)\s+(\d+)/.exec(b.text);
  if (netpbm) {
    const [, digit = "1", columns, rows] = netpbm;
    const what = ["bitmap", "greymap", "pixmap"][(Number(digit) - 1) % 3] ?? "";
    return kind(`Netpbm image data, size = ${columns} x ${rows}, ${Number(digit) > 3 ? "rawbits, " : ""}${what}`, `image/x-portable-${what}`, `p${what.charAt(0)}m`);
  }
  if (b.has(0, "ID3")) return kind(`Audio file with ID3 version 2.${b.u8(3)}.${b.u8(4)}`, "audio/mpeg", "mp3");
  if (b.has(0, "OggS")) return kind("Ogg data", "application/ogg", "ogg");
  if (b.has(4, "ftyp")) return kind("ISO Media", "video/mp4", "mp4");
  if (b.has(0, "\xca\xfe\xba\xbe") && b.be16(6) > 30) {
    const versions = new Map([[52, "Java 1.8"], [53, "Java SE 9"], [55, "Java SE 11"], [61, "Java SE 17"]]);
    const name = versions.get(b.be16(6));
    return kind(`compiled Java class data, version ${b.be16(6)}.${b.be16(4)}${name === undefined ? "" : ` (${name})`}`, "application/x-java-applet", "class");
  }
  if (b.has(0, "MZ") && b.text.length > 64 && b.has(b.le32(60), "PE\0\0")) return kind("PE32+ executable (console) x86-64, for MS Windows", "application/x-dosexec", "exe/com");
  const archive = tar(b);
  if (archive) return archive;
  if (b.has(32769, "CD001")) return kind(`ISO 9660 CD-ROM filesystem data${b.has(34817, "EL TORITO") ? "" : ""} '${b.text.slice(32808, 32840).trimEnd()}'${b.text.includes("EL TORITO") ? " (bootable)" : ""}`, "application/x-iso9660-image", "iso/iso9660");
  if (b.le16(0x438) === 0xef53 && b.text.length > 0x480) return ext(b);
  if (b.has(0, "XFSB")) return kind(`SGI XFS filesystem data (blksz ${b.be32(4)}, inosz ${b.be16(104)}, v2 dirs)`);
  if (b.has(0x10040, "_BHRfS_M")) {
    const label = b.cstring(0x1012b, 256);
    const u64 = (at: number): number => b.le32(at) + b.le32(at + 4) * 2 ** 32;
    return kind(`BTRFS Filesystem${label === "" ? "" : ` label "${label}",`} sectorsize ${b.le32(0x10090)}, nodesize ${b.le32(0x10094)}, leafsize ${b.le32(0x10098)}, UUID=${uuid(b.text.slice(0x10020, 0x10030))}, ${u64(0x10078)}/${u64(0x10070)} bytes used, ${u64(0x10088)} devices`);
  }
  if (b.le32(4096) === 0xa92b4efc) return kind(`Linux Software RAID version 1.2 (1) UUID=${uuid(b.text.slice(4112, 4128)).replaceAll("-", "").replace(/(.{8})(.{8})(.{8})(.{8})/, "$1:$2:$3:$4")} name=${b.cstring(4128, 32)} level=${b.le32(4168)} disks=${b.le32(4188)}`);
  if (b.has(4086, "SWAPSPACE2")) {
    const label = b.cstring(1052, 16);
    return kind(`Linux swap file, 4k page size, little endian, version ${b.le32(1024)}, size ${b.le32(1028)} pages, ${b.le32(1032)} bad pages, ${label === "" ? "no label" : `LABEL=${label}`}, UUID=${uuid(b.text.slice(1036, 1052))}`);
  }
  if (b.has(0, "LUKS\xba\xbe")) return kind(`LUKS encrypted file, ver ${b.be16(6)}`, "application/octet-stream");
  if (b.has(536, "LVM2 001")) return kind("LVM2 PV (Linux Logical Volume Manager)");
  if (b.le16(510) === 0xaa55 && b.has(514, "HdrS")) return kind(`Linux kernel x86 boot executable ${(b.u8(0x211) & 1) === 0 ? "zImage" : "bzImage"}, version ${b.cstring(0x200 + b.le16(0x20e), 128)}, ${b.le16(0x1f2) === 0 ? "RW" : "RO"}-rootFS, swap_dev 0X${(b.le32(0x1f4) >> 16).toString(16).toUpperCase()}, Normal VGA`, "application/octet-stream");
  if (b.le16(510) === 0xaa55) return kind(bootSector(b), "application/octet-stream");
  return undefined;
}

function bootSector(b: Bytes): string {
  if (b.has(54, "FAT1") || b.has(82, "FAT32")) {
    const wide = b.has(82, "FAT32");
    const small = b.le16(19);
    const at = wide ? 64 : 36;
    const label = b.text.slice(at + 7, at + 18);
    const type = wide ? "FAT (32 bit)" : b.has(54, "FAT16") ? "FAT (16 bit)" : "FAT (12 bit)";
    const named = label.startsWith("NO NAME") ? "unlabeled" : `label: "${label}"`;
    const words = [
      `DOS/MBR boot sector, code offset 0x${b.u8(1).toString(16)}+2`, `OEM-ID "${b.text.slice(3, 11)}"`, ...(b.u8(13) > 1 ? [`sectors/cluster ${b.u8(13)}`] : []), ...(!wide && b.le16(14) !== 1 ? [`reserved sectors ${b.le16(14)}`] : []), ...(wide ? [] : [`root entries ${b.le16(17)}`]), ...(small > 0 ? [`sectors ${small} (volumes <=32 MB)`] : []),
      `Media descriptor 0x${b.u8(21).toString(16)}`, ...(wide ? [] : [`sectors/FAT ${b.le16(22)}`]), `sectors/track ${b.le16(24)}`, ...(b.le16(26) > 2 ? [`heads ${b.le16(26)}`] : []), ...(small > 0 ? [] : [`sectors ${b.le32(32)} (volumes > 32 MB)`]), ...(wide ? [type, `sectors/FAT ${b.le32(36)}`] : []), `serial number 0x${b.le32(at + 3).toString(16)}`, named, ...(wide ? [] : [type]),
    ];
    return words.join(", ");
  }
  let text = "DOS/MBR boot sector";
  for (let i = 0; i < 4; i++) {
    const at = 446 + i * 16;
    if (b.u8(at + 4) === 0) continue;
    text += `; partition ${i + 1} : ID=0x${b.u8(at + 4).toString(16)}${b.u8(at) === 0x80 ? ", active" : ""}, start-CHS (0x${chs(b, at + 1)}), end-CHS (0x${chs(b, at + 5)}), startsector ${b.le32(at + 8)}, ${b.le32(at + 12)} sectors`;
  }
  return text;
}

function chs(b: Bytes, at: number): string {
  return `${(((b.u8(at + 1) & 0xc0) << 2) | b.u8(at + 2)).toString(16)},${b.u8(at)},${b.u8(at + 1) & 63}`;
}
