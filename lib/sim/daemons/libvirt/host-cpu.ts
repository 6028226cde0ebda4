// The host's processor in the words of libvirt: the model of its map that comes nearest, and what there is beyond it (src/cpu_map).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { tryReadFile } from "../systemd/api/files.ts";
import { Xml } from "./api/xml.ts";

export interface HostCpu {
  readonly model: string;
  readonly vendor: "AMD" | "Intel";
  /** beyond the model's own, for guests under KVM */
  readonly features: readonly string[];
  readonly physicalBits: number;
}

/** By family and model number of /proc/cpuinfo. */
const intelModels = new Map([["6 79", "Broadwell-IBRS"], ["6 61", "Broadwell-IBRS"], ["6 60", "Haswell"], ["6 85", "Skylake-Server"], ["6 94", "Skylake-Client"], ["6 42", "SandyBridge"]]);

/** libvirt's names of what none of those models has, beside the kernel's. */
const extraFeatures: readonly (readonly [libvirt: string, kernel: string])[] = [
  ["vme", "vme"], ["ss", "ss"], ["vmx", "vmx"], ["svm", "svm"], ["f16c", "f16c"], ["rdrand", "rdrand"], ["hypervisor", "hypervisor"], ["arat", "arat"], ["tsc_adjust", "tsc_adjust"], ["umip", "umip"], ["md-clear", "md_clear"], ["arch-capabilities", "arch_capabilities"], ["ssbd", "ssbd"],
  ["xsaveopt", "xsaveopt"], ["pdpe1gb", "pdpe1gb"], ["abm", "abm"],
];

/** What the host itself calls vmx or svm is a guest's only when its module nests. */
export function* hostCpu(sys: Sys): Blocking<HostCpu> {
  const info = (yield* tryReadFile(sys, "/proc/cpuinfo")) ?? "";
  const field = (name: string): string => new RegExp(`^${name}\\s*: (.*)$`, "m").exec(info)?.[1] ?? "";
  const flags = new Set(field("flags").split(" "));
  const intel = field("vendor_id") === "GenuineIntel";
  const model = (intel ? intelModels.get(`${field("cpu family")} ${field("model")}`) : undefined) ?? (intel ? "kvm64" : "qemu64");
  const nested = ((yield* tryReadFile(sys, `/sys/module/kvm_${intel ? "intel" : "amd"}/parameters/nested`)) ?? "N").trim();
  const features = extraFeatures.filter(([name, flag]) => flags.has(flag) && ((name !== "vmx" && name !== "svm") || nested === "Y" || nested === "1")).map(([name]) => name);
  return { model, vendor: intel ? "Intel" : "AMD", features, physicalBits: Number.parseInt(field("address sizes"), 10) || 40 };
}

/** What host-model becomes at the start of a guest under KVM. */
export function hostModel({ model, vendor, features }: HostCpu): Xml {
  return new Xml("cpu", { mode: "custom", match: "exact", check: "full" }, [new Xml("model", { fallback: "forbid" }, model), new Xml("vendor", {}, vendor), ...features.map((name) => new Xml("feature", { policy: "require", name }))]);
}

const readAndWrite = 6;

/** Whether QEMU, as whoever runs this daemon, gets at KVM. */
export function kvmUsable(sys: Sys): boolean {
  try {
    sys.access("/dev/kvm", readAndWrite);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}
