// A machine inside a machine: firmware that looks for something to boot, then a Machine of the same kind as its host, whose disks the host holds. Its inputs are device
// events and the clock.
// (More than 400 lines: what a host may ask of a guest, one method each.)
import { blockDevicesOf, Disk as BlockDisk, Partition } from "../../kernel/block/block-device.ts";
import { capacityOf, readSuperblock, roomFor, writeBack } from "../../kernel/block/ext4-type.ts";
import { IoThrottle } from "../../kernel/block/io-throttle.ts";
import type { GuestFactory, GuestHooks, GuestInput, GuestMachine, GuestPlan, GuestRest } from "../../kernel/guest/guest-machine.ts";
import { type DiskPiece, encode, type GuestDisk, type IoLimits } from "../../kernel/sys.ts";
import { Contents, type Piece } from "../../kernel/vfs/contents.ts";
import { makeDevice } from "../../kernel/vfs/open.ts";
import type { FrozenLayer } from "../../kernel/vfs/memory-node.ts";
import { type BootChoice, bootChoice, environmentPath, hardwareBooting } from "../boot-loader.ts";
import { bootLog } from "../boot-log.ts";
import { filesOfLayer, findNode } from "../disk-files.ts";
import type { Hardware } from "../hardware.ts";
import type { HostDescription } from "../host-description.ts";
import type { GuestSetup } from "../guest-setup.ts";
import { createMachine, type Machine } from "../machine.ts";
import { keptBootOf, ownWords } from "./kept-boot.ts";
import { treeNamed } from "../rootfs/root-image.ts";
import { rootTreeOf } from "./root-tree.ts";
import { type AttachedDisk, diskNames, frameSteps, guestHardware } from "./guest-hardware.ts";
import { addChannel, type GuestChannel } from "./guest-channel.ts";
import { foundRoot, type Initramfs, initramfsOf, noInitramfs, waitForRoot, withDrivers } from "./initramfs.ts";
import { installedRoot, isInstaller, placeBaseSystem, runInstaller } from "./installer.ts";
import { offerView } from "./inner-views.ts";
import { ignoring, quietNetwork } from "./ignored-frames.ts";
import { bootMessages, stopMessages } from "./console-messages.ts";

const clusterBytes = 65_536;
/** The id of a card that is no longer there. */
const pulledOut = "";
/** SeaBIOS and GRUB with its time-out, then the kernel until PID 1. */
const firmwareUs = 500_000;
const loaderUs = 500_000;
const kernelUs = 2_850_000;
/** The kernel's messages of the root file system begin then. */
const firstOfRootUs = 2_300_000;
/** Emulated processors are about this many times slower than real ones. */
const emulationFactor = 4;
const virtualisationFactor = 1;
const emptyGuestBytes = 32 * 1024 * 1024;
const kernelBytes = 90 * 1024 * 1024;

/** A guest that did more since its boot is not put away: what it did would be done again when it is wanted. */
const mostStepsToRest = 400_000;
/** What it costs to play a kept boot, about. */
const playedBootSteps = 100_000;

interface BootSource {
  readonly disk: AttachedDisk;
  readonly partition: Partition;
  readonly tree: FrozenLayer;
}

function contentsOf(disk: GuestDisk): Contents {
  return Contents.fromPieces(disk.sizeBytes, [...disk.pieces].sort((a, b) => a.start - b.start).map((piece) => ({ start: piece.start, length: piece.bytes.length, data: piece.bytes })));
}

type RootSetup = Pick<GuestSetup, "rootTree" | "rootSource" | "capacity" | "init" | "initPath" | "kept">;

class InstallerDisc {
  readonly disk: AttachedDisk;
  constructor(disk: AttachedDisk) {
    this.disk = disk;
  }
}

