// isoinfo 1.1.11 (cdrkit): what stands in an ISO 9660 image: descriptors, directories, path tables, contents of files.

import { type Blocking, encode, errnoNumber, O, S, SysError } from "../../kernel/sys.ts";
import { Exit } from "../kit/io.ts";
import { flag, type Io, program, text, unsimulated } from "../kit/program.ts";
import { Image, ShortRead } from "./_image.ts";
import { readArguments } from "./_arguments.ts";

const BAD = 255;
const OPTIONS: readonly (readonly [string, string])[] = [
  ["-help,-h", "show this text"], ["-version", "show the version"], ["-debug", "more of the descriptors"], ["-d", "the volume descriptor"], ["-f", "every path, as find . -print shows them"], ["-J", "the tree of Joliet"], ["-j charset", "the character set its names are shown in"],
  ["-l", "every directory, as ls -lR shows them"], ["-p", "the path table"], ["-R", "the names, modes and owners of Rock Ridge"], ["-s", "sizes in sectors of 2048 bytes"], ["-N sector", "the sector of the disc that the image begins at"], ["-T sector", "the sector that the session begins at"],
  ["-i filename", "the image"], ["dev=target", "the drive with the disc"], ["-x pathname", "write that file to standard output"],
];
const USAGE = `Usage: isoinfo [options] -i filename\nOptions:\n${OPTIONS.map(([name, words]) => `\t${name.padEnd(14)}\t${words}\n`).join("")}`;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const ARCHITECTURES = new Map([[0, "x86"], [1, "PPC"], [2, "MAC"]]);
const MEDIA = ["No Emulation Boot", "1200 Floppy", "1.44MB Floppy", "2.88MB Floppy", "Hard Disk Emulation"];

