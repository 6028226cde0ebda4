// The modules of Debian 12's kernel that a machine has loaded after boot, with their sizes and who uses them: what lsmod shows on the reference
// guest. Sizes of others are those of lsmod on the same kernel.
import type { LoadedModule } from "../kernel/module-table.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { decode, S } from "../kernel/sys.ts";
import type { Hardware } from "./hardware.ts";

/** What of the hardware a module is loaded for. */
interface Presence {
  /** "1af4:1042" */
  readonly ids: ReadonlySet<string>;
  /** drivers and modules of the PCI devices */
  readonly drivers: ReadonlySet<string>;
  readonly scsiDisks: boolean;
  readonly discs: boolean;
  readonly virtualises: "svm" | "vmx" | undefined;
  readonly qemu: boolean;
}

type When = (has: Presence) => boolean;

const always: When = () => true;
const virtio: When = ({ drivers }) => drivers.has("virtio-pci");
/** A virtio device by its kind, modern or transitional. */
const kind = (number: number, old: number): When => ({ ids }) => ids.has(`1af4:${(0x1040 + number).toString(16)}`) || ids.has(`1af4:${old.toString(16)}`);
const driver = (...names: readonly string[]): When => ({ drivers }) => names.some((name) => drivers.has(name));
const sataOrIde = driver("ahci", "ata_piix");
const scsi: When = (has) => sataOrIde(has) || has.scsiDisks || has.discs;
const usb = driver("xhci_hcd", "uhci_hcd");
const bochs = driver("bochs-drm");
const display = driver("bochs-drm", "cirrus", "qxl");
const q35 = driver("lpc_ich");
const virtualises: When = ({ virtualises: flag }) => flag !== undefined;

/** In the order of loading; lsmod shows the last one first. Users that are not there are left out. */
const loadedAtBoot: readonly (readonly [name: string, usedBy: string, when: When])[] = [
  ["crc16", "ext4", always], ["mbcache", "ext4", always], ["jbd2", "ext4", always], ["ext4", "", always], ["crc32c_generic", "", always],
  ["virtio", "virtio_rng,virtio_balloon,virtio_pci,virtio_blk,virtio_net,virtio_console,virtio_scsi", virtio], ["virtio_ring", "virtio_rng,virtio_balloon,virtio_pci,virtio_blk,virtio_net,virtio_console,virtio_scsi", virtio],
  ["virtio_pci_modern_dev", "virtio_pci", virtio], ["virtio_pci_legacy_dev", "virtio_pci", virtio], ["virtio_pci", "", virtio], ["virtio_blk", "", kind(2, 0x1001)], ["failover", "net_failover", kind(1, 0x1000)], ["net_failover", "virtio_net", kind(1, 0x1000)],
  ["virtio_net", "", kind(1, 0x1000)], ["virtio_scsi", "", kind(8, 0x1004)], ["mii", "8139cp,8139too", driver("8139cp")], ["8139too", "", driver("8139cp")], ["8139cp", "", driver("8139cp")], ["e1000", "", driver("e1000")], ["e1000e", "", driver("e1000e")],
  ["scsi_common", "scsi_mod,libata,sd_mod,sr_mod", scsi], ["scsi_mod", "virtio_scsi,sd_mod,libata,sr_mod", scsi], ["libata", "ata_piix,libahci,ahci,ata_generic", sataOrIde], ["ata_generic", "", driver("ata_piix")], ["ata_piix", "", driver("ata_piix")],
  ["libahci", "ahci", driver("ahci")], ["ahci", "", driver("ahci")], ["crct10dif_common", "crct10dif_generic,crc_t10dif", ({ scsiDisks }) => scsiDisks], ["crc_t10dif", "t10_pi", ({ scsiDisks }) => scsiDisks], ["t10_pi", "sd_mod", ({ scsiDisks }) => scsiDisks],
  ["sd_mod", "", ({ scsiDisks }) => scsiDisks], ["cdrom", "sr_mod", ({ discs }) => discs], ["sr_mod", "", ({ discs }) => discs], ["usb_common", "xhci_hcd,usbcore,uhci_hcd", usb], ["usbcore", "xhci_hcd,xhci_pci,uhci_hcd", usb], ["uhci_hcd", "", driver("uhci_hcd")],
  ["xhci_hcd", "xhci_pci", driver("xhci_hcd")], ["xhci_pci", "", driver("xhci_hcd")], ["psmouse", "", always], ["i2c_smbus", "i2c_i801", driver("i801_smbus")], ["i2c_i801", "", driver("i801_smbus")], ["i2c_piix4", "", driver("piix4_smbus")], ["lpc_ich", "", q35],
  ["irqbypass", "kvm", virtualises], ["kvm", "kvm_amd,kvm_intel", virtualises], ["ccp", "kvm_amd", ({ virtualises: flag }) => flag === "svm"], ["kvm_amd", "", ({ virtualises: flag }) => flag === "svm"], ["kvm_intel", "", ({ virtualises: flag }) => flag === "vmx"],
  ["pcspkr", "", always], ["serio_raw", "", always], ["drm", "drm_vram_helper,drm_ttm_helper,bochs,drm_kms_helper,ttm,cirrus,qxl,drm_shmem_helper", display], ["drm_kms_helper", "drm_vram_helper,bochs,cirrus,qxl", display],
  ["drm_shmem_helper", "cirrus", driver("cirrus")], ["cirrus", "", driver("cirrus")], ["ttm", "drm_vram_helper,drm_ttm_helper,qxl", driver("bochs-drm", "qxl")], ["drm_ttm_helper", "bochs,qxl", driver("bochs-drm", "qxl")], ["drm_vram_helper", "bochs", bochs], ["bochs", "", bochs],
  ["qxl", "", driver("qxl")], ["watchdog", "iTCO_wdt", q35], ["intel_pmc_bxt", "iTCO_wdt", q35], ["iTCO_vendor_support", "iTCO_wdt", q35], ["iTCO_wdt", "", q35], ["virtio_balloon", "", kind(5, 0x1002)], ["virtio_rng", "", kind(4, 0x1005)],
  ["virtio_console", "", kind(3, 0x1003)], ["button", "", always], ["evdev", "", always], ["configfs", "", always], ["efi_pstore", "", always], ["fuse", "", always], ["loop", "", always], ["dm_mod", "", always], ["qemu_fw_cfg", "", ({ qemu }) => qemu],
  ["x_tables", "ip_tables", always], ["ip_tables", "", always], ["autofs4", "", always], ["binfmt_misc", "", always], ["inet_diag", "tcp_diag,udp_diag", always], ["tcp_diag", "", always], ["udp_diag", "", always],
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
  ["virtio_scsi", 24576], ["virtio_console", 40960], ["mii", 16384], ["8139too", 45056], ["8139cp", 40960], ["e1000", 163840], ["e1000e", 327680], ["ata_generic", 16384], ["ata_piix", 36864], ["crct10dif_common", 16384], ["crc_t10dif", 20480], ["t10_pi", 16384], ["sd_mod", 65536],
  ["cdrom", 77824], ["sr_mod", 28672], ["usb_common", 16384], ["usbcore", 348160], ["uhci_hcd", 61440], ["xhci_hcd", 319488], ["xhci_pci", 20480], ["i2c_piix4", 28672], ["drm_shmem_helper", 24576], ["cirrus", 16384], ["qxl", 73728], ["usb_storage", 81920],
]);