/** The first disk, in the order of the firmware, with a boot sector and a root file system that we know how to start, or an installer. */
function bootSource(disks: readonly AttachedDisk[]): BootSource | InstallerDisc | undefined {
  const order = [...disks].filter((disk) => disk.guest.bootOrder > 0).sort((a, b) => a.guest.bootOrder - b.guest.bootOrder);
  for (const disk of order) {
    const block = new BlockDisk(disk.name, 254, 0, disk.contents);
    if (disk.guest.rom) {
      if (isInstaller(disk.contents)) return new InstallerDisc(disk);
      continue;
    }
    const found = rootTreeOf(block);
    if (found !== undefined) return { disk, ...found };
  }
  return undefined;
}

class Guest implements GuestMachine {
  readonly #plan: GuestPlan;
  readonly #hooks: GuestHooks;
  readonly #host: HostDescription;
  readonly #factor: number;
  readonly #bootInFull: boolean;
  #disks: AttachedDisk[];
  #flushed = new Map<string, Contents>();
  #cards: GuestPlan["hardware"]["cards"];
  #nowUs = 0;
  #machine: Machine | undefined;
  /** its own time when the machine's clock stood at 0 */
  #originUs = 0;
  /** of its disks, by their ids */
  readonly #limits = new Map<string, IoLimits>();
  /** of the host's processors */
  #share = 1;
  /** of the hardware's clock, beside its own time */
  #rtcAheadUs = 0;
  #root: BootSource | undefined;
  /** of the running system's root, when it was last written to its disk */
  #writtenChanges = -1;
  /** while the console says what it says in a boot that is known: what the system will find when it is there */
  #untaken: GuestInput[] | undefined;
  /** what runs is not the system on the disk, which is only waited for */
  #inInitramfs = false;
  #phases: { readonly atUs: number; readonly run: () => void }[] = [];
  #boots = 0;
  #pastCpuUs = 0;
  /** of the kernel's clock, when the present system began here */
  #bootedBusyUs = 0;
  #memoryBytes: number;
  #cpuCount: number;
  #channels = new Map<string, GuestChannel>();
  #carriers = new Map<string, boolean>();

