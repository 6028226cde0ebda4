// The fixed part of /sys for one description of hardware: buses, devices, classes, processors (sysfs(5), Documentation/ABI).
// Over 400 lines: a list of files, each a line.

import type { Hardware, PciDevice } from "../hardware.ts";
import { setSysctlValue, sysctlValue } from "../sysctls.ts";
import { virtualConsoles } from "../tty/virtual-consoles.ts";
import { SysError } from "../errno.ts";
import { PseudoTree } from "../vfs/pseudo-tree.ts";
import { smbiosEntryPoint, smbiosTable } from "./smbios.ts";
import { addUsb } from "./usb-files.ts";
import { hex, range, type SysContext } from "./sys-context.ts";

type Tree = PseudoTree<SysContext>;

/** A relative link from one path of /sys to another. */
function linkTo(tree: Tree, path: string, target: string): void {
  const ups = path.split("/").length - 1;
  tree.link(path, `${"../".repeat(ups)}${target}`);
}

function fixed(tree: Tree, path: string, text: string | number, mode = 0o444): void {
  tree.file(path, () => `${text}\n`, { mode });
}

/** A value that may be written and is remembered, without further effect. */
function knob(tree: Tree, path: string, usual: string, accepts: RegExp, mode = 0o644): void {
  tree.file(path, ({ kernel }) => `${sysctlValue(kernel, `sysfs:${path}`) ?? usual}\n`, {
    mode,
    write: ({ kernel }, text) => {
      const value = text.trim();
      if (!accepts.test(value)) throw new SysError("EINVAL");
      setSysctlValue(kernel, `sysfs:${path}`, value);
    },
  });
}

/** One word of several, shown in brackets: "always [madvise] never". */
function choice(tree: Tree, path: string, words: readonly string[], usual: string): void {
  const name = `sysfs:${path}`;
  tree.file(path, ({ kernel }) => {
    const chosen = sysctlValue(kernel, name) ?? usual;
    return `${words.map((word) => (word === chosen ? `[${word}]` : word)).join(" ")}\n`;
  }, {
    mode: 0o644,
    write: ({ kernel }, text) => {
      const value = text.trim();
      if (!words.includes(value)) throw new SysError("EINVAL");
      setSysctlValue(kernel, name, value);
    },
  });
}

function power(tree: Tree, directory: string): void {
  fixed(tree, `${directory}/power/runtime_status`, "unsupported");
  fixed(tree, `${directory}/power/control`, "auto");
}

/** Where a PCI device hangs: below its bridge, or on the root bus. */
function pciPath(hardware: Hardware, device: PciDevice): string {
  const bridge = device.behind === undefined ? undefined : hardware.pci.find((each) => each.slot === device.behind);
  return `${bridge === undefined ? "devices/pci0000:00" : pciPath(hardware, bridge)}/${device.slot}`;
}

function slotPath(hardware: Hardware, slot: string | undefined): string | undefined {
  const device = slot === undefined ? undefined : hardware.pci.find((each) => each.slot === slot);
  if (device === undefined) return undefined;
  const path = pciPath(hardware, device);
  return device.virtio === undefined ? path : `${path}/virtio${device.virtio.index}`;
}

function hexUpper(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, "0");
}

function pciModalias(device: PciDevice): string {
  const code = hexUpper(device.class, 6);
  return `pci:v${hexUpper(device.vendor, 8)}d${hexUpper(device.device, 8)}sv${hexUpper(device.subsystemVendor, 8)}sd${hexUpper(device.subsystemDevice, 8)}bc${code.slice(0, 2)}sc${code.slice(2, 4)}i${code.slice(4)}`;
}

/** The head of the configuration space, as lspci reads it (PCI Local Bus 3.0, 6.1). */
function pciConfig(device: PciDevice): Uint8Array {
  const config = new Uint8Array(256);
  const put = (at: number, value: number, bytes: number): void => {
    for (let i = 0; i < bytes; i++) config[at + i] = (value >>> (8 * i)) & 0xff;
  };
  put(0, device.vendor, 2);
  put(2, device.device, 2);
  put(4, 0x0507, 2);
  put(6, 0x0010, 2);
  config[8] = device.revision;
  put(9, device.class, 3);
  const bridge = device.secondaryBus !== undefined;
  config[14] = bridge ? 1 : device.slot.endsWith(".0") ? 0 : 0x80;
  if (bridge) {
    config[0x19] = device.secondaryBus ?? 0;
    config[0x1a] = device.secondaryBus ?? 0;
  } else {
    put(0x2c, device.subsystemVendor, 2);
    put(0x2e, device.subsystemDevice, 2);
  }
  config[0x3c] = device.irq ?? 0;
  config[0x3d] = device.irq === undefined ? 0 : 1;
  return config;
}

