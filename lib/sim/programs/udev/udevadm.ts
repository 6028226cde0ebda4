// udevadm: asks about devices, and makes events of them (udevadm(8), systemd 252).
import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, gnu, type Io, optionalText, text, texts } from "../kit/gnu.ts";
import { deviceAt, type Device, deviceOfNode, linksOf, parentOf, propertiesOf } from "./_device.ts";
import { DATABASE } from "./_database.ts";
import { everyDevice } from "./_event.ts";
import { control, lock, settle, wait } from "./_queue.ts";
import { test, testBuiltin } from "./_test-event.ts";
import { monitor, trigger } from "./_trigger.ts";
import { exists } from "../kit/presence.ts";

type Query = "all" | "name" | "symlink" | "path" | "property";

/** What the line of the record begins with, for each fact that a device has. */
function* record(sys: Sys, device: Device): Blocking<string> {
  const lines = [`P: ${device.path}`, `M: ${device.name}`];
  const number = /\d+$/.exec(device.name)?.[0];
  if (number !== undefined) lines.push(`R: ${number}`);
  if (device.subsystem !== undefined) lines.push(`U: ${device.subsystem}`);
  const type = device.uevent.get("DEVTYPE");
  if (type !== undefined) lines.push(`T: ${type}`);
  const major = device.uevent.get("MAJOR");
  if (major !== undefined) lines.push(`D: ${device.subsystem === "block" ? "b" : "c"} ${major}:${device.uevent.get("MINOR") ?? ""}`);
  const index = device.uevent.get("IFINDEX");
  if (index !== undefined) lines.push(`I: ${index}`);
  const node = device.uevent.get("DEVNAME");
  if (node !== undefined) {
    lines.push(`N: ${node}`, "L: 0");
    for (const link of yield* linksOf(sys, device)) lines.push(`S: ${link}`);
  }
  const sequence = device.uevent.get("DISKSEQ");
  if (sequence !== undefined) lines.push(`Q: ${sequence}`);
  if (device.driver !== undefined) lines.push(`V: ${device.driver}`);
  for (const [name, value] of yield* propertiesOf(sys, device)) lines.push(`E: ${name}=${value}`);
  return `${lines.join("\n")}\n\n`;
}

/** -a: attributes of the device and of those above it, in the words of rules. */
function* attributeWalk(sys: Sys, io: Io, device: Device): Blocking<void> {
  io.out.put("\nUdevadm info starts with the device specified by the devpath and then\nwalks up the chain of parent devices. It prints for every device\nfound, all possible attributes in the udev rules key format.\nA rule to match, can be composed by the attributes of the device\nand the attributes from one single parent device.\n\n");
  let plural = "";
  for (let at: Device | undefined = device; at !== undefined; at = yield* parentOf(sys, at)) {
    io.out.put(plural === "" ? `  looking at device '${at.path}':\n` : `  looking at parent device '${at.path}':\n`);
    io.out.put(`    KERNEL${plural}=="${at.name}"\n    SUBSYSTEM${plural}=="${at.subsystem ?? ""}"\n    DRIVER${plural}=="${at.driver ?? ""}"\n`);
    for (const [name, value] of yield* attributes(sys, `/sys${at.path}`)) io.out.put(`    ATTR${plural}{${name}}=="${value}"\n`);
    io.out.put("\n");
    plural = "S";
  }
}