export default program(
  {
    name: "isoinfo", showsHelp: true, summary: "look into an image of an ISO 9660 file system", synopsis: ["[OPTION]... -i IMAGE"], operands: "none",
    options: [
      text(["-i"], "IMAGE", "the image, or a device"), flag(["-d"], "the volume descriptor"), flag(["-l"], "every directory, as ls -lR shows them"), flag(["-f"], "every path, as find . -print shows them"), flag(["-R"], "the names, modes and owners of Rock Ridge"), flag(["-J"], "the tree of Joliet"), text(["-x"], "PATH", "write that file to standard output"),
      flag(["-p"], "the path table"), flag(["-s"], "sizes in sectors of 2048 bytes"), flag(["-debug"], "more of the descriptors"), text(["-N"], "SECTOR", "the sector of the disc that the image begins at"), text(["-T"], "SECTOR", "the sector that the session begins at"),
      unsimulated(["-j"], "the character set that names of Joliet are shown in", "the one of the real program's default, iso8859-1, is used", "CHARSET"), unsimulated(["dev="], "the drive with the disc", "-i /dev/sr0 reads it"), flag(["-h", "-help"], "show how it is called"), flag(["-version"], "show the version"),
    ],
    description: ["Without -R or -J names are those of ISO 9660, with their version: isoinfo -x '/USER_DAT.;1' -i seed.iso and isoinfo -R -x /user-data -i seed.iso write the same file."],
    seeAlso: ["genisoimage(1)"],
  },
  function* (sys, argv, io: Io) {
    const read = readArguments(argv.slice(1), { flags: ["help", "h", "version", "debug", "d", "p", "J", "R", "l", "f", "s"], values: ["i", "dev", "x", "N", "T", "j"] });
    const name = io.argv0.replace(/^.*\//, "");
    if (typeof read === "string" || read.operand !== undefined) {
      yield* io.stderr(`${name}: ${typeof read === "string" ? `Bad Option: '${read}'` : `Bad Argument: '${read.operand}'`}\n${name}: `);
      yield* io.stderr(USAGE);
      return BAD;
    }
    const given = read;
    const has = (option: string): boolean => given.flags.has(option);
    if (has("help") || has("h")) {
      yield* io.stderr(`${name}: `);
      yield* io.stderr(USAGE);
      return 0;
    }
    if (has("version")) {
      io.out.put("isoinfo 1.1.11 (Linux)\n");
      return 0;
    }
    if (given.values.has("dev") || given.values.has("j")) {
      sys.observe({ kind: "unsimulated", command: "isoinfo", detail: given.values.has("dev") ? "dev=" : "-j" });
      io.die(`option '${given.values.has("dev") ? "dev=" : "-j"}' is not simulated here`, BAD);
    }
    const path = given.values.get("i");
    if (path === undefined) {
      yield* io.stderr(`${name}: ISO-9660 image not specified\n${name}: `);
      yield* io.stderr(USAGE);
      return BAD;
    }
    let fd = -1;
    try {
      fd = yield* sys.open(path, O.RDONLY);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.warn(`${error.message}. Cannot open '${path}'. Cannot open SCSI driver.`);
      throw new Exit(errnoNumber(error.errno), `${error.message}. Unable to open ${path}`);
    }
    const image = new Image(sys, fd, Number.parseInt(given.values.get("N") ?? "0", 10) || 0);
    try {
      return yield* show(image);
    } catch (error) {
      if (!(error instanceof ShortRead)) throw error;
      yield* io.warn("Short read on old image");
      return BAD;
    } finally {
      sys.close(fd);
    }

    function* show(from: Image): Blocking<number> {
      const session = Number.parseInt(given.values.get("T") ?? "0", 10) || 0;
      const primary = yield* from.absolute(16 + session);
      if (primary.bytes[0] !== 1 || primary.ascii(1, 5) !== "CD001" || primary.bytes[6] !== 1) {
        io.out.put("CD-ROM is NOT in ISO 9660 format\n");
        return 1;
      }
      let [rootExtent, rootBytes] = [primary.u32(158), primary.u32(166)];
      let boot: number | undefined;
      if (has("d")) {
        const field = (title: string, at: number, length: number): string => `${title}: ${primary.field(at, length)}\n`;
        io.out.put(`CD-ROM is in ISO 9660 format\n${field("System id", 8, 32)}${field("Volume id", 40, 32)}${field("Volume set id", 190, 128)}${field("Publisher id", 318, 128)}${field("Data preparer id", 446, 128)}${field("Application id", 574, 128)}`);
        io.out.put(`${field("Copyright File id", 702, 37)}${field("Abstract File id", 739, 37)}${field("Bibliographic File id", 776, 37)}Volume set size is: ${primary.u16(120)}\nVolume set sequence number is: ${primary.u16(124)}\nLogical block size is: ${primary.u16(128)}\nVolume size is: ${primary.u32(80)}\n`);
        if (has("debug")) {
          const date = (title: string, at: number): string => {
            const digits = primary.ascii(at, 16);
            return `${title}${digits.slice(0, 4)} ${digits.slice(4, 6)} ${digits.slice(6, 8)} ${digits.slice(8, 10)}:${digits.slice(10, 12)}:${digits.slice(12, 14)}.${digits.slice(14, 16)}\n`;
          };
          io.out.put(`Root directory extent:  ${rootExtent} size: ${rootBytes}\nPath table size is:     ${primary.u32(132)}\nL Path table start:     ${primary.u32(140)}\nL Path opt table start: ${primary.u32(144)}\nM Path table start:     ${primary.big32(148)}\nM Path opt table start: ${primary.big32(152)}\n`);
          io.out.put(`${date("Creation Date:     ", 813)}${date("Modification Date: ", 830)}${date("Expiration Date:   ", 847)}${date("Effective Date:    ", 864)}File structure version: ${primary.bytes[881] ?? 0}\n`);
        }
      }
      // the descriptors behind: El Torito, the enhanced volume, Joliet
      let joliet: typeof primary | undefined;
      if (has("d") || has("J")) {
        for (let sector = 16 + session; ; sector++) {
          const descriptor = yield* from.absolute(sector);
          if (descriptor.bytes[0] === 255) break;
          if (descriptor.ascii(88, 2) === "%/" && "@CE".includes(descriptor.ascii(90, 1)) && descriptor.bytes[90] !== 0) {
            joliet ??= descriptor;
            continue;
          }
          if (!has("d")) continue;
          if (descriptor.bytes[0] === 0 && descriptor.ascii(7, 23) === "EL TORITO SPECIFICATION") {
            boot = descriptor.u32(71);
            io.out.put(`El Torito VD version ${descriptor.bytes[6]} found, boot catalog is in sector ${boot}\n`);
          }
          if (descriptor.bytes[6] === 2) {
            io.out.put("CD-ROM uses ISO 9660:1999 relaxed format\n");
            break;
          }
        }
        if (has("J") && joliet === undefined) {
          yield* io.warn("Unable to find Joliet SVD");
          return BAD;
        }
      }
      if (has("d")) {
        io.out.put(joliet === undefined ? "NO Joliet present\n" : `Joliet with UCS level ${"@CE".indexOf(joliet.ascii(90, 1)) + 1} found\n`);
        const [first] = yield* from.directory(rootExtent, 2048, false);
        const signatures = first === undefined ? undefined : yield* from.systemUse(first);
        io.out.put(signatures === undefined || signatures.count === 0 ? "NO Rock Ridge present\n" : signatures.announced === undefined ? "Bad Rock Ridge signatures found (SU record missing)\n" : `Rock Ridge signatures version ${signatures.announced} found\n`);
        if (boot !== undefined) yield* bootInfo(from, boot);
        return 0;
      }
      const withJoliet = has("J") && joliet !== undefined;
      if (withJoliet && joliet !== undefined) [rootExtent, rootBytes] = [joliet.u32(158), joliet.u32(166)];
      if (has("p")) {
        const descriptor = withJoliet && joliet !== undefined ? joliet : primary;
        const [start, size] = [descriptor.u32(140), descriptor.u32(132)];
        io.out.put(`Path table starts at block ${start}, size ${size}\n`);
        const table = yield* from.bytes(start, size);
        let number = 1;
        for (let at = 0; at + 8 <= size; number++) {
          const length = table.bytes[at] ?? 0;
          io.out.put(`${String(number).padStart(4)}: ${String(table.u16(at + 6)).padStart(4)} ${table.u32(at + 2).toString(16)} `);
          io.out.putBytes(withJoliet ? narrowed(table.bytes.subarray(at + 8, at + 8 + (length & ~1))) : visible(table.bytes.subarray(at + 8, at + 8 + length)));
          io.out.put("\n");
          at += 8 + length + (length & 1);
        }
      }
      const wanted = given.values.get("x");
      const waiting: { readonly path: Uint8Array; readonly extent: number; readonly bytes: number }[] = [{ path: Uint8Array.of(0x2f), extent: rootExtent, bytes: rootBytes }];
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        if (has("l")) {
          io.out.put("\nDirectory listing of ");
          io.out.putBytes(next.path);
          io.out.put("\n");
        }
        for (const record of yield* from.directory(next.extent, next.bytes, false)) {
          const special = record.name.length === 1 && (record.name[0] ?? 0) <= 1;
          const use = has("R") ? yield* from.systemUse(record) : undefined;
          const shown = special ? Uint8Array.from(record.name[0] === 0 ? [0x2e] : [0x2e, 0x2e]) : (use?.name ?? (withJoliet ? narrowed(record.name) : record.name));
          const whole = Uint8Array.from([...next.path, ...shown]);
          const isDirectory = (record.flags & 2) !== 0;
          if (isDirectory && !special) waiting.push({ path: Uint8Array.from([...whole, 0x2f]), extent: record.extent, bytes: record.sizeBytes });
          else if (wanted !== undefined && latin(whole) === utf8Latin(wanted)) yield* extract(from, record.extent, record.sizeBytes);
          if (has("f") && !special) {
            io.out.putBytes(whole);
            io.out.put("\n");
          }
          if (has("l")) {
            const mode = use?.mode ?? (isDirectory ? S.IFDIR : S.IFREG);
            const size = has("s") ? Math.floor((record.sizeBytes + 2047) / 2048) : record.sizeBytes;
            const [year, month, day] = record.date;
            const columns = [
              typeOf(mode) + [0o400, 0o200, 0o100, 0o040, 0o020, 0o010, 4, 2, 1].map((bit, index) => ((mode & bit) === 0 ? "-" : "rwx".charAt(index % 3))).join(""), String(use?.links ?? 0).padStart(3), (use?.uid ?? 0).toString(8).padStart(4), (use?.gid ?? 0).toString(8).padStart(4),
            ];
            io.out.put(`${columns.join(" ")}${" ".repeat(30 - columns.join(" ").length)}${String(size).padStart(10)} ${(MONTHS[(month ?? 0) - 1] ?? "   ").padEnd(3)} ${String(day ?? 0).padStart(2)} ${String((year ?? 0) + 1900).padStart(4)} [${String(record.extent).padStart(7)} ${record.flags.toString(16).toUpperCase().padStart(2, "0")}]  `);
            io.out.putBytes(shown);
            io.out.put(" ");
            if (use?.target !== undefined) {
              io.out.put("-> ");
              io.out.putBytes(use.target);
            }
            io.out.put("\n");
          }
        }
      }
      return 0;
    }

    function* extract(from: Image, extent: number, bytes: number): Blocking<void> {
      for (let at = 0; at < bytes; at += 65_536) {
        const part = yield* from.bytes(extent + at / 2048, Math.min(65_536, bytes - at));
        io.out.putBytes(part.bytes);
        yield* io.out.flush();
      }
    }

    function* bootInfo(from: Image, sector: number): Blocking<void> {
      const catalog = yield* from.absolute(sector);
      const byte = (at: number): number => catalog.bytes[at] ?? 0;
      const hex = (value: number): string => value.toString(16).toUpperCase();
      io.out.put(`Eltorito validation header:\n    Hid ${byte(0)}\n    Arch ${byte(1)} (${ARCHITECTURES.get(byte(1)) ?? "Unknown Arch"})\n    ID '${catalog.ascii(4, 23).replace(/\0.*$/s, "")}'\n    Key ${hex(byte(30))} ${hex(byte(31))}\n`);
      io.out.put(`    Eltorito defaultboot header:\n        Bootid ${hex(byte(32))} (${byte(32) === 0x88 ? "bootable" : byte(32) === 0 ? "not bootable" : "Illegal"})\n        Boot media ${hex(byte(33))} (${MEDIA[byte(33)] ?? "Illegal Bootmedia"})\n`);
      io.out.put(`        Load segment ${hex(catalog.u16(34))}\n        Sys type ${hex(byte(36))}\n        Nsect ${hex(catalog.u16(38))}\n        Bootoff ${hex(catalog.u32(40))} ${catalog.u32(40)}\n`);
    }
  },
);

const TYPES = new Map<number, string>([[S.IFREG, "-"], [S.IFDIR, "d"], [S.IFLNK, "l"], [S.IFCHR, "c"], [S.IFBLK, "b"], [S.IFIFO, "f"], [S.IFSOCK, "s"]]);
const typeOf = (mode: number): string => TYPES.get(mode & S.IFMT) ?? "?";
const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const utf8Latin = (words: string): string => latin(encode(words));
const visible = (bytes: Uint8Array): Uint8Array => (bytes.length === 1 && bytes[0] === 0 ? new Uint8Array(0) : bytes);

/** Names of Joliet in iso8859-1, which is what is shown whatever the locale says. */
function narrowed(name: Uint8Array): Uint8Array {
  const bytes: number[] = [];
  for (let at = 0; at + 1 < name.length; at += 2) bytes.push(name[at] === 0 && (name[at + 1] ?? 0) !== 0 ? (name[at + 1] ?? 0) : 0x5f);
  return Uint8Array.from(bytes);
}