function addPci(tree: Tree, hardware: Hardware): void {
  tree.directory("bus/pci/devices");
  tree.directory("bus/pci/drivers");
  fixed(tree, "bus/pci/drivers_autoprobe", 1, 0o644);
  tree.file("bus/pci/rescan", () => "", { mode: 0o200, write: () => undefined });
  tree.directory("bus/virtio/devices");
  tree.directory("bus/virtio/drivers");
  for (const device of hardware.pci) {
    const path = pciPath(hardware, device);
    linkTo(tree, `bus/pci/devices/${device.slot}`, path);
    for (const [name, value] of [
      ["vendor", hex(device.vendor, 4)], ["device", hex(device.device, 4)], ["subsystem_vendor", hex(device.subsystemVendor, 4)], ["subsystem_device", hex(device.subsystemDevice, 4)], ["class", hex(device.class, 6)],
      ["revision", hex(device.revision, 2)], ["irq", device.irq ?? 0], ["numa_node", -1], ["enable", 1], ["modalias", pciModalias(device)], ["local_cpulist", range(hardware.processor.sockets * hardware.processor.coresPerSocket)],
      ["dma_mask_bits", 64], ["msi_bus", 1], ["broken_parity_status", 0], ["ari_enabled", 0], ["power_state", "D0"],
    ] as const) fixed(tree, `${path}/${name}`, value);
    tree.file(`${path}/config`, () => pciConfig(device), { mode: 0o644 });
    tree.file(`${path}/resource`, () => "0x0000000000000000 0x0000000000000000 0x0000000000000000\n".repeat(13));
    const code = hexUpper(device.class, 5).replace(/^0/, "");
    tree.file(`${path}/uevent`, () => `${device.driver === undefined ? "" : `DRIVER=${device.driver}\n`}PCI_CLASS=${code}\nPCI_ID=${hexUpper(device.vendor, 4)}:${hexUpper(device.device, 4)}\nPCI_SUBSYS_ID=${hexUpper(device.subsystemVendor, 4)}:${hexUpper(device.subsystemDevice, 4)}\nPCI_SLOT_NAME=${device.slot}\nMODALIAS=${pciModalias(device)}\n`, { mode: 0o644 });
    linkTo(tree, `${path}/subsystem`, "bus/pci");
    power(tree, path);
    if (device.driver !== undefined) {
      linkTo(tree, `${path}/driver`, `bus/pci/drivers/${device.driver}`);
      linkTo(tree, `bus/pci/drivers/${device.driver}/${device.slot}`, path);
      if (device.module !== undefined && tree.node(tree.directory(`bus/pci/drivers/${device.driver}`)).children?.has("module") !== true) {
        linkTo(tree, `bus/pci/drivers/${device.driver}/module`, `module/${device.module}`);
      }
    }
    if (device.virtio !== undefined) addVirtio(tree, path, device.virtio);
  }
}

function addVirtio(tree: Tree, pci: string, virtio: { readonly index: number; readonly kind: number; readonly driver: string }): void {
  const path = `${pci}/virtio${virtio.index}`;
  const modalias = `virtio:d${hexUpper(virtio.kind, 8)}v00001AF4`;
  fixed(tree, `${path}/device`, hex(virtio.kind, 4));
  fixed(tree, `${path}/vendor`, "0x1af4");
  fixed(tree, `${path}/status`, "0x0000000f");
  fixed(tree, `${path}/features`, `1101010001110000000000000011000010000000${"0".repeat(24)}`);
  fixed(tree, `${path}/modalias`, modalias);
  tree.file(`${path}/uevent`, () => `DRIVER=${virtio.driver}\nMODALIAS=${modalias}\n`, { mode: 0o644 });
  linkTo(tree, `${path}/subsystem`, "bus/virtio");
  linkTo(tree, `${path}/driver`, `bus/virtio/drivers/${virtio.driver}`);
  linkTo(tree, `bus/virtio/devices/virtio${virtio.index}`, path);
  linkTo(tree, `bus/virtio/drivers/${virtio.driver}/virtio${virtio.index}`, path);
  power(tree, path);
}

