// genisoimage 1.1.11 (cdrkit): an ISO 9660 image of files and directories, with Rock Ridge, Joliet and El Torito. The bytes are those of the real program.

import { type Blocking, errnoNumber, O, SysError } from "../../kernel/sys.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { flag, gnu, type Io, text, texts, unsimulated } from "../kit/gnu.ts";
import { Exit } from "../kit/io.ts";
import type { IsoEntry } from "../kit/iso9660/entry.ts";
import { bootCatalog, type BootImage, IsoConflict, isoLayout, SECTOR } from "../kit/iso9660/layout.ts";
import { readTextFile } from "../kit/accounts.ts";
import { offsetAt, readZone } from "../kit/zones.ts";
import { type BootEntry, BootFailure, bootImage, find, newBootEntry, patchInfoTable } from "./_boot.ts";
import { type Folder, type ScanRules, Scanner, TooLarge } from "./_scan.ts";

const VERSION = "genisoimage 1.1.11 (Linux)\n";
const TAIL = "Report problems to debburn-devel@lists.alioth.debian.org.\n";
const USAGE = `Usage: genisoimage [options] -o file directory ...\n\nUse genisoimage -help\nto get a list of valid options.\n\n${TAIL}`;
const BAD = 255;
const CHUNK = 65_536;
const CHARSETS = "cp10081 cp10079 cp10029 cp10007 cp10006 cp10000 koi8-u koi8-r cp1251 cp1250 cp874 cp869 cp866 cp865 cp864 cp863 cp862 cp861 cp860 cp857 cp855 cp852 cp850 cp775 cp737 cp437 iso8859-15 iso8859-14 iso8859-9 iso8859-8 iso8859-7 iso8859-6 iso8859-5 iso8859-4 iso8859-3 iso8859-2 iso8859-1".split(" ");

