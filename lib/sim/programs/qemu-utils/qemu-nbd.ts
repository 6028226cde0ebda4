// qemu-nbd: images as network block devices (qemu-nbd(8)). Exports are not simulated: what is asked of it is checked, then refused in one line.
import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { withHelp } from "../kit/program.ts";
import { ImageError } from "../kit/disk-image/disk-image.ts";
import { openImage } from "../kit/disk-image/open-image.ts";
import { qemuVersion } from "./qemu-img.ts";

const valued = new Set(["-c", "--connect", "-p", "--port", "-b", "--bind", "-k", "--socket", "-f", "--format", "-o", "--offset", "-e", "--shared", "-x", "--export-name", "-D", "--description", "-P", "--partition", "-l", "--load-snapshot", "-n", "--cache", "--aio", "--discard", "--pid-file", "-B", "--bitmap", "--object", "--tls-creds"]);

function* nbd(sys: Sys, argv: readonly string[]): Blocking<number> {
  const fail = function* (text: string): Blocking<number> {
    yield* sys.write(2, encode(`qemu-nbd: ${text}\n`));
    return 1;
  };
  const given = new Map<string, string>();
  const operands: string[] = [];
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    const equals = word.startsWith("--") ? word.indexOf("=") : -1;
    const name = equals > 0 ? word.slice(0, equals) : word;
    if (!word.startsWith("-")) operands.push(word);
    else if (valued.has(name)) given.set(name, equals > 0 ? word.slice(equals + 1) : (argv[++at] ?? ""));
    else given.set(name, "");
  }
  if (given.has("--version") || given.has("-V")) {
    yield* sys.write(1, encode(`qemu-nbd ${qemuVersion}\nWritten by Anthony Liguori.\n\nCopyright (c) 2003-2022 Fabrice Bellard and the QEMU Project developers\n`));
    return 0;
  }
  const disconnected = given.get("-d") === undefined && given.get("--disconnect") === undefined ? undefined : operands[0];
  const device = given.get("-c") ?? given.get("--connect") ?? disconnected;
  if (device !== undefined) {
    try {
      sys.stat(device);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return yield* fail(`${disconnected === undefined ? "Failed to open" : "Cannot open"} ${device}: ${error.message}`);
    }
  }
  if (disconnected !== undefined) {
    yield* sys.write(1, encode(`${disconnected} disconnected\n`));
    return 0;
  }
  const [path, ...more] = operands;
  if (given.has("-L") || given.has("--list")) return yield* fail("exports of other hosts are not simulated");
  if (path === undefined || more.length > 0) return yield* fail("Invalid number of arguments\nTry `qemu-nbd --help' for more information.");
  try {
    const opened = yield* openImage(sys, path, { format: given.get("-f") ?? given.get("--format") });
    opened.close();
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    return yield* fail(`Failed to blk_new_open '${path}': ${error.message}`);
  }
  return yield* fail("network block devices are not simulated: look into the image with virt-cat, or attach it to a machine");
}

export default withHelp({
  name: "qemu-nbd",
  declaration: {
    name: "qemu-nbd", summary: "offer a disk image as a network block device (NBD)", synopsis: ["[OPTION]... filename"], operands: "files",
    options: [
      { names: ["-c", "--connect"], argument: "DEV", argumentOptional: false, help: "join the image with a device", support: { partly: "what is asked is checked; nothing is joined" } }, { names: ["-d", "--disconnect"], argument: undefined, argumentOptional: false, help: "part a device from its image", support: "simulated" },
      { names: ["-f", "--format"], argument: "FORMAT", argumentOptional: false, help: "format of the image", support: "simulated" }, { names: ["-V", "--version"], argument: undefined, argumentOptional: false, help: "show the version", support: "simulated" },
    ],
  },
  program: nbd,
});
