// The modules that this kernel package brings: those that learners meet. Facts as modinfo(8) shows them for Debian 12's kernel; the files
// hold what kmod reads of a module (its .modinfo strings and the signature), no code.
import type { PackageFile } from "../kit/package.ts";

/** place below kernel/ ; names of modules it needs ; aliases ; description ; parameters "name:help (type)" */
const TABLE = `
lib/crc16;;;CRC16 calculations;
fs/mbcache;;;Meta block cache (for extended attributes);
fs/jbd2/jbd2;;;Generic filesystem journal-writing module;
fs/ext4/ext4;mbcache,jbd2,crc16;fs-ext4 ext3 fs-ext3 ext2 fs-ext2;Fourth Extended Filesystem;
crypto/crc32c_generic;;crypto-crc32c-generic crc32c-generic crypto-crc32c crc32c;CRC32c (Castagnoli) calculations wrapper for lib/crc32c;
drivers/virtio/virtio;;;;
drivers/virtio/virtio_ring;virtio;;;
drivers/virtio/virtio_pci_modern_dev;;;Modern Virtio PCI Device;
drivers/virtio/virtio_pci_legacy_dev;;;Legacy Virtio PCI Device;
drivers/virtio/virtio_pci;virtio_pci_modern_dev,virtio,virtio_pci_legacy_dev,virtio_ring;pci:v00001AF4d*sv*sd*bc*sc*i*;virtio-pci;force_legacy:Force legacy mode for transitional virtio 1 devices (bool)
drivers/virtio/virtio_balloon;virtio_ring,virtio;virtio:d00000005v*;Virtio balloon driver;
drivers/block/virtio_blk;virtio_ring,virtio;virtio:d00000002v*;Virtio block driver;num_request_queues:Limit the number of request queues to use for blk device. 0 for no limit. Values > nr_cpu_ids truncated to nr_cpu_ids. (uint)/poll_queues:The number of dedicated virtio queues for polling I/O (uint)
drivers/net/virtio_net;virtio_ring,virtio,net_failover;virtio:d00000001v*;Virtio network driver;napi_weight: (int)/csum: (bool)/gso: (bool)/napi_tx: (bool)
drivers/char/hw_random/virtio-rng;virtio_ring,virtio;virtio:d00000004v*;Virtio random number driver;
drivers/char/virtio_console;virtio_ring,virtio;virtio:d0000000Bv* virtio:d00000003v*;Virtio console driver;
drivers/scsi/virtio_scsi;virtio_ring,virtio,scsi_mod;virtio:d00000008v*;Virtio SCSI HBA driver;
net/core/failover;;;Generic Failover infrastructure/interface;
drivers/net/net_failover;failover;;Failover driver for Paravirtual drivers;
drivers/scsi/scsi_common;;;SCSI functions used by both the initiator and the target code;
drivers/scsi/scsi_mod;scsi_common;;SCSI core;scsi_logging_level:a bit mask of logging levels (int)/max_luns:last scsi LUN (should be between 1 and 2^64-1) (ullong)
drivers/scsi/sd_mod;scsi_mod,t10-pi;scsi:t-0x00* block-major-8-*;SCSI disk (sd) driver;
drivers/scsi/sr_mod;scsi_mod,cdrom;scsi:t-0x05* block-major-11-*;SCSI cdrom (sr) driver;
block/t10-pi;crc-t10dif,crc64-rocksoft;;T10 Protection Information module;
lib/crc-t10dif;;;T10 DIF CRC calculation;
lib/crc64-rocksoft;;;Rocksoft model CRC64 calculation (library API);
drivers/cdrom/cdrom;;;Uniform CD-ROM driver;debug: (bool)/autoclose: (bool)/autoeject: (bool)/lockdoor: (bool)
drivers/ata/libata;scsi_mod,scsi_common;;Library module for ATA devices;
drivers/ata/libahci;libata;;Common AHCI SATA low-level routines;
drivers/ata/ahci;libahci,libata;pci:v*d*sv*sd*bc01sc06i01*;AHCI SATA low-level driver;mobile_lpm_policy:Default LPM policy for mobile chipsets (int)
drivers/ata/ata_piix;libata;pci:v00008086d00007010sv*sd*bc*sc*i*;SCSI low-level driver for Intel PIIX/ICH ATA controllers;
drivers/input/mouse/psmouse;;serio:ty05pr*id*ex* serio:ty01pr*id*ex*;PS/2 mouse driver;proto:Highest protocol extension to probe (bare, imps, exps, any). Useful for KVM switches. (proto_abbrev)
drivers/input/serio/serio_raw;;serio:ty06pr*id*ex*;Raw serio driver;
drivers/input/evdev;;input:b*v*p*e*-e*k*r*a*m*l*s*f*w*;Input driver event char devices;
drivers/input/misc/pcspkr;;platform:pcspkr;PC Speaker beeper driver;
drivers/i2c/i2c-smbus;;i2c:smbus_alert;SMBus protocol extensions support;
drivers/i2c/busses/i2c-i801;i2c-smbus;pci:v00008086d00002930sv*sd*bc*sc*i*;I801 SMBus driver;disable_features:Disable selected driver features (uint)
drivers/mfd/lpc_ich;;pci:v00008086d00002918sv*sd*bc*sc*i*;LPC interface for Intel ICH;
virt/lib/irqbypass;;;IRQ bypass manager utility module;
arch/x86/kvm/kvm;irqbypass;devname:kvm;;nx_huge_pages: (bool)/ignore_msrs: (bool)/halt_poll_ns: (uint)
arch/x86/kvm/kvm-amd;kvm,ccp;cpu:type:x86,ven*fam*mod*:feature:*00C2*;;nested: (int)/npt: (bool)/avic: (bool)/sev: (bool)
arch/x86/kvm/kvm-intel;kvm;cpu:type:x86,ven*fam*mod*:feature:*0085*;;nested: (bool)/ept: (bool)/vpid: (bool)/unrestricted_guest: (bool)
drivers/crypto/ccp/ccp;;pci:v00001022d00001537sv*sd*bc*sc*i*;AMD Secure Processor driver;
drivers/gpu/drm/drm;;;DRM shared core routines;debug:Enable debug output, where each bit enables a debug category. (ulong)
drivers/gpu/drm/drm_kms_helper;drm;;DRM KMS helper;poll: (bool)
drivers/gpu/drm/ttm/ttm;drm;;TTM memory manager subsystem (for DRM device);
drivers/gpu/drm/drm_ttm_helper;ttm,drm;;DRM gem ttm helpers;
drivers/gpu/drm/drm_vram_helper;drm_kms_helper,drm,ttm,drm_ttm_helper;;DRM VRAM memory-management helpers;
drivers/gpu/drm/tiny/bochs;drm_kms_helper,drm_vram_helper,drm,drm_ttm_helper;pci:v00001234d00001111sv*sd*bc*sc*i*;;modeset:enable/disable kernel modesetting (int)/defx:default x resolution (int)/defy:default y resolution (int)
drivers/gpu/drm/vboxvideo/vboxvideo;drm_kms_helper,drm_vram_helper,drm,ttm;pci:v000080EEd0000BEEFsv*sd*bc*sc*i*;Oracle VM VirtualBox Graphics Card;modeset:Disable/Enable modesetting (int)
drivers/gpu/drm/qxl/qxl;drm_kms_helper,drm,ttm,drm_ttm_helper;pci:v00001B36d00000100sv*sd*bc03sc00i00*;RH QXL;
drivers/watchdog/watchdog;;;WatchDog Timer Driver Core;
drivers/platform/x86/intel/pmc/intel_pmc_bxt;;acpi*:INT34D2:*;Intel Broxton PMC driver;
drivers/watchdog/iTCO_vendor_support;;;Intel TCO Vendor Specific WatchDog Timer Driver Support;vendorsupport:iTCO vendor specific support mode, default=0 (none), 1=SuperMicro Pent3, 911=Broken SMI BIOS (int)
drivers/watchdog/iTCO_wdt;watchdog,intel_pmc_bxt,iTCO_vendor_support;platform:iTCO_wdt;Intel TCO WatchDog Timer Driver;heartbeat:Watchdog timeout in seconds. (int)/nowayout:Watchdog cannot be stopped once started (bool)
drivers/acpi/button;;acpi*:PNP0C0C:* acpi*:PNP0C0E:*;ACPI Button Driver;lid_init_state:Behavior for reporting LID initial state
fs/configfs/configfs;;;Simple RAM filesystem for user driven kernel subsystem configuration.;
drivers/firmware/efi/efi-pstore;;;EFI variable backend for pstore;pstore_disable: (bool)
fs/fuse/fuse;;fs-fuse devname:fuse char-major-10-229 fs-fuseblk fs-fusectl;Filesystem in Userspace;max_user_bgreq:Global limit for the maximum number of backgrounded requests an unprivileged user can set (uint)
fs/fuse/virtiofs;fuse,virtio,virtio_ring;fs-virtiofs virtio:d0000001Av*;Virtio Filesystem;
drivers/block/loop;;devname:loop-control char-major-10-237 block-major-7-*;;max_loop:Maximum number of loop devices (int)/max_part:Maximum number of partitions per loop device (int)
drivers/block/nbd;;;Network Block Device;nbds_max:number of network block devices to initialize (default: 16) (int)/max_part:number of partitions per device (default: 16) (int)
drivers/block/brd;;rd;Ram backed block device driver;rd_nr:Maximum number of brd devices (int)/rd_size:Size of each RAM disk in kbytes. (ulong)
drivers/block/zram/zram;;;Compressed RAM Block Device;num_devices:Number of pre-created zram devices (uint)
drivers/md/dm-mod;;devname:mapper/control char-major-10-236;device-mapper driver;major:The major number of the device mapper (uint)
drivers/firmware/qemu_fw_cfg;;acpi*:QEMU0002:*;QEMU fw_cfg sysfs support;
drivers/misc/vmw_balloon;vmw_vmci;;VMware Memory Control (Balloon) Driver;
drivers/misc/vmw_vmci/vmw_vmci;;pci:v000015ADd00000740sv*sd*bc*sc*i*;VMware Virtual Machine Communication Interface.;
drivers/net/vmxnet3/vmxnet3;;pci:v000015ADd000007B0sv*sd*bc*sc*i*;VMware vmxnet3 virtual NIC driver;
drivers/net/ethernet/intel/e1000/e1000;;pci:v00008086d0000100Esv*sd*bc*sc*i*;Intel(R) PRO/1000 Network Driver;copybreak:Maximum size of packet that is copied to a new buffer on receive (uint)/debug:Debug level (0=none,...,16=all) (int)
drivers/net/ethernet/intel/e1000e/e1000e;;pci:v00008086d000010D3sv*sd*bc*sc*i*;Intel(R) PRO/1000 Network Driver;
drivers/net/xen-netfront;;xen:vif xennet;Xen virtual network device frontend;
drivers/block/xen-blkfront;;xen:vbd xenblk;Xen virtual block device frontend;
drivers/virt/vboxguest/vboxguest;;pci:v000080EEd0000CAFEsv*sd*bc*sc*i*;Oracle VM VirtualBox Guest Additions for Linux Module;
fs/vboxsf/vboxsf;vboxguest;fs-vboxsf;Oracle VM VirtualBox Module for Host File System Access;follow_symlinks:Let host resolve symlinks rather than showing them (bool)
net/netfilter/x_tables;;ip6t_REJECT ipt_REJECT arpt_REJECT;{ip,ip6,arp,eb}_tables backend module;
net/ipv4/netfilter/ip_tables;x_tables;ipt_icmp;IPv4 packet filter;
net/ipv6/netfilter/ip6_tables;x_tables;ip6t_icmp6;IPv6 packet filter;
net/ipv4/netfilter/iptable_filter;ip_tables,x_tables;;iptables filter table;forward: (bool)
net/ipv4/netfilter/iptable_nat;ip_tables,nf_nat;;iptables legacy nat table;
net/netfilter/nfnetlink;;net-pf-16-proto-12 nfnetlink;;
net/netfilter/nf_tables;nfnetlink;nfnetlink-subsys-10;;
net/netfilter/nf_conntrack;nf_defrag_ipv6,nf_defrag_ipv4;nf_conntrack-10 nf_conntrack-2 ip_conntrack;;hashsize: (uint)/acct:Enable connection tracking flow accounting. (bool)
net/netfilter/nf_nat;nf_conntrack;nf-nat-ipv4 nf-nat-ipv6;Network address translation core;
net/ipv4/netfilter/nf_defrag_ipv4;;;;
net/ipv6/netfilter/nf_defrag_ipv6;;;;
net/netfilter/xt_conntrack;nf_conntrack,x_tables;ip6t_conntrack ipt_conntrack;Xtables: connection tracking state match;
net/netfilter/xt_MASQUERADE;x_tables,nf_nat;ipt_MASQUERADE ip6t_MASQUERADE;Xtables: automatic-address SNAT;
net/netfilter/xt_addrtype;x_tables;ip6t_addrtype ipt_addrtype;Xtables: address type match;
net/netfilter/nft_compat;nf_tables,x_tables,nfnetlink;nft-expr-target nft-expr-match;x_tables over nftables support;
net/netfilter/nft_chain_nat;nf_tables,nf_nat;nft-chain-2-nat nft-chain-1-nat;nftables network address translation support;
fs/autofs/autofs4;;;;
fs/binfmt_misc;;fs-binfmt_misc;;
net/ipv4/inet_diag;;net-pf-16-proto-4-type-2;;
net/ipv4/tcp_diag;inet_diag;net-pf-16-proto-4-type-2-6;;
net/ipv4/udp_diag;inet_diag;net-pf-16-proto-4-type-2-17 net-pf-16-proto-4-type-2-136;;
net/llc/llc;;;LLC IEEE 802.2 core support;
net/802/stp;llc;;;
net/bridge/bridge;stp,llc;rtnl-link-bridge;;
net/bridge/br_netfilter;bridge;;Linux ethernet netfilter firewall bridge;
net/8021q/8021q;garp,mrp;rtnl-link-vlan;;
net/802/garp;stp,llc;;;
net/802/mrp;;;;
fs/overlayfs/overlay;;fs-overlay;Overlay filesystem;redirect_dir:Default to on or off for the redirect_dir feature (bool)/index:Default to on or off for the inodes index feature (bool)/metacopy:Default to on or off for the metadata only copy up feature (bool)
drivers/net/veth;;rtnl-link-veth;Virtual Ethernet Tunnel;
drivers/net/tun;;devname:net/tun char-major-10-200;Universal TUN/TAP device driver;
drivers/net/tap;;;;
drivers/net/macvlan;;rtnl-link-macvlan;Driver for MAC address based VLANs;
drivers/net/macvtap;tap,macvlan;rtnl-link-macvtap;;
drivers/net/dummy;;rtnl-link-dummy;;numdummies:Number of dummy pseudo devices (int)
drivers/net/bonding/bonding;;rtnl-link-bond;Ethernet Channel Bonding Driver;max_bonds:Max number of bonded devices (int)/mode:Mode of operation; 0 for balance-rr, 1 for active-backup, 2 for balance-xor, 3 for broadcast, 4 for 802.3ad, 5 for balance-tlb, 6 for balance-alb (charp)
drivers/net/vxlan/vxlan;udp_tunnel,ip6_udp_tunnel;rtnl-link-vxlan;Driver for VXLAN encapsulated traffic;
net/ipv4/udp_tunnel;;;;
net/ipv6/ip6_udp_tunnel;;;;
drivers/vhost/vhost;vhost_iotlb;;Host kernel accelerator for virtio;max_mem_regions:Maximum number of memory regions in memory map. (default: 64) (ushort)
drivers/vhost/vhost_iotlb;;;Host kernel accelerator for virtio;
drivers/vhost/vhost_net;tun,vhost,vhost_iotlb,tap;devname:vhost-net char-major-10-238;Host kernel accelerator for virtio net;experimental_zcopytx:Enable Zero Copy TX; 1 -Enable; 0 - Disable (int)
fs/fat/fat;;;;
fs/fat/vfat;fat;fs-vfat;VFAT filesystem support;
fs/isofs/isofs;cdrom;iso9660 fs-iso9660;;
fs/squashfs/squashfs;;fs-squashfs;squashfs 4.0, a compressed read-only filesystem;
fs/xfs/xfs;libcrc32c;fs-xfs;SGI XFS with ACLs, security attributes, realtime, quota, no debug enabled;
fs/btrfs/btrfs;raid6_pq,xor,libcrc32c,zstd_compress;devname:btrfs-control char-major-10-234 fs-btrfs;;
lib/raid6/raid6_pq;;;RAID6 Q-syndrome calculations;
crypto/xor;;;;
lib/libcrc32c;;;CRC32c (Castagnoli) calculations;
lib/zstd/zstd_compress;;;Zstd Compressor;
net/9p/9pnet;;;Plan 9 Resource Sharing Support (9P2000);
net/9p/9pnet_virtio;9pnet,virtio,virtio_ring;9pnet_virtio virtio:d00000009v*;Virtio 9p Transport;
fs/9p/9p;fscache,netfs,9pnet;fs-9p;;
fs/fscache/fscache;netfs;;FS Cache Manager;
fs/netfs/netfs;;;Network fs support;
fs/nfs/nfs;lockd,fscache,netfs,sunrpc;nfs4 fs-nfs fs-nfs4;;
fs/lockd/lockd;sunrpc,grace;;NFS file locking service version LOCKD_VERSION.;
fs/nfs_common/grace;;;NFS client and server infrastructure;
net/sunrpc/sunrpc;;;;
drivers/usb/storage/usb-storage;scsi_mod,usbcore;usb:v*p*d*dc*dsc*dp*ic08isc06ip50in*;USB Mass Storage driver for Linux;
drivers/usb/core/usbcore;usb-common;;;
drivers/usb/common/usb-common;;;;
`;