function* attributes(sys: Sys, directory: string): Blocking<readonly (readonly [string, string])[]> {
  const found: (readonly [string, string])[] = [];
  for (const { name } of sys.readdir(directory).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (name === "uevent" || name === "dev") continue;
    const path = `${directory}/${name}`;
    try {
      if ((sys.lstat(path).mode & 0o170_000) !== 0o100_000) continue;
      const value = (yield* readTextFile(sys, path)) ?? "";
      if (!/[\0-\x08\x0e-\x1f\x7f-]/.test(value)) found.push([name, value.trimEnd()]);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return found;
}

function list(sys: Sys, directory: string): readonly { readonly name: string }[] {
  try {
    return sys.readdir(directory);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return [];
  }
}

const info = gnu({
  name: "info",
  summary: "tell what is known of a device",
  synopsis: ["[OPTIONS] [DEVPATH|FILE]"],
  project: "systemd",
  version: "252 (252.39-1~deb12u2)",
  tryLine: () => "",
  options: {
    query: text(["-q", "--query"], "TYPE", "name, symlink, path, property or all"),
    property: texts(["--property"], "NAME", "these properties only"),
    value: flag(["--value"], "values without names"),
    path: texts(["-p", "--path"], "SYSPATH", "a device by its path below /sys"),
    name: texts(["-n", "--name"], "NAME", "a device by its node"),
    root: flag(["-r", "--root"], "names with /dev before them"),
    walk: flag(["-a", "--attribute-walk"], "what rules can match, up to the root"),
    tree: flag(["-t", "--tree"], "a tree of devices"),
    numberOfFile: text(["-d", "--device-id-of-file"], "FILE", "major:minor of the device that holds a file"),
    exported: flag(["-x", "--export"], "values in quotes, for a shell"),
    prefix: text(["-P", "--export-prefix"], "NAME", "before each name that is exported"),
    database: flag(["-e", "--export-db"], "everything"),
    cleanup: flag(["-c", "--cleanup-db"], "forget everything"),
    initialised: optionalText(["-w", "--wait-for-initialization"], "SECONDS", "wait until the device is known"),
    noPager: flag(["--no-pager"], "do not pipe the output into a pager"),
    versionShort: flag(["-V"], "version"),
  },
  *run({ options, operands, sys }, io: Io) {
    if (options.versionShort) {
      io.out.put("252\n");
      return 0;
    }
    if (options.database) {
      yield* everyDevice(sys, function* (device) {
        io.out.put(yield* record(sys, device));
        if (io.out.full) yield* io.out.flush();
      });
      return 0;
    }
    if (options.cleanup) {
      for (const { name } of list(sys, DATABASE)) sys.unlink(`${DATABASE}/${name}`);
      return 0;
    }
    if (options.numberOfFile !== undefined) {
      const facts = sys.stat(options.numberOfFile);
      io.out.put(`${facts.dev >> 8}:${facts.dev & 255}\n`);
      return 0;
    }
    const query: Query | undefined = (["all", "name", "symlink", "path", "property"] as const).find((kind) => kind === (options.query ?? "all"));
    if (query === undefined) {
      yield* io.stderr("unknown query type\n");
      return 1;
    }
    const wanted: (readonly [word: string, device: Device | undefined])[] = [];
    for (const word of options.path) wanted.push([word, yield* deviceAt(sys, word)]);
    for (const word of options.name) wanted.push([word, yield* deviceOfNode(sys, word)]);
    for (const word of operands) wanted.push([word, (word.startsWith("/dev/") ? yield* deviceOfNode(sys, word) : undefined) ?? (yield* deviceAt(sys, word))]);
    if (wanted.length === 0) {
      yield* io.stderr("A device name or path is required\n");
      return 1;
    }
    let status = 0;
    for (const [word, device] of wanted) {
      if (device === undefined) {
        const path = options.name.includes(word) && !word.startsWith("/") ? `/dev/${word}` : options.path.includes(word) && !word.startsWith("/sys/") ? `/sys/${word}` : word;
        const isPath = /^\/(dev|sys)\//.test(path) || /\.(device|service|mount|swap)$/.test(path);
        if (!isPath) yield* io.stderr(`Bad argument "${word}", expected an absolute path in /dev/ or /sys/ or a unit name: Invalid argument\n`);
        else yield* io.stderr(`Unknown device "${path}": No such ${options.path.includes(word) || exists(sys, path) || !path.startsWith("/sys/") ? "device" : "file or directory"}\n`);
        status = 1;
        continue;
      }
      if (options.walk) {
        yield* attributeWalk(sys, io, device);
        continue;
      }
      const node = device.uevent.get("DEVNAME");
      const properties = yield* propertiesOf(sys, device);
      if (query === "all") io.out.put(yield* record(sys, device));
      else if (query === "path") io.out.put(`${device.path}\n`);
      else if (query === "name") {
        if (node === undefined) {
          yield* io.stderr("No device node found\n");
          status = 1;
        } else io.out.put(`${options.root ? "/dev/" : ""}${node}\n`);
      } else if (query === "symlink") {
        io.out.put(`${(yield* linksOf(sys, device)).map((link) => (options.root ? `/dev/${link}` : link)).join(" ")}\n`);
      } else {
        const names = new Set(options.property.flatMap((list) => list.split(",")));
        for (const [name, value] of properties) {
          if (names.size > 0 && !names.has(name)) continue;
          io.out.put(options.value ? `${value}\n` : options.exported ? `${options.prefix ?? ""}${name}='${value}'\n` : `${name}=${value}\n`);
        }
      }
    }
    return status;
  },
});

const verbs: ReadonlyMap<string, Command> = new Map([["info", info], ["trigger", trigger], ["settle", settle], ["control", control], ["monitor", monitor], ["test", test], ["test-builtin", testBuiltin], ["wait", wait], ["lock", lock]]);

const usage = `udevadm [--help] [--version] [--debug] COMMAND [COMMAND OPTIONS]

Send control commands or test the device manager.

Commands:
${[...verbs].map(([name, verb]) => `  ${name.padEnd(13)} ${verb.declaration.summary.replace(/^./, (letter) => letter.toUpperCase())}\n`).join("")}
See the udevadm(8) man page for details.
`;

const command: Command = {
  name: "udevadm",
  path: "/bin/udevadm",
  links: ["/sbin/udevadm"],
  declaration: { name: "udevadm", summary: "udev management tool", synopsis: ["[--debug] [--version] [--help] COMMAND"], options: [], subcommands: [...verbs.values()].map((verb) => verb.declaration), operands: "files", manSection: 8 },
  program(sys, argv) {
    const words = argv.slice(1).filter((word, index) => !(index === 0 && (word === "--debug" || word === "-d")));
    const [verb, ...rest] = words;
    const say = function* (fd: number, message: string, status: number): Blocking<number> {
      yield* sys.write(fd, encode(message));
      return status;
    };
    if (verb === undefined) return say(2, "Command verb required.\n", 1);
    if (verb === "--version" || verb === "-V" || verb === "version") return say(1, "252\n", 0);
    if (verb === "--help" || verb === "-h" || verb === "help") return say(1, usage, 0);
    return verbs.get(verb)?.program(sys, ["udevadm", ...rest]) ?? say(2, `Unknown command verb ${verb}.\n`, 1);
  },
};

export default command;
