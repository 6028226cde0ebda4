// smartctl: what a disk says of its own health (smartctl(8), smartmontools 7.3). The disks of virtual machines have no such facts: what a learner meets here is how
// smartctl answers on a virtio disk. Messages recorded from the real program on one.
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, type Io, program, text } from "../kit/program.ts";

const TYPES = "ata, scsi[+TYPE], nvme[,NSID], sat[,auto][,N][+TYPE], usbcypress[,X], usbjmicron[,p][,x][,N], usbprolific, usbsunplus, sntasmedia, sntjmicron[,NSID], sntrealtek, intelliprop,N[+TYPE], jmb39x[-q],N[,sLBA][,force][+TYPE], jms56x,N[,sLBA][,force][+TYPE], marvell, areca,N/E, 3ware,N, hpt,L/M/N, megaraid,N, aacraid,H,L,ID, cciss,N, auto, test";
const HINT = "\nUse smartctl -h to get a usage summary\n\n";
const LONG_VALUES = new Set(["--device", "--tolerance", "--badsum", "--report", "--nocheck", "--smart", "--offlineauto", "--saveauto", "--get", "--set", "--log", "--vendorattribute", "--firmwarebug", "--presets", "--drivedb", "--test", "--quietmode"]);
const LONG_FLAGS = new Set(["--help", "--version", "--copyright", "--license", "--info", "--identify", "--all", "--xall", "--scan", "--scan-open", "--json", "--health", "--capabilities", "--attributes", "--captive", "--abort"]);
const SHORT_VALUES = "dTbrnsoSglvFPtqBf";
const SHORT_FLAGS = "hViaxHcACXj";

interface Parsed {
  readonly devices: string[];
  readonly seen: Set<string>;
  readonly values: Map<string, string>;
}

/** The message about a word that is none. */
function parse(words: readonly string[]): Parsed | string {
  const parsed: Parsed = { devices: [], seen: new Set(), values: new Map() };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word.startsWith("--")) {
      const [name = "", value] = word.split("=");
      if (LONG_FLAGS.has(name)) parsed.seen.add(name);
      else if (LONG_VALUES.has(name)) parsed.values.set(name, value ?? words[++at] ?? "");
      else return `=======> UNRECOGNIZED OPTION: ${name.slice(2)}`;
    } else if (word.startsWith("-") && word.length > 1) {
      for (let place = 1; place < word.length; place++) {
        const letter = word[place] ?? "";
        if (SHORT_FLAGS.includes(letter)) parsed.seen.add(`-${letter}`);
        else if (SHORT_VALUES.includes(letter)) {
          const value = word.slice(place + 1) || words[++at];
          if (value === undefined) return `=======> ARGUMENT REQUIRED FOR OPTION: ${letter}`;
          parsed.values.set(`-${letter}`, value);
          break;
        } else return `=======> UNRECOGNIZED OPTION: ${letter}`;
      }
    } else parsed.devices.push(word);
  }
  return parsed;
}

function* isReadable(sys: Sys, path: string): Blocking<SysError | undefined> {
  try {
    sys.close(yield* sys.open(path, O.RDONLY));
    return undefined;
  } catch (error) {
    if (error instanceof SysError) return error;
    throw error;
  }
}

export default program({
  name: "smartctl", path: "/usr/sbin/smartctl", manSection: 8, summary: "ask disks with S.M.A.R.T. about their health", synopsis: ["[OPTION]... DEVICE", "--scan"], operands: "files", showsHelp: true,
  description: ["The disks of the simulated machines are virtual, as those of a real virtual machine: they answer nothing of this kind, and smartctl says so."],
  options: [
    flag(["-h", "--help"], "print the help"), flag(["-V", "--version"], "print the version"), flag(["-i", "--info"], "what disk it is"), flag(["-H", "--health"], "whether the disk expects to fail"), flag(["-A", "--attributes"], "the disk's counters (attributes)"), flag(["-c", "--capabilities"], "which tests the disk can do"), flag(["-a", "--all"], "all that S.M.A.R.T. has"), flag(["-x", "--xall"], "all, also what is not S.M.A.R.T."), flag(["--scan"], "list the disks that can be asked"), flag(["--scan-open"], "the same, each one opened"),
    text(["-d", "--device"], "TYPE", "how the disk is spoken to: ata, scsi, nvme, sat, auto"), text(["-s", "--smart"], "on|off", "switch S.M.A.R.T. on or off"), text(["-t", "--test"], "TEST", "start a test: short, long, conveyance, offline"), text(["-l", "--log"], "LOG", "print a log: error, selftest, …"), flag(["-X", "--abort"], "stop a test"), flag(["-j", "--json"], "write JSON (accepted)"), text(["-n", "--nocheck"], "MODE", "do nothing while the disk sleeps"),
  ],
  exitStatuses: [["0", "nothing wrong"], ["1", "the command line was wrong, or the disk is of no known kind"], ["2", "the device could not be opened"]],
}, function* (sys, argv, io: Io) {
  const words = argv.slice(1);
  const head = `smartctl 7.3 2022-02-28 r5338 [x86_64-linux-${sys.uname().release}] (local build)\nCopyright (C) 2002-22, Bruce Allen, Christian Franke, www.smartmontools.org\n\n`;
  const parsed = parse(words);
  if (typeof parsed === "string") {
    io.out.put(`${head}${parsed}\n${HINT}`);
    return 1;
  }
  if (parsed.seen.has("-V") || parsed.seen.has("--version")) {
    io.out.put(head);
    return 0;
  }
  if (parsed.seen.has("--scan") || parsed.seen.has("--scan-open")) return 0;
  const [device] = parsed.devices;
  if (device === undefined) {
    io.out.put(`${head}ERROR: smartctl requires a device name as the final command-line argument.\n\n${HINT}`);
    return 1;
  }
  if (parsed.devices.length > 1) {
    io.out.put(`${head}ERROR: smartctl takes ONE device name as the final command-line argument.\nYou have provided ${parsed.devices.length} device names:\n${parsed.devices.map((one) => `${one}\n`).join("")}${HINT}`);
    return 1;
  }
  const type = parsed.values.get("-d") ?? parsed.values.get("--device");
  if (type !== undefined && !/^(ata|scsi|nvme|sat|auto|test|marvell|usb\w+|snt\w+|intelliprop|jmb39x|jms56x|areca|3ware|hpt|megaraid|aacraid|cciss)\b/.test(type)) {
    io.out.put(`${head}${device}: Unknown device type '${type}'\n=======> VALID ARGUMENTS ARE: ${TYPES} <=======\n${HINT}`);
    return 1;
  }
  // names decide about the kind before anything is opened
  const typed = type !== undefined && type !== "auto" && type !== "test";
  if (typed || /^\/dev\/(sd|hd|nvme)/.test(device)) {
    const problem = yield* isReadable(sys, device);
    if (problem) {
      io.out.put(`${head}Smartctl open device: ${device} failed: ${problem.errno === "ENOENT" && !typed ? "No such device" : problem.message}\n`);
      return 2;
    }
    io.out.put(`${head}Smartctl open device: ${device} failed: Inappropriate ioctl for device\n`);
    return 2;
  }
  io.out.put(`${head}${device}: Unable to detect device type\nPlease specify device type with the -d option.\n${HINT}`);
  return 1;
});