const SECRET_DMI = new Set(["product_serial", "product_uuid", "chassis_serial", "board_serial"]);

/** The alias that firmware gives the machine (drivers/firmware/dmi-id.c). */
function dmiModalias(hardware: Hardware): string {
  const clean = (text: string): string => text.replace(/[^!-9;-~]/g, "");
  let alias = "dmi";
  for (const [key, field] of [
    ["bvn", "bios_vendor"], ["bvr", "bios_version"], ["bd", "bios_date"], ["br", "bios_release"], ["efr", "ec_firmware_release"], ["svn", "sys_vendor"], ["pn", "product_name"], ["pvr", "product_version"], ["rvn", "board_vendor"],
    ["rn", "board_name"], ["rvr", "board_version"], ["cvn", "chassis_vendor"], ["ct", "chassis_type"], ["cvr", "chassis_version"], ["sku", "product_sku"],
  ] as const) {
    const value = hardware.dmi.get(field);
    if (value !== undefined) alias += `:${key}${clean(value)}`;
  }
  return `${alias}:`;
}

function addDmi(tree: Tree, hardware: Hardware): void {
  if (hardware.dmi.size === 0) return;
  const path = "devices/virtual/dmi/id";
  for (const name of hardware.dmi.keys()) tree.file(`${path}/${name}`, (context) => `${context.hardware.dmi.get(name) ?? ""}\n`, { mode: SECRET_DMI.has(name) ? 0o400 : 0o444 });
  tree.file(`${path}/modalias`, (context) => `${dmiModalias(context.hardware)}\n`);
  tree.file(`${path}/uevent`, (context) => `MODALIAS=${dmiModalias(context.hardware)}\n`, { mode: 0o644 });
  linkTo(tree, `${path}/subsystem`, "class/dmi");
  linkTo(tree, "class/dmi/id", path);
  power(tree, path);
}

