// debugfs: an ext2, ext3 or ext4 file system from inside (debugfs(8) of e2fsprogs 1.47.0).
// (More than 400 lines: one request is one case of a few lines, and they share the session.)
import { type Blocking, encode, O, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { ProgramLineReader } from "../../readline/program-line-reader.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { joinPath } from "../kit/paths.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone, type Zone } from "../kit/zones.ts";
import { clearInode, markBlocks, markInode, removeName, setLinks, setSuperValue, toggleFeature } from "./_debugfs-damage.ts";
import { DebugTree, lookAt } from "./_debugfs-tree.ts";
import { ctime, superblockFacts } from "./_facts.ts";
import { Layout } from "./_layout.ts";
import { BadMagic, VERSION } from "./_superblock.ts";

interface Session {
  readonly sys: Sys;
  readonly io: Io;
  readonly zone: Zone;
  readonly writable: boolean;
  tree: DebugTree | undefined;
  cwd: string;
}

const TYPES = new Map<number, string>([[S.IFREG, "regular"], [S.IFDIR, "directory"], [S.IFLNK, "symlink"], [S.IFCHR, "character special"], [S.IFBLK, "block special"], [S.IFIFO, "FIFO"], [S.IFSOCK, "socket"]]);
const EXTENTS_FLAG = 0x80000;
const WIDTH = 80;