  constructor(plan: GuestPlan, hooks: GuestHooks, host: HostDescription, bootInFull: boolean) {
    this.#bootInFull = bootInFull;
    this.#plan = plan;
    this.#hooks = hooks;
    this.#host = host;
    this.#factor = plan.accelerator === "kvm" ? virtualisationFactor : emulationFactor;
    this.#cards = plan.hardware.cards;
    this.#memoryBytes = plan.hardware.memoryBytes;
    this.#cpuCount = plan.hardware.cpuCount;
    const names = diskNames(plan.hardware.disks);
    this.#disks = plan.hardware.disks.map((guest) => ({ id: guest.id, name: names.get(guest.id) ?? "sda", guest, contents: contentsOf(guest) }));
    for (const disk of this.#disks) this.#flushed.set(disk.id, disk.contents.share());
    offerView(this, () => this.#machine?.view());
  }

  // ---- power

  #powerOn(): void {
    this.#forget();
    this.#untaken = undefined;
    this.#channels = new Map();
    this.#cards = this.#cards.filter((card) => card.id !== pulledOut);
    const start = this.#nowUs;
    const at = (delayUs: number, run: () => void): void => {
      this.#phases.push({ atUs: start + delayUs * this.#factor, run });
    };
    this.#phases = [];
    at(firmwareUs, () => {
      const root = bootSource(this.#disks);
      this.#root = root instanceof InstallerDisc ? undefined : root;
      if (root === undefined) return;
      if (root instanceof InstallerDisc) {
        at(firmwareUs + loaderUs / 2, () => this.#say("\nISOLINUX 6.04 ETCD Copyright (C) 1994-2015 H. Peter Anvin et al\nDebian GNU/Linux installer boot menu: Install (text, serial line)\n"));
        at(firmwareUs + loaderUs, () => this.#say("Loading /install.amd/vmlinuz... ok\nLoading /install.amd/initrd.gz...ok\n"));
        at(firmwareUs + loaderUs + kernelUs, () => this.#install(root));
        this.#phases.sort((a, b) => a.atUs - b.atUs);
        return;
      }
      at(firmwareUs + loaderUs / 2, () => this.#say("GRUB loading.\nWelcome to GRUB!\n\n"));
      const choice = this.#choice(root);
      at(firmwareUs + loaderUs, () => this.#say(`  Booting \`${choice.title ?? "Debian GNU/Linux"}'\n\nLoading Linux ${choice.kernel.release} ...\n${choice.initrd === undefined ? "" : "Loading initial ramdisk ...\n"}`));
      const initramfs = choice.initrd === undefined ? undefined : initramfsOf(root.tree, choice.initrd);
      const whole = hardwareBooting(this.#hardware(choice.commandLine), choice);
      const hardware = initramfs === undefined ? whole : withDrivers(whole, initramfs);
      const found = hardware.disks.some((disk) => disk.name === root.disk.name);
      const log = bootLog(hardware).filter((entry) => found || entry.timeUs < firstOfRootUs);
      const isQuiet = choice.commandLine.split(" ").includes("quiet");
      let from = 0;
      for (const untilUs of isQuiet ? [] : [0, 700_000, 1_500_000, 2_400_000, Infinity]) {
        const lines = log.filter((entry) => entry.facility === 0 && entry.timeUs >= from && entry.timeUs <= untilUs);
        from = untilUs + 1;
        const text = lines.map((entry) => `[${(entry.timeUs / 1e6).toFixed(6).padStart(12)}] ${entry.text}\n`).join("");
        at(firmwareUs + loaderUs + Math.min(untilUs, kernelUs - 10_000), () => this.#say(text));
      }
      at(firmwareUs + loaderUs + kernelUs, () => this.#start(root, choice, initramfs, hardware));
      this.#phases.sort((a, b) => a.atUs - b.atUs);
    });
  }

  /** Without a menu on its disk: the newest kernel, as GRUB starts it. */
  #choice(root: BootSource): BootChoice {
    const choice = bootChoice(filesOfLayer(root.tree), "");
    if (choice.title !== undefined) return choice;
    const rootUuid = this.#hardware("").disks.find((disk) => disk.name === root.disk.name)?.partitions.find((one) => one.number === root.partition.number)?.uuid ?? "";
    return { ...choice, commandLine: `BOOT_IMAGE=/boot/vmlinuz-${choice.kernel.release} root=UUID=${rootUuid} ro console=tty0 console=ttyS0,115200` };
  }

  #hardware(commandLine: string): Hardware {
    return guestHardware({ ...this.#plan.hardware, cards: this.#cards, cpuCount: this.#cpuCount }, this.#plan.accelerator, this.#host.hardware, this.#disks, commandLine);
  }

  #say(text: string): void {
    this.#hooks.console(encode(text.replaceAll("\n", "\r\n")));
  }

  /** From the loader to PID 1. Without the driver of its disk the kernel stays in its initramfs; without an initramfs it panics. */
  #start(root: BootSource, choice: BootChoice, initramfs: Initramfs | undefined, hardware: Hardware): void {
    if (initramfs === undefined) {
      this.#say(noInitramfs);
      this.#hooks.power("crashed");
      return;
    }
    if (hardware.disks.some((disk) => disk.name === root.disk.name)) {
      this.#say(foundRoot + bootMessages(root.partition.name));
      const superblock = readSuperblock(root.partition);
      // the other drivers are on the disk
      this.#bootSystem(hardwareBooting(this.#hardware(choice.commandLine), choice), choice, { rootTree: root.tree, rootSource: `/dev/${root.partition.name}`, capacity: roomFor(capacityOf(superblock), root.tree) });
      return;
    }
    const wanted = / root=(\S+)/.exec(hardware.kernelCommandLine)?.[1] ?? "";
    const machine = this.#run(hardware, {
      rootTree: initramfs.tree(), rootSource: "rootfs", capacity: { blocks: Number.POSITIVE_INFINITY, reservedBlocks: 0, inodes: Number.POSITIVE_INFINITY }, init: (sys) => waitForRoot(sys, wanted),
    });
    machine.kernel.log.preload(bootLog(hardware).filter((entry) => entry.facility === 0 && entry.timeUs < firstOfRootUs));
    for (const name of [...machine.kernel.modules.keys()]) if (!initramfs.modules.has(name)) machine.kernel.modules.delete(name);
    this.#inInitramfs = true;
  }

  /** A system in memory, whose PID 1 is the installer. */
  #install(disc: InstallerDisc): void {
    const tree = treeNamed(installedRoot);
    if (tree === undefined) return;
    const hardware = this.#hardware("BOOT_IMAGE=/install.amd/vmlinuz vga=788 console=ttyS0,115200n8 --- quiet");
    const target = this.#disks.find((disk) => !disk.guest.rom && !disk.guest.readOnly && disk.guest.bus !== "fdc");
    const discs = this.#disks.filter((disk) => disk.guest.rom && disk !== disc.disk).map((disk) => disk.name);
    this.#run(hardware, {
      rootTree: tree, rootSource: "rootfs", capacity: { blocks: Number.POSITIVE_INFINITY, reservedBlocks: 0, inodes: Number.POSITIVE_INFINITY },
      init: (sys) => runInstaller(sys, discs, target === undefined ? undefined : { name: target.name, sizeBytes: target.guest.sizeBytes }, () => target !== undefined && placeBaseSystem(target.contents, installedRoot)), initPath: "/sbin/init",
    });
    this.#inInitramfs = true;
  }

  /** Of an image that nobody has changed, the boot is known: its console says what it said, and the machine begins where it ended. */
  #bootSystem(hardware: Hardware, { environment }: BootChoice, setup: RootSetup): void {
    const plain = !this.#bootInFull && environment === undefined && this.#cards.every((card) => card.id !== pulledOut && this.#carriers.get(card.id) !== false);
    const kept = plain ? keptBootOf({ host: this.#description(hardware), setup: this.#setup(setup), channels: this.#plan.hardware.channels }) : undefined;
    if (kept === undefined) {
      const { disk } = this.#run(hardware, setup);
      const block = environment === undefined ? undefined : findNode((ino) => (ino === 0 ? undefined : disk.nodeOf(ino)), environmentPath);
      if (block !== undefined) disk.write(block.ino, 0, encode(environment ?? ""));
      return;
    }
    const startUs = this.#nowUs;
    for (const { afterUs, bytes } of kept.console) this.#phases.push({ atUs: startUs + afterUs, run: () => this.#hooks.console(bytes) });
    const untaken: GuestInput[] = [];
    this.#untaken = untaken;
    this.#phases.push({
      atUs: startUs + kept.lastsUs, run: () => {
        this.#run(hardware, { ...setup, kept: { state: kept.state, identity: ownWords(hardware) } });
        this.#untaken = undefined;
        for (const input of untaken) this.input(input);
      },
    });
  }

  #description(hardware: Hardware): HostDescription {
    return { ...this.#host, name: `guest of ${this.#host.name}`, hostname: "localhost", hardware, packages: [], users: [], files: [] };
  }

  #setup(setup: RootSetup): GuestSetup {
    return {
      ...setup, disks: new Map(this.#disks.map((disk) => [disk.name, disk.contents])), stepsPerUs: 1 / this.#factor, onConsole: (bytes) => this.#hooks.console(bytes),
      onKernel: (kernel) => {
        this.#plan.hardware.channels.forEach((name, index) => {
          this.#channels.set(name, addChannel(kernel, index, name, (bytes) => this.#hooks.channel(name, bytes), (open) => this.#hooks.channelState(name, open)));
        });
      },
    };
  }

