// mkswap: the signature of a swap area (mkswap(8), swap header version 1).
import { O, S, SysError, encode } from "../../kernel/sys.ts";
import { deviceSize } from "../kit/disk-label.ts";
import { readMounts } from "../kit/mounts.ts";
import { probeQuietly } from "../kit/probe-device.ts";
import { uuidText } from "../kit/uuid-text.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";

const PAGE = 4096;

export default utilLinux({
  name: "mkswap", path: "/sbin/mkswap", manSection: 8, summary: "make a device or file a Linux swap area", synopsis: ["[options] device [size]"],
  options: { check: flag(["-c", "--check"], "look for bad blocks first"), force: flag(["-f", "--force"], "the area may exceed the device"), quiet: flag(["-q", "--quiet"], "without messages and warnings"), pagesize: text(["-p", "--pagesize"], "size", "how many bytes a page has"), label: text(["-L", "--label"], "label", "the label that the area gets"), version: text(["-v", "--swapversion"], "num", "the version of the format, 1"), uuid: text(["-U", "--uuid"], "uuid", "the UUID that the area gets"), verbose: flag(["--verbose"], "tell each step"), lock: flag(["--lock"], "lock the device against other programs") },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const [path, blocks] = operands;
    if (path === undefined) {
      yield* io.stderr(`${io.argv0}: error: Nowhere to set up swap on?\nTry '${io.argv0} --help' for more information.\n`);
      return 1;
    }
    if (operands.length > 2) io.usage("only one device argument is currently supported");
    if (options.version !== undefined && options.version !== "1") io.die(/^\d+$/.test(options.version) ? `swapspace version ${options.version} is not supported` : `failed to parse version number: '${options.version}'`);
    if (options.uuid !== undefined && !/^(?:clear|random|time|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(options.uuid)) io.die("error: parsing UUID failed");
    let fd: number;
    try {
      const kind = sys.stat(path).mode & S.IFMT;
      if (kind === S.IFDIR) io.die(`cannot open ${path}: Is a directory`);
      if ((yield* readMounts(sys)).some((mount) => mount.source === path)) io.die(`error: ${path} is mounted; will not make swapspace`);
      fd = yield* sys.open(path, O.RDWR | (kind === S.IFBLK ? O.EXCL : 0));
    } catch (error) {
      if (error instanceof SysError) io.die(error.errno === "EBUSY" ? `cannot open ${path}: Device or resource busy` : `cannot open ${path}: ${error.message}`);
      throw error;
    }
    const stat = sys.fstat(fd);
    const isDevice = (stat.mode & S.IFMT) === S.IFBLK;
    const sizeBytes = isDevice ? Number(sys.ioctl(fd, "BLKGETSIZE64")) : stat.sizeBytes;
    const wanted = blocks === undefined ? sizeBytes : Number(blocks) * 1024;
    if (!(wanted > 0) && blocks !== undefined) io.die(`invalid block count argument: '${blocks}'`);
    if (wanted > sizeBytes && !options.force) io.die(`error: size ${Math.floor(wanted / 1024)} KiB is larger than device size ${Math.floor(sizeBytes / 1024)} KiB`);
    if (options.pagesize !== undefined && Number(options.pagesize) !== PAGE) io.die(`Bad user-specified page size ${options.pagesize}`);
    const pages = Math.floor(wanted / PAGE);
    if (pages < 10) io.die(`error: swap area needs to be at least ${(10 * PAGE) / 1024} KiB`);
    if (options.check && !isDevice) yield* io.warn(`warning: checking bad blocks from swap file is not supported: ${path}`);
    if (!isDevice && !options.quiet) {
      if ((stat.mode & 0o077) !== 0) yield* io.warn(`${path}: insecure permissions ${(stat.mode & 0o777).toString(8).padStart(4, "0")}, fix with: chmod 0600 ${path}`);
      if (stat.uid !== 0 && sys.getcred().ruid === 0) yield* io.warn(`${path}: insecure file owner ${stat.uid}, fix with: chown 0:0 ${path}`);
      if (stat.blocks * 512 < stat.sizeBytes) yield* io.stderr(`\n${io.argv0}: ${path} contains holes or other unsupported extents.\n        This swap file can be rejected by kernel on swap activation!\n${options.verbose ? `\n - hole detected at offset ${sys.lseek(fd, 0, "hole")}\n` : "        Use --verbose for more details.\n"}\n`);
    }
    const old = yield* probeQuietly(sys, path);
    // boot code and partition tables stay unless -f is given
    const keepsTable = old.tableType !== undefined && !options.force;
    if (keepsTable && !options.quiet) yield* io.warn(`${path}: warning: don't erase bootbits sectors\n        (${old.tableType} partition table detected). Use -f to force.`);
    else if (!options.quiet && old.type !== undefined) yield* io.warn(`${path}: warning: wiping old ${old.type} signature.`);
    const head = new Uint8Array(PAGE);
    const view = new DataView(head.buffer);
    view.setUint32(1024, 1, true);
    view.setUint32(1028, pages - 1, true);
    const random = sys.random(16).slice();
    random[6] = ((random[6] ?? 0) & 0x0f) | 0x40;
    random[8] = ((random[8] ?? 0) & 0x3f) | 0x80;
    const uuid = options.uuid === undefined || options.uuid === "random" || options.uuid === "time" ? uuidText(random) : options.uuid;
    if (options.uuid !== "clear" && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid)) io.die("error: parsing UUID failed");
    const label = options.label?.slice(0, 15);
    if (label !== options.label && !options.quiet) yield* io.warn("Label was truncated.");
    const digits = uuid.replaceAll("-", "");
    for (let index = 0; index < 16; index++) head[1036 + index] = options.uuid === "clear" ? 0 : Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16);
    if (label !== undefined) head.set(encode(label).subarray(0, 15), 1052);
    head.set(encode("SWAPSPACE2"), 4086);
    if (keepsTable) yield* sys.pwrite(fd, head.subarray(1024), 1024);
    else yield* sys.pwrite(fd, head, 0);
    sys.close(fd);
    if (!options.quiet) io.say(`Setting up swapspace version 1, size = ${deviceSize((pages - 1) * PAGE, true)} (${(pages - 1) * PAGE} bytes)\n${label === undefined ? "no label" : `LABEL=${label}`}, UUID=${options.uuid === "clear" ? "00000000-0000-0000-0000-000000000000" : uuid}\n`);
    return 0;
  },
});