/** A path of the file system, or "<inode>". Undefined, after the message, when there is none. */
function* resolve(session: Session, tree: DebugTree, word: string): Blocking<string | undefined> {
  const number = /^<(\d+)>$/.exec(word)?.[1];
  if (number !== undefined) {
    const found = yield* tree.pathOf(Number(number));
    if (found === undefined) yield* session.io.stderr(`${word}: Inode ${number} is not in use\n`);
    return found;
  }
  const parts: string[] = [];
  for (const part of (word.startsWith("/") ? word : joinPath(session.cwd, word)).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const path = `/${parts.join("/")}`;
  if (lookAt(tree, path) !== undefined) return path;
  yield* session.io.stderr(`${word}: File not found by ext2_lookup \n`);
  return undefined;
}

function list({ io, zone }: Session, tree: DebugTree, path: string, how: string): void {
  const entries = tree.entries(path);
  if (how === "-l") {
    for (const { name, inode, stat } of entries) {
      const kind = (stat.mode & S.IFMT) === S.IFDIR ? 2 : (stat.mode & S.IFMT) === S.IFLNK ? 7 : (stat.mode & S.IFMT) === S.IFREG ? 1 : (stat.mode & S.IFMT) === S.IFCHR ? 3 : (stat.mode & S.IFMT) === S.IFBLK ? 4 : (stat.mode & S.IFMT) === S.IFIFO ? 5 : 6;
      const date = strftime("%e-%b-%Y %H:%M", civilAt(zone, Math.floor(stat.mtimeUs / 1_000_000)));
      io.out.put(` ${String(inode).padStart(6)}  ${stat.mode.toString(8).padStart(6)} (${kind})  ${String(stat.uid).padStart(5)}  ${String(stat.gid).padStart(5)}   ${String(sizeOf(tree, stat)).padStart(5)} ${date} ${name}\n`);
    }
    io.out.put("\n");
    return;
  }
  if (how === "-p") {
    for (const { name, inode, stat } of entries) io.out.put(`/${inode}/${stat.mode.toString(8).padStart(6, "0")}/${stat.uid}/${stat.gid}/${name}/${(stat.mode & S.IFMT) === S.IFDIR ? "" : stat.sizeBytes}/\n`);
    io.out.put("\n");
    return;
  }
  // with checksums a directory block ends with one, in an entry of 12 bytes
  let left = tree.fs.superblock.blockBytes - (tree.fs.superblock.has("metadata_csum") ? 12 : 0);
  let column = 0;
  for (const [index, { name, inode }] of entries.entries()) {
    const needed = Math.ceil((8 + encode(name).length) / 4) * 4;
    const length = index === entries.length - 1 ? Math.max(needed, left) : needed;
    left -= length;
    const cell = ` ${inode}  (${length}) ${name}   `;
    if (column + cell.length > WIDTH) {
      io.out.put("\n");
      column = 0;
    }
    io.out.put(cell);
    column += cell.length;
  }
  io.out.put("\n");
}

const sizeOf = (tree: DebugTree, stat: Stat): number => ((stat.mode & S.IFMT) === S.IFDIR ? tree.blocksOf(stat) * tree.fs.superblock.blockBytes : stat.sizeBytes);

function* show({ io, sys, zone }: Session, tree: DebugTree, path: string): Blocking<void> {
  const stat = tree.stat(path);
  const { superblock } = tree.fs;
  const type = stat.mode & S.IFMT;
  const extents = superblock.has("extent") && (type === S.IFREG || type === S.IFDIR);
  const count = tree.blocksOf(stat);
  const time = (name: string, us: number): string => {
    const seconds = Math.floor(us / 1_000_000);
    // the low two bits are the years behind 2038
    const extra = ((us % 1_000_000) * 1000 * 4) >>> 0;
    return `${name}: 0x${seconds.toString(16).padStart(8, "0")}:${extra.toString(16).padStart(8, "0")} -- ${ctime(zone, seconds)}\n`;
  };
  const times = superblock.inodeBytes > 128 ? [time(" ctime", stat.ctimeUs), time(" atime", stat.atimeUs), time(" mtime", stat.mtimeUs), time("crtime", stat.btimeUs)] : [time("ctime", stat.ctimeUs), time("atime", stat.atimeUs), time("mtime", stat.mtimeUs)].map((line) => line.replace(/:[0-9a-f]{8} --/, " --"));
  io.out.put(`Inode: ${tree.inodeOf(stat)}   Type: ${TYPES.get(type) ?? "bad type"}    Mode:  ${(stat.mode & 0o7777).toString(8).padStart(4, "0")}   Flags: 0x${(extents ? EXTENTS_FLAG : 0).toString(16)}\nGeneration: 0    Version: 0x${superblock.inodeBytes > 128 ? "00000000:" : ""}00000000\n`);
  io.out.put(`User: ${String(stat.uid).padStart(5)}   Group: ${String(stat.gid).padStart(5)}${superblock.inodeBytes > 128 ? "   Project:     0" : ""}   Size: ${sizeOf(tree, stat)}\nFile ACL: 0\nLinks: ${stat.nlink}   Blockcount: ${(count * superblock.blockBytes) / 512}\nFragment:  Address: 0    Number: 0    Size: 0\n${times.join("")}`);
  if (superblock.inodeBytes > 128) io.out.put("Size of extra inode fields: 32\n");
  if (type === S.IFLNK && count === 0) {
    io.out.put(`Fast link dest: "${sys.readlink(tree.host(path))}"\n`);
    return;
  }
  if (type === S.IFCHR || type === S.IFBLK) {
    io.out.put(`Device major/minor number: ${stat.rdev >> 8}:${stat.rdev & 0xff} (hex ${(stat.rdev >> 8).toString(16).padStart(2, "0")}:${(stat.rdev & 0xff).toString(16).padStart(2, "0")})\n`);
    return;
  }
  const place = (yield* tree.layout()).get(tree.inodeOf(stat));
  io.out.put(extents ? "EXTENTS:\n" : "BLOCKS:\n");
  if (place === undefined) return;
  const last = place.count - 1;
  io.out.put(`(0${last > 0 ? `-${last}` : ""}):${place.first}${last > 0 ? `-${place.first + last}` : ""}\n`);
  if (!extents) io.out.put(`TOTAL: ${place.count}\n\n`);
}

/** Bytes from one path to another, both as this process sees them. */
function* copy(sys: Sys, from: string, to: string, flags: number): Blocking<void> {
  const source = yield* sys.open(from, O.RDONLY);
  try {
    const target = yield* sys.open(to, flags, 0o666);
    for (let bytes = yield* sys.read(source, 65_536); bytes.length > 0; bytes = yield* sys.read(source, 65_536)) yield* sys.write(target, bytes);
    sys.close(target);
  } finally {
    sys.close(source);
  }
}

const NEED_FILE = new Map([["stat", "<file>"], ["show_inode_info", "<file>"], ["cat", "<file>"], ["blocks", "<file>"], ["bmap", "<file> logical_blk [physical_blk]"], ["rm", "<filename>"], ["unlink", "<pathname>"], ["kill_file", "<file>"], ["rmdir", "<directory>"], ["mkdir", "<filename>"], ["write", "<native file> <new file>"], ["dump", "[-p] <file> <output_file>"], ["dump_inode", "[-p] <file> <output_file>"], ["ln", "<source_file> <dest_name>"], ["link", "<source_file> <dest_name>"], ["symlink", "<filename> <target>"], ["undelete", "<inode_num> [dest_name]"], ["undel", "<inode_num> [dest_name]"], ["set_inode_field", "<inode> <field> <value>"], ["sif", "<inode> <field> <value>"], ["testi", "<file>"], ["testb", "<block> [count]"], ["icheck", "<block number> ..."], ["ncheck", "<inode number> ..."], ["imap", "<file>"], ["filefrag", "<file>"], ["clri", "<file>"], ["freei", "<file>"], ["seti", "<file>"], ["freeb", "<block> [count]"], ["setb", "<block> [count]"], ["set_super_value", "<field> <value>"], ["ssv", "<field> <value>"]]);
const WRITES = new Set(["rm", "unlink", "kill_file", "rmdir", "mkdir", "write", "ln", "link", "symlink", "undelete", "undel", "set_inode_field", "sif", "clri", "freei", "seti", "freeb", "setb", "set_super_value", "ssv"]);
const HELP: readonly (readonly [name: string, what: string])[] = [
  ["open_filesys, open", "look into a file system"], ["close_filesys, close", "leave it"], ["params", "what is open"], ["features", "its features"], ["show_super_stats, stats", "its super block (-h: only that)"], ["ls", "a directory (-l: long, -p: for programs)"], ["cd", "another directory"], ["pwd", "where one is"], ["stat", "an inode"], ["cat", "a file's bytes"],
  ["dump", "a file into one outside"], ["blocks", "a file's blocks"], ["bmap", "one of them"], ["filefrag", "how they lie"], ["icheck", "whose a block is"], ["ncheck", "names of an inode"], ["imap", "where an inode lies"], ["testi, testb", "whether an inode, a block is in use"], ["ffi", "a free inode"], ["lsdel", "deleted inodes"], ["undelete", "an inode gets a name again"],
  ["write, mkdir, ln, symlink", "make names (-w)"], ["rm, unlink, kill_file, rmdir", "remove them (-w)"], ["sif", "change mode, uid, gid or links of an inode (-w)"], ["ssv, feature", "change the super block (-w)"], ["clri, freei, seti, freeb, setb", "leave errors for e2fsck (-w)"], ["quit", "the end"],
];

/** One request. True: the end. */
function* obey(session: Session, line: string): Blocking<boolean> {
  const { io } = session;
  const [name = "", ...words] = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? "");
  if (name === "" || name.startsWith("#")) return false;
  if (["quit", "q"].includes(name)) return true;
  if (["help", "?", "lr", "list_requests"].includes(name)) {
    io.out.put(`Available debugfs requests:\n\n${HELP.map(([names, what]) => `${names.padEnd(32)} ${io.word(what)}\n`).join("")}`);
    return false;
  }
  if (name === "open" || name === "open_filesys") {
    const device = words.find((word) => !word.startsWith("-"));
    if (session.tree !== undefined) yield* io.stderr(`${session.tree.device}: Filesystem still open.  Close it first.\n`);
    else if (device === undefined) yield* io.stderr(`${name}: Usage: open [-s superblock] [-b blocksize] [-d image_filename] [-z undo_file] [-c] [-i] [-f] [-e] [-D] [-w] <device>\n`);
    else yield* openTree(session, device, words.includes("-w") || session.writable);
    return false;
  }
  const known = ["close", "close_filesys", "params", "show_debugfs_params", "features", "feature", "show_super_stats", "stats", "ls", "list_directory", "cd", "chdir", "change_working_directory", "pwd", "print_working_directory", "lsdel", "list_deleted_inodes", "ffi", "find_free_inode", ...NEED_FILE.keys()];
  if (!known.includes(name)) {
    yield* io.stderr(`debugfs: Command not found ${name}\n`);
    return false;
  }
  const { tree } = session;
  if (name === "params" || name === "show_debugfs_params") {
    if (tree !== undefined) io.out.put(`Open mode: read-${tree.writable ? "write" : "only"}\n`);
    io.out.put(`Filesystem in use: ${tree?.device ?? "--none--"}\n`);
    return false;
  }
  if (tree === undefined) {
    yield* io.stderr(`${name}: Filesystem not open\n`);
    return false;
  }
  const usage = NEED_FILE.get(name);
  const least = usage === undefined ? 0 : (usage.replace(/\[[^\]]*\]/g, "").match(/<[^>]*>|logical_blk/g) ?? []).length;
  if (words.filter((word) => word !== "-p").length < least) {
    io.out.put(`${name}: Usage: ${name} ${usage ?? ""}\n`);
    return false;
  }
  if (WRITES.has(name) && !tree.writable) {
    yield* io.stderr(`${name}: Filesystem opened read/only\n`);
    return false;
  }
  try {
    yield* request(session, tree, name, words);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(`${name}: ${error.errno === "ENOTEMPTY" ? "directory not empty" : error.errno === "EEXIST" ? "Ext2 file already exists" : error.message} \n`.replace("not empty \n", "not empty\n"));
  }
  if (WRITES.has(name)) tree.changed();
  return false;
}