interface ModuleFacts {
  readonly name: string;
  /** below kernel/, without ".ko" */
  readonly place: string;
  readonly depends: readonly string[];
  readonly aliases: readonly string[];
  readonly description: string;
  readonly parameters: readonly string[];
}

function parseTable(): readonly ModuleFacts[] {
  return TABLE.trim().split("\n").map((line) => {
    const [place = "", depends = "", aliases = "", description = "", ...parameters] = line.split(";");
    const list = (text: string, separator: string | RegExp): readonly string[] => (text === "" ? [] : text.split(separator));
    // a parameter's help may hold ";"
    return { name: (place.split("/").at(-1) ?? "").replaceAll("-", "_"), place, depends: list(depends, ","), aliases: list(aliases, " "), description, parameters: list(parameters.join(";"), /\/(?=\w+:)/) };
  });
}

/** Bytes that look like a signature, always the same for a name. */
function signature(name: string): string {
  let state = 2_166_136_261;
  for (let index = 0; index < name.length; index++) state = Math.imul(state ^ name.charCodeAt(index), 16_777_619) >>> 0;
  let hex = "";
  for (let index = 0; index < 512; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    hex += (state >>> 24).toString(16).padStart(2, "0").toUpperCase();
  }
  return hex;
}

/** A module's file: a head, the strings of .modinfo between NULs, and what sign-file appends. */
function moduleFile(module: ModuleFacts, release: string): string {
  const strings = ["license=GPL", ...(module.description === "" ? [] : [`description=${module.description}`]), ...module.aliases.map((alias) => `alias=${alias}`), `depends=${module.depends.map((one) => one.replaceAll("-", "_")).join(",")}`, "retpoline=Y", "intree=Y", `name=${module.name}`, `vermagic=${release} SMP preempt mod_unload modversions `];
  for (const parameter of module.parameters) {
    const [, name = "", help = "", type = ""] = /^([^:]+):(.*?) ?(?:\((\w+)\))?$/.exec(parameter) ?? [];
    if (type !== "") strings.push(`parmtype=${name}:${type}`);
    if (help !== "") strings.push(`parm=${name}:${help}`);
  }
  return `\x7fELF\x02\x01\x01${"\0".repeat(9)}\x01\0>\0\x01\0\0\0${"\0".repeat(40)}${strings.join("\0")}\0${"\0".repeat(64)}PKCS#7\0Debian Secure Boot CA\x0032A0287F841A036FA393C1E065C43AE6B2422643\0sha256\0${signature(module.name)}\0~Module signature appended~\n`;
}