const options = {
  output: text(["-o", "-output"], "FILE", "where the image goes; standard output unless given"),
  volume: text(["-V", "-volid"], "ID", "the name of the volume, up to 32 characters"),
  rock: flag(["-R", "-rock"], "keep long names, modes, owners and links with Rock Ridge"),
  rationalRock: flag(["-r", "-rational-rock"], "the same, with everything root's, readable for all and writable for nobody"),
  joliet: flag(["-J", "-joliet"], "a second tree of names for Windows"),
  jolietLong: flag(["-joliet-long"], "names of up to 103 characters in it"),
  ucsLevel: text(["-ucs-level"], "LEVEL", "1, 2 or 3, the repertoire of its characters"),
  hideJoliet: texts(["-hide-joliet"], "GLOB", "leave what matches out of it"),
  hideJolietList: text(["-hide-joliet-list"], "FILE", "the same, a pattern a line"),
  jcharset: unsimulated(["-jcharset"], "-J, and the character set of the names", "names are UTF-8 here", "CHARSET"),
  level: text(["-iso-level"], "LEVEL", "1: names of 8.3; 2 and 3: up to 31 characters; 4: any name"),
  fullNames: flag(["-l", "-full-iso9660-filenames"], "names of up to 31 characters"),
  maxNames: flag(["-max-iso9660-filenames"], "names of up to 37 characters; -N with it"),
  untranslated: flag(["-U", "-untranslated-filenames"], "names as they are: -l, -d, -N, -L, -relaxed-filenames, -allow-lowercase, -allow-multidot"),
  omitPeriod: flag(["-d", "-omit-period"], "no dot at the end of names that have none"),
  omitVersion: flag(["-N", "-omit-version-number"], "no ;1 behind names"),
  lowercase: flag(["-allow-lowercase"], "small letters in names"),
  multidot: flag(["-allow-multidot"], "more than one dot in names"),
  leadingDots: flag(["-L", "-ldots", "-allow-leading-dots"], "names may begin with a dot"),
  relaxed: flag(["-relaxed-filenames"], "any character of ASCII but small letters"),
  noTranslate: flag(["-no-iso-translate"], "~, - and # stay in names"),
  deep: flag(["-D", "-disable-deep-relocation"], "directories deeper than eight levels, where they are"),
  graftPoints: flag(["-graft-points"], "operands may be PLACE=PATH, the place in the image first"),
  pathList: text(["-path-list"], "FILE", "operands, one a line"),
  exclude: texts(["-m", "-exclude"], "GLOB", "leave out what matches"),
  oldExclude: texts(["-x", "-old-exclude"], "PATH", "leave out that file"),
  excludeList: text(["-exclude-list"], "FILE", "the same, a pattern a line"),
  hide: texts(["-hide"], "GLOB", "leave what matches out of the tree of ISO 9660"),
  hideList: text(["-hide-list"], "FILE", "the same, a pattern a line"),
  hidden: texts(["-hidden"], "GLOB", "give what matches the attribute hidden"),
  hiddenList: text(["-hidden-list"], "FILE", "the same, a pattern a line"),
  noBackups: flag(["-no-bak", "-nobak"], "leave out names with ~ or # and those that end with .bak"),
  follow: flag(["-f", "-follow-links"], "the files behind symbolic links"),
  cacheInodes: flag(["-cache-inodes"], "contents of hard links once"),
  noCacheInodes: flag(["-no-cache-inodes"], "contents of each hard link"),
  uid: text(["-uid"], "UID", "the owner of all files"),
  gid: text(["-gid"], "GID", "the group of all files"),
  fileMode: text(["-file-mode"], "MODE", "the mode of all files"),
  dirMode: text(["-dir-mode"], "MODE", "the mode of all directories"),
  newDirMode: text(["-new-dir-mode"], "MODE", "the mode of directories that only the image has"),
  inputCharset: text(["-input-charset"], "CHARSET", "the character set of the names; the locale's unless given"),
  outputCharset: unsimulated(["-output-charset"], "that of the names in the image", "names are UTF-8 here", "CHARSET"),
  pad: flag(["-pad"], "150 empty sectors at the end, as unless said otherwise"),
  noPad: flag(["-no-pad"], "no empty sectors at the end"),
  printSize: flag(["-print-size"], "only say how many sectors it would have"),
  quiet: flag(["-quiet"], "say nothing but errors"),
  verbose: flag(["-v", "-verbose"], "say what is done; twice: more"),
  gui: flag(["-gui"], "progress more often, for other programs"),
  logFile: unsimulated(["-log-file"], "messages go there", "messages go to standard error here", "FILE"),
  boot: texts(["-b", "-eltorito-boot"], "IMAGE", "boot this file of the image, named as in it"),
  efiBoot: texts(["-e", "-efi-boot"], "IMAGE", "the same, for EFI"),
  altBoot: flag(["-eltorito-alt-boot"], "what follows is of another boot image"),
  catalog: text(["-c", "-eltorito-catalog"], "PLACE", "where the boot catalog goes, boot.catalog unless given"),
  noEmulation: flag(["-no-emul-boot"], "the boot image stands for no disk"),
  hardDisk: flag(["-hard-disk-boot"], "the boot image is of a hard disk"),
  noBoot: flag(["-no-boot"], "emulate its disk, and boot from another"),
  loadSegment: text(["-boot-load-seg"], "SEGMENT", "where it is loaded"),
  loadSize: text(["-boot-load-size"], "SECTORS", "how much of it, in sectors of 512 bytes"),
  infoTable: flag(["-boot-info-table"], "write where it stands into the boot image itself: isolinux and GRUB want it"),
  system: text(["-sysid"], "ID", "the name of the system, LINUX unless given"),
  application: text(["-A", "-appid"], "ID", "what the disc is for"),
  publisher: text(["-publisher", "-P"], "ID", "who publishes it"),
  preparer: text(["-p", "-preparer"], "ID", "who made it"),
  volumeSet: text(["-volset"], "ID", "the set it belongs to"),
  volumeSetSize: text(["-volset-size"], "NUMBER", "discs of the set"),
  volumeSequence: text(["-volset-seqno"], "NUMBER", "which of them this is"),
  copyright: text(["-copyright"], "FILE", "the name of the file with the copyright"),
  abstract: text(["-abstract"], "FILE", "the name of the file with the abstract"),
  bibliography: text(["-biblio"], "FILE", "the name of the file with the bibliography"),
  debug: unsimulated(["-debug"], "traces of the program itself", "there is nothing to trace"),
  hideRrMoved: flag(["-hide-rr-moved"], "hide where directories too deep are moved to; here they stay in place"),
  tables: unsimulated(["-T", "-translation-table", "-hide-joliet-trans-tbl"], "TRANS.TBL in each directory, with the long names", "Rock Ridge and Joliet have the long names"),
  tableName: unsimulated(["-table-name"], "another name for TRANS.TBL", "Rock Ridge and Joliet have the long names", "NAME"),
  udf: unsimulated(["-udf", "-dvd-video", "-allow-limited-size"], "UDF beside, for players of DVD and files of 4 GiB and more", "no UDF is written here"),
  hfs: unsimulated(["-h", "-hfs", "-g", "-apple"], "HFS beside, or what Apple adds to ISO 9660", "no HFS is written here"),
  hfsFile: unsimulated(["-H", "-map", "-hfs-volid"], "types of files and the name of the volume for HFS", "no HFS is written here", "VALUE"),
  session: unsimulated(["-M", "-prev-session", "-dev", "-C", "-cdrecord-params", "-old-root", "-check-session"], "the session to go on from, and where it stands", "discs of several sessions are not written here", "VALUE"),
  sessionRules: unsimulated(["-check-oldnames", "-force-rr", "-no-rr"], "what to take from that session", "discs of several sessions are not written here"),
  newRoot: unsimulated(["-root"], "put everything into that directory", "PLACE=PATH with -graft-points does it", "DIR"),
  firmware: unsimulated(["-B", "-sparc-boot", "-sunx86-boot", "-G", "-generic-boot", "-alpha-boot", "-mips-boot", "-mipsel-boot", "-hppa-bootloader", "-hppa-cmdline", "-hppa-kernel-32", "-hppa-kernel-64", "-hppa-ramdisk", "-prep-boot"], "what machines of other kinds boot", "only El Torito boots a simulated machine", "FILE"),
  chrp: unsimulated(["-chrp-boot"], "a header for CHRP", "only El Torito boots a simulated machine"),
  jigdo: unsimulated(["-jigdo-jigdo", "-jigdo-template", "-jigdo-min-file-size", "-jigdo-force-md5", "-jigdo-exclude", "-jigdo-map", "-jigdo-template-compress", "-md5-list", "-checksum_algorithm_iso", "-checksum_algorithm_template"], "files of jigdo", "no jigdo files are written here", "VALUE"),
  sectorType: unsimulated(["-s", "-sectype"], "sectors of another size", "sectors have 2048 bytes here", "TYPE"),
  sort: unsimulated(["-sort"], "the order of the contents", "contents stand in the order of their names", "FILE"),
  split: unsimulated(["-split-output"], "parts of 1 GB", "the image is one file here"),
  stream: unsimulated(["-stream-file-name", "-stream-media-size"], "an image that grows with its input", "streams are not written here", "VALUE"),
  xa: unsimulated(["-XA", "-xa"], "attributes of CD-ROM XA", "nothing reads them here"),
  compressed: unsimulated(["-z", "-transparent-compression"], "files that mkzftree compressed", "there is no mkzftree here"),
  fileVersion: unsimulated(["-use-fileversion"], "versions of the file system", "files have none here", "LEVEL"),
  links: unsimulated(["-no-split-symlink-components", "-no-split-symlink-fields"], "long links in one piece", "they are split where they must be"),
  version: flag(["-version", "--version"], "show the version"),
} as const;

