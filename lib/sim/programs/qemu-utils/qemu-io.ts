// qemu-io: reads and writes an image by commands, for tests (qemu-io has no manual page; `qemu-io --help`). Simulated: -c with write and read.
import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import { type DiskImage, ImageError } from "../kit/disk-image/disk-image.ts";
import { openImage } from "../kit/disk-image/open-image.ts";
import { humanSize, sizeBytes } from "./img/_call.ts";
import { withHelp } from "../kit/program.ts";

function* perform(sys: Sys, image: DiskImage, text: string): Blocking<void> {
  const words = text.trim().split(/\s+/);
  const say = function* (line: string): Blocking<void> {
    yield* sys.write(1, encode(`${line}\n`));
  };
  const [verb] = words;
  if (verb === "quit" || verb === "q" || verb === "flush" || verb === "f") return;
  if (verb !== "write" && verb !== "read" && verb !== "w" && verb !== "r") {
    yield* say(`command "${verb}" not found`);
    return;
  }
  const pattern = words.indexOf("-P") < 0 ? 0xcd : Number(words[words.indexOf("-P") + 1]);
  const zero = words.includes("-z");
  const operands = words.slice(1).filter((word, index, all) => !word.startsWith("-") && all[index - 1] !== "-P");
  const offset = sizeBytes(operands[0] ?? "");
  const length = sizeBytes(operands[1] ?? "");
  if (offset === undefined || length === undefined) {
    yield* say(`non-numeric length argument -- ${operands[1] ?? ""}`);
    return;
  }
  const writes = verb === "write" || verb === "w";
  for (let at = 0; at < length; at += 65_536) {
    const count = Math.min(65_536, length - at);
    if (writes) yield* image.write(offset + at, new Uint8Array(count).fill(zero ? 0 : pattern));
    else {
      const bytes = yield* image.read(offset + at, count);
      if (words.includes("-P") && bytes.some((byte) => byte !== pattern)) {
        yield* say(`Pattern verification failed at offset ${offset + at}, ${count} bytes`);
        break;
      }
    }
  }
  yield* say(`${writes ? "wrote" : "read"} ${length}/${length} bytes at offset ${offset}`);
  yield* say(`${humanSize(length)}, 1 ops; 00.00 sec (1.000 GiB/sec and 1000.0000 ops/sec)`);
}

function* qemuIo(sys: Sys, argv: readonly string[]): Blocking<number> {
  const commands: string[] = [];
  let format: string | undefined;
  let readOnly = false;
  let path: string | undefined;
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (word === "-c" || word === "--cmd") commands.push(argv[++at] ?? "");
    else if (word === "-f" || word === "--format") format = argv[++at];
    else if (word === "-r" || word === "--read-only") readOnly = true;
    else if (!word.startsWith("-")) path = word;
    else if (!/^-(?:[nkmsVdTtiUh]|-(?:snapshot|nocache|native-aio|misalign|object|image-opts|force-share|discard|version|trace|cache))/.test(word)) {
      yield* sys.write(2, encode(`qemu-io: ${word.startsWith("--") ? `unrecognized option '${word}'` : `invalid option -- '${word.charAt(1)}'`}\nTry 'qemu-io --help' for more information.\n`));
      return 1;
    }
  }
  if (path === undefined) return 0;
  try {
    const opened = yield* openImage(sys, path, { format, writable: !readOnly });
    for (const command of commands) yield* perform(sys, opened.image, command);
    opened.close();
    return 0;
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    yield* sys.write(2, encode(`qemu-io: can't open device ${path}: ${error.message}\n`));
    return 1;
  }
}

export default withHelp({
  name: "qemu-io",
  declaration: {
    name: "qemu-io", summary: "QEMU disk exerciser", synopsis: ["[OPTIONS]... [-c STRING]... [file]"], operands: "files",
    options: [
      { names: ["-c", "--cmd"], argument: "STRING", argumentOptional: false, help: "execute a command: write or read", support: "simulated" },
      { names: ["-f", "--format"], argument: "FMT", argumentOptional: false, help: "format of the image", support: "simulated" },
      { names: ["-r", "--read-only"], argument: undefined, argumentOptional: false, help: "open it read-only", support: "simulated" },
    ],
  },
  program: qemuIo,
});