function addProcessors(tree: Tree, hardware: Hardware): void {
  const { processor } = hardware;
  const perSocket = processor.coresPerSocket * processor.threadsPerCore;
  const count = processor.sockets * perSocket;
  const base = "devices/system/cpu";
  const all = range(count);
  for (const [name, value] of [["online", all], ["possible", all], ["present", all], ["offline", ""], ["isolated", ""], ["kernel_max", 8191], ["nohz_full", "(null)"]] as const) fixed(tree, `${base}/${name}`, value);
  fixed(tree, `${base}/modalias`, `cpu:type:x86,ven${processor.vendor === "GenuineIntel" ? "0000" : "0002"}fam${hexUpper(processor.family, 4)}mod${hexUpper(processor.model, 4)}:feature:`);
  fixed(tree, `${base}/smt/active`, Number(processor.threadsPerCore > 1));
  fixed(tree, `${base}/smt/control`, processor.threadsPerCore > 1 ? "on" : "notsupported");
  const amd = processor.vendor === "AuthenticAMD";
  for (const [name, value] of [
    ["gather_data_sampling", "Not affected"], ["indirect_target_selection", "Not affected"], ["itlb_multihit", "Not affected"], ["l1tf", "Not affected"], ["mds", "Not affected"], ["meltdown", "Not affected"], ["mmio_stale_data", "Not affected"], ["reg_file_data_sampling", "Not affected"],
    ["retbleed", "Not affected"], ["spec_rstack_overflow", "Not affected"], ["spec_store_bypass", amd ? "Not affected" : "Vulnerable"], ["spectre_v1", "Mitigation: usercopy/swapgs barriers and __user pointer sanitization"],
    ["spectre_v2", "Mitigation: Retpolines; STIBP: disabled; RSB filling; PBRSB-eIBRS: Not affected; BHI: Not affected"], ["srbds", "Not affected"], ["tsa", "Not affected"], ["tsx_async_abort", "Not affected"], ["vmscape", "Not affected"],
  ] as const) fixed(tree, `${base}/vulnerabilities/${name}`, value);
  const mask = (cpus: readonly number[]): string => cpus.reduce((sum, cpu) => sum + 2 ** cpu, 0).toString(16);
  const list = (first: number, length: number): string => (length === 1 ? `${first}` : `${first}-${first + length - 1}`);
  for (let cpu = 0; cpu < count; cpu++) {
    const path = `${base}/cpu${cpu}`;
    const socket = Math.floor(cpu / perSocket);
    const core = Math.floor((cpu % perSocket) / processor.threadsPerCore);
    const siblings = Array.from({ length: processor.threadsPerCore }, (_, thread) => cpu - (cpu % processor.threadsPerCore) + thread);
    const package_ = Array.from({ length: perSocket }, (_, index) => socket * perSocket + index);
    for (const [name, value] of [
      ["core_id", core], ["physical_package_id", socket], ["die_id", 0], ["cluster_id", 65535], ["thread_siblings", mask(siblings)], ["thread_siblings_list", list(siblings[0] ?? cpu, siblings.length)], ["core_cpus", mask(siblings)],
      ["core_cpus_list", list(siblings[0] ?? cpu, siblings.length)], ["core_siblings", mask(package_)], ["core_siblings_list", list(package_[0] ?? 0, package_.length)], ["package_cpus", mask(package_)], ["package_cpus_list", list(package_[0] ?? 0, package_.length)],
    ] as const) fixed(tree, `${path}/topology/${name}`, value);
    [["Data", 1, "64K"], ["Instruction", 1, "64K"], ["Unified", 2, `${processor.cacheKib}K`], ["Unified", 3, "16384K"]].forEach(([type, level, size], index) => {
      const shared = level === 3 ? package_ : siblings;
      for (const [name, value] of [["type", type], ["level", level], ["size", size], ["coherency_line_size", 64], ["ways_of_associativity", level === 3 ? 16 : 2], ["shared_cpu_list", list(shared[0] ?? 0, shared.length)], ["shared_cpu_map", mask(shared)]] as const) {
        fixed(tree, `${path}/cache/index${index}/${name}`, value ?? "");
      }
    });
    if (cpu > 0) knob(tree, `${path}/online`, "1", /^[01]$/);
    fixed(tree, `${path}/uevent`, "DRIVER=processor");
    linkTo(tree, `${path}/subsystem`, "bus/cpu");
    linkTo(tree, `bus/cpu/devices/cpu${cpu}`, path);
    linkTo(tree, `${path}/node0`, "devices/system/node/node0");
    linkTo(tree, `devices/system/node/node0/cpu${cpu}`, path);
  }
  const node = "devices/system/node";
  for (const [name, value] of [["online", 0], ["possible", 0], ["has_cpu", 0], ["has_memory", 0], ["has_normal_memory", 0]] as const) fixed(tree, `${node}/${name}`, value);
  fixed(tree, `${node}/node0/cpulist`, all);
  fixed(tree, `${node}/node0/cpumap`, mask(Array.from({ length: count }, (_, cpu) => cpu)));
  fixed(tree, `${node}/node0/distance`, 10);
  tree.file(`${node}/node0/meminfo`, ({ kernel }) => `Node 0 MemTotal:       ${Math.floor(kernel.memoryBytes / 1024)} kB\n`);
  for (const size of ["2048kB"]) {
    for (const at of [`${node}/node0/hugepages/hugepages-${size}`, `kernel/mm/hugepages/hugepages-${size}`]) {
      knob(tree, `${at}/nr_hugepages`, "0", /^\d{1,9}$/);
      fixed(tree, `${at}/free_hugepages`, 0);
      fixed(tree, `${at}/surplus_hugepages`, 0);
    }
  }
  fixed(tree, "devices/system/memory/block_size_bytes", "8000000");
  fixed(tree, "devices/system/memory/auto_online_blocks", "online", 0o644);
  choiceOfClock(tree, hardware);
}

function choiceOfClock(tree: Tree, hardware: Hardware): void {
  const base = "devices/system/clocksource/clocksource0";
  const hypervisor = hardware.processor.flags.includes("hypervisor");
  const own = hypervisor && hardware.xen !== undefined ? "xen" : hardware.kvm ? "kvm-clock" : undefined;
  fixed(tree, `${base}/available_clocksource`, own === undefined ? "tsc hpet acpi_pm " : `${own} tsc hpet acpi_pm `);
  fixed(tree, `${base}/current_clocksource`, own ?? "tsc", 0o644);
}

