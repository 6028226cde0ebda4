// qemu-system-x86_64: the process that a guest is for its host. It opens the guest's disks, joins its cards with taps and its serial line with a pty, obeys its monitor
// (QMP), and ends when the guest's power goes; ending it pulls the plug. What runs in the guest is behind sys.guest.
// (More than 400 lines: what the command line makes of the machine, and the process that holds it; each option is a few lines of one table.)
import { type Blocking, decode, encode, O, POLL, SIGNALS, type DiskPiece, type GuestDisk, type GuestEvent, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { chainData, type DiskImage, ImageError } from "../kit/disk-image/disk-image.ts";
import { openImage } from "../kit/disk-image/open-image.ts";
import { Qcow2Image } from "../kit/disk-image/qcow2.ts";
import { ArgumentError, type DiskArgument, type MachineArguments, parseArguments, properties } from "./_arguments.ts";
import { humanCommand, type MonitorTarget } from "./_human-monitor.ts";
import { StandardStreams } from "./_standard-streams.ts";
import { pciDevices } from "./_hardware.ts";
import { UserNetworkPeer, userNetworkOptions } from "./_user-network.ts";
import { withHelp } from "../kit/program.ts";

/** ext4's commit interval: what the guest wrote reaches the image after that long. */
const flushEveryUs = 5_000_000;
const residentOverheadBytes = 48 * 1024 * 1024;
const streamHeadBytes = 8;
const longestStreamBytes = 64 * 1024 * 1024;
const bitmapBytes = 65_536;
const maximumGuestResident = 160 * 1024 * 1024;

interface OpenDisk {
  readonly argument: DiskArgument;
  readonly image: DiskImage;
  close(): void;
}

interface Traffic {
  reads: number;
  readBytes: number;
  writes: number;
  writtenBytes: number;
  flushes: number;
}

const noTraffic: Traffic = { reads: 0, readBytes: 0, writes: 0, writtenBytes: 0, flushes: 0 };
/** A request to an image on the host's disk takes about this long; a boot reads in pieces of that size. */
const requestNs = 180_000;
const requestBytes = 32_768;

interface Monitor {
  readonly fd: number;
  buffered: string;
}

class Qemu {
  readonly #sys: Sys;
  readonly #machine: MachineArguments;
  readonly #disks = new Map<string, OpenDisk>();
  readonly #nodes = new Map<string, ReadonlyMap<string, string>>();
  readonly #monitors = new Map<number, Monitor>();
  readonly #agents = new Set<number>();
  #guest = -1;
  #serial: { readonly read: number; readonly write: number } | undefined;
  #ptyPath: string | undefined;
  #paused = false;
  #ended: number | undefined;
  #monitorListener: number | undefined;
  #agentListener: number | undefined;
  #agentOpen = false;
  #flushAtUs: number | undefined;
  #resident = 0;
  #streams: StandardStreams | undefined;
  #restored = false;
  readonly #released = new Map<string, OpenDisk | undefined>();
  readonly #traffic = new Map<string, Traffic>();
  /** Clusters that changed since a bitmap was added, by the disks' ids. */
  readonly #bitmaps = new Map<string, Map<string, Set<number>>>();
  readonly #userNetworks = new Map<string, UserNetworkPeer>();
  readonly #pendingDevices = new Map<string, string>();

  constructor(sys: Sys, machine: MachineArguments) {
    this.#sys = sys;
    this.#machine = machine;
  }

  *#fail(text: string): Blocking<number> {
    yield* this.#sys.write(2, encode(`qemu-system-x86_64: ${text}\n`));
    return 1;
  }

  *#openDisk(argument: DiskArgument, index: number): Blocking<GuestDisk> {
    const opened = yield* openImage(this.#sys, argument.path, { format: argument.format, writable: !argument.readOnly && !this.#machine.temporary });
    if (opened.probed && opened.image.format === "raw" && !argument.readOnly) {
      yield* this.#sys.write(2, encode(`WARNING: Image format was not specified for '${argument.path}' and probing guessed raw.\n         Automatically detecting the format is dangerous for raw images, write operations on block 0 will be restricted.\n         Specify the 'raw' format explicitly to remove the restrictions.\n`));
    }
    this.#disks.set(argument.id, { argument, image: opened.image, close: opened.close });
    const pieces: DiskPiece[] = [];
    let readBytes = 0;
    for (const piece of yield* chainData(opened.image)) {
      const length = Math.min(piece.length, opened.image.virtualBytes - piece.start);
      pieces.push({ start: piece.start, bytes: (yield* opened.image.read(piece.start, length)).slice() });
      readBytes += length;
    }
    this.#traffic.set(argument.id, { ...noTraffic, reads: Math.ceil(readBytes / requestBytes), readBytes });
    if (opened.image instanceof Qcow2Image) opened.image.forgetTables();
    return { id: argument.id, bus: argument.bus, index, sizeBytes: opened.image.virtualBytes, readOnly: argument.readOnly, rom: argument.rom, serial: argument.serial, pieces, bootOrder: argument.bootOrder };
  }

  *#prepare(): Blocking<number | undefined> {
    const sys = this.#sys;
    const machine = this.#machine;
    let kvmFd: number | undefined;
    if (machine.accelerator === "kvm") {
      try {
        kvmFd = yield* sys.open("/dev/kvm", O.RDWR | O.CLOEXEC);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* sys.write(2, encode(`Could not access KVM kernel module: ${error.message}\n`));
        return yield* this.#fail(`${machine.accelOption ? "-accel kvm: " : ""}failed to initialize kvm: ${error.message}`);
      }
    }
    // The kernel refuses one mapping of more than there is at all (overcommit_memory 0, __vm_enough_memory).
    const memory = new Map(((yield* readTextFile(sys, "/proc/meminfo")) ?? "").split("\n").map((line) => [line.slice(0, line.indexOf(":")), Number(/(\d+) kB/.exec(line)?.[1] ?? 0) * 1024]));
    if (machine.memoryBytes > (memory.get("MemTotal") ?? Infinity) + (memory.get("SwapTotal") ?? 0) && ((yield* readTextFile(sys, "/proc/sys/vm/overcommit_memory")) ?? "0").trim() !== "1") return yield* this.#fail("cannot set up guest memory 'pc.ram': Cannot allocate memory");
    const disks: GuestDisk[] = [];
    for (const [index, argument] of machine.disks.entries()) {
      if (argument.path === "") {
        disks.push({ id: argument.id, bus: argument.bus, index, sizeBytes: 0, readOnly: true, rom: argument.rom, serial: argument.serial, pieces: [], bootOrder: 0 });
        continue;
      }
      try {
        disks.push(yield* this.#openDisk(argument, index));
      } catch (error) {
        if (!(error instanceof ImageError)) throw error;
        return yield* this.#fail(`${argument.origin ?? `-blockdev ${argument.path}`}: ${error.message}`);
      }
    }
    try {
      const restore = yield* this.#savedState();
      this.#restored = restore !== undefined;
      this.#guest = sys.createGuest({
        accelerator: machine.accelerator, ...(kvmFd === undefined ? {} : { kvmFd }), ...(restore === undefined ? {} : { restore }),
        hardware: {
          machine: machine.machine, uuid: machine.uuid, cpuCount: machine.cpus, cpuSockets: machine.sockets, cpuModel: machine.cpuModel, cpuFlags: yield* virtualisationFlags(sys, machine), memoryBytes: machine.memoryBytes, pci: pciDevices(machine), disks,
          cards: machine.cards.map(({ id, model, mac, slot }) => ({ id, model, mac, slot })), channels: machine.channels, serialPorts: 1, ...(machine.usb.length === 0 ? {} : { usb: machine.usb }),
        },
      });
      for (const card of machine.cards) {
        let fd = card.tapFd;
        if (fd === undefined && card.tapName !== undefined) {
          fd = yield* sys.open("/dev/net/tun", O.RDWR | O.CLOEXEC);
          sys.ioctl(fd, "TUNSETIFF", { name: card.tapName, kind: "tap" });
        }
        if (fd !== undefined) sys.guest(this.#guest, { op: "attach-tap", card: card.id, tapFd: fd });
        if (card.user === undefined) continue;
        const options = userNetworkOptions(card.user.given, card.user.text);
        const peer = new UserNetworkPeer(sys, this.#guest, card.id, options);
        this.#userNetworks.set(card.id, peer);
        const rules = (card.user.given.get("hostfwd") ?? "").split("\n");
        for (const [index, rule] of options.forwards.entries()) {
          try {
            peer.forward(rule);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            return yield* this.#fail(`-netdev ${card.user.text}: Could not set up host forwarding rule '${rules[index]}'`);
          }
        }
      }
    } catch (error) {
      if (!(error instanceof SysError || error instanceof ImageError || error instanceof ArgumentError)) throw error;
      if (error instanceof SysError && error.errno === "EINVAL" && this.#restored) return yield* this.#fail("load of migration failed: Invalid argument");
      return yield* this.#fail(error.message);
    }
    if (machine.serialPty) {
      const { master, slavePath } = sys.openpt();
      this.#serial = { read: master, write: master };
      this.#ptyPath = slavePath;
      // raw: the line's discipline is the guest's
      const slave = yield* sys.open(slavePath, O.RDWR | O.NOCTTY);
      const before = sys.tcgetattr(slave);
      const flags = new Set([...before.flags].filter((one) => !["icanon", "echo", "isig", "iexten", "icrnl", "ixon", "opost", "onlcr"].includes(one)));
      yield* sys.tcsetattr(slave, { ...before, flags });
      yield* sys.write(1, encode(`char device redirected to ${slavePath} (label charserial0)\n`));
    } else if (machine.nographic || machine.serialStdio || machine.monitorStdio) {
      const serial = machine.nographic || machine.serialStdio;
      if (serial) this.#serial = { read: -1, write: 1 };
      this.#streams = new StandardStreams(sys, { serial, monitor: machine.monitorStdio });
    }
    if (machine.display && !machine.nographic && !machine.daemonize && !machine.serialPty) yield* sys.write(1, encode("VNC server running on ::1:5900\n"));
    if (machine.pidFile !== undefined) {
      const fd = yield* sys.open(machine.pidFile, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
      yield* sys.write(fd, encode(`${sys.getpid()}\n`));
      sys.close(fd);
    }
    if (this.#streams !== undefined) yield* this.#streams.open(!machine.nographic);
    this.#monitorListener = this.#listen(machine.monitorPath);
    this.#agentListener = this.#listen(machine.agentPath);
    return undefined;
  }

  /** -incoming fd:N or file:PATH, -loadvm NAME. Errors: ImageError, SysError. */
  *#savedState(): Blocking<Uint8Array | undefined> {
    const sys = this.#sys;
    const { incoming, loadSnapshot } = this.#machine;
    if (loadSnapshot !== undefined) return yield* this.#snapshotState(loadSnapshot);
    if (incoming === undefined) return undefined;
    const inherited = /^fd:(\d+)$/.exec(incoming)?.[1];
    const path = /^(?:file:|exec:cat )(.*)$/.exec(incoming)?.[1];
    if (inherited === undefined && path === undefined) throw new ImageError(`-incoming ${incoming}: unknown migration protocol: ${incoming}`);
    const fd = inherited === undefined ? yield* sys.open(path ?? "", O.RDONLY) : Number(inherited);
    const head = yield* sys.read(fd, streamHeadBytes);
    const length = head.slice(4, 8).reduce((sum, byte) => sum * 256 + byte, 0);
    // a file may be longer, and says less than it holds when it is broken
    const whole = new Uint8Array(Math.min(Math.max(length, head.length), longestStreamBytes));
    whole.set(head);
    for (let at = head.length; at < whole.length;) {
      const bytes = yield* sys.read(fd, Math.min(1 << 20, whole.length - at));
      if (bytes.length === 0) break;
      whole.set(bytes, at);
      at += bytes.length;
    }
    sys.close(fd);
    return whole;
  }

  /** The first disk that can hold snapshots holds the state of the machine, too. Errors: ImageError. */
  *#snapshotState(name: string): Blocking<Uint8Array> {
    for (const disk of this.#disks.values()) {
      if (!(disk.image instanceof Qcow2Image) || disk.argument.readOnly) continue;
      const found = disk.image.findSnapshot(name);
      if (found === undefined) throw new ImageError(`Device '${disk.argument.id}' does not have the requested snapshot '${name}'`);
      const state = yield* disk.image.snapshotState(found);
      if (state === undefined) throw new ImageError("This is a disk-only snapshot. Revert to it  offline using qemu-img");
      return state;
    }
    throw new ImageError("No block device supports snapshots");
  }

  /** The guest's state; it goes on afterwards as it was. */
  *#state(): Blocking<Uint8Array> {
    const { sys, wasPaused, guest } = { sys: this.#sys, wasPaused: this.#paused, guest: this.#guest };
    sys.guest(guest, { op: "pause" });
    yield* this.#flush();
    const state = sys.guest(guest, { op: "save" });
    if (!wasPaused) sys.guest(guest, { op: "resume" });
    if (sys.charge(Math.ceil(state.length / 4096))) yield* sys.preempt();
    return state;
  }

  #listen(path: string | undefined): number | undefined {
    if (path === undefined) return undefined;
    const sys = this.#sys;
    try {
      sys.unlink(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const fd = sys.socket("unix", "stream");
    sys.bind(fd, { family: "unix", path });
    sys.listen(fd, 4);
    return fd;
  }

  *#flush(): Blocking<void> {
    const sys = this.#sys;
    // a block job has an image: what the guest wrote waits
    if (this.#released.size > 0) return;
    for (const changed of sys.guest(this.#guest, { op: "flush" })) {
      const disk = this.#disks.get(changed.id);
      if (disk === undefined || disk.argument.readOnly || this.#machine.temporary) continue;
      const traffic = this.#traffic.get(changed.id) ?? { ...noTraffic };
      this.#traffic.set(changed.id, traffic);
      traffic.flushes++;
      for (const piece of changed.pieces) {
        traffic.writtenBytes += piece.bytes.length;
        traffic.writes += Math.ceil(piece.bytes.length / requestBytes);
      }
      for (const clusters of this.#bitmaps.get(changed.id)?.values() ?? []) for (const piece of changed.pieces) for (let at = piece.start; at < piece.start + piece.bytes.length; at += bitmapBytes) clusters.add(Math.floor(at / bitmapBytes));
      for (const piece of changed.pieces) yield* disk.image.write(piece.start, piece.bytes.subarray(0, Math.max(0, disk.image.virtualBytes - piece.start)));
      if (disk.image instanceof Qcow2Image) disk.image.forgetTables();
    }
    const { residentBytes } = sys.guest(this.#guest, { op: "status" });
    const wanted = Math.min(residentBytes, maximumGuestResident) + residentOverheadBytes;
    try {
      if (wanted !== this.#resident) sys.allocate(wanted - this.#resident);
      this.#resident = wanted;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  *run(): Blocking<number> {
    const sys = this.#sys;
    const failed = yield* this.#prepare();
    if (failed !== undefined) return failed;
    for (const signal of [SIGNALS.TERM, SIGNALS.INT, SIGNALS.HUP]) sys.sigaction(signal, "catch");
    sys.sigaction(SIGNALS.PIPE, "ignore");
    this.#paused = this.#machine.paused;
    if (!this.#restored && !this.#paused) sys.guest(this.#guest, { op: "power-on" });
    else if (this.#restored && !this.#paused) sys.guest(this.#guest, { op: "resume" });
    let started = this.#restored || !this.#paused;
    this.#start = () => {
      if (started) sys.guest(this.#guest, { op: "resume" });
      else sys.guest(this.#guest, { op: "power-on" });
      started = true;
    };
    yield* this.#flush();
    this.#flushAtUs = sys.clockUs("monotonic") + flushEveryUs;
    while (this.#ended === undefined) yield* this.#turn();
    yield* this.#flush();
    for (const disk of this.#disks.values()) disk.close();
    if (this.#streams !== undefined) yield* this.#streams.close();
    return this.#ended;
  }

  #start: () => void = () => undefined;

  *#turn(): Blocking<void> {
    const sys = this.#sys;
    const wanted = [{ fd: this.#guest, events: POLL.IN }];
    const streams = this.#streams;
    if (streams?.closed === false) wanted.push({ fd: 0, events: POLL.IN });
    for (const fd of [this.#monitorListener, this.#agentListener, this.#serial?.read]) if (fd !== undefined && fd >= 0) wanted.push({ fd, events: POLL.IN });
    for (const fd of [...this.#monitors.keys(), ...this.#agents]) wanted.push({ fd, events: POLL.IN });
    const untilFlushUs = Math.max(0, (this.#flushAtUs ?? 0) - sys.clockUs("monotonic"));
    let ready: readonly { readonly fd: number }[] = [];
    try {
      ready = yield* sys.poll(wanted, untilFlushUs);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      if (sys.takeSignals().length > 0) {
        if (this.#ptyPath === undefined) yield* sys.write(2, encode("qemu-system-x86_64: terminating on signal 15\n"));
        yield* this.#announce("SHUTDOWN", { guest: false, reason: "host-signal" });
        this.#ended = 0;
        return;
      }
    }
    if (sys.clockUs("monotonic") >= (this.#flushAtUs ?? 0)) {
      yield* this.#flush();
      this.#flushAtUs = sys.clockUs("monotonic") + flushEveryUs;
    }
    for (const { fd } of ready) {
      if (fd === this.#guest) yield* this.#takeEvents();
      else if (fd === this.#monitorListener) yield* this.#acceptMonitor(fd);
      else if (fd === this.#agentListener) this.#agents.add((yield* sys.accept(fd)).fd);
      else if (fd === 0 && streams !== undefined) yield* this.#typed(streams);
      else if (fd === this.#serial?.read) yield* this.#serialInput(fd);
      else if (this.#agents.has(fd)) yield* this.#agentInput(fd);
      else {
        const monitor = this.#monitors.get(fd);
        if (monitor !== undefined) yield* this.#monitorInput(monitor);
      }
    }
  }

  *#serialInput(fd: number): Blocking<void> {
    const sys = this.#sys;
    let bytes: Uint8Array;
    try {
      bytes = yield* sys.read(fd, 4096);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return;
    }
    if (bytes.length > 0) sys.guest(this.#guest, { op: "console-input", bytes });
  }

  *#typed(streams: StandardStreams): Blocking<void> {
    const got = yield* streams.input(this.#target());
    if (got === "quit") this.#ended = 0;
    else if (got.length > 0) this.#sys.guest(this.#guest, { op: "console-input", bytes: got });
  }

  /** The machine as its monitor for people sees it. */
  #target(): MonitorTarget {
    const disks = [...this.#disks];
    const images = disks.map(([, disk]) => disk.image).filter((image) => image instanceof Qcow2Image);
    return {
      machine: this.#machine, paused: this.#paused, pid: this.#sys.getpid(),
      disks: () => [...disks.map(([id, { argument, image }]) => ({ id, path: argument.path, format: image.format, readOnly: argument.readOnly, rom: argument.rom })), ...this.#machine.disks.filter((argument) => argument.path === "").map(({ id, rom }) => ({ id, path: "", format: "", readOnly: true, rom }))],
      snapshots: () => (images[0]?.snapshots ?? []).map(({ id, name, vmStateBytes }) => ({ id, name, line: `${id.padEnd(10)}${name.padEnd(17)}${`${Math.round(vmStateBytes / 1024 ** 2)} MiB`.padStart(8)}` })),
      userNetworks: () => this.#machine.cards.flatMap((card) => {
        const peer = this.#userNetworks.get(card.id);
        return peer === undefined ? [] : [[card.user?.given.get("id") ?? "#net0", peer] as const];
      }),
      memoryBytes: () => this.#sys.guest(this.#guest, { op: "status" }).memoryBytes,
      execute: (command, given) => this.#execute(command, given),
    };
  }

  *#agentInput(fd: number): Blocking<void> {
    const bytes = yield* this.#sys.read(fd, 65_536);
    if (bytes.length === 0) {
      this.#agents.delete(fd);
      this.#sys.close(fd);
    } else this.#sys.guest(this.#guest, { op: "channel-input", name: "org.qemu.guest_agent.0", bytes });
  }

  *#takeEvents(): Blocking<void> {
    const sys = this.#sys;
    for (const event of sys.guest(this.#guest, { op: "take-events" })) {
      switch (event.kind) {
        case "console":
          yield* this.#writeSerial(event.bytes);
          break;
        case "channel":
          for (const fd of this.#agents) yield* sys.write(fd, event.bytes);
          break;
        case "channel-opened":
        case "channel-closed":
          this.#agentOpen = event.kind === "channel-opened";
          yield* this.#announce("VSERPORT_CHANGE", { open: event.kind === "channel-opened", id: "channel0" });
          break;
        case "user-connect":
        case "user-datagram":
        case "user-echo":
          yield* this.#fromUserNetwork(event.card, event);
          break;
        case "powered-off":
          yield* this.#announce("SHUTDOWN", { guest: true, reason: "guest-shutdown" });
          this.#ended = 0;
          break;
        case "reset":
          yield* this.#flush();
          yield* this.#announce("RESET", { guest: true, reason: "guest-reset" });
          if (this.#machine.noReboot) {
            yield* this.#announce("SHUTDOWN", { guest: true, reason: "guest-reset" });
            this.#ended = 0;
          }
          break;
        case "crashed":
          yield* this.#announce("GUEST_PANICKED", { action: "pause" });
          break;
      }
    }
  }

  *#fromUserNetwork(card: string, event: GuestEvent): Blocking<void> {
    const peer = this.#userNetworks.get(card);
    if (peer !== undefined) yield* peer.event(event);
  }

  /** Nobody may sit at the other end: what does not fit is lost, as on a line. */
  *#writeSerial(bytes: Uint8Array): Blocking<void> {
    const sys = this.#sys;
    if (this.#serial === undefined) return;
    const { write } = this.#serial;
    if (write !== 1) sys.setStatusFlags(write, sys.getStatusFlags(write) | O.NONBLOCK);
    try {
      yield* sys.write(write, bytes);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  // ---- monitor

  *#acceptMonitor(fd: number): Blocking<void> {
    const { fd: client } = yield* this.#sys.accept(fd);
    this.#monitors.set(client, { fd: client, buffered: "" });
    yield* this.#send(client, { QMP: { version: { qemu: { micro: 22, minor: 2, major: 7 }, package: "Debian 1:7.2+dfsg-7+deb12u18+b3" }, capabilities: ["oob"] } });
  }

  *#send(fd: number, value: unknown): Blocking<void> {
    try {
      yield* this.#sys.write(fd, encode(`${JSON.stringify(value)}\r\n`));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  *#announce(event: string, data: unknown): Blocking<void> {
    const nowUs = this.#sys.clockUs("realtime");
    for (const fd of this.#monitors.keys()) yield* this.#send(fd, { timestamp: { seconds: Math.floor(nowUs / 1e6), microseconds: nowUs % 1e6 }, event, data });
  }

  *#monitorInput(monitor: Monitor): Blocking<void> {
    const bytes = yield* this.#sys.read(monitor.fd, 65_536);
    if (bytes.length === 0) {
      this.#monitors.delete(monitor.fd);
      this.#sys.close(monitor.fd);
      return;
    }
    monitor.buffered += decode(bytes);
    for (let end = monitor.buffered.indexOf("\n"); end >= 0; end = monitor.buffered.indexOf("\n")) {
      const line = monitor.buffered.slice(0, end).trim();
      monitor.buffered = monitor.buffered.slice(end + 1);
      if (line === "") continue;
      let id: unknown;
      try {
        const request: unknown = JSON.parse(line);
        if (typeof request !== "object" || request === null || !("execute" in request) || typeof request.execute !== "string") throw new ArgumentError("QMP input lacks member 'execute'");
        if ("id" in request) id = request.id;
        const given = "arguments" in request && typeof request.arguments === "object" && request.arguments !== null ? properties(JSON.stringify(request.arguments), "") : new Map<string, string>();
        const answer = yield* this.#execute(request.execute, given);
        yield* this.#send(monitor.fd, { return: answer ?? {}, ...(id === undefined ? {} : { id }) });
      } catch (error) {
        if (!(error instanceof ArgumentError || error instanceof ImageError || error instanceof SysError || error instanceof SyntaxError)) throw error;
        yield* this.#send(monitor.fd, { error: { class: "GenericError", desc: error.message }, ...(id === undefined ? {} : { id }) });
      }
    }
  }

  *#execute(command: string, given: ReadonlyMap<string, string>): Blocking<unknown> {
    const sys = this.#sys;
    const guest = this.#guest;
    switch (command) {
      case "qmp_capabilities": return {};
      case "query-status": {
        const status = this.#paused ? "paused" : "running";
        return { status, singlestep: false, running: !this.#paused };
      }
      case "query-version": return { qemu: { micro: 22, minor: 2, major: 7 }, package: "Debian 1:7.2+dfsg-7+deb12u18+b3" };
      case "cont":
        this.#start();
        this.#paused = false;
        return {};
      case "stop":
        sys.guest(guest, { op: "pause" });
        this.#paused = true;
        return {};
      case "system_powerdown":
        sys.guest(guest, { op: "power-button" });
        return {};
      case "send-key": {
        // the screen's console has nobody in front of it: only the combination that the kernel itself answers to matters
        const keys = new Set((given.get("keys") ?? "").split("-"));
        if (["ctrl", "alt", "delete"].every((key) => keys.has(key))) sys.guest(guest, { op: "ctrl-alt-delete" });
        return {};
      }
      case "system_reset":
        sys.guest(guest, { op: "reset" });
        return {};
      case "quit":
        this.#ended = 0;
        return {};
      case "query-chardev": return [...(this.#ptyPath === undefined ? [] : [{ label: "charserial0", filename: `pty:${this.#ptyPath}`, "frontend-open": true }]), ...(this.#agentListener === undefined ? [] : [{ label: "charchannel0", filename: "disconnected:unix", "frontend-open": this.#agentOpen }])];
      case "query-guest": return sys.guest(guest, { op: "status" });
      case "balloon":
        sys.guest(guest, { op: "balloon", memoryBytes: Number(given.get("value") ?? 0) });
        return {};
      case "set-cpus":
        sys.guest(guest, { op: "set-cpus", count: Number(given.get("count") ?? 1) });
        return {};
      case "block-dirty-bitmap-add": {
        const id = given.get("node") ?? "";
        const bitmaps = this.#bitmaps.get(id) ?? new Map<string, Set<number>>();
        this.#bitmaps.set(id, bitmaps);
        if (bitmaps.has(given.get("name") ?? "")) throw new ArgumentError(`Bitmap already exists: ${given.get("name") ?? ""}`);
        bitmaps.set(given.get("name") ?? "", new Set());
        return {};
      }
      case "block-dirty-bitmap-remove":
        this.#bitmaps.get(given.get("node") ?? "")?.delete(given.get("name") ?? "");
        return {};
      case "x-query-dirty": {
        const clusters = this.#bitmaps.get(given.get("id") ?? "")?.get(given.get("name") ?? "");
        return clusters === undefined ? {} : { bytes: clusters.size * bitmapBytes };
      }
      case "x-copy-dirty": {
        const disk = this.#disks.get(given.get("id") ?? "");
        const clusters = this.#bitmaps.get(given.get("id") ?? "")?.get(given.get("name") ?? "");
        if (disk === undefined || clusters === undefined) throw new ArgumentError(`Dirty bitmap '${given.get("name") ?? ""}' not found`);
        const to = yield* openImage(sys, given.get("filename") ?? "", { format: given.get("driver"), writable: true, chain: false });
        for (const cluster of [...clusters].sort((a, b) => a - b)) {
          const start = cluster * bitmapBytes;
          yield* to.image.write(start, (yield* disk.image.read(start, Math.min(bitmapBytes, disk.image.virtualBytes - start))).slice());
        }
        to.close();
        return {};
      }
      case "block_set_io_throttle": {
        const rate = (name: string): number | undefined => {
          const value = Number(given.get(name) ?? 0);
          return value > 0 ? value : undefined;
        };
        const id = given.get("id") ?? "";
        if (!this.#disks.has(id) && !this.#machine.disks.some((disk) => disk.id === id)) throw new ArgumentError(`Device '${id}' not found`);
        const limits = Object.fromEntries(Object.entries({
          bytesPerSecond: rate("bps"), readBytesPerSecond: rate("bps_rd"), writeBytesPerSecond: rate("bps_wr"), requestsPerSecond: rate("iops"), readRequestsPerSecond: rate("iops_rd"), writeRequestsPerSecond: rate("iops_wr"),
        }).filter(([, value]) => value !== undefined));
        sys.guest(guest, { op: "throttle", disk: id, limits: Object.keys(limits).length === 0 ? undefined : limits });
        return {};
      }
      case "x-set-share":
        sys.guest(guest, { op: "share", fraction: Number(given.get("value") ?? 1) });
        return {};
      case "set_link":
        sys.guest(guest, { op: "card-link", card: given.get("name") ?? "", up: given.get("up") === "true" });
        return {};
      case "blockdev-add":
        this.#nodes.set(given.get("node-name") ?? "", given);
        return {};
      case "blockdev-del":
        this.#nodes.delete(given.get("node-name") ?? "");
        return {};
      case "device_add": return yield* this.#deviceAdd(given);
      case "device_del": {
        const id = given.get("id") ?? "";
        yield* this.#flush();
        sys.guest(guest, { op: "unplug", id });
        this.#disks.get(id)?.close();
        this.#disks.delete(id);
        const tap = this.#pendingDevices.get(id);
        if (tap !== undefined) sys.close(Number(tap));
        this.#pendingDevices.delete(id);
        return {};
      }
      case "block_resize": {
        const disk = this.#disks.get(given.get("id") ?? "");
        if (disk === undefined) throw new ArgumentError(`Cannot find device='${given.get("id") ?? ""}' nor node-name=''`);
        yield* disk.image.resize(Number(given.get("size") ?? 0));
        return {};
      }
      case "blockdev-change-medium": {
        const id = given.get("id") ?? "";
        const path = given.get("filename") ?? "";
        const index = this.#machine.disks.findIndex((one) => one.id === id);
        const argument = this.#machine.disks[index];
        if (argument?.rom !== true) throw new ArgumentError(`Device '${id}' is not removable`);
        this.#disks.get(id)?.close();
        this.#disks.delete(id);
        sys.guest(guest, { op: "unplug", id });
        const empty: GuestDisk = { id, bus: argument.bus, index, sizeBytes: 0, readOnly: true, rom: true, serial: argument.serial, pieces: [], bootOrder: argument.bootOrder };
        sys.guest(guest, { op: "plug-disk", disk: path === "" ? empty : yield* this.#openDisk({ ...argument, path, format: "raw" }, index) });
        return {};
      }
      case "x-release-image": {
        yield* this.#flush();
        this.#disks.get(given.get("id") ?? "")?.close();
        this.#released.set(given.get("id") ?? "", this.#disks.get(given.get("id") ?? ""));
        this.#disks.delete(given.get("id") ?? "");
        return {};
      }
      case "x-open-image": {
        const id = given.get("id") ?? "";
        const before = this.#released.get(id);
        this.#released.delete(id);
        if (before === undefined) throw new ArgumentError(`Cannot find device='${id}' nor node-name=''`);
        const argument = { ...before.argument, path: given.get("filename") ?? "", format: given.get("driver") };
        const opened = yield* openImage(sys, argument.path, { format: argument.format, writable: !argument.readOnly });
        this.#disks.set(id, { argument, image: opened.image, close: opened.close });
        return {};
      }
      case "query-blockstats": {
        const found: unknown[] = [];
        for (const id of this.#disks.keys()) {
          const one = this.#traffic.get(id) ?? noTraffic;
          found.push({ device: id, stats: { rd_operations: one.reads, rd_bytes: one.readBytes, wr_operations: one.writes, wr_bytes: one.writtenBytes, flush_operations: one.flushes, rd_total_time_ns: one.reads * requestNs, wr_total_time_ns: one.writes * requestNs, flush_total_time_ns: one.flushes * requestNs } });
        }
        return found;
      }
      case "query-blocks": {
        const found: unknown[] = [];
        for (const [id, disk] of this.#disks) found.push({ id, file: disk.argument.path, virtual: disk.image.virtualBytes, allocated: disk.image.file.allocatedBytes(), physical: disk.image.file.sizeBytes() });
        return found;
      }
      case "flush":
        yield* this.#flush();
        return {};
      case "migrate": {
        const path = /^(?:file:|exec:cat > )(.*)$/.exec(given.get("uri") ?? "")?.[1];
        if (path === undefined) throw new ArgumentError(`Parameter 'uri' expects a valid migration protocol`);
        const state = yield* this.#state();
        const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
        for (let done = 0; done < state.length;) done += yield* sys.write(fd, state.subarray(done));
        sys.close(fd);
        return {};
      }
      case "snapshot-save": {
        const state = yield* this.#state();
        let holds = true;
        for (const disk of this.#disks.values()) {
          if (!(disk.image instanceof Qcow2Image) || disk.argument.readOnly) continue;
          yield* disk.image.createSnapshot(given.get("name") ?? "", Math.floor(sys.clockUs("realtime") / 1e6), holds ? state : new Uint8Array(0), Number(given.get("vm-state") ?? 0), Math.floor(sys.clockUs("monotonic") * 1000));
          holds = false;
        }
        return {};
      }
      case "snapshot-delete": {
        for (const disk of this.#disks.values()) {
          const found = disk.image instanceof Qcow2Image ? disk.image.findSnapshot(given.get("name") ?? "") : undefined;
          if (found !== undefined && disk.image instanceof Qcow2Image) yield* disk.image.deleteSnapshot(found);
        }
        return {};
      }
      case "human-monitor-command": {
        const line = given.get("command-line") ?? "";
        return (yield* humanCommand(this.#target(), line)).replaceAll("\n", "\r\n");
      }
      default: throw new ArgumentError(`The command ${command} has not been found`);
    }
  }

  *#deviceAdd(given: ReadonlyMap<string, string>): Blocking<unknown> {
    const sys = this.#sys;
    const id = given.get("id") ?? "";
    const driver = given.get("driver") ?? "";
    if (driver.startsWith("ide-")) throw new ArgumentError(`Bus '${given.get("bus") ?? "ide.0"}' does not support hotplugging`);
    if (driver === "virtio-blk-pci" || driver === "scsi-hd" || driver === "usb-storage") {
      const node = this.#nodes.get(given.get("drive") ?? "");
      const argument: DiskArgument = {
        id, path: node?.get("filename") ?? "", format: node?.get("format"), bus: driver === "virtio-blk-pci" ? "virtio" : driver === "scsi-hd" ? "scsi" : "usb", rom: false, readOnly: node?.get("read-only") === "true", bootOrder: 0, serial: given.get("serial") ?? "", slot: "",
      };
      sys.guest(this.#guest, { op: "plug-disk", disk: yield* this.#openDisk(argument, this.#disks.size) });
      return {};
    }
    if (driver === "virtio-net-pci" || driver.startsWith("e1000") || driver === "rtl8139") {
      const address = Number(given.get("addr") ?? 8);
      sys.guest(this.#guest, { op: "plug-card", card: { id, model: driver === "virtio-net-pci" ? "virtio" : driver === "rtl8139" ? "rtl8139" : "e1000", mac: given.get("mac") ?? "", slot: `0000:00:${address.toString(16).padStart(2, "0")}.0` } });
      const tap = given.get("tap");
      if (tap !== undefined) {
        const fd = yield* sys.open("/dev/net/tun", O.RDWR | O.CLOEXEC);
        sys.ioctl(fd, "TUNSETIFF", { name: tap, kind: "tap" });
        sys.guest(this.#guest, { op: "attach-tap", card: id, tapFd: fd });
        this.#pendingDevices.set(id, String(fd));
      }
      return {};
    }
    throw new ArgumentError(`'${driver}' is not a valid device model name`);
  }
}

/** vmx or svm, when the guest may have guests: under KVM what the host's module allows (nested=) of what its processor has, in emulation svm. */
function* virtualisationFlags(sys: Sys, { accelerator, cpuModel, cpuFeatures }: MachineArguments): Blocking<readonly string[]> {
  const wanted = (flag: string): boolean => cpuFeatures.get(flag) ?? (cpuModel === "host" || cpuModel === "max");
  if (accelerator === "tcg") return wanted("svm") ? ["svm"] : [];
  const flags: string[] = [];
  const processor = (yield* readText(sys, "/proc/cpuinfo")).split("\n").find((line) => line.startsWith("flags")) ?? "";
  for (const [flag, module] of [["svm", "kvm_amd"], ["vmx", "kvm_intel"]] as const) {
    const nested = (yield* readText(sys, `/sys/module/${module}/parameters/nested`)).trim();
    if (wanted(flag) && processor.split(/\s+/).includes(flag) && (nested === "1" || nested === "Y")) flags.push(flag);
  }
  return flags;
}

/** Empty when it cannot be read. */
function* readText(sys: Sys, path: string): Blocking<string> {
  try {
    const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
    const bytes = yield* sys.read(fd, 65_536);
    sys.close(fd);
    return decode(bytes);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return "";
  }
}

const machines = "Supported machines are:\npc                   Standard PC (i440FX + PIIX, 1996) (alias of pc-i440fx-7.2)\npc-i440fx-7.2        Standard PC (i440FX + PIIX, 1996) (default)\nq35                  Standard PC (Q35 + ICH9, 2009) (alias of pc-q35-7.2)\npc-q35-7.2           Standard PC (Q35 + ICH9, 2009)\n";

function* qemu(sys: Sys, argv: readonly string[]): Blocking<number> {
  if (argv.includes("--version") || argv.includes("-version")) {
    yield* sys.write(1, encode("QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)\nCopyright (c) 2003-2022 Fabrice Bellard and the QEMU Project developers\n"));
    return 0;
  }
  if (argv.includes("help")) {
    yield* sys.write(1, encode(argv.includes("-accel") ? "Accelerators supported in QEMU binary:\ntcg\nkvm\nxen\n" : machines));
    return 0;
  }
  let machine: MachineArguments;
  try {
    machine = parseArguments(argv);
  } catch (error) {
    if (!(error instanceof ArgumentError || error instanceof SyntaxError)) throw error;
    yield* sys.write(2, encode(`qemu-system-x86_64: ${error.message}\n`));
    return 1;
  }
  sys.setTitle("qemu-system-x86", argv);
  if (machine.daemonize) {
    if (machine.nographic) {
      yield* sys.write(2, encode("qemu-system-x86_64: -nographic cannot be used with -daemonize\n"));
      return 1;
    }
    sys.fork(function* daemon(child) {
      child.setsid();
      const nothing = yield* child.open("/dev/null", O.RDWR);
      for (const fd of [0, 1]) child.dup2(nothing, fd);
      return yield* new Qemu(child, machine).run();
    });
    // it is up, or has said why not
    yield* sys.sleep(50_000);
    return 0;
  }
  return yield* new Qemu(sys, machine).run();
}

export default withHelp({
  name: "qemu-system-x86_64", path: "/usr/bin/qemu-system-x86_64", links: ["/usr/bin/qemu-system-i386"],
  declaration: {
    name: "qemu-system-x86_64", summary: "QEMU system emulator", synopsis: ["[options] [disk_image]"], operands: "files",
    options: [
      { names: ["-machine", "-M"], argument: "type", argumentOptional: false, help: "pc or q35", support: "simulated" }, { names: ["-accel"], argument: "name", argumentOptional: false, help: "kvm or tcg", support: "simulated", values: ["kvm", "tcg"] },
      { names: ["-enable-kvm"], argument: undefined, argumentOptional: false, help: "use KVM", support: "simulated" }, { names: ["-m"], argument: "size", argumentOptional: false, help: "memory", support: "simulated" },
      { names: ["-smp"], argument: "n", argumentOptional: false, help: "processors", support: "simulated" }, { names: ["-hda", "-hdb"], argument: "file", argumentOptional: false, help: "an IDE disk", support: "simulated" },
      { names: ["-cdrom"], argument: "file", argumentOptional: false, help: "a disc", support: "simulated" }, { names: ["-drive"], argument: "properties", argumentOptional: false, help: "a disk: file=, format=, if=virtio", support: "simulated" },
      { names: ["-nographic"], argument: undefined, argumentOptional: false, help: "the serial line is the terminal; Ctrl-a x ends", support: "simulated" }, { names: ["-device", "-blockdev", "-netdev", "-chardev"], argument: "properties", argumentOptional: false, help: "devices and what is behind them", support: { partly: "disks, cards, serial lines, channels" } },
    ],
  },
  program: qemu,
});