export default gnu({
  name: "genisoimage", links: ["/usr/bin/mkisofs"], project: "cdrkit", summary: "make an image of an ISO 9660 file system", synopsis: ["[OPTION]... -o FILE PATH..."],
  description: ["A directory that is named gives its contents, a file itself; with -graft-points PLACE=PATH puts it elsewhere. For cloud-init: genisoimage -output seed.iso -volid cidata -joliet -rock user-data meta-data"],
  options, operands: "files", parsing: { longOnly: true, stopAtOperand: true }, tryLine: () => USAGE,
  exitStatuses: [["0", "the image is made"], ["1", "a wrong option, or names that cannot both be"], ["255", "a value or a boot image that will not do; else the number of the error"]],
  seeAlso: ["isoinfo(1)", "cloud-localds(1)", "mount(8)"],
  *run({ options: given, operands, given: sequence, sys, argv0 }, io: Io) {
    if (given.version) {
      if (argv0.endsWith("mkisofs")) io.out.put("mkisofs 2.01 is not what you see here. This line is only a fake for too clever\nGUIs and other frontend applications. In fact, this program is:\n");
      io.out.put(VERSION);
      return 0;
    }
    const bad = (message: string): never => {
      throw new Exit(BAD, message);
    };
    const failed = (error: unknown, message: string): never => {
      if (!(error instanceof SysError)) throw error;
      throw new Exit(errnoNumber(error.errno), `${error.message}. ${message}`);
    };
    const level = given.level === undefined ? 1 : Number.parseInt(given.level, 10) || 0;
    if (level < 1 || level > 4) bad(`Illegal iso9660 Level ${level}, use 1..3 or 4.`);
    for (const [value, most, message] of [
      [given.volume, 32, "Volume ID string too long"], [given.system, 32, "System ID string too long"], [given.application, 128, "Application-id string too long"], [given.publisher, 128, "Publisher string too long"],
      [given.preparer, 128, "Preparer string too long"], [given.volumeSet, 128, "Volume set ID string too long"], [given.copyright, 37, "Copyright filename string too long"], [given.abstract, 37, "Abstract filename string too long"], [given.bibliography, 37, "Bibliographic filename string too long"],
    ] as const) if ((value ?? "").length > most) bad(message);
    const numeric = (value: string | undefined, pattern: RegExp, base: number, message: string): number | undefined => {
      if (value !== undefined && !pattern.test(value)) bad(message);
      return value === undefined ? undefined : Number.parseInt(value, base);
    };
    const uid = numeric(given.uid, /^\d+$/, 10, "Bad value for -uid");
    const gid = numeric(given.gid, /^\d+$/, 10, "Bad value for -gid");
    const fileMode = numeric(given.fileMode, /^[0-7]{1,4}$/, 8, "Bad mode for -file-mode");
    const dirMode = numeric(given.dirMode, /^[0-7]{1,4}$/, 8, "Bad mode for -dir-mode");
    const newDirMode = numeric(given.newDirMode, /^[0-7]{1,4}$/, 8, "Bad mode for -new-dir-mode");
    const setSize = numeric(given.volumeSetSize, /^\d+$/, 10, `Illegal Volume Set Size ${given.volumeSetSize}`) ?? 1;
    if (setSize > 1) bad("Volume Set Size > 1 not yet supported");
    const boots = bootEntries();
    if (given.ucsLevel !== undefined && !/^[123]$/.test(given.ucsLevel)) bad(`Illegal UCS level '${given.ucsLevel}', use 1..3.`);

    const patterns = new Map<string, readonly string[]>();
    for (const [kind, list, name] of [["exclude", given.excludeList, "excluded"], ["hide", given.hideList, "hidden"], ["hidden", given.hiddenList, "hidden attribute"], ["joliet", given.hideJolietList, "hidden Joliet"]] as const) {
      if (list === undefined) continue;
      const lines = yield* readTextFile(sys, list);
      if (lines === undefined) throw new Exit(2, `No such file or directory. Can't open ${name} file list ${list}`);
      patterns.set(kind, lines.split("\n").filter((line) => line !== ""));
    }
    const matcher = (globs: readonly string[] | undefined, kind: string): ((name: string, path: string) => boolean) => {
      const tests = [...(globs ?? []), ...(patterns.get(kind) ?? [])].map((glob) => compileFnmatch(glob));
      return (name, path) => tests.some((matches) => matches(name) || matches(path));
    };

    const rockRidge = given.rock || given.rationalRock;
    const verbosity = given.quiet ? 0 : 1 + sequence.filter(({ option }) => option === "verbose").length;
    const tell = (words: string): Blocking<void> => io.stderr(words);
    const tellUnlessQuiet = function* (words: string): Blocking<void> {
      if (verbosity > 0) yield* io.stderr(words);
    };
    const named = (words: string): Blocking<void> => io.stderr(`genisoimage: ${words}\n`);

    const nonconforming = given.untranslated || given.maxNames || given.omitPeriod || given.omitVersion || given.lowercase || given.multidot || given.leadingDots || given.relaxed || given.noTranslate || given.deep;
    if (nonconforming && !given.quiet) yield* tell("Warning: creating filesystem that does not conform to ISO-9660.\n");
    if (level === 4 && !given.quiet) yield* tell("Warning: Creating ISO-9660:1999 (version 2) filesystem.\nWarning: ISO-9660 filenames longer than 31 may cause buffer overflows in the OS.\n");
    if (given.joliet && !rockRidge && !given.quiet) yield* tell("Warning: creating filesystem with Joliet extensions but without Rock Ridge\n         extensions. It is highly recommended to add Rock Ridge.\n");
    if (given.follow && !given.quiet) yield* tell("Warning: -follow-links does not always work correctly; be careful.\n");
    if (sequence.length === 0 && operands.length === 0) return yield* missing();
    if (given.inputCharset === undefined) {
      if (io.utf8 && !given.quiet && level < 4) yield* tell("I: -input-charset not specified, using utf-8 (detected in locale settings)\n");
    } else if (!/^utf-?8$/i.test(given.inputCharset) && !CHARSETS.includes(given.inputCharset.toLowerCase()) && !/^(us-?ascii|iso-?8859-\d+)$/i.test(given.inputCharset)) {
      yield* tell(`Unknown charset\nKnown charsets are:\n${CHARSETS.join("\n")}\n\nAdditional input charsets are available for Joliet through the iconv support.\nRun "iconv -l" to display them. Iconv charsets cannot be used with HFS, Apple\nextension, ISO9660 version 2 or Rock Ridge.\n`);
      return 1;
    }

    const paths = [...operands];
    if (given.pathList !== undefined) {
      const lines = yield* readTextFile(sys, given.pathList === "-" ? "/dev/stdin" : given.pathList);
      if (lines === undefined) throw new Exit(2, `No such file or directory. Unable to open pathname list ${given.pathList}.`);
      paths.unshift(...lines.split("\n").filter((line) => line !== ""));
    }
    if (paths.length === 0) return yield* missing();
    if (boots.some((boot) => boot.image === undefined)) bad("Missing boot image name, use -eltorito-boot option.");
    if (verbosity > 1) yield* tell(VERSION);

    const zone = yield* readZone(sys);
    const nowSeconds = Math.floor(sys.clockUs("realtime") / 1e6);
    const rules: ScanRules = {
      rockRidge, rationalized: given.rationalRock, uid, gid, fileMode, directoryMode: dirMode, newDirectoryMode: newDirMode ?? dirMode ?? 0o555, followsLinks: given.follow, cachesInodes: !given.noCacheInodes, keepsBackups: !given.noBackups, deep: given.deep, verbosity,
      excluded: matcher([...(given.exclude ?? []), ...(given.oldExclude ?? []), ...(boots.length > 0 ? [given.catalog ?? "boot.catalog"] : [])], "exclude"), hiddenFromIso: matcher(given.hide, "hide"), hiddenFromJoliet: matcher(given.hideJoliet, "joliet"), attributeHidden: matcher(given.hidden, "hidden"), tell, named,
    };
    const scanner = new Scanner(sys, rules, nowSeconds);
    const root = scanner.artificial();
    try {
      for (const path of paths) yield* addOperand(path);
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      yield* tell(`File ${error.message} is larger than 4GiB-1.\n-allow-limited-size was not specified. There is no way do represent this file size. Aborting.\n`);
      return 1;
    }

    // the output is there before anything is laid out
    let out = 1;
    if (given.output !== undefined && !given.printSize) {
      try {
        out = yield* sys.open(given.output, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
      } catch (error) {
        failed(error, `Unable to open disc image file '${given.output}'.`);
      }
    }
    let catalogEntry: IsoEntry<string> | undefined;
    if (boots.length > 0) {
      const place = given.catalog ?? "boot.catalog";
      const slash = place.lastIndexOf("/");
      const folder = slash < 0 ? root : find(root, place.slice(0, slash))?.directory;
      if (folder === undefined) bad(`Uh oh, I cant find the boot catalog directory '${place.slice(0, slash)}'!`);
      else {
        catalogEntry = scanner.memoryFile(place.slice(slash + 1), SECTOR);
        folder.entries.unshift(catalogEntry);
      }
    }
    const renames: string[] = [];
    const wishes = {
      root, rockRidge, joliet: given.joliet, jolietLongest: given.jolietLong ? 103 : 64, ucsLevel: Number(given.ucsLevel ?? 3),
      rules: {
        level, longest: given.maxNames ? 37 : level > 1 || given.fullNames || given.untranslated ? 31 : undefined, omitVersion: given.omitVersion || given.untranslated || given.maxNames, omitPeriod: given.omitPeriod || given.untranslated,
        leadingDots: given.leadingDots || given.untranslated, lowercase: given.lowercase || given.untranslated, manyDots: given.multidot || given.untranslated, relaxed: given.relaxed || given.untranslated, untranslated: given.noTranslate,
      },
      texts: {
        ...(given.system !== undefined && { system: given.system }), ...(given.volume !== undefined && { volume: given.volume }), ...(given.volumeSet !== undefined && { set: given.volumeSet }), ...(given.publisher !== undefined && { publisher: given.publisher }),
        ...(given.preparer !== undefined && { preparer: given.preparer }), ...(given.application !== undefined && { application: given.application }), ...(given.copyright !== undefined && { copyright: given.copyright }), ...(given.abstract !== undefined && { abstract: given.abstract }), ...(given.bibliography !== undefined && { bibliography: given.bibliography }),
      },
      volumeSetSize: setSize, volumeSequence: 1, nowSeconds, zone: (seconds: number) => offsetAt(zone, seconds).offsetSeconds, padded: !given.noPad,
      renamed: (newName: string, entry: IsoEntry<string>, other: IsoEntry<string>) => {
        const folder = entry.path.slice(0, Math.max(0, entry.path.length - entry.name.length - 1));
        renames.push(`Using ${newName} for  ${paths.includes(folder) || !entry.path.includes("/") ? "" : folder}/${entry.name} (${other.name})\n`);
      },
    };
    let layout: ReturnType<typeof isoLayout<string>>;
    const images: BootImage<string>[] = [];
    try {
      const bootFiles = boots.flatMap((boot) => find(root, boot.image ?? "") ?? []);
      layout = isoLayout<string>({ ...wishes, ...(catalogEntry !== undefined && { boot: { catalog: catalogEntry, images: bootFiles } }) });
      if (verbosity > 0) for (const line of renames) yield* tell(line);
      for (const boot of boots) images.push(yield* bootImage(sys, root, boot, tellUnlessQuiet, named));
      for (const [index, boot] of boots.entries()) {
        const entry = images[index]?.entry;
        if (boot.infoTable && entry !== undefined) yield* patchInfoTable(sys, entry, layout.extentOf(entry));
      }
    } catch (error) {
      if (error instanceof BootFailure) bad(error.message);
      if (!(error instanceof IsoConflict)) throw error;
      yield* named(error.message);
      if (error.message.includes("Rock Ridge name") || error.message.includes("ISO9660 name")) yield* tell(`Unable to sort directory \n${paths.length > 1 ? "NOTE: multiple source directories have been specified and merged into the root\nof the filesystem. Check your program arguments. genisoimage is not tar.\n" : ""}`);
      return 1;
    }
    if (given.printSize) {
      if (verbosity > 0) yield* tell(`Total extents scheduled to be written = ${layout.totalSectors}\n`);
      io.out.put(`${layout.totalSectors}\n`);
      return 0;
    }
    for (const [name, start, sectors] of layout.sections) {
      if (verbosity > 1) yield* tell(`Writing:   ${name.padEnd(40)}Start Block ${start}\n`);
      if (name === "The File(s)") {
        yield* writeImage();
        if (verbosity > 1) {
          if (verbosity > 2) yield* tell(`Total extents scheduled to be written = ${layout.totalSectors}\n`);
          yield* figures();
        }
      }
      if (verbosity > 1) yield* tell(`Done with: ${name.padEnd(40)}Block(s)    ${sectors}\n`);
    }
    if (verbosity === 1) yield* figures();
    if (verbosity > 0) yield* tell(`Max brk space used 0\n${layout.totalSectors} extents written (${layout.totalSectors >> 9} MB)\n`);
    if (out !== 1) sys.close(out);
    return 0;

    function* missing(): Blocking<number> {
      yield* named("Missing pathspec.");
      yield* tell(USAGE);
      return 1;
    }

    function* figures(): Blocking<void> {
      yield* tell(`Total translation table size: ${catalogEntry === undefined ? 0 : SECTOR}\nTotal rockridge attributes bytes: ${layout.rockRidgeBytes}\nTotal directory bytes: ${layout.directoryBytes}\nPath table size(bytes): ${layout.pathTableBytes}\n`);
    }

    function bootEntries(): readonly BootEntry[] {
      const list: BootEntry[] = [];
      let current: BootEntry | undefined;
      const entry = (): BootEntry => {
        if (current === undefined) {
          current = newBootEntry();
          list.push(current);
        }
        return current;
      };
      for (const { option, argument } of sequence) {
        if (option === "altBoot") current = undefined;
        else if (option === "boot" || option === "efiBoot") {
          entry().image = argument ?? "";
          entry().efi = option === "efiBoot";
        }
        else if (option === "noEmulation") entry().noEmulation = true;
        else if (option === "hardDisk") entry().hardDisk = true;
        else if (option === "noBoot") entry().bootable = false;
        else if (option === "infoTable") entry().infoTable = true;
        else if (option === "loadSegment") entry().loadSegment = /^(0x[\da-f]+|\d+)$/i.test(argument ?? "") ? Number(argument) : bad("Boot image load address invalid.");
        else if (option === "loadSize") entry().loadSectors = /^(0x[\da-f]+|\d+)$/i.test(argument ?? "") ? Number(argument) : bad("Boot image load size invalid.");
      }
      return list;
    }

    function* addOperand(operand: string): Blocking<void> {
      const equals = given.graftPoints ? operand.search(/(?<!\\)=/) : -1;
      const path = equals > 0 ? operand.slice(equals + 1) : operand;
      const place = equals > 0 ? operand.slice(0, equals) : undefined;
      let isDirectory = false;
      try {
        isDirectory = (sys.stat(path).mode & 0o170000) === 0o040000;
      } catch (error) {
        try {
          sys.lstat(path);
        } catch {
          failed(error, `Invalid node - '${path}'.`);
        }
      }
      const parts = (place ?? "").split("/").filter((part) => part !== "" && part !== ".");
      const last = isDirectory || place === undefined || place.endsWith("/") ? (path.split("/").filter((part) => part !== "").at(-1) ?? path) : (parts.pop() ?? path);
      let folder = root;
      for (const part of parts) folder = child(folder, part);
      if (isDirectory) yield* scanner.scan(folder, path, parts.length, parts.length === 0);
      else yield* scanner.insert(folder, path, last, parts.length);
    }

    function child(folder: Folder, name: string): Folder {
      const known = folder.entries.find((entry) => entry.name === name)?.directory;
      if (known !== undefined) return known;
      const directory = scanner.artificial();
      folder.entries.unshift({ name, path: name, facts: directory.dot, sizeBytes: 0, directory });
      return directory;
    }

    function* writeImage(): Blocking<void> {
      yield* write(layout.head);
      let at = layout.head.length;
      for (const { entry, extent } of layout.files) {
        yield* zeros(extent * SECTOR - at);
        at = extent * SECTOR;
        if (entry === catalogEntry) yield* write(bootCatalog(given.publisher ?? "", images, layout.extentOf));
        else yield* copy(entry);
        at += entry.sizeBytes;
      }
      yield* zeros(layout.totalSectors * SECTOR - at);
    }

    function* copy(entry: IsoEntry<string>): Blocking<void> {
      let fd = -1;
      try {
        fd = yield* sys.open(entry.source ?? "", O.RDONLY);
      } catch (error) {
        failed(error, `cannot open '${entry.source}'`);
      }
      let rest = entry.sizeBytes;
      while (rest > 0) {
        const bytes = yield* sys.read(fd, Math.min(CHUNK, rest));
        if (bytes.length === 0) bad(`File '${entry.source}' did shrink.\nFiles must not be changed while genisoimage runs!`);
        yield* write(bytes);
        rest -= bytes.length;
      }
      sys.close(fd);
    }

    function* zeros(count: number): Blocking<void> {
      for (let rest = count; rest > 0; rest -= CHUNK) yield* write(new Uint8Array(Math.min(CHUNK, rest)));
    }

    function* write(bytes: Uint8Array): Blocking<void> {
      try {
        for (let at = 0; at < bytes.length; ) at += yield* sys.write(out, bytes.subarray(at, at + CHUNK));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new Exit(errnoNumber(error.errno), `${error.message}. cannot fwrite ${bytes.length}*1`);
      }
    }
  },
});