const BUILT_IN: readonly string[] = ["kernel/drivers/tty/serial/8250/8250.ko", "kernel/net/unix/unix.ko", "kernel/net/ipv6/ipv6.ko", "kernel/drivers/rtc/rtc-cmos.ko", "kernel/drivers/input/serio/i8042.ko", "kernel/drivers/input/serio/serio.ko", "kernel/net/packet/af_packet.ko", "kernel/drivers/hwmon/hwmon.ko", "kernel/fs/devpts/devpts.ko"];

/** Of a kernel: those that learners meet have not changed between the builds of 6.1 but for the version that they are made for. */
export function moduleFiles(release: string): readonly PackageFile[] {
  const modules = parseTable();
  const byName = new Map(modules.map((module) => [module.name, module]));
  const file = (module: ModuleFacts): string => `kernel/${module.place}.ko`;
  /** everything that it needs, nearest first */
  const needs = (module: ModuleFacts, seen: ModuleFacts[] = []): readonly ModuleFacts[] => {
    for (const name of module.depends) {
      const other = byName.get(name.replaceAll("-", "_"));
      if (other === undefined || seen.includes(other)) continue;
      seen.push(other);
      needs(other, seen);
    }
    return seen;
  };
  const base = `/lib/modules/${release}`;
  return [
    ...modules.map((module): PackageFile => ({ path: `${base}/${file(module)}`, text: moduleFile(module, release) })),
    { path: `${base}/modules.dep`, text: modules.map((module) => `${file(module)}:${needs(module).map((one) => ` ${file(one)}`).join("")}\n`).join("") },
    { path: `${base}/modules.alias`, text: `# Aliases extracted from modules themselves.\n${modules.flatMap((module) => module.aliases.map((alias) => `alias ${alias} ${module.name}\n`)).join("")}` },
    { path: `${base}/modules.order`, text: modules.map((module) => `${file(module)}\n`).join("") },
    { path: `${base}/modules.builtin`, text: BUILT_IN.map((path) => `${path}\n`).join("") },
    { path: `${base}/modules.softdep`, text: "# Soft dependencies extracted from modules themselves.\nsoftdep ext4 pre: crc32c\n" },
    { path: `${base}/modules.symbols`, text: "# Aliases for symbols, used by symbol_request().\n" },
    { path: `${base}/modules.devname`, text: `# Device nodes to trigger on-demand module loading.\n${modules.flatMap((module) => module.aliases.filter((alias) => alias.startsWith("devname:")).map((alias) => `${module.name} ${alias.slice(8)}\n`)).join("")}` },
  ];
}
