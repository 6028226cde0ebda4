// nvme: NVMe disks (nvme(1), nvme-cli 2.3). The disks of the simulated machines are of virtio: nothing in /sys tells of any.
import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, type Io, program, text } from "../kit/program.ts";

const ON_DEVICE = new Set(["id-ctrl", "id-ns", "list-ns", "list-ctrl", "smart-log", "error-log", "fw-log", "get-log", "get-feature", "set-feature", "format", "self-test-log", "device-self-test", "reset", "subsystem-reset", "show-regs", "sanitize", "sanitize-log", "read", "write", "flush", "fw-download", "fw-commit", "create-ns", "delete-ns", "attach-ns", "detach-ns", "telemetry-log", "effects-log", "get-ns-id", "endurance-log", "ns-descs"]);
const OTHERS = ["list", "list-subsys", "version", "help", "discover", "connect", "connect-all", "disconnect", "disconnect-all", "gen-hostnqn", "show-hostnqn", "show-topology"];

function* openNvme(sys: Sys, path: string): Blocking<string> {
  const name = path.startsWith("/dev/") ? path : `/dev/${path}`;
  try {
    const kind = sys.stat(name).mode & S.IFMT;
    sys.close(yield* sys.open(name, O.RDONLY));
    return kind === S.IFBLK || kind === S.IFCHR ? "NVMe status: Inappropriate ioctl for device" : `${path} is not a block or character device`;
  } catch (error) {
    if (error instanceof SysError) return `${path}: ${error.message}`;
    throw error;
  }
}

export default program({
  name: "nvme", path: "/usr/sbin/nvme", manSection: 1, summary: "ask and manage NVMe disks", synopsis: ["COMMAND [DEVICE] [OPTION]..."], operands: "files", showsHelp: true,
  description: ["Disks here are virtio disks: nvme list finds nothing to look through, as on any machine without NVMe."],
  options: [text(["-o", "--output-format"], "normal|json", "the form of the report"), flag(["-v", "--verbose"], "say more")],
}, function* (sys, argv, io: Io) {
  const [command, ...words] = argv.slice(1);
  if (command === undefined || command === "help") {
    io.out.put(`nvme-2.3\nusage: nvme <command> [<device>] [<args>]\n\n${[...OTHERS, ...ON_DEVICE].sort().map((name) => `  ${name}\n`).join("")}`);
    return 0;
  }
  if (command === "version") {
    io.out.put("nvme version 2.3 (git 2.3)\nlibnvme version 1.3 (git 1.3)\n");
    return 0;
  }
  if (command === "list" || command === "list-subsys" || command === "show-topology") {
    // without the module nvme there is nothing to look through
    yield* io.stderr("Failed to scan topology: No such file or directory\n");
    return 1;
  }
  if (ON_DEVICE.has(command)) {
    const usage = `\u001b[1mUsage: nvme ${command} <device> [OPTIONS]\u001b[0m\n`;
    const device = words.find((word) => !word.startsWith("-"));
    if (device === undefined) {
      yield* io.stderr(`${command}: Invalid argument\n${usage}`);
      return 1;
    }
    yield* io.stderr(`${yield* openNvme(sys, device)}\n${usage}`);
    return 1;
  }
  if (OTHERS.includes(command)) {
    sys.observe({ kind: "unsimulated", command: "nvme", detail: command });
    yield* io.stderr(`Failed to open /dev/nvme-fabrics: No such file or directory\n`);
    return 1;
  }
  yield* io.stderr(`ERROR: Invalid sub-command '${command}'\n`);
  return 1;
});
