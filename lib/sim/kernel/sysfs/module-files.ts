// /sys/module/NAME: what a loaded module tells of itself, and its parameters.

import type { SysContext } from "./sys-context.ts";
import { PseudoTree } from "../vfs/pseudo-tree.ts";

export interface ModuleContext extends SysContext {
  readonly name: string;
}

/** Parameters that people look at, with their usual values (modinfo -p). */
const PARAMETERS = new Map<string, readonly (readonly [name: string, usual: string])[]>([
  ["kvm", [["eager_page_split", "Y"], ["halt_poll_ns", "200000"], ["halt_poll_ns_grow", "2"], ["ignore_msrs", "N"], ["kvmclock_periodic_sync", "Y"], ["lapic_timer_advance_ns", "-1"], ["min_timer_period_us", "200"], ["mmio_caching", "Y"],
    ["nx_huge_pages", "auto"], ["report_ignored_msrs", "Y"], ["tdp_mmu", "N"], ["vector_hashing", "Y"]]],
  ["kvm_intel", [["emulate_invalid_guest_state", "Y"], ["enable_apicv", "Y"], ["enable_shadow_vmcs", "Y"], ["ept", "Y"], ["eptad", "Y"], ["fasteoi", "Y"], ["flexpriority", "Y"], ["nested", "Y"], ["nested_early_check", "N"], ["pml", "Y"],
    ["sgx", "N"], ["unrestricted_guest", "Y"], ["vmentry_l1d_flush", "not required"], ["vnmi", "Y"], ["vpid", "Y"]]],
  ["kvm_amd", [["avic", "N"], ["dump_invalid_vmcb", "N"], ["nested", "1"], ["npt", "Y"], ["nrips", "1"], ["pause_filter_count", "3000"], ["sev", "N"], ["sev_es", "N"], ["tsc_scaling", "1"], ["vgif", "1"], ["vls", "1"]]],
  ["loop", [["max_loop", "0"], ["max_part", "0"]]],
  ["tun", []],
  ["vhost_net", [["experimental_zcopytx", "0"]]],
  ["virtio_balloon", []],
  ["overlay", [["index", "N"], ["metacopy", "N"], ["nfs_export", "N"], ["redirect_always_follow", "Y"], ["redirect_dir", "N"], ["redirect_max", "256"], ["xino_auto", "N"]]],
  ["bridge", []],
  ["dummy", [["numdummies", "0"]]],
]);

/** Usual values, with what was said when the module was loaded ("nested=0 ept=1"). */
export function moduleParameters(name: string, given: string): ReadonlyMap<string, string> {
  const values = new Map(PARAMETERS.get(name) ?? []);
  for (const word of given.split(/\s+/)) {
    const at = word.indexOf("=");
    if (at <= 0) continue;
    const key = word.slice(0, at);
    const value = word.slice(at + 1);
    const usual = values.get(key);
    const truth = usual === "Y" || usual === "N";
    values.set(key, truth ? (/^[1yY]/.test(value) ? "Y" : "N") : value);
  }
  return values;
}

function makeTree(): PseudoTree<ModuleContext> {
  const tree = new PseudoTree<ModuleContext>(0o755);
  tree.file("coresize", ({ hardware, name }) => `${hardware.moduleSizes.get(name) ?? 16384}\n`);
  tree.directory("holders", 0o755);
  tree.file("initsize", () => "0\n");
  tree.file("initstate", () => "live\n");
  tree.directory("notes", 0o755);
  tree.directory("parameters", 0o755);
  tree.file("refcnt", ({ kernel, name }) => `${(kernel.modules.get(name)?.usedBy.length ?? 0) + (kernel.modules.get(name)?.pinned ?? 0) + kernel.guests.holds(name)}\n`);
  tree.directory("sections", 0o755);
  tree.file("taint", () => "\n");
  tree.file("uevent", () => "", { mode: 0o200 });
  return tree;
}

export const MODULE_TREE = makeTree();
