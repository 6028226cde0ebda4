import { type Io, flag, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "uname",
  summary: "print the name and version of the system: kernel, host, machine",
  synopsis: ["[OPTION]..."],
  options: {
    all: flag(["-a", "--all"], "all of the below, but -p and -i only if they are known"),
    kernelName: flag(["-s", "--sysname", "--kernel-name"], "name of the kernel (the default)"),
    nodeName: flag(["-n", "--nodename"], "name of this host"),
    kernelRelease: flag(["-r", "--release", "--kernel-release"], "release of the kernel, such as 6.1.0-18-amd64"),
    kernelVersion: flag(["-v", "--kernel-version"], "number and date of the kernel's build"),
    machine: flag(["-m", "--machine"], "architecture of the machine"),
    processor: flag(["-p", "--processor"], "kind of processor; unknown on many systems"),
    hardwarePlatform: flag(["-i", "--hardware-platform"], "hardware platform; unknown on many systems"),
    operatingSystem: flag(["-o", "--operating-system"], "name of the operating system"),
  },
  operands: "none",
  seeAlso: ["arch(1)", "uname(2)"],
  *run({ options, operands, sys }, io: Io) {
    if (operands[0] !== undefined) io.usage(`extra operand ${io.quote(operands[0])}`);
    const names = sys.uname();
    const { all } = options;
    const words: string[] = [];
    const none = !Object.values(options).some(Boolean);
    if (all || options.kernelName || none) words.push(names.sysname);
    if (all || options.nodeName) words.push(names.nodename);
    if (all || options.kernelRelease) words.push(names.release);
    if (all || options.kernelVersion) words.push(names.version);
    if (all || options.machine) words.push(names.machine);
    if (options.processor) words.push("unknown");
    if (options.hardwarePlatform) words.push("unknown");
    if (all || options.operatingSystem) words.push("GNU/Linux");
    io.out.put(words.join(" ") + "\n");
  },
});
