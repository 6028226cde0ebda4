// The modules of Debian 12's kernel that a machine has loaded after boot, with their sizes and who uses them: what lsmod shows on the reference
// guest. Sizes of others are those of lsmod on the same kernel.
import type { Kernel } from "../kernel/kernel.ts";
import type { Hardware } from "./hardware.ts";

/** In the order of loading; lsmod shows the last one first. */
const loadedAtBoot: readonly (readonly [name: string, usedBy: string])[] = [
  ["crc16", "ext4"], ["mbcache", "ext4"], ["jbd2", "ext4"], ["ext4", ""], ["crc32c_generic", ""], ["virtio", "virtio_rng,virtio_balloon,virtio_pci,virtio_blk,virtio_net"], ["virtio_ring", "virtio_rng,virtio_balloon,virtio_pci,virtio_blk,virtio_net"],
  ["virtio_pci_modern_dev", "virtio_pci"], ["virtio_pci_legacy_dev", "virtio_pci"], ["virtio_pci", ""], ["virtio_blk", ""], ["failover", "net_failover"], ["net_failover", "virtio_net"], ["virtio_net", ""], ["scsi_common", "scsi_mod,libata"], ["scsi_mod", "libata"],
  ["libata", "libahci,ahci"], ["libahci", "ahci"], ["ahci", ""], ["psmouse", ""], ["i2c_smbus", "i2c_i801"], ["i2c_i801", ""], ["lpc_ich", ""], ["irqbypass", "kvm"], ["kvm", "kvm_amd"], ["ccp", "kvm_amd"], ["kvm_amd", ""], ["pcspkr", ""], ["serio_raw", ""],
  ["drm", "drm_vram_helper,drm_ttm_helper,bochs,drm_kms_helper,ttm"], ["drm_kms_helper", "drm_vram_helper,bochs"], ["ttm", "drm_vram_helper,drm_ttm_helper"], ["drm_ttm_helper", "bochs"], ["drm_vram_helper", "bochs"], ["bochs", ""],
  ["watchdog", "iTCO_wdt"], ["intel_pmc_bxt", "iTCO_wdt"], ["iTCO_vendor_support", "iTCO_wdt"], ["iTCO_wdt", ""], ["virtio_balloon", ""], ["virtio_rng", ""], ["button", ""], ["evdev", ""], ["configfs", ""], ["efi_pstore", ""], ["fuse", ""], ["loop", ""], ["dm_mod", ""],
  ["qemu_fw_cfg", ""], ["x_tables", "ip_tables"], ["ip_tables", ""], ["autofs4", ""], ["binfmt_misc", ""], ["inet_diag", "tcp_diag,udp_diag"], ["tcp_diag", ""], ["udp_diag", ""],
];

