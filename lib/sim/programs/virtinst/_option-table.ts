// The options that virt-install and virt-xml share, each with its suboptions and where they stand in the XML (virt-install(1), virt-xml(1), 4.1).
// A place: "@a" an attribute, "x/@a" of a child, "x" a child's text, "x?" a child that is there or not.

export interface DomainOption {
  readonly name: string;
  readonly aliases: readonly string[];
  /** its element among the devices; undefined: it speaks of the domain as a whole, or of `element` in it */
  readonly device: string | undefined;
  /** the suboption whose name may be left out at the first place */
  readonly first: string;
  readonly properties: ReadonlyMap<string, string>;
  /** children in libvirt's order */
  readonly order: readonly string[];
}

const address = "address.type=address/@type address.domain=address/@domain address.bus=address/@bus address.slot=address/@slot address.function=address/@function address.controller=address/@controller address.unit=address/@unit address.target=address/@target address.port=address/@port address.base=address/@base address.reg=address/@reg";
const boot = "boot.order=boot/@order boot_order=boot/@order";

function option(names: string, device: string | undefined, first: string, properties: string, order = ""): DomainOption {
  const [name = "", ...aliases] = names.split(" ");
  return { name, aliases, device, first, properties: new Map(properties.split(/\s+/).filter((word) => word !== "").map((word) => {
    const equals = word.indexOf("=");
    return [word.slice(0, equals), word.slice(equals + 1)];
  })), order: order.split(" ").filter((word) => word !== "") };
}

const character = (name: string): DomainOption => option(name, name, "type", `type=@type path=source/@path source.path=source/@path source.mode=source/@mode source.host=source/@host source.service=source/@service protocol.type=protocol/@type target.type=target/@type target_type=target/@type target.name=target/@name name=target/@name target.port=target/@port target.address=target/@address target.model.name=target/model/@name log.file=log/@file log.append=log/@append ${address}`, "source protocol target alias address");

