import { type Io, flag, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "uname",
  summary: "print certain system information",
  synopsis: ["[OPTION]..."],
  options: {
    all: flag(["-a", "--all"], "print all information, except -p and -i when they are unknown"),
    kernelName: flag(["-s", "--sysname", "--kernel-name"], "print the kernel name (default)"),
    nodeName: flag(["-n", "--nodename"], "print the network node hostname"),
    kernelRelease: flag(["-r", "--release", "--kernel-release"], "print the kernel release"),
    kernelVersion: flag(["-v", "--kernel-version"], "print the kernel version"),
    machine: flag(["-m", "--machine"], "print the machine hardware name"),
    processor: flag(["-p", "--processor"], "print the processor type (non-portable)"),
    hardwarePlatform: flag(["-i", "--hardware-platform"], "print the hardware platform (non-portable)"),
    operatingSystem: flag(["-o", "--operating-system"], "print the operating system"),
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