function* request(session: Session, tree: DebugTree, name: string, words: readonly string[]): Blocking<void> {
  const { io, sys } = session;
  const { superblock } = tree.fs;
  const [first = "", second = "", third = ""] = words;
  switch (name) {
    case "close": case "close_filesys":
      yield* tree.close();
      session.tree = undefined;
      session.cwd = "/";
      return;
    case "set_super_value": case "ssv":
      if (!(yield* setSuperValue(tree, first, words.slice(1).join(" ")))) yield* io.stderr(`${name}: invalid field specifier: ${first}\n`);
      return;
    case "freeb": case "setb": {
      const layout = yield* tree.layout();
      const own = new Layout(superblock, false);
      const used = (block: number): boolean => own.isUsed(block) || [...layout.values()].some((place) => block >= place.first && block < place.first + place.count);
      if (!/^\d+$/.test(first)) {
        yield* io.stderr(`${name}: Invalid block number: ${first}\n`);
        return;
      }
      for (const block of yield* markBlocks(tree, Number(first), second === "" ? 1 : Number(second), name === "setb", used)) yield* io.stderr(`${name}: Warning: block ${block} already ${name === "setb" ? "set" : "clear"}\n`);
      return;
    }
    case "freei": case "seti": case "clri": {
      const inode = Number(/^<(\d+)>$/.exec(first)?.[1] ?? Number.NaN);
      const path = Number.isNaN(inode) || inode > 11 ? (yield* tree.pathOf(inode)) ?? (Number.isNaN(inode) ? yield* resolve(session, tree, first) : undefined) : undefined;
      if (Number.isNaN(inode) && path === undefined) return;
      const number = path === undefined ? inode : tree.inodeOf(tree.stat(path));
      if (name === "clri") {
        if (path !== undefined || number === 8) yield* clearInode(tree, path ?? "/", number);
        return;
      }
      const said = yield* markInode(tree, number, name === "seti", path !== undefined || number < 11);
      if (said !== undefined) yield* io.stderr(`${name}: ${said}`);
      return;
    }
    case "features": case "feature":
      for (const word of words) {
        if (!tree.writable) yield* io.stderr(`${name}: Filesystem opened read/only\n`);
        else if (!toggleFeature(tree, word)) yield* io.stderr(`${name}: Unknown feature: ${word}\n\n`);
      }
      io.out.put(`Filesystem features: ${superblock.features.join(" ")}\n`);
      return;
    case "show_super_stats": case "stats":
      io.out.put(yield* superblockFacts(sys, superblock));
      return;
    case "ls": case "list_directory": {
      const path = yield* resolve(session, tree, words.find((word) => !word.startsWith("-")) ?? ".");
      if (path === undefined) return;
      if ((tree.stat(path).mode & S.IFMT) === S.IFDIR) list(session, tree, path, words.find((word) => word.startsWith("-")) ?? "");
      else yield* io.stderr("ls: Ext2 inode is not a directory \n");
      return;
    }
    case "cd": case "chdir": case "change_working_directory": {
      const path = yield* resolve(session, tree, first === "" ? "/" : first);
      if (path === undefined) return;
      if ((tree.stat(path).mode & S.IFMT) === S.IFDIR) session.cwd = path;
      else yield* io.stderr(`${first}: Ext2 inode is not a directory \n`);
      return;
    }
    case "pwd": case "print_working_directory":
      io.out.put(`[pwd]   INODE: ${String(tree.inodeOf(tree.stat(session.cwd))).padStart(6)}  PATH: ${session.cwd}\n[root]  INODE:      2  PATH: /\n`);
      return;
    case "lsdel": case "list_deleted_inodes":
      // what the kernel deletes it also truncates: extents leave nothing to find
      io.out.put(" Inode  Owner  Mode    Size      Blocks   Time deleted\n0 deleted inodes found.\n");
      return;
    case "undelete": case "undel":
      if (/^<\d+>$/.test(first)) yield* io.stderr(`${name}: Inode is not marked as deleted\n`);
      else yield* io.stderr(`${name}: Bad inode - ${first}\n`);
      return;
    case "ffi": case "find_free_inode": {
      let highest = 11;
      yield* tree.walk((_, stat) => {
        highest = Math.max(highest, stat.ino);
        return false;
      });
      io.out.put(`Free inode found: ${highest + 1}\n`);
      return;
    }
    case "testb": {
      const layout = [...(yield* tree.layout()).values()];
      const used = new Layout(superblock, false).isUsed(Number(first)) || layout.some((place) => Number(first) >= place.first && Number(first) < place.first + place.count);
      io.out.put(`Block ${first} ${used ? "marked" : "not"} in use\n`);
      return;
    }
    case "icheck": {
      const layout = yield* tree.layout();
      const { journal } = new Layout(superblock, false);
      io.out.put("Block\tInode number\n");
      for (const word of words) io.out.put(`${word}\t${[...layout].find(([, place]) => Number(word) >= place.first && Number(word) < place.first + place.count)?.[0] ?? (journal.some((range) => Number(word) >= range.first && Number(word) <= range.last) ? 8 : "<block not found>")}\n`);
      return;
    }
    case "ncheck":
      io.out.put("Inode\tPathname\n");
      yield* tree.walk((path, stat) => {
        if (words.includes(String(tree.inodeOf(stat)))) io.out.put(`${tree.inodeOf(stat)}\t${path}\n`);
        return false;
      });
      return;
    case "write": {
      const target = joinPath(session.cwd, second);
      yield* copy(sys, first, tree.host(target), O.WRONLY | O.CREAT | O.EXCL);
      io.out.put(`Allocated inode: ${tree.inodeOf(tree.stat(target))}\n`);
      return;
    }
    case "mkdir":
      sys.mkdir(tree.host(joinPath(session.cwd, first)), 0o755);
      return;
    case "symlink":
      sys.symlink(second, tree.host(joinPath(session.cwd, first)));
      return;
    default:
  }
  const path = yield* resolve(session, tree, name === "dump" || name === "dump_inode" ? (words.find((word) => word !== "-p") ?? "") : first);
  if (path === undefined) return;
  const stat = tree.stat(path);
  const inode = tree.inodeOf(stat);
  const place = ["blocks", "bmap", "filefrag"].includes(name) ? (yield* tree.layout()).get(inode) : undefined;
  switch (name) {
    case "stat": case "show_inode_info":
      yield* show(session, tree, path);
      return;
    case "cat": {
      yield* io.out.flush();
      const fd = yield* sys.open(tree.host(path), O.RDONLY);
      for (let bytes = yield* sys.read(fd, 65_536); bytes.length > 0; bytes = yield* sys.read(fd, 65_536)) yield* sys.write(1, bytes);
      sys.close(fd);
      return;
    }
    case "dump": case "dump_inode": {
      const target = words.at(-1) ?? "";
      yield* copy(sys, tree.host(path), target, O.WRONLY | O.CREAT | O.TRUNC);
      if (first === "-p") {
        sys.chown(target, stat.uid, stat.gid);
        sys.chmod(target, stat.mode & 0o7777);
      }
      return;
    }
    case "blocks":
      io.out.put(`${Array.from({ length: place?.count ?? 0 }, (_, index) => `${(place?.first ?? 0) + index} `).join("")}\n`);
      return;
    case "bmap":
      io.out.put(`${place !== undefined && Number(second) < place.count ? place.first + Number(second) : 0}\n`);
      return;
    case "filefrag":
      io.out.put(`${first}: ${place === undefined ? 0 : 1} contiguous extents\n\n`);
      return;
    case "testi":
      io.out.put(`Inode ${inode} is marked in use\n`);
      return;
    case "imap": {
      const group = Math.floor((inode - 1) / superblock.inodesPerGroup);
      const offset = ((inode - 1) % superblock.inodesPerGroup) * superblock.inodeBytes;
      const table = new Layout(superblock, false).groups[group]?.inodeTable.first ?? 0;
      io.out.put(`Inode ${inode} is part of block group ${group}\n\tlocated at block ${table + Math.floor(offset / superblock.blockBytes)}, offset 0x${(offset % superblock.blockBytes).toString(16).padStart(4, "0")}\n`);
      return;
    }
    case "rm": case "unlink": case "kill_file":
      if ((stat.mode & S.IFMT) === S.IFDIR) yield* io.stderr(`${name}: file is a directory\n`);
      else if (name === "unlink") yield* removeName(tree, path, inode, stat.nlink);
      else sys.unlink(tree.host(path));
      return;
    case "rmdir":
      if ((stat.mode & S.IFMT) === S.IFDIR) sys.rmdir(tree.host(path));
      else yield* io.stderr("rmdir: file is not a directory\n");
      return;
    case "ln": case "link":
      sys.link(tree.host(path), tree.host(joinPath(session.cwd, second)));
      return;
    case "set_inode_field": case "sif": {
      const value = Number(third.replace(/^0(?=[0-7]+$)/, "0o"));
      if (second === "mode") sys.chmod(tree.host(path), value & 0o7777);
      else if (second === "links_count") yield* setLinks(tree, inode, stat.nlink, value);
      else if (second === "uid") sys.chown(tree.host(path), value, -1, false);
      else if (second === "gid") sys.chown(tree.host(path), -1, value, false);
      else yield* io.stderr(`${name}: invalid field specifier: ${second}\n`);
      return;
    }
    default:
  }
}