/** Held by what is mounted or in use on the reference guest. */
const pinned: ReadonlyMap<string, number> = new Map([["ext4", 1], ["virtio_blk", 2], ["sd_mod", 2], ["fuse", 1], ["configfs", 1], ["autofs4", 2], ["binfmt_misc", 1]]);

function presenceOf(hardware: Hardware): Presence {
  const hex = (value: number): string => value.toString(16).padStart(4, "0");
  return {
    ids: new Set(hardware.pci.map((device) => `${hex(device.vendor)}:${hex(device.device)}`)), drivers: new Set(hardware.pci.map((device) => device.driver ?? "")), scsiDisks: hardware.disks.some((disk) => disk.name.startsWith("sd")),
    discs: hardware.disks.some((disk) => disk.name.startsWith("sr")), virtualises: hardware.cpu.flags.includes("svm") ? "svm" : hardware.cpu.flags.includes("vmx") ? "vmx" : undefined, qemu: hardware.dmi.systemVendor === "QEMU",
  };
}

type LoadedModules = ReadonlyMap<string, LoadedModule>;

const loaded = new WeakMap<Hardware, LoadedModules>();
/** By their names: machines of one kind share the entries. */
const loadedByNames = new Map<string, LoadedModules>();
const mostKinds = 64;
const mostSettingsBytes = 65_536;

function modulesFor(hardware: Hardware): LoadedModules {
  const presence = presenceOf(hardware);
  const present = loadedAtBoot.filter(([, , when]) => when(presence));
  const names = new Set(present.map(([name]) => name));
  const key = [...names].join();
  let modules = loadedByNames.get(key);
  if (modules === undefined) {
    modules = new Map(present.map(([name, usedBy]) => {
      const pins = pinned.get(name);
      return [name, { parameters: "", usedBy: usedBy.split(",").filter((user) => names.has(user)), ...(pins === undefined ? {} : { pinned: pins }) }];
    }));
    if (loadedByNames.size >= mostKinds) loadedByNames.clear();
    loadedByNames.set(key, modules);
  }
  return modules;
}

/** The entries are shared by all machines with that hardware: loading and unloading replaces them. */
export function loadBootModules(kernel: Kernel, hardware: Hardware): void {
  let modules = loaded.get(hardware);
  if (modules === undefined) {
    modules = modulesFor(hardware);
    loaded.set(hardware, modules);
  }
  const { options, blacklist } = modprobeSettings(kernel);
  kernel.modules.share(modules);
  for (const name of blacklist) if (modules.get(name)?.usedBy.every((user) => blacklist.has(user)) === true) kernel.modules.delete(name);
  for (const [name, parameters] of options) {
    const module = kernel.modules.get(name);
    if (module !== undefined) kernel.modules.set(name, { ...module, parameters });
  }
}

/** What /etc/modprobe.d says (modprobe.d(5)) of modules that are loaded for the hardware. */
function modprobeSettings(kernel: Kernel): { readonly options: ReadonlyMap<string, string>; readonly blacklist: ReadonlySet<string> } {
  const options = new Map<string, string>();
  const blacklist = new Set<string>();
  const { root } = kernel.options;
  let directory = root.root;
  for (const part of ["etc", "modprobe.d"]) directory = directory === 0 ? 0 : root.lookup(directory, part, undefined);
  for (const { name, ino, type } of directory === 0 ? [] : root.entries(directory, undefined)) {
    if (!name.endsWith(".conf") || type !== S.IFREG) continue;
    for (const line of decode(root.read(ino, 0, mostSettingsBytes)).split("\n")) {
      const [word, module = "", ...rest] = line.trim().split(/\s+/);
      const loaded = module.replaceAll("-", "_");
      if (word === "options") options.set(loaded, [options.get(loaded), ...rest].filter((one) => one !== undefined).join(" "));
      else if (word === "blacklist") blacklist.add(loaded);
    }
  }
  return { options, blacklist };
}