export const domainOptions: readonly DomainOption[] = [
  option("memory ram r", undefined, "memory", "memory=memory maxmemory=memory currentMemory=currentMemory hotplugmemorymax=maxMemory hotplugmemoryslots=maxMemory/@slots"),
  option("memorybacking", undefined, "hugepages", "hugepages=memoryBacking/hugepages? nosharepages=memoryBacking/nosharepages? locked=memoryBacking/locked? access.mode=memoryBacking/access/@mode source.type=memoryBacking/source/@type allocation.mode=memoryBacking/allocation/@mode"),
  option("vcpus", undefined, "vcpus", "vcpus=vcpu vcpu.current=vcpu/@current maxvcpus=vcpu vcpu.placement=vcpu/@placement vcpu.cpuset=vcpu/@cpuset cpuset=vcpu/@cpuset placement=vcpu/@placement sockets=cpu/topology/@sockets cores=cpu/topology/@cores threads=cpu/topology/@threads dies=cpu/topology/@dies"),
  option("cpu", undefined, "model", "model=cpu/model mode=cpu/@mode match=cpu/@match check=cpu/@check migratable=cpu/@migratable vendor=cpu/vendor model.fallback=cpu/model/@fallback topology.sockets=cpu/topology/@sockets topology.cores=cpu/topology/@cores topology.threads=cpu/topology/@threads cache.mode=cpu/cache/@mode cache.level=cpu/cache/@level force= require= optional= disable= forbid= secure="),
  option("metadata", undefined, "", "name=name uuid=uuid title=title description=description genid=genid genid_enable=genid? os.name= os_name= os_full_id="),
  option("iothreads", undefined, "iothreads", "iothreads=iothreads"),
  option("cputune", undefined, "", "shares=cputune/shares period=cputune/period quota=cputune/quota emulator_period=cputune/emulator_period emulator_quota=cputune/emulator_quota emulatorpin.cpuset=cputune/emulatorpin/@cpuset"),
  option("numatune", undefined, "nodeset", "nodeset=numatune/memory/@nodeset mode=numatune/memory/@mode memory.nodeset=numatune/memory/@nodeset memory.mode=numatune/memory/@mode memory.placement=numatune/memory/@placement"),
  option("memtune", undefined, "soft_limit", "hard_limit=memtune/hard_limit soft_limit=memtune/soft_limit swap_hard_limit=memtune/swap_hard_limit min_guarantee=memtune/min_guarantee"),
  option("blkiotune", undefined, "weight", "weight=blkiotune/weight"),
  option("features", undefined, "", "acpi=features/acpi? apic=features/apic? pae=features/pae? apic.eoi=features/apic/@eoi hap.state=features/hap/@state kvm.hidden.state=features/kvm/hidden/@state kvm_hidden=features/kvm/hidden/@state vmport.state=features/vmport/@state vmport=features/vmport/@state smm.state=features/smm/@state smm=features/smm/@state ioapic.driver=features/ioapic/@driver"),
  option("clock", undefined, "offset", "offset=clock/@offset timezone=clock/@timezone adjustment=clock/@adjustment"),
  option("pm", undefined, "", "suspend_to_mem=pm/suspend-to-mem/@enabled suspend_to_mem.enabled=pm/suspend-to-mem/@enabled suspend_to_disk=pm/suspend-to-disk/@enabled suspend_to_disk.enabled=pm/suspend-to-disk/@enabled"),
  option("events", undefined, "", "on_poweroff=on_poweroff on_reboot=on_reboot on_crash=on_crash on_lockfailure=on_lockfailure"),
  option("resource", undefined, "partition", "partition=resource/partition"),
  option("boot", undefined, "", "boot0.dev= cdrom= hd= network= fd= menu=os/bootmenu/@enable bootmenu.enable=os/bootmenu/@enable bootmenu.timeout=os/bootmenu/@timeout kernel=os/kernel initrd=os/initrd cmdline=os/cmdline kernel_args=os/cmdline extra_args=os/cmdline dtb=os/dtb loader=os/loader loader.readonly=os/loader/@readonly loader_ro=os/loader/@readonly loader.type=os/loader/@type loader_type=os/loader/@type loader.secure=os/loader/@secure loader_secure=os/loader/@secure nvram=os/nvram nvram.template=os/nvram/@template nvram_template=os/nvram/@template firmware=os/@firmware uefi= machine=os/type/@machine arch=os/type/@arch domain_type=@type emulator=devices/emulator rebootTimeout=os/bios/@rebootTimeout useserial=os/bios/@useserial bios.useserial=os/bios/@useserial smbios.mode=os/smbios/@mode smbios_mode=os/smbios/@mode refresh-machine-type="),
  option("seclabel security", undefined, "type", "type=seclabel/@type model=seclabel/@model relabel=seclabel/@relabel label=seclabel/label baselabel=seclabel/baselabel"),
  option("sysinfo", undefined, "type", "type=sysinfo/@type"),
  option("qemu-commandline", undefined, "args", "args="),
  option("disk", "disk", "path", `path=source/@file source.file=source/@file source.dev=source/@dev source.dir=source/@dir source.pool=source/@pool source.volume=source/@volume source.protocol=source/@protocol source.name=source/@name type=@type device=@device bus=target/@bus target.bus=target/@bus target=target/@dev target.dev=target/@dev target.removable=target/@removable removable=target/@removable
    format=driver/@type driver.type=driver/@type driver_type=driver/@type driver.name=driver/@name driver_name=driver/@name cache=driver/@cache driver.cache=driver/@cache io=driver/@io driver.io=driver/@io discard=driver/@discard driver.discard=driver/@discard detect_zeroes=driver/@detect_zeroes driver.detect_zeroes=driver/@detect_zeroes iothread=driver/@iothread driver.iothread=driver/@iothread driver.queues=driver/@queues
    error_policy=driver/@error_policy readonly=readonly? shareable=shareable? transient=transient? serial=serial wwn=wwn startup_policy=source/@startupPolicy source.startupPolicy=source/@startupPolicy snapshot=@snapshot snapshot_policy=@snapshot rawio=@rawio sgio=@sgio iotune.read_bytes_sec=iotune/read_bytes_sec iotune.write_bytes_sec=iotune/write_bytes_sec iotune.total_bytes_sec=iotune/total_bytes_sec iotune.read_iops_sec=iotune/read_iops_sec iotune.write_iops_sec=iotune/write_iops_sec iotune.total_iops_sec=iotune/total_iops_sec
    read_bytes_sec=iotune/read_bytes_sec write_bytes_sec=iotune/write_bytes_sec total_bytes_sec=iotune/total_bytes_sec read_iops_sec=iotune/read_iops_sec write_iops_sec=iotune/write_iops_sec total_iops_sec=iotune/total_iops_sec perms= size= sparse= pool= vol= backing_store= backing_format= clone= ${boot} ${address}`, "driver auth source backingStore target iotune readonly shareable transient serial wwn boot alias address"),
  option("network w", "interface", "network", `type=@type network=source/@network bridge=source/@bridge source=source source.network=source/@network source.bridge=source/@bridge source.dev=source/@dev source.mode=source/@mode source_mode=source/@mode source.portgroup=source/@portgroup portgroup=source/@portgroup mac=mac/@address mac.address=mac/@address model=model/@type model.type=model/@type
    target=target/@dev target.dev=target/@dev filterref=filterref/@filter filterref.filter=filterref/@filter link.state=link/@state link_state=link/@state mtu.size=mtu/@size mtu=mtu/@size driver.name=driver/@name driver_name=driver/@name driver.queues=driver/@queues driver_queues=driver/@queues rom.bar=rom/@bar rom.file=rom/@file virtualport.type=virtualport/@type virtualport_type=virtualport/@type trustGuestRxFilters=@trustGuestRxFilters ${boot} ${address}`, "mac source bandwidth target model driver link boot mtu filterref alias rom address"),
  option("graphics", "graphics", "type", "type=@type port=@port tlsPort=@tlsPort tlsport=@tlsPort autoport=@autoport listen=@listen listens= keymap=@keymap password=@passwd passwd=@passwd passwordvalidto=@passwdValidTo connected=@connected defaultMode=@defaultMode socket=@socket websocket=@websocket gl=gl/@enable gl.enable=gl/@enable rendernode=gl/@rendernode gl.rendernode=gl/@rendernode image.compression=image/@compression image_compression=image/@compression clipboard.copypaste=clipboard/@copypaste clipboard_copypaste=clipboard/@copypaste mouse.mode=mouse/@mode filetransfer.enable=filetransfer/@enable streaming.mode=streaming/@mode"),
  option("controller", "controller", "type", `type=@type model=@model index=@index ports=@ports vectors=@vectors maxGrantFrames=@maxGrantFrames master=master/@startport driver.iothread=driver/@iothread driver.queues=driver/@queues target.chassis=target/@chassis target.port=target/@port ${address}`),
  option("input", "input", "type", `type=@type bus=@bus model=@model source.evdev=source/@evdev ${address}`),
  character("serial"), character("parallel"), character("channel"), character("console"),
  option("hostdev host-device", "hostdev", "name", `name= type=@type mode=@mode managed=@managed driver.name=driver/@name driver_name=driver/@name source.address.domain=source/address/@domain source.address.bus=source/address/@bus source.address.slot=source/address/@slot source.address.function=source/address/@function rom.bar=rom/@bar rom_bar=rom/@bar ${boot} ${address}`),
  option("filesystem", "filesystem", "source", `type=@type accessmode=@accessmode mode=@accessmode source=source/@dir source.dir=source/@dir target=target/@dir target.dir=target/@dir readonly=readonly? driver.type=driver/@type driver_type=driver/@type driver.format=driver/@format driver.queue=driver/@queue space_hard_limit=space_hard_limit space_soft_limit=space_soft_limit ${address}`, "driver source target readonly alias address"),
  option("sound soundhw", "sound", "model", `model=@model ${address}`),
  option("audio", "audio", "type", "type=@type id=@id"),
  option("watchdog", "watchdog", "model", `model=@model action=@action ${address}`),
  option("video", "video", "model", `model=model/@type model.type=model/@type vram=model/@vram model.vram=model/@vram vram64=model/@vram64 model.vram64=model/@vram64 ram=model/@ram model.ram=model/@ram vgamem=model/@vgamem model.vgamem=model/@vgamem heads=model/@heads model.heads=model/@heads primary=model/@primary model.primary=model/@primary accel3d=model/acceleration/@accel3d model.acceleration.accel3d=model/acceleration/@accel3d driver.name=driver/@name ${address}`),
  option("smartcard", "smartcard", "mode", `mode=@mode type=@type ${address}`),
  option("redirdev", "redirdev", "bus", `bus=@bus type=@type server= ${address}`),
  option("memballoon", "memballoon", "model", `model=@model autodeflate=@autodeflate stats.period=stats/@period freePageReporting=@freePageReporting ${address}`),
  option("tpm", "tpm", "type", `type=backend/@type backend.type=backend/@type model=@model version=backend/@version backend.version=backend/@version path=backend/device/@path device_path=backend/device/@path`),
  option("rng", "rng", "type", `type=backend/@model backend.model=backend/@model backend=backend device=backend model=@model rate.bytes=rate/@bytes rate.period=rate/@period rate_bytes=rate/@bytes rate_period=rate/@period ${address}`, "rate backend alias address"),
  option("panic", "panic", "model", `model=@model iobase=address/@iobase ${address}`),
  option("vsock", "vsock", "model", `model=@model cid=cid/@address cid.address=cid/@address auto_cid=cid/@auto cid.auto=cid/@auto ${address}`),
  option("iommu", "iommu", "model", `model=@model driver.intremap=driver/@intremap driver.caching_mode=driver/@caching_mode driver.iotlb=driver/@iotlb driver.eim=driver/@eim`),
  option("memdev", "memory", "model", `model=@model access=@access target.size=target/size target.node=target/node`),
  option("shmem", "shmem", "name", `name=@name role=@role model.type=model/@type size=size size.unit=size/@unit`),
];

/** By name or other name; undefined: there is no such option. */
export function domainOption(name: string): DomainOption | undefined {
  return domainOptions.find((one) => one.name === name || one.aliases.includes(name));
}

/** What `--disk=?` prints. */
export function suboptionList(given: DomainOption): string {
  return `--${given.name} options:\n${["clearxml", ...[...given.properties.keys()].sort()].map((name) => `  ${name}\n`).join("")}\n`;
}
