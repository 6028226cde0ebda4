// hdparm: what the kernel knows of a disk, and how fast it reads (hdparm(8), 9.65). A virtio disk answers none of the ATA requests; the kernel's own facts are there.
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { openBlockTarget } from "../kit/block-target.ts";
import { flag, type Io, program, text } from "../kit/program.ts";

const VERSION = "hdparm v9.65\n";
/** Requests that only ATA disks answer: the letter, what fails, and what is said when a value is set. */
const ATA: ReadonlyMap<string, string> = new Map([["i", "HDIO_GET_IDENTITY"], ["I", "HDIO_DRIVE_CMD(identify)"], ["B", "HDIO_DRIVE_CMD(identify)"], ["M", "HDIO_DRIVE_CMD(identify)"], ["W", "HDIO_DRIVE_CMD(identify)"], ["A", "HDIO_DRIVE_CMD(identify)"], ["m", "HDIO_GET_MULTCOUNT"], ["d", "HDIO_GET_DMA"], ["c", "HDIO_GET_32BIT"], ["C", "HDIO_DRIVE_CMD(identify)"], ["S", "HDIO_DRIVE_CMD(setidle)"], ["y", "HDIO_DRIVE_CMD(standby)"], ["Y", "HDIO_DRIVE_CMD(sleep)"], ["H", "HDIO_DRIVE_CMD(identify)"]]);
const LETTERS = "aAbBcCdfFgHiIJkKmMnNPqQrRsStTuvVwWxXyYzZh";
/** These may have a number behind them. */
const NUMBERED = "aAbBcdHJkKmMnNpPQrRsSuWXZ";
const ENOTTY = 25;
const CACHE_BYTES_A_MICROSECOND = 11_273.4;

interface Word {
  readonly letter: string;
  readonly value: string | undefined;
}

function parse(words: readonly string[]): { readonly devices: readonly string[]; readonly requests: readonly Word[] } | string {
  const devices: string[] = [];
  const requests: Word[] = [];
  for (const word of words) {
    if (word.startsWith("--")) {
      if (!["--direct", "--verbose", "--version"].includes(word.split("=")[0] ?? "")) return `${word.slice(2)}: unknown flag`;
      requests.push({ letter: word.slice(2), value: undefined });
    } else if (word.startsWith("-") && word.length > 1) {
      for (let at = 1; at < word.length; at++) {
        const letter = word[at] ?? "";
        if (!LETTERS.includes(letter)) return `-${letter}: unknown flag`;
        const value = NUMBERED.includes(letter) ? /^\d+/.exec(word.slice(at + 1))?.[0] : undefined;
        at += value?.length ?? 0;
        requests.push({ letter, value });
      }
    } else devices.push(word);
  }
  return { devices, requests };
}

/** Reads for as long as the disk and three seconds allow; the time is that of the machine. */
function* timing(sys: Sys, io: Io, fd: number, sizeBytes: number, cached: boolean): Blocking<void> {
  io.out.put(cached ? " Timing cached reads:   " : " Timing buffered disk reads: ");
  const limitUs = cached ? 2_000_000 : 3_000_000;
  const begin = sys.clockUs("monotonic");
  const chunk = 2 ** 21;
  const most = cached ? Number.POSITIVE_INFINITY : sizeBytes;
  let read = 0;
  // a piece is read for real, the rest at that pace
  for (; read < Math.min(most, 8 * chunk); read += chunk) yield* sys.pread(fd, chunk, cached ? 0 : read);
  const took = Math.max(cached ? 200 : 2_000, sys.clockUs("monotonic") - begin);
  const pace = cached ? CACHE_BYTES_A_MICROSECOND : Math.min(read / took, 1_900);
  const bytes = Math.min(most, Math.floor((pace * limitUs) / chunk) * chunk);
  const us = Math.max(1, bytes / pace);
  yield* sys.sleep(Math.max(0, us - took));
  const mebibytes = bytes / 2 ** 20;
  const seconds = us / 1e6;
  io.out.put(`${String(Math.floor(mebibytes)).padStart(3)} MB in ${seconds.toFixed(2).padStart(5)} seconds = ${(mebibytes / seconds).toFixed(2).padStart(6)} MB/sec\n`);
}

