// Which hypervisor or container engine this is: the same sources as systemd's (src/basic/virt.c describes them): DMI, /proc, PID 1's environment.
import { type Blocking, type Sys, SysError } from "../../../kernel/sys.ts";
import { exists, tryReadFile } from "./files.ts";

export const VIRTUALIZATIONS = [
  "none", "kvm", "amazon", "qemu", "bochs", "xen", "uml", "vmware", "oracle", "microsoft", "zvm", "parallels", "bhyve", "qnx", "acrn", "powervm", "apple", "sre", "google", "vm-other", "systemd-nspawn", "lxc-libvirt", "lxc", "openvz",
  "docker", "podman", "rkt", "wsl", "proot", "pouch", "container-other",
] as const;

const vendors: readonly (readonly [string, string])[] = [
  ["KVM", "kvm"], ["OpenStack", "kvm"], ["KubeVirt", "kvm"], ["Amazon EC2", "amazon"], ["QEMU", "qemu"], ["VMware", "vmware"], ["VMW", "vmware"], ["innotek GmbH", "oracle"], ["VirtualBox", "oracle"], ["Oracle Corporation", "oracle"], ["Xen", "xen"],
  ["Bochs", "bochs"], ["Parallels", "parallels"], ["BHYVE", "bhyve"], ["Hyper-V", "microsoft"], ["Apple Virtualization", "apple"], ["Google Compute Engine", "google"],
];

/** The CPU's own word (the hypervisor leaf) wins over DMI, except that VirtualBox and Amazon are known by DMI first. */
export function* detectVirtualMachine(sys: Sys): Blocking<string> {
  let dmi = "none";
  for (const file of ["product_name", "sys_vendor", "board_vendor", "bios_vendor", "product_version"]) {
    const text = yield* tryReadFile(sys, `/sys/class/dmi/id/${file}`);
    const found = text === undefined ? undefined : vendors.find(([prefix]) => text.startsWith(prefix));
    if (found !== undefined) {
      dmi = found[1];
      break;
    }
  }
  if (dmi === "oracle" || dmi === "xen" || dmi === "amazon" || dmi === "parallels" || dmi === "google") return dmi;
  if (((yield* tryReadFile(sys, "/sys/hypervisor/type")) ?? "").startsWith("xen")) {
    const features = yield* tryReadFile(sys, "/proc/xen/capabilities");
    return features?.includes("control_d") === true ? "none" : "xen";
  }
  return (yield* underKvm(sys)) ? "kvm" : dmi;
}

/** The hypervisor leaf of CPUID says KVMKVMKVM: here known by the clock that only this hypervisor offers. */
function* underKvm(sys: Sys): Blocking<boolean> {
  return ((yield* tryReadFile(sys, "/sys/devices/system/clocksource/clocksource0/available_clocksource")) ?? "").includes("kvm-clock");
}

const containerFiles: readonly (readonly [path: string, name: string])[] = [["/run/.containerenv", "podman"], ["/.dockerenv", "docker"]];

export function* detectContainer(sys: Sys): Blocking<string> {
  if (exists(sys, "/proc/vz") && !exists(sys, "/proc/bc")) return "openvz";
  const release = (yield* tryReadFile(sys, "/proc/sys/kernel/osrelease")) ?? "";
  if (release.includes("Microsoft") || release.includes("WSL")) return "wsl";
  const noted = (yield* tryReadFile(sys, "/run/systemd/container"))?.trim();
  if (noted !== undefined && noted !== "") return known(noted);
  for (const [path, name] of containerFiles) if (exists(sys, path)) return name;
  let environment: string | undefined;
  try {
    environment = yield* tryReadFile(sys, "/proc/1/environ");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const value = (environment ?? "").split("\0").find((word) => word.startsWith("container="))?.slice("container=".length);
  if (value === undefined || value === "") return "none";
  return known(value);
}

function known(name: string): string {
  if (name === "oci") return "container-other";
  return VIRTUALIZATIONS.find((one) => one === name) ?? "container-other";
}