  #run(hardware: Hardware, setup: RootSetup): Machine {
    this.#originUs = this.#nowUs;
    const machine = createMachine(this.#description(hardware), {
      seed: this.#plan.seed + this.#boots++, epochUs: this.#plan.epochUs + this.#nowUs + this.#rtcAheadUs, guests: makeGuestFactory({ ...this.#host, hardware }, this.#bootInFull),
      onFrame: (frame, _atUs, card) => {
        const sender = this.#cards[card];
        if (sender === undefined || sender.id === pulledOut) return;
        machine.kernel.scheduler.left -= frameSteps[sender.model];
        if (this.#carriers.get(sender.id) !== false) this.#hooks.frame(sender.id, frame);
      },
      guest: this.#setup(setup),
    });
    this.#cards.forEach((card, index) => {
      if (card.id === pulledOut) machine.unplugCard(index);
      else if (this.#carriers.get(card.id) === false) machine.setCarrier(index, false);
    });
    machine.kernel.share = this.#share;
    for (const id of this.#limits.keys()) this.#throttle(machine, id);
    this.#machine = machine;
    this.#bootedBusyUs = machine.kernel.cpuBusyUs;
    this.#writtenChanges = -1;
    this.#inInitramfs = false;
    return machine;
  }

  /** A disk's limits hold for its partitions, too. */
  #throttle(machine: Machine, id: string): void {
    const name = this.#disks.find((disk) => disk.id === id)?.name;
    const limits = this.#limits.get(id);
    const throttle = limits === undefined ? undefined : new IoThrottle(limits);
    for (const device of blockDevicesOf(machine.kernel).list()) {
      if (device.name !== name && !(device instanceof Partition && device.disk.name === name)) continue;
      const number = makeDevice(device.major, device.minor);
      if (throttle === undefined) machine.kernel.throttles.delete(number);
      else machine.kernel.throttles.set(number, throttle);
    }
  }

  /** The system is gone; the hardware's clock keeps what it was set to. */
  #forget(): void {
    this.#rtcAheadUs += this.#machine?.kernel.rtcOffsetUs ?? 0;
    this.#machine = undefined;
  }

  #stopped(machine: Machine): void {
    const how = machine.kernel.stopped;
    this.#say(stopMessages(machine.kernel.nowUs, how ?? "poweroff"));
    this.#writeBack(machine);
    this.#pastCpuUs += machine.kernel.cpuBusyUs * this.#factor;
    this.#forget();
    for (const name of this.#channels.keys()) this.#hooks.channelState(name, false);
    this.#phases = [];
    if (how === "reboot") {
      this.#hooks.power("reset");
      this.#powerOn();
    } else if (how === "poweroff") this.#hooks.power("powered-off");
    else if (how === "panic") this.#hooks.power("crashed");
    // halted: the machine stays on and does nothing
  }

  // ---- clock

  step(untilUs: number): number {
    for (;;) {
      const phase = this.#phases[0];
      const machine = this.#machine;
      if (machine === undefined) {
        if (phase === undefined || phase.atUs > untilUs) {
          this.#nowUs = Math.max(this.#nowUs, untilUs);
          return phase?.atUs ?? Infinity;
        }
        this.#nowUs = Math.max(this.#nowUs, phase.atUs);
        this.#phases.shift();
        phase.run();
        continue;
      }
      if (this.#nowUs > untilUs) return this.#nowUs;
      const result = machine.step(untilUs - this.#originUs, Infinity);
      const reachedUs = machine.nowUs + this.#originUs;
      // what comes after a stop comes at its own time, however the host cuts its steps
      this.#nowUs = machine.kernel.stopped === undefined ? Math.max(untilUs, reachedUs) : Math.max(this.#nowUs, reachedUs);
      if (machine.kernel.stopped !== undefined) {
        this.#stopped(machine);
        if (this.#phases.length === 0) return Infinity;
        continue;
      }
      if (result.reason !== "idle") return this.#nowUs;
      return result.nextWakeUs === undefined || result.nextWakeUs === Infinity ? Infinity : result.nextWakeUs + this.#originUs;
    }
  }

  input(input: GuestInput): void {
    const machine = this.#machine;
    if (this.#untaken !== undefined && input.kind !== "power-on" && input.kind !== "reset") {
      if (input.kind !== "frame") this.#untaken.push(input);
      return;
    }
    switch (input.kind) {
      case "power-on":
        this.#powerOn();
        return;
      case "reset":
        if (machine !== undefined) {
          this.#pastCpuUs += machine.kernel.cpuBusyUs * this.#factor;
          this.#writeBack(machine);
        }
        for (const name of this.#channels.keys()) this.#hooks.channelState(name, false);
        this.#powerOn();
        this.#hooks.power("reset");
        return;
      case "power-button":
        if (machine !== undefined && !this.#inInitramfs) askManager(machine, "poweroff");
        return;
      case "ctrl-alt-delete":
        if (machine !== undefined && !this.#inInitramfs) askManager(machine, "reboot");
        return;
      case "console":
        machine?.serialConsole?.input(input.bytes);
        return;
      case "channel":
        this.#channels.get(input.name)?.input(input.bytes);
        return;
      case "frame": {
        const index = this.#cards.findIndex((card) => card.id === input.card);
        if (index >= 0 && this.#carriers.get(input.card) !== false) machine?.receive(input.frame, index);
        return;
      }
      case "link": {
        this.#carriers.set(input.card, input.up);
        const index = this.#cards.findIndex((card) => card.id === input.card);
        if (index >= 0) machine?.setCarrier(index, input.up);
        return;
      }
      case "memory":
        this.#memoryBytes = input.memoryBytes;
        return;
      case "throttle":
        if (input.limits === undefined) this.#limits.delete(input.disk);
        else this.#limits.set(input.disk, input.limits);
        if (machine !== undefined) this.#throttle(machine, input.disk);
        return;
      case "share":
        this.#share = input.fraction;
        if (machine !== undefined) machine.kernel.share = input.fraction;
        return;
      case "rtc-ahead":
        if (machine === undefined) this.#rtcAheadUs += input.us;
        else machine.kernel.rtcOffsetUs += input.us;
        return;
      case "cpus":
        this.#cpuCount = input.count;
        return;
      case "plug-disk": {
        const names = diskNames([...this.#disks.map((disk) => disk.guest), input.disk]);
        const disk: AttachedDisk = { id: input.disk.id, name: names.get(input.disk.id) ?? "vdz", guest: input.disk, contents: contentsOf(input.disk) };
        this.#disks.push(disk);
        this.#flushed.set(disk.id, disk.contents.share());
        machine?.plugDisk(disk.name, disk.contents, input.disk.readOnly);
        return;
      }
      case "plug-card":
        this.#cards = [...this.#cards, input.card];
        machine?.plugCard({ name: `ens${input.card.slot.slice(8, 10).replace(/^0/, "")}`, mac: input.card.mac, driver: "virtio_net" });
        return;
      case "unplug": {
        const disk = this.#disks.find((one) => one.id === input.id);
        if (disk !== undefined) {
          this.#disks = this.#disks.filter((one) => one !== disk);
          machine?.unplugDisk(disk.name);
        }
        // the place among the cards stays until the next boot: frames are numbered by it
        const place = this.#cards.findIndex((card) => card.id === input.id);
        if (place >= 0) machine?.unplugCard(place);
        this.#cards = this.#cards.map((card, index) => (index === place ? { ...card, id: pulledOut } : card));
        this.#carriers.delete(input.id);
        return;
      }
    }
  }

  // ---- what the host sees

  get cpuUs(): number {
    return Math.floor(this.#pastCpuUs + (this.#machine === undefined ? 0 : this.#machine.kernel.cpuBusyUs * this.#factor));
  }

  get status(): GuestMachine["status"] {
    return {
      residentBytes: this.#machine === undefined ? emptyGuestBytes : Math.min(this.#memoryBytes, emptyGuestBytes + kernelBytes), cpuCount: this.#cpuCount, memoryBytes: this.#memoryBytes,
      disks: this.#disks.map((disk) => ({ id: disk.id, readBytes: 0, reads: 0, writtenBytes: 0, writes: 0 })), booted: this.#machine !== undefined && !this.#inInitramfs,
    };
  }

  #writeBack(machine: Machine): void {
    const root = this.#root;
    if (root === undefined || this.#inInitramfs || machine.disk.readOnly || machine.disk.changes === this.#writtenChanges) return;
    this.#writtenChanges = machine.disk.changes;
    const used = machine.disk.statfs();
    const counts = { blocks: used.blocksFree, inodes: used.filesFree, usedBlocks: used.blocks - used.blocksFree, usedInodes: used.files - used.filesFree };
    writeBack(root.partition, machine.disk, machine.kernel.realtimeUs(), counts);
  }

  flush(): readonly { readonly id: string; readonly sizeBytes: number; readonly pieces: readonly DiskPiece[] }[] {
    if (this.#machine !== undefined) this.#writeBack(this.#machine);
    const changed: { id: string; sizeBytes: number; pieces: DiskPiece[] }[] = [];
    for (const disk of this.#disks) {
      const before = this.#flushed.get(disk.id);
      const pieces = before === undefined ? [] : changedClusters(before, disk.contents);
      if (pieces.length === 0) continue;
      changed.push({ id: disk.id, sizeBytes: disk.contents.sizeBytes, pieces });
      this.#flushed.set(disk.id, disk.contents.share());
    }
    return changed;
  }

  rest(): GuestRest | undefined {
    const machine = this.#machine;
    if (machine === undefined || this.#root === undefined || this.#inInitramfs || this.#phases.length > 0 || this.#boots !== 1 || this.#pastCpuUs > 0) return undefined;
    const { kernel } = machine;
    const steps = kernel.cpuBusyUs - this.#bootedBusyUs;
    if (!machine.idle || kernel.stopped !== undefined || kernel.guests.running.size > 0 || steps > mostStepsToRest) return undefined;
    return quietNetwork(kernel) ? { steps: steps + playedBootSteps, ignores: ignoring(kernel) } : undefined;
  }

  digest(): string {
    return `${this.#nowUs} ${this.#phases.length} ${this.#machine?.digest() ?? "firmware"}`;
  }
}

/** ACPI's button: logind asks PID 1 for poweroff.target (logind.conf(5), HandlePowerKey). Ctrl-Alt-Del on a keyboard: the kernel signals PID 1, which reboots (systemd.special(7), ctrl-alt-del.target). */
function askManager(machine: Machine, what: "poweroff" | "reboot"): void {
  machine.kernel.spawn({
    argv: ["systemctl", what],
    entry: function* entry(sys) {
      return yield* sys.exec("/usr/bin/systemctl", ["systemctl", what], new Map([["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]));
    },
  });
}

/** A cluster that differs is given whole. What both share (the same bytes of the same buffer, which nobody changes) is not looked at. */
function changedClusters(before: Contents, after: Contents): DiskPiece[] {
  const shared = new Map<number, Piece>();
  for (const piece of before.pieces()) shared.set(piece.start, piece);
  const touched = new Set<number>();
  const touch = ({ start, length }: Piece): void => {
    for (let cluster = Math.floor(start / clusterBytes); cluster * clusterBytes < start + length; cluster++) touched.add(cluster);
  };
  for (const piece of after.pieces()) {
    const other = shared.get(piece.start);
    if (other !== undefined && samePiece(other, piece)) shared.delete(piece.start);
    else touch(piece);
  }
  for (const piece of shared.values()) touch(piece);
  const pieces: DiskPiece[] = [];
  for (const cluster of [...touched].sort((a, b) => a - b)) {
    const start = cluster * clusterBytes;
    const was = before.read(start, clusterBytes);
    const is = after.read(start, clusterBytes);
    if (!sameBytes(was, is)) pieces.push({ start, bytes: is.slice() });
  }
  return pieces;
}

function samePiece(a: Piece, b: Piece): boolean {
  if (a.length !== b.length) return false;
  if (typeof a.data === "string" || typeof b.data === "string") return a.data === b.data;
  return a.data.buffer === b.data.buffer && a.data.byteOffset === b.data.byteOffset;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** `bootInFull`: from no kept boot, to compare the two. */
export function makeGuestFactory(host: HostDescription, bootInFull = false): GuestFactory {
  return (plan, hooks) => new Guest(plan, hooks, host, bootInFull);
}