export default program({
  name: "hdparm", path: "/sbin/hdparm", manSection: 8, showsHelp: true, summary: "get and set parameters of disks, and measure them", synopsis: ["[OPTION]... DEVICE..."], operands: "files",
  description: ["Disks of virtual machines answer none of the requests of ATA (-i, -I, -B, -W, -C…); what the kernel knows (-a, -r, -g) and the measurements (-t, -T) work."],
  options: [
    flag(["-a"], "how much is read ahead; -a256 sets it"), flag(["-r"], "whether it is read-only; -r1 sets that"), flag(["-g"], "geometry: cylinders, heads, sectors"), flag(["-t"], "how fast the disk reads"), flag(["-T"], "how fast the cache reads"), flag(["-i"], "what the kernel noted of an ATA disk"), flag(["-I"], "ask an ATA disk what it is"), flag(["-B"], "power management of an ATA disk"), flag(["-W"], "its write cache"), flag(["-C"], "whether it is awake"), flag(["-S"], "after how long without work it stops spinning"), flag(["-y"], "stop it spinning (standby)"), flag(["-f"], "write its buffers to it and empty them"), flag(["-z"], "read the partition table again"), flag(["-v"], "the usual settings"), flag(["-V", "--version"], "print the version"), flag(["-h", "--help"], "print the help"), flag(["--direct"], "measure without the cache"), text(["-Q"], "DEPTH", "length of an ATA disk's queue"),
  ],
}, function* (sys, argv, io: Io) {
  const usage = "Usage:  hdparm  [options] [device ...]\n";
  const parsed = parse(argv.slice(1));
  if (typeof parsed === "string") {
    yield* io.stderr(`${parsed}\n${usage}`);
    return 22;
  }
  const { devices, requests } = parsed;
  const has = (letter: string): boolean => requests.some((one) => one.letter === letter);
  if (has("V") || has("version")) {
    io.out.put(VERSION);
    return 0;
  }
  if (has("h") || devices.length === 0) {
    io.out.put(`\nhdparm - get/set hard disk parameters - version v9.65, by Mark Lord.\n\n${usage}`);
    return has("h") ? 0 : 22;
  }
  let status = 0;
  for (const device of devices) {
    let target: { readonly fd: number; readonly sizeBytes: number; readonly isDevice: boolean };
    try {
      target = yield* openBlockTarget(sys, device, false);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`${device}: ${error.message}\n`);
      return error.errno === "EACCES" ? 13 : 2;
    }
    io.out.put(`\n${device}:\n`);
    const fail = function* (request: string): Blocking<void> {
      yield* io.out.flush();
      yield* io.stderr(` ${request} failed: Inappropriate ioctl for device\n`);
      status = ENOTTY;
    };
    const sysfs = `/sys/class/block/${device.split("/").at(-1) ?? ""}`;
    const readAhead = `${sysfs}/queue/read_ahead_kb`;
    const usual = requests.length === 0 || has("v");
    const about = function* (letter: string): Blocking<void> {
      if (!target.isDevice) {
        yield* fail(letter === "r" ? "BLKROGET" : letter === "a" ? "BLKRAGET" : "HDIO_GETGEO");
        return;
      }
      if (letter === "r") {
        const on = (yield* readTextFile(sys, `${sysfs}/ro`))?.trim() === "1";
        io.out.put(` readonly      = ${on ? " 1 (on)" : " 0 (off)"}\n`);
      } else if (letter === "a") {
        const sectors = Number(yield* readTextFile(sys, readAhead)) * 2;
        io.out.put(` readahead     = ${sectors} (${sectors > 0 ? "on" : "off"})\n`);
      } else {
        const sectors = target.sizeBytes / 512;
        io.out.put(` geometry      = ${Math.floor(sectors / (16 * 63))}/16/63, sectors = ${sectors}, start = ${(yield* readTextFile(sys, `${sysfs}/start`))?.trim() ?? "0"}\n`);
      }
    };
    if (usual) for (const letter of ["r", "a", "g"]) yield* about(letter);
    for (const { letter, value } of requests) {
      try {
        if (letter === "a" && value !== undefined) {
          io.out.put(` setting fs readahead to ${value}\n`);
          const fd = yield* sys.open(readAhead, O.WRONLY);
          yield* sys.write(fd, encode(`${Math.floor(Number(value) / 2)}\n`));
          sys.close(fd);
          yield* about("a");
        } else if (letter === "r" && value !== undefined) {
          io.out.put(` setting readonly to ${value} (${value === "0" ? "off" : "on"})\n`);
          sys.ioctl(target.fd, "BLKROSET", value === "0" ? 0 : 1);
          yield* about("r");
        } else if ("arg".includes(letter)) yield* about(letter);
        else if (letter === "T") yield* timing(sys, io, target.fd, target.sizeBytes, true);
        else if (letter === "t") {
          if (target.isDevice) yield* timing(sys, io, target.fd, target.sizeBytes, false);
          else yield* fail("BLKFLSBUF");
        } else if (letter === "z") sys.ioctl(target.fd, "BLKRRPART");
        else if (ATA.has(letter)) yield* fail(ATA.get(letter) ?? "");
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.out.flush();
        yield* io.stderr(` ${letter === "a" ? "BLKRASET" : letter === "r" ? "BLKROSET" : letter === "z" ? "BLKRRPART" : "read"} failed: ${error.message}\n`);
        status = error.errno === "EBUSY" ? 16 : error.errno === "EACCES" ? 13 : ENOTTY;
      }
    }
    sys.close(target.fd);
  }
  return status;
});