function* openTree(session: Session, device: string, writable: boolean): Blocking<void> {
  try {
    session.tree = yield* DebugTree.open(session.sys, device, writable);
  } catch (error) {
    if (!(error instanceof SysError) && !(error instanceof BadMagic)) throw error;
    yield* session.io.stderr(`debugfs: ${error instanceof BadMagic ? "Bad magic number in super-block" : error.message} while trying to open ${device}\n`);
  }
}

export default gnu({
  name: "debugfs", path: "/sbin/debugfs", manSection: 8, project: "e2fsprogs", summary: "look inside an ext2, ext3 or ext4 file system and repair it by hand", operands: "files", seeAlso: ["dumpe2fs(8)", "tune2fs(8)", "e2fsck(8)"],
  synopsis: ["[-b blocksize] [-s superblock] [-f cmd_file] [-R request] [-d data_source_device] [-i] [-n] [-D] [-V] [[-w] [-z undo_file] [-c]] [device]"],
  tryLine: () => "debugfs: Usage: debugfs [-b blocksize] [-s superblock] [-f cmd_file] [-R request] [-d data_source_device] [-i] [-n] [-D] [-V] [[-w] [-z undo_file] [-c]] [device]\n",
  description: ["Requests are read from the terminal, from a file (-f) or from the command line (-R): ls, cd, pwd, stat, cat, dump, blocks, icheck, ncheck, stats, features, lsdel, and with -w write, mkdir, rm, ln, symlink, sif; help lists them. Which blocks a file has is worked out, not stored; deleted files cannot be found again."],
  options: {
    write: flag(["-w"], "open the file system for changes"), request: text(["-R"], "request", "do this and exit"), file: text(["-f"], "cmd_file", "read requests from this file"), catastrophic: flag(["-c"], "without its bitmaps, read-only"), image: flag(["-i"], "the device is an image of e2image"), version: flag(["-V"], "show the version"),
    blocksize: text(["-b"], "blocksize", "size of blocks"), superblock: text(["-s"], "superblock", "another super block"), data: text(["-d"], "device", "where data of an image are"), direct: flag(["-D"], "direct input and output"), noChecksums: flag(["-n"], "ignore checksums"), undo: text(["-z"], "undo_file", "keep what was before in this file"),
  },
  *run({ options, operands, sys }, io: Io) {
    yield* io.stderr(`debugfs ${VERSION}\n`);
    if (options.version) {
      yield* io.stderr("\tUsing EXT2FS Library version 1.47.0\n");
      return 0;
    }
    const session: Session = { sys, io, zone: yield* readZone(sys), writable: options.write, tree: undefined, cwd: "/" };
    const [device] = operands;
    if (device !== undefined) yield* openTree(session, device, options.write);
    if (options.request !== undefined) yield* obey(session, options.request);
    else if (options.file !== undefined) {
      const input = yield* io.open(options.file);
      for (let line = yield* input.line(); line !== undefined; line = yield* input.line()) {
        io.out.put(`debugfs: ${line.replace(/\n$/, "")}\n`);
        if (yield* obey(session, line)) break;
      }
      io.close(input);
    } else {
      const reader = sys.isatty(0) && sys.isatty(1) ? new ProgramLineReader(sys, { application: "debugfs" }) : undefined;
      for (;;) {
        yield* io.out.flush();
        if (reader === undefined) yield* io.out.print("debugfs:  ");
        const line = reader === undefined ? yield* io.stdin.line() : yield* reader.readLine("debugfs:  ");
        if (line === undefined) break;
        if (reader === undefined) io.out.put(`${line.replace(/\n$/, "")}\n`);
        else reader.addHistory(line);
        if (yield* obey(session, line)) break;
      }
    }
    if (session.tree !== undefined) yield* session.tree.close();
    return 0;
  },
});