export const moduleSizes: ReadonlyMap<string, number> = new Map([
  ["crc16", 16384], ["mbcache", 16384], ["jbd2", 167936], ["ext4", 983040], ["crc32c_generic", 16384], ["virtio", 16384], ["virtio_ring", 45056], ["virtio_pci_modern_dev", 16384], ["virtio_pci_legacy_dev", 16384], ["virtio_pci", 24576], ["virtio_blk", 32768],
  ["failover", 16384], ["net_failover", 24576], ["virtio_net", 73728], ["scsi_common", 16384], ["scsi_mod", 286720], ["libata", 401408], ["libahci", 49152], ["ahci", 49152], ["psmouse", 184320], ["i2c_smbus", 20480], ["i2c_i801", 36864], ["lpc_ich", 28672],
  ["irqbypass", 16384], ["kvm", 1142784], ["ccp", 118784], ["kvm_amd", 163840], ["kvm_intel", 380928], ["pcspkr", 16384], ["serio_raw", 20480], ["drm", 614400], ["drm_kms_helper", 212992], ["ttm", 94208], ["drm_ttm_helper", 16384], ["drm_vram_helper", 24576],
  ["bochs", 16384], ["watchdog", 45056], ["intel_pmc_bxt", 16384], ["iTCO_vendor_support", 16384], ["iTCO_wdt", 16384], ["virtio_balloon", 28672], ["virtio_rng", 16384], ["button", 24576], ["evdev", 28672], ["configfs", 57344], ["efi_pstore", 16384],
  ["fuse", 176128], ["loop", 32768], ["dm_mod", 184320], ["qemu_fw_cfg", 20480], ["x_tables", 61440], ["ip_tables", 36864], ["autofs4", 53248], ["binfmt_misc", 24576], ["inet_diag", 24576], ["tcp_diag", 16384], ["udp_diag", 16384],
  ["bridge", 311296], ["stp", 16384], ["llc", 16384], ["br_netfilter", 32768], ["overlay", 163840], ["nf_tables", 303104], ["nfnetlink", 20480], ["nf_nat", 57344], ["nf_conntrack", 188416], ["nf_defrag_ipv4", 16384], ["nf_defrag_ipv6", 24576],
  ["xt_conntrack", 16384], ["xt_MASQUERADE", 20480], ["xt_addrtype", 16384], ["nft_compat", 20480], ["nft_chain_nat", 16384], ["veth", 40960], ["tun", 61440], ["tap", 28672], ["macvlan", 32768], ["macvtap", 16384], ["vhost", 61440], ["vhost_net", 32768],
  ["vhost_iotlb", 16384], ["dummy", 16384], ["8021q", 40960], ["nbd", 61440], ["vfat", 20480], ["isofs", 53248], ["squashfs", 77824], ["9p", 86016], ["9pnet", 106496], ["9pnet_virtio", 20480], ["virtiofs", 32768], ["vmw_balloon", 32768],
  ["vboxguest", 438272], ["vboxsf", 49152], ["vboxvideo", 45056], ["vboxdrv", 655360], ["vboxnetflt", 36864], ["vboxnetadp", 28672], ["ip6_tables", 36864], ["iptable_filter", 16384], ["iptable_nat", 16384],
]);

/** Held by what is mounted or in use on the reference guest. */
const pinned: ReadonlyMap<string, number> = new Map([["ext4", 1], ["virtio_blk", 2], ["fuse", 1], ["configfs", 1], ["autofs4", 2], ["binfmt_misc", 1]]);

/** Modules for hardware that this machine does not have are left out. */
function belongs(name: string, hardware: Hardware): boolean {
  const drivers = new Set(hardware.pci.flatMap((device) => [device.driver ?? "", ...device.modules]));
  if (name.startsWith("virtio")) return hardware.pci.some((device) => device.vendor === 0x1af4);
  if (name === "ahci" || name === "libahci") return drivers.has("ahci");
  if (name === "kvm" || name === "irqbypass") return hardware.cpu.flags.includes("svm") || hardware.cpu.flags.includes("vmx");
  if (name === "kvm_amd" || name === "ccp") return hardware.cpu.flags.includes("svm");
  if (name === "qemu_fw_cfg") return hardware.dmi.systemVendor === "QEMU";
  return true;
}

type LoadedModules = Kernel["modules"];

const loaded = new WeakMap<Hardware, LoadedModules>();

/** The entries are shared by all machines with that hardware: loading and unloading replaces them. */
export function loadBootModules(kernel: Kernel, hardware: Hardware): void {
  let modules = loaded.get(hardware);
  if (modules === undefined) {
    modules = new Map();
    for (const [name, usedBy] of loadedAtBoot) {
      if (belongs(name, hardware)) modules.set(name, { parameters: "", usedBy: usedBy === "" ? [] : usedBy.split(",").filter((user) => belongs(user, hardware)), ...(pinned.has(name) && { pinned: pinned.get(name) ?? 0 }) });
    }
    loaded.set(hardware, modules);
  }
  for (const [name, module] of modules) kernel.modules.set(name, module);
}
