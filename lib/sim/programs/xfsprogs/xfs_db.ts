// xfs_db: looks into an XFS that is not mounted, or read-only into one that is (xfs_db(8), xfsprogs 6.1). The super block is there as on a real disk; of the other
// structures (agf, agi, inode…) nothing is kept here.
import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { newUuid, openBlockTarget, uuidBytes } from "../kit/block-target.ts";
import { flag, gnu, type Io, text, texts } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { mountSource } from "../kit/probe-device.ts";
import { uuidText } from "../kit/uuid-text.ts";
import { geometryText, readFacts, SECTOR, summed, superblockOf, VERSION, type XfsFacts } from "./_xfs.ts";

type Kind = "u8" | "u16" | "u32" | "u64" | "x16" | "x32" | "uuid" | "name" | "crc";

/** struct xfs_dsb in the order of its fields. */
const FIELDS: readonly (readonly [name: string, at: number, kind: Kind])[] = [
  ["magicnum", 0, "x32"], ["blocksize", 4, "u32"], ["dblocks", 8, "u64"], ["rblocks", 16, "u64"], ["rextents", 24, "u64"], ["uuid", 32, "uuid"], ["logstart", 48, "u64"], ["rootino", 56, "u64"], ["rbmino", 64, "u64"], ["rsumino", 72, "u64"],
  ["rextsize", 80, "u32"], ["agblocks", 84, "u32"], ["agcount", 88, "u32"], ["rbmblocks", 92, "u32"], ["logblocks", 96, "u32"], ["versionnum", 100, "x16"], ["sectsize", 102, "u16"], ["inodesize", 104, "u16"], ["inopblock", 106, "u16"], ["fname", 108, "name"],
  ["blocklog", 120, "u8"], ["sectlog", 121, "u8"], ["inodelog", 122, "u8"], ["inopblog", 123, "u8"], ["agblklog", 124, "u8"], ["rextslog", 125, "u8"], ["inprogress", 126, "u8"], ["imax_pct", 127, "u8"], ["icount", 128, "u64"], ["ifree", 136, "u64"], ["fdblocks", 144, "u64"], ["frextents", 152, "u64"],
  ["uquotino", 160, "u64"], ["gquotino", 168, "u64"], ["qflags", 176, "u16"], ["flags", 178, "u8"], ["shared_vn", 179, "u8"], ["inoalignmt", 180, "u32"], ["unit", 184, "u32"], ["width", 188, "u32"], ["dirblklog", 192, "u8"], ["logsectlog", 193, "u8"], ["logsectsize", 194, "u16"], ["logsunit", 196, "u32"],
  ["features2", 200, "x32"], ["bad_features2", 204, "x32"], ["features_compat", 208, "u32"], ["features_ro_compat", 212, "x32"], ["features_incompat", 216, "x32"], ["features_log_incompat", 220, "u32"], ["crc", 224, "crc"], ["spino_align", 228, "u32"], ["pquotino", 232, "u64"], ["lsn", 240, "u64"], ["meta_uuid", 248, "uuid"],
];

function fieldText(bytes: Uint8Array, at: number, kind: Kind): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (kind) {
    case "u8": return String(view.getUint8(at));
    case "u16": return String(view.getUint16(at));
    case "u32": return String(view.getUint32(at));
    case "u64": return String(view.getBigUint64(at));
    case "x16": return `0x${view.getUint16(at).toString(16)}`;
    case "x32": return `0x${view.getUint32(at).toString(16)}`;
    case "uuid": return uuidText(bytes.subarray(at, at + 16));
    case "name": return `"${[...bytes.subarray(at, at + 12)].map((byte) => (byte === 0 ? "\\000" : String.fromCharCode(byte))).join("")}"`;
    case "crc": {
      const stored = view.getUint32(at, true);
      const again = summed(bytes.slice());
      const right = new DataView(again.buffer).getUint32(at, true);
      return `0x${view.getUint32(at).toString(16)} ${stored === right ? "(correct)" : `(bad)`}`;
    }
  }
}

