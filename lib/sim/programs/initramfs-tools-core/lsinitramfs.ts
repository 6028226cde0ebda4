// lsinitramfs(8): what is in an initramfs image.
import { type Blocking, civilFromSeconds, decode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { parseArchive } from "../kit/cpio-archive.ts";
import { fileModeText } from "../kit/file-mode.ts";
import { type Io, program } from "../kit/program.ts";

export function* readImage(sys: Sys, path: string): Blocking<Uint8Array> {
  const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  try {
    const whole = new Uint8Array(sys.fstat(fd).sizeBytes);
    for (let at = 0; at < whole.length;) {
      const bytes = yield* sys.read(fd, 1 << 20);
      if (bytes.length === 0) break;
      whole.set(bytes, at);
      at += bytes.length;
      if (sys.charge(bytes.length >> 8)) yield* sys.preempt();
    }
    return whole;
  } finally {
    sys.close(fd);
  }
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** As cpio -tv writes it: "Nov 21 20:58". */
function shortTime(seconds: number): string {
  const { month, day, hour, minute } = civilFromSeconds(seconds);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${months[month - 1] ?? ""} ${String(day).padStart(2)} ${two(hour)}:${two(minute)}`;
}

export default program({
  name: "lsinitramfs", path: "/usr/bin/lsinitramfs", manSection: 8, summary: "list the files in an initramfs", synopsis: ["[-l] INITRAMFS_FILE..."], operands: "files",
  options: [{ names: ["-l"], argument: undefined, argumentOptional: false, help: "long listing", support: "simulated" }],
}, function* (sys, argv, io: Io) {
  const long = argv.includes("-l");
  const files = argv.slice(1).filter((word) => !word.startsWith("-"));
  if (files.length === 0) {
    yield* io.stderr("Usage: lsinitramfs [-l] <initramfs file>...\n");
    return 1;
  }
  let status = 0;
  for (const file of files) {
    let image: Uint8Array;
    try {
      image = yield* readImage(sys, file);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`lsinitramfs: ${file}: ${error.message}\n`);
      status = 1;
      continue;
    }
    const entries = parseArchive(image);
    if (entries === undefined) {
      yield* io.stderr("cpio: premature end of archive\n");
      status = 1;
      continue;
    }
    for (const entry of entries) {
      const target = (entry.mode & S.IFMT) === S.IFLNK ? ` -> ${decode(entry.bytes)}` : "";
      io.out.put(long ? `${fileModeText(entry.mode)} ${String(entry.nlink).padStart(3)} root     root     ${String(entry.bytes.length).padStart(8)} ${shortTime(entry.mtimeSeconds)} ${entry.name}${target}\n` : `${entry.name}\n`);
    }
  }
  return status;
});
