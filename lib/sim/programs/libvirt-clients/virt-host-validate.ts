// virt-host-validate: is this host ready for guests (virt-host-validate(1)).
import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import type { Command } from "../kit/command.ts";
import { withHelp } from "../kit/program.ts";
import { exists } from "../kit/presence.ts";

type Verdict = "PASS" | "FAIL" | "WARN";
interface Check {
  readonly hypervisor: string;
  readonly what: string;
  readonly verdict: Verdict;
  readonly why?: string;
}

const colours = { PASS: "32", FAIL: "31", WARN: "33" } as const;

function* qemuChecks(sys: Sys): Blocking<readonly Check[]> {
  const flags = /^flags\s*:(.*)$/m.exec((yield* readTextFile(sys, "/proc/cpuinfo")) ?? "")?.[1]?.split(" ") ?? [];
  const capable = flags.includes("vmx") || flags.includes("svm");
  const controllers = ((yield* readTextFile(sys, "/sys/fs/cgroup/cgroup.controllers")) ?? "").trim().split(" ");
  const modules = (yield* readTextFile(sys, "/proc/modules")) ?? "";
  const check = (what: string, good: boolean, otherwise: Verdict, why: string): Check => (good ? { hypervisor: "QEMU", what, verdict: "PASS" } : { hypervisor: "QEMU", what, verdict: otherwise, why });
  const list = [check("for hardware virtualization", capable, "FAIL", "Host not compatible with KVM; HW virtualization CPU features not found. Only emulated CPUs are available; performance will be significantly limited")];
  if (capable) list.push(check("if device /dev/kvm exists", exists(sys, "/dev/kvm"), "FAIL", "Check that the 'kvm-intel' or 'kvm-amd' modules are loaded & the BIOS has enabled virtualization"), check("if device /dev/kvm is accessible", exists(sys, "/dev/kvm"), "FAIL", "Check /dev/kvm is world writable or you are in a group that is allowed to access it"));
  list.push(check("if device /dev/vhost-net exists", /^vhost_net /m.test(modules), "WARN", "Load the 'vhost_net' module to improve performance of virtio networking"), check("if device /dev/net/tun exists", exists(sys, "/dev/net/tun"), "FAIL", "Load the 'tun' module to enable networking for QEMU guests"));
  for (const [name, needs] of [["cpu", "cpu"], ["cpuacct", ""], ["cpuset", "cpuset"], ["memory", "memory"], ["devices", ""], ["blkio", "io"]] as const) list.push(check(`for cgroup '${name}' controller support`, needs === "" || controllers.includes(needs), "WARN", `Enable '${name}' in kernel Kconfig file or mount/enable cgroup controller in your system`));
  list.push(check("for device assignment IOMMU support", false, "WARN", "Unknown if this platform has IOMMU support"), check("for secure guest support", false, "WARN", "Unknown if this platform has Secure Guest support"));
  return list;
}

function* lxcChecks(sys: Sys): Blocking<readonly Check[]> {
  const list: Check[] = [{ hypervisor: "LXC", what: "Linux >= 2.6.26", verdict: "PASS" }];
  for (const name of ["ipc", "mnt", "pid", "uts", "net", "user"]) list.push({ hypervisor: "LXC", what: `namespace ${name}`, verdict: exists(sys, `/proc/self/ns/${name}`) ? "PASS" : "FAIL" });
  for (const name of ["cpu", "cpuacct", "cpuset", "memory", "devices", "freezer", "blkio"]) list.push({ hypervisor: "LXC", what: `cgroup '${name}' controller support`, verdict: "PASS" });
  list.push({ hypervisor: "LXC", what: "if device /sys/fs/fuse/connections exists", verdict: exists(sys, "/sys/fs/fuse/connections") ? "PASS" : "FAIL" });
  yield* sys.preempt();
  return list.map((one) => ({ ...one, what: one.what.startsWith("if ") ? one.what : `for ${one.what}` }));
}

const command: Command = {
  name: "virt-host-validate",
  declaration: { name: "virt-host-validate", summary: "validate host virtualization setup", synopsis: ["[OPTION]... [HYPERVISOR]"], operands: "none", options: [{ names: ["-q", "--quiet"], argument: undefined, argumentOptional: false, help: "only the exit status", support: "simulated" }, { names: ["-v", "--version"], argument: undefined, argumentOptional: false, help: "display version", support: "simulated" }] },
  *program(sys, argv) {
    const words = argv.slice(1);
    if (words.includes("--version") || words.includes("-v")) {
      yield* sys.write(1, encode("version: virt-host-validate 9.0.0\n"));
      return 0;
    }
    const unknown = words.find((word) => /^-./.test(word) && !["-q", "--quiet"].includes(word));
    if (unknown !== undefined) {
      yield* sys.write(2, encode(`virt-host-validate: ${unknown.startsWith("--") ? `unrecognized option '${unknown}'` : `invalid option -- '${unknown.charAt(1)}'`}\n\nsyntax: virt-host-validate [OPTIONS] [HVTYPE]\n`));
      return 1;
    }
    const quiet = words.includes("-q") || words.includes("--quiet");
    const operands = words.filter((word) => !word.startsWith("-"));
    // a second one is not looked at
    if (operands.length > 2) {
      yield* sys.write(2, encode("virt-host-validate: too many command line arguments\n"));
      return 1;
    }
    const [wanted] = operands;
    if (wanted !== undefined && wanted !== "qemu" && wanted !== "lxc" && wanted !== "ch" && wanted !== "bhyve") {
      yield* sys.write(2, encode(`virt-host-validate: unsupported hypervisor name ${wanted}\n`));
      return 1;
    }
    const checks = [...(wanted === undefined || wanted === "qemu" ? yield* qemuChecks(sys) : []), ...(wanted === undefined || wanted === "lxc" ? yield* lxcChecks(sys) : [])];
    const coloured = sys.isatty(1);
    for (const one of checks) {
      if (quiet) continue;
      const verdict = coloured ? `\u001b[${colours[one.verdict]}m${one.verdict}\u001b[0m` : one.verdict;
      yield* sys.write(1, encode(`${one.hypervisor.padStart(6)}: Checking ${one.what.padEnd(60)}: ${verdict}${one.why === undefined ? "" : ` (${one.why})`}\n`));
    }
    return checks.some((one) => one.verdict === "FAIL") ? 1 : 0;
  },
};

export default withHelp(command);