const VERSION_WORDS = "V5,NLINK,DIRV2,ALIGN,LOGV2,EXTFLG,MOREBITS,ATTR2,LAZYSBCOUNT,PROJID32BIT,CRC,FTYPE,FINOBT,SPARSE_INODES,REFLINK,INOBTCNT,BIGTIME";

/** The extents of free space that mkfs.xfs leaves, less what files have taken since, from the first group. */
function freeExtents(facts: XfsFacts, group: number | undefined): readonly number[] {
  const fresh = facts.blocks - facts.logBlocks - 32;
  let taken = Math.max(0, fresh - facts.freeBlocks);
  const middle = Math.floor(facts.groups / 2);
  const extents: number[] = [];
  for (let at = 0; at < facts.groups; at++) {
    let rest = Math.min(facts.groupBlocks, facts.blocks - at * facts.groupBlocks) - (at === 0 ? 24 : 10) - (at === middle ? facts.logBlocks : 0);
    const from = Math.min(taken, Math.max(0, rest));
    rest -= from;
    taken -= from;
    if (group !== undefined && group !== at) continue;
    for (let one = 0; one < 4; one++) extents.push(1);
    if (at === 0) extents.push(6);
    if (rest > 0) extents.push(rest);
  }
  return extents;
}

function freeSpaceText(facts: XfsFacts, words: readonly string[]): string | undefined {
  let group: number | undefined;
  let summary = false;
  for (let at = 0; at < words.length; at++) {
    if (words[at] === "-s") summary = true;
    else if (words[at] === "-a") group = Number(words[++at]);
    else return undefined;
  }
  const extents = freeExtents(facts, group);
  const total = extents.reduce((sum, one) => sum + one, 0);
  let text = `${"from".padStart(7)} ${"to".padStart(7)} ${"extents".padStart(7)} ${"blocks".padStart(7)} ${"pct".padStart(6)}\n`;
  for (let low = 1; low <= facts.groupBlocks; low *= 2) {
    const high = low * 2 > facts.groupBlocks ? facts.groupBlocks : low * 2 - 1;
    const within = extents.filter((one) => one >= low && one <= high);
    const blocks = within.reduce((sum, one) => sum + one, 0);
    if (within.length > 0) text += `${String(low).padStart(7)} ${String(high).padStart(7)} ${String(within.length).padStart(7)} ${String(blocks).padStart(7)} ${((blocks * 100) / total).toFixed(2).padStart(6)}\n`;
  }
  if (summary) text += `total free extents ${extents.length}\ntotal free blocks ${total}\naverage free extent size ${Number((total / extents.length).toPrecision(6))}\n`;
  return text;
}

const ELSEWHERE = new Set("ablock addr agf agfl agi agresv attr_remove attr_set back blockfree blockget blockuse bmap btdump btheight bit check convert crc daddr dblock debug dquot echo fsblock fsmap fuzz forward hash inode log logformat logres ls lsn? metadump ncheck path pop push ring source stack timelimit type rtconvert rtblock".split(" "));

interface Session {
  readonly path: string;
  readonly fd: number;
  readonly expert: boolean;
  at: number | undefined;
}