function addKernel(tree: Tree): void {
  for (const name of ["boot_params", "btf", "config", "debug", "iommu_groups", "irq", "security", "slab", "software_nodes", "tracing", "livepatch"]) tree.directory(`kernel/${name}`, name === "debug" || name === "tracing" ? 0o700 : 0o755);
  fixed(tree, "kernel/uevent_seqnum", 1893);
  fixed(tree, "kernel/kexec_loaded", 0);
  fixed(tree, "kernel/kexec_crash_loaded", 0);
  fixed(tree, "kernel/kexec_crash_size", 0, 0o644);
  fixed(tree, "kernel/fscaps", 1);
  fixed(tree, "kernel/profiling", 0, 0o644);
  fixed(tree, "kernel/rcu_expedited", 0, 0o644);
  fixed(tree, "kernel/rcu_normal", 0, 0o644);
  fixed(tree, "kernel/address_bits", 64);
  fixed(tree, "kernel/cpu_byteorder", "little");
  choice(tree, "kernel/mm/transparent_hugepage/enabled", ["always", "madvise", "never"], "always");
  choice(tree, "kernel/mm/transparent_hugepage/defrag", ["always", "defer", "defer+madvise", "madvise", "never"], "madvise");
  choice(tree, "kernel/mm/transparent_hugepage/shmem_enabled", ["always", "within_size", "advise", "never", "deny", "force"], "never");
  fixed(tree, "kernel/mm/transparent_hugepage/hpage_pmd_size", 2097152);
  knob(tree, "kernel/mm/transparent_hugepage/use_zero_page", "1", /^[01]$/);
  knob(tree, "kernel/mm/ksm/run", "0", /^[012]$/);
  knob(tree, "kernel/mm/ksm/pages_to_scan", "100", /^\d{1,9}$/);
  knob(tree, "kernel/mm/ksm/sleep_millisecs", "20", /^\d{1,9}$/);
  knob(tree, "kernel/mm/ksm/merge_across_nodes", "1", /^[01]$/);
  for (const name of ["full_scans", "pages_shared", "pages_sharing", "pages_unshared", "pages_volatile", "stable_node_chains", "stable_node_dups"]) fixed(tree, `kernel/mm/ksm/${name}`, 0);
}

function addOthers(tree: Tree, hardware: Hardware): void {
  for (const name of ["ata_device", "ata_link", "ata_port", "bdi", "block", "bsg", "devlink", "dma", "dmi", "drm", "extcon", "firmware", "gpio", "graphics", "hwmon", "input", "iommu", "leds", "mem", "misc", "net", "pci_bus",
    "phy", "powercap", "power_supply", "ppp", "ptp", "pwm", "rfkill", "rtc", "scsi_device", "scsi_disk", "scsi_generic", "scsi_host", "spi_master", "thermal", "tty", "vc", "virtio-ports", "vtconsole", "wakeup", "watchdog"]) tree.directory(`class/${name}`, 0o755);
  for (const name of ["acpi", "clockevents", "clocksource", "container", "cpu", "edac", "event_source", "gpio", "hid", "i2c", "machinecheck", "memory", "mipi-dsi", "node", "nvmem", "pci-epf", "pci_express", "platform", "pnp", "scsi", "serio", "spi", "usb", "workqueue", "xen", "xen-backend"]) {
    tree.directory(`bus/${name}/devices`, 0o755);
    tree.directory(`bus/${name}/drivers`, 0o755);
  }
  for (const name of ["platform", "pnp0", "LNXSYSTM:00", "breakpoint", "msr", "software", "tracepoint", "virtual/mem", "virtual/misc", "virtual/net", "virtual/tty", "virtual/block", "virtual/vc"]) tree.directory(`devices/${name}`, 0o755);
  for (const name of ["bpf", "cgroup", "ext4", "fuse/connections", "pstore"]) tree.directory(`fs/${name}`, 0o755);
  tree.directory("dev/char", 0o755);
  tree.directory("module", 0o755);
  tree.directory("hypervisor", 0o755);
  const { xen } = hardware;
  if (xen !== undefined) {
    fixed(tree, "hypervisor/type", xen.type);
    tree.file("hypervisor/uuid", (context) => `${context.hardware.xen?.uuid ?? ""}\n`);
    fixed(tree, "hypervisor/version/major", xen.versionMajor);
    fixed(tree, "hypervisor/version/minor", xen.versionMinor);
    fixed(tree, "hypervisor/version/extra", xen.versionExtra);
    fixed(tree, "hypervisor/properties/capabilities", xen.capabilities);
  }
  tree.directory("firmware/acpi/tables", 0o755);
  tree.directory("firmware/dmi/tables", 0o755);
  if (hardware.dmi.size > 0) {
    tree.file("firmware/dmi/tables/DMI", (context) => smbiosTable(context.hardware, context.kernel.memoryBytes), { mode: 0o400 });
    tree.file("firmware/dmi/tables/smbios_entry_point", (context) => smbiosEntryPoint(context.hardware, context.kernel.memoryBytes), { mode: 0o400 });
  }
  tree.directory("firmware/memmap", 0o755);
  if (hardware.efi) {
    fixed(tree, "firmware/efi/fw_platform_size", 64);
    tree.directory("firmware/efi/efivars", 0o755);
    tree.directory("firmware/efi/runtime", 0o755);
  }
  if (hardware.dmi.get("sys_vendor") === "QEMU") tree.directory("firmware/qemu_fw_cfg", 0o755);
  fixed(tree, "power/state", "freeze mem disk", 0o644);
  choice(tree, "power/disk", ["platform", "shutdown", "reboot", "suspend", "test_resume"], "platform");
  choice(tree, "power/mem_sleep", ["s2idle", "deep"], "deep");
  fixed(tree, "power/pm_async", 1, 0o644);
  fixed(tree, "power/wakeup_count", 0, 0o644);
  fixed(tree, "power/resume", "0:0", 0o644);
  fixed(tree, "class/tty/console/active", "tty0 ttyS0");
  tree.file("class/tty/tty0/active", ({ kernel }) => `tty${virtualConsoles(kernel).active}\n`);
}