/** True: quit. */
function* command(sys: Sys, io: Io, session: Session, line: string): Blocking<boolean> {
  const [name = "", ...words] = line.trim().split(/\s+/);
  const bytes = yield* superblockOf(sys, session.fd);
  const facts = readFacts(bytes);
  if (facts === undefined) return true;
  const say = (message: string): void => io.out.put(`${message}\n`);
  const store = function* (): Blocking<void> {
    yield* sys.pwrite(session.fd, summed(bytes), 0);
  };
  const show = (wanted: readonly string[]): void => {
    for (const word of wanted.length > 0 ? wanted : FIELDS.map(([field]) => field)) {
      const field = FIELDS.find(([one]) => one === word);
      if (field === undefined) {
        say(`field ${word} not found`);
        return;
      }
      say(`${field[0]} = ${fieldText(bytes, field[1], field[2])}`);
    }
  };
  switch (name) {
    case "": case "#": return false;
    case "quit": case "q": return true;
    case "help": case "?":
      say(words[0] === undefined || ["frag", "freesp", "info", "label", "print", "p", "quit", "q", "sb", "uuid", "version", "write"].includes(words[0]) ? ["frag", "freesp [-s] [-a AGNO]", "help", "info", "label [LABEL]", "print [FIELD...]", "quit", "sb [AGNO]", "uuid [UUID]", "version", "write FIELD VALUE"].filter((one) => words[0] === undefined || one.startsWith(words[0])).join("\n") : `command ${words[0]} not found`);
      return false;
    case "sb": {
      if (words.length > 1) say(`bad argument count ${words.length} to sb, expected between 0 and 1 arguments`);
      else if (words[0] !== undefined && !(Number(words[0]) < facts.groups)) say(`bad allocation group number ${words[0]}`);
      else session.at = Number(words[0] ?? 0);
      return false;
    }
    case "p": case "print":
      if (session.at === undefined) say("no current type");
      else show(words);
      return false;
    case "type":
      say(session.at === undefined ? "no current type" : 'current type is "sb"');
      return false;
    case "addr":
      if (session.at !== undefined) say(`current\n\tbyte offset ${session.at * facts.groupBlocks * 4096}, length ${SECTOR}\n\tbuffer block ${session.at * facts.groupBlocks * 8} (fsbno ${session.at * 2 ** (bytes[124] ?? 0)}), 1 bb\n\tinode -1, dir inode -1, type sb`);
      return false;
    case "frag": {
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      const files = Math.max(0, Number(view.getBigUint64(128)) - Number(view.getBigUint64(136)) - 3);
      say(`actual ${files}, ideal ${files}, fragmentation factor 0.00%\nNote, this number is largely meaningless.\nFiles on this filesystem average ${files === 0 ? "-nan" : "1.00"} extents per file`);
      return false;
    }
    case "freesp": {
      const shown = freeSpaceText(facts, words);
      if (shown === undefined) {
        sys.observe({ kind: "unsimulated", command: "xfs_db", detail: line.trim() });
        say("freesp: -s and -a are simulated here.");
      } else io.out.put(shown);
      return false;
    }
    case "info":
      io.out.put(geometryText(session.path, facts));
      return false;
    case "version":
      say(`versionnum [${fieldText(bytes, 100, "x16")}+${fieldText(bytes, 200, "x32")}] = ${VERSION_WORDS}`);
      return false;
    case "label": {
      const [given] = words;
      if (given === undefined) say(`label = "${facts.label}"`);
      else if (!session.expert) say(`${io.argv0}: not in expert mode, writing disabled`);
      else {
        const label = given === "--" ? "" : given;
        say("writing all SBs");
        if (label.length > 12) say(`${io.argv0}: truncating label length from ${label.length} to 12`);
        bytes.fill(0, 108, 120);
        bytes.set(encode(label).subarray(0, 12), 108);
        yield* store();
        say(`new label = "${label.slice(0, 12)}"`);
      }
      return false;
    }
    case "uuid": {
      const [given] = words;
      if (given === undefined) say(`UUID = ${facts.uuid}`);
      else if (!session.expert) say(`${io.argv0}: not in expert mode, writing disabled`);
      else {
        const uuid = given === "generate" ? newUuid(sys) : given;
        if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid)) {
          say("invalid UUID");
          return false;
        }
        bytes.set(uuidBytes(uuid), 32);
        yield* store();
        say(`Clearing log and setting UUID\nwriting all SBs\nnew UUID = ${uuid}`);
      }
      return false;
    }
    case "write": {
      if (!session.expert) {
        say("command write not found");
        return false;
      }
      if (session.at === undefined) {
        say("no current type");
        return false;
      }
      const [field, value = ""] = words;
      const known = FIELDS.find(([one]) => one === field);
      if (known === undefined) {
        say(`field ${field ?? ""} not found\nparsing error`);
        return false;
      }
      const [, at, kind] = known;
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      if (kind === "name") {
        bytes.fill(0, at, at + 12);
        bytes.set(encode(value.replace(/^"(.*)"$/, "$1")).subarray(0, 12), at);
      } else if (kind === "uuid") bytes.set(uuidBytes(value), at);
      else if (kind === "u64") view.setBigUint64(at, BigInt(Number.isSafeInteger(Number(value)) ? Number(value) : 0));
      else if (kind === "u16" || kind === "x16") view.setUint16(at, Number(value));
      else if (kind === "u8") view.setUint8(at, Number(value));
      else view.setUint32(at, Number(value));
      yield* store();
      show([known[0]]);
      return false;
    }
    default:
      if (ELSEWHERE.has(name)) {
        sys.observe({ kind: "unsimulated", command: "xfs_db", detail: name });
        say(`${name}: the super block is simulated here, not what ${name} shows.`);
      } else say(`command ${name} not found`);
      return false;
  }
}

export default gnu({
  name: "xfs_db", path: "/usr/sbin/xfs_db", manSection: 8, project: "xfsprogs", version: VERSION, versionText: `xfs_db version ${VERSION}\n`, tryLine: () => "Usage: xfs_db [-ifFrxV] [-p prog] [-l logdev] [-c cmd]... device\n", summary: "examine the structures of an XFS file system", synopsis: ["[-ifFrxV] [-c COMMAND]... DEVICE"], operands: "files",
  options: { commands: texts(["-c"], "COMMAND", "run a command, then end"), file: flag(["-f"], "it is in a file"), readOnly: flag(["-r"], "only read, even while it is mounted"), expert: flag(["-x"], "allow the commands that write"), initial: flag(["-i"], "go on even if it is mounted, read-only"), force: flag(["-F"], "go on even if the magic number is wrong"), program: text(["-p"], "NAME", "the name that messages begin with"), log: text(["-l"], "DEVICE", "where the log is (accepted)"), version: flag(["-V"], "print the version") },
  *run({ options, operands, sys }, io: Io) {
    if (options.version) {
      io.out.put(`xfs_db version ${VERSION}\n`);
      return 0;
    }
    const [path] = operands;
    if (path === undefined || operands.length > 1) {
      yield* io.stderr("Usage: xfs_db [-ifFrxV] [-p prog] [-l logdev] [-c cmd]... device\n");
      return 1;
    }
    const writes = !options.readOnly && !options.initial;
    try {
      const source = yield* mountSource(sys, path);
      if (writes && (yield* readMounts(sys)).some((mount) => mount.source === source)) {
        yield* io.stderr(`xfs_db: ${path} contains a mounted filesystem\n\nfatal error -- couldn't initialize XFS library\n`);
        return 1;
      }
      const { fd } = yield* openBlockTarget(sys, path, writes);
      const head = yield* superblockOf(sys, fd);
      if (!readFacts(head)) {
        const magic = head.length >= 4 ? new DataView(head.buffer, head.byteOffset).getUint32(0) : 0;
        yield* io.stderr(`xfs_db: ${path} is not a valid XFS filesystem (unexpected SB magic number 0x${magic.toString(16).padStart(8, "0")})\nUse -F to force a read attempt.\n`);
        return 1;
      }
      const session: Session = { path, fd, expert: options.expert && writes, at: undefined };
      if (options.commands.length > 0) {
        for (const line of options.commands) if (yield* command(sys, io, session, line)) break;
        return 0;
      }
      const terminal = sys.isatty(0);
      for (;;) {
        if (terminal) {
          io.out.put("xfs_db> ");
          yield* io.out.flush();
        }
        const line = yield* io.stdin.line();
        if (line === undefined || (yield* command(sys, io, session, line))) break;
      }
      return 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`${path}: ${error.message}\n\nfatal error -- couldn't initialize XFS library\n`);
      return 1;
    }
  },
});