function build(hardware: Hardware): Tree {
  const tree: Tree = new PseudoTree<SysContext>();
  for (const name of ["block", "bus", "class", "dev/block", "devices", "firmware", "fs", "hypervisor", "kernel", "module", "power"]) tree.directory(name, 0o755);
  addPci(tree, hardware);
  addUsb(tree, hardware, (device) => pciPath(hardware, device));
  addDmi(tree, hardware);
  addProcessors(tree, hardware);
  addKernel(tree);
  addOthers(tree, hardware);
  for (const card of hardware.networkCards) {
    const parent = slotPath(hardware, card.slot);
    if (parent !== undefined) tree.directory(`${parent}/net`, 0o755);
  }
  for (const disk of hardware.disks) {
    const parent = slotPath(hardware, disk.slot);
    if (parent !== undefined) tree.directory(`${parent}/block`, 0o755);
  }
  return tree;
}

const trees = new WeakMap<Hardware, Tree>();
/** By all that a tree says itself; serial numbers and the like come from the context. Guests of one kind share one. */
const treesByShape = new Map<string, Tree>();
const MOST_SHAPES = 64;

function shapeOf({ pci, processor, dmi, efi, kvm, xen, networkCards, disks, usbDevices }: Hardware): string {
  return JSON.stringify([pci, processor, [...dmi.keys()], dmi.get("sys_vendor") === "QEMU", efi, kvm, { ...xen, uuid: "" }, xen === undefined, networkCards.map((card) => card.slot), disks.map((disk) => disk.slot), usbDevices]);
}

/** Made once for a description, however many machines have it. */
export function deviceTree(hardware: Hardware): Tree {
  let tree = trees.get(hardware);
  if (tree === undefined) {
    const shape = shapeOf(hardware);
    tree = treesByShape.get(shape) ?? build(hardware);
    treesByShape.delete(shape);
    treesByShape.set(shape, tree);
    const [oldest] = treesByShape.keys();
    if (treesByShape.size > MOST_SHAPES && oldest !== undefined) treesByShape.delete(oldest);
    trees.set(hardware, tree);
  }
  return tree;
}

/** The directory below /sys that holds a link of that name. */
export function netDirectory(hardware: Hardware, name: string): string {
  const card = hardware.networkCards.find((each) => each.name === name);
  const parent = slotPath(hardware, card?.slot);
  return parent === undefined ? "devices/virtual/net" : `${parent}/net`;
}

/** The directory below /sys that holds a disk of that name. */
export function blockDirectory(hardware: Hardware, name: string): string {
  const parent = slotPath(hardware, hardware.disks.find((disk) => disk.name === name)?.slot);
  return parent === undefined ? "devices/virtual/block" : `${parent}/block`;
}
