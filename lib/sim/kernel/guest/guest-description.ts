// A guest as an open file: what sys.createGuest returns. The guest's clock is the host's, less its pauses; it runs in turns that the host's timers start, so how
// the host is stepped changes nothing, and what goes in waits for the next turn. The host's processes are charged with its work.
// (More than 400 lines: what a guest is told, what it shows and what it costs its host belong to one turn.)
import { install } from "../calls/descriptor.ts";
import { SysError } from "../errno.ts";
import type { Kernel } from "../kernel.ts";
import type { NetLink } from "../net/link.ts";
import { TapDescription } from "../net/tap-device.ts";
import type { OpenFileDescription } from "../open-file-description.ts";
import type { Process } from "../process.ts";
import { O, POLL } from "../sys.ts";
import type { GuestEvent, GuestOptions, GuestReply, GuestRequest, GuestState } from "../sys-guest.ts";
import type { Timer } from "../timer-queue.ts";
import { WaitQueue } from "../wait-queue.ts";
import type { GuestHooks, GuestInput, GuestMachine, GuestPlan, GuestRest } from "./guest-machine.ts";
import { UserNetwork } from "./user-network.ts";
import { decodeGuest, encodeGuest, type SavedGuest } from "./saved-guest.ts";
import { SmallMap } from "../small-map.ts";
import { SmallSet } from "../small-set.ts";

/** How long a running guest goes on before the host's other work may answer it. */
const TURN_US = 500;
/** From a device event to the guest's interrupt. */
const INTERRUPT_US = 15;
const MOST_START_US = 20_000;
const MOST_ENDINGS = 200;
const MOST_LOGGED = 200_000;

/** A guest that did nothing for so long, and will do nothing for a while, is put away. */
const IDLE_US = 8_000_000;
const QUIET_AHEAD_US = 5_000_000;
const MOST_INPUTS_AWAY = 2_000;

/**
 * A guest that is put away is what a saved one is: its inputs. Nobody notices: it answers from here as long as nothing happens in it, frames that it would not answer
 * are noted, and whatever else comes finds it brought back. So twenty idle guests cost little. When that happens depends on virtual time alone.
 */
interface Away extends GuestRest {
  readonly cpuUs: number;
  readonly status: GuestMachine["status"];
  /** its own time at which it wants to go on */
  readonly wakesAtUs: number;
  /** up to which its inputs are complete */
  untilUs: number;
}

type GuestEnding = "shutdown" | "destroyed" | "crashed" | "saved";

/** Of one host kernel. */
export class GuestTable {
  readonly running = new SmallSet<GuestDescription>();
  /** By the machine's UUID: how its last run ended. */
  readonly endings = new SmallMap<string, GuestEnding>();
  #made = 0;

  noteEnding(uuid: string, ending: GuestEnding): void {
    this.endings.delete(uuid);
    this.endings.set(uuid, ending);
    const [oldest] = this.endings.keys();
    if (this.endings.size > MOST_ENDINGS && oldest !== undefined) this.endings.delete(oldest);
  }

  /** References to a module: of /dev/kvm, of the guest and of each of its processors, all of which belong to it (virt/kvm/kvm_main.c). */
  holds(module: string): number {
    if (module !== "kvm_intel" && module !== "kvm_amd") return 0;
    let count = 0;
    for (const { look } of this.running) if (look.plan.accelerator === "kvm") count += 2 + look.plan.hardware.cpuCount;
    return count;
  }

  next(): number {
    return ++this.#made;
  }
}

export class GuestDescription implements OpenFileDescription {
  statusFlags: number = O.RDWR;
  readonly path = undefined;
  readonly label = "anon_inode:kvm-vm";
  readonly waiters = new WaitQueue();
  references = 1;
  readonly #kernel: Kernel;
  /** undefined while it is put away */
  #machine: GuestMachine | undefined;
  #away: Away | undefined;
  /** brought back for somebody who only looks */
  #seen: WeakRef<GuestMachine> | undefined;
  /** when the guest itself wants to go on, in its own time */
  #nextUs = Infinity;
  /** host's time */
  #activeUs = 0;
  readonly #make: () => GuestMachine;
  readonly #plan: GuestPlan;
  #owner: Process;
  state: GuestState = "off";
  /** host's time when the guest's clock stood at 0 */
  #originUs = 0;
  #guestUs = 0;
  #rtcAheadUs = 0;
  readonly #openChannels = new Set<string>();
  #timer: Timer | undefined;
  #arrived: GuestInput[] = [];
  readonly #log: [atUs: number, input: GuestInput][] = [];
  #events: GuestEvent[] = [];
  readonly #taps = new Map<string, NetLink>();
  readonly #userNetworks = new Map<string, UserNetwork>();
  #chargedUs = 0;
  #replaying = false;
  /** since it was last resumed */
  #saved = false;

  constructor(kernel: Kernel, owner: Process, options: GuestOptions) {
    const factory = kernel.options.guests;
    if (factory === undefined) throw new SysError("ENODEV");
    this.#kernel = kernel;
    this.#owner = owner;
    const restored = options.restore === undefined ? undefined : decodeGuest(options.restore);
    this.#plan = restored?.plan ?? { accelerator: options.accelerator, hardware: options.hardware, seed: (kernel.options.seed + kernel.guests.next() * 0x51ed_270b) % 0x1_0000_0000, epochUs: kernel.realtimeUs() };
    const hooks: GuestHooks = {
      console: (bytes) => this.#emit({ kind: "console", bytes }),
      channel: (name, bytes) => this.#emit({ kind: "channel", name, bytes }),
      channelState: (name, open) => {
        if (open) this.#openChannels.add(name);
        else this.#openChannels.delete(name);
        this.#emit({ kind: open ? "channel-opened" : "channel-closed", name });
      },
      frame: (card, frame) => {
        if (this.#replaying) return;
        this.#taps.get(card)?.receive(frame);
        this.#userNetworks.get(card)?.receive(frame);
      },
      power: (event) => {
        if (event !== "reset" && this.state === "running") {
          this.state = event === "crashed" ? "crashed" : "off";
          if (!this.#replaying) kernel.guests.noteEnding(this.#plan.hardware.uuid, event === "crashed" ? "crashed" : "shutdown");
        }
        this.#emit({ kind: event });
      },
    };
    this.#make = () => factory(this.#plan, hooks);
    if (restored === undefined) this.#machine = this.#make();
    else this.#replay(restored);
    kernel.guests.running.add(this);
  }

  /** For those who only look: who runs it, what it is made of, where its cards are plugged in. */
  get look(): { readonly owner: Process; readonly plan: GuestPlan; readonly machine: () => GuestMachine; readonly taps: ReadonlyMap<string, NetLink> } {
    return { owner: this.#owner, plan: this.#plan, machine: () => this.#looked(), taps: this.#taps };
  }

  #emit(event: GuestEvent): void {
    if (this.#replaying) return;
    const last = this.#events.at(-1);
    if (event.kind === "console" && last?.kind === "console" && last.bytes.length < 65_536) {
      const joined = new Uint8Array(last.bytes.length + event.bytes.length);
      joined.set(last.bytes);
      joined.set(event.bytes, last.bytes.length);
      this.#events[this.#events.length - 1] = { kind: "console", bytes: joined };
    } else this.#events.push(event);
    this.waiters.wake();
  }

  /** The same inputs at the same times give the same machine: that is what a snapshot of a running one is. */
  #replay(saved: SavedGuest): void {
    for (const [atUs, input] of saved.inputs) {
      if (input.kind === "rtc-ahead") this.#rtcAheadUs += input.us;
      this.#log.push([atUs, input]);
    }
    const machine = this.#remade(saved.atUs);
    this.#machine = machine;
    this.#guestUs = saved.atUs;
    this.#chargedUs = machine.cpuUs;
    this.state = "paused";
    for (const name of this.#openChannels) this.#emit({ kind: "channel-opened", name });
  }

  /** From its inputs, at that time of its own; it says and sends nothing meanwhile. */
  #remade(atUs: number): GuestMachine {
    const machine = this.#make();
    this.#replaying = true;
    try {
      for (const [inputUs, input] of this.#log) {
        machine.step(inputUs);
        machine.input(input);
      }
      machine.step(atUs);
    } finally {
      this.#replaying = false;
    }
    machine.flush();
    return machine;
  }

  // ---- away

  #putAway(): void {
    const machine = this.#machine;
    const nowUs = this.#kernel.nowUs;
    if (machine === undefined || this.state !== "running" || this.#arrived.length > 0 || this.#userNetworks.size > 0 || this.#log.length > MOST_INPUTS_AWAY) return;
    if (nowUs - this.#activeUs < IDLE_US || this.#nextUs + this.#originUs - nowUs < QUIET_AHEAD_US) return;
    const rest = machine.rest();
    if (rest === undefined) return;
    this.#away = { ...rest, cpuUs: machine.cpuUs, status: machine.status, wakesAtUs: this.#nextUs, untilUs: this.#guestUs };
    this.#machine = undefined;
  }

  /** Brings it back. What it did with frames that it ignores is not charged: who looks may have brought it back before. */
  #present(): GuestMachine {
    const away = this.#away;
    if (this.#machine !== undefined) return this.#machine;
    const machine = this.#seen?.deref() ?? this.#remade(away?.untilUs ?? this.#guestUs);
    this.#machine = machine;
    this.#away = undefined;
    this.#seen = undefined;
    this.#chargedUs = machine.cpuUs;
    this.#kernel.scheduler.guestSteps += away?.steps ?? 0;
    return machine;
  }

  #looked(): GuestMachine {
    const known = this.#machine ?? this.#seen?.deref();
    if (known !== undefined) return known;
    const machine = this.#remade(this.#away?.untilUs ?? this.#guestUs);
    this.#seen = new WeakRef(machine);
    return machine;
  }

  // ---- turns

  #turn(): void {
    this.#timer = undefined;
    if (this.state !== "running") return;
    const nowUs = this.#kernel.nowUs - this.#originUs;
    const away = this.#away;
    if (away !== undefined && nowUs < away.wakesAtUs && this.#arrived.every(away.ignores) && this.#log.length <= MOST_INPUTS_AWAY) {
      for (const input of this.#arrived) this.#log.push([nowUs, input]);
      this.#arrived = [];
      away.untilUs = nowUs;
      this.#guestUs = nowUs;
      this.#seen = undefined;
      if (away.wakesAtUs !== Infinity) this.#arm(away.wakesAtUs + this.#originUs);
      return;
    }
    this.#activeUs = this.#kernel.nowUs;
    let nextUs = this.#present().step(nowUs);
    this.#guestUs = nowUs;
    this.#nextUs = nextUs;
    // the state may have changed while it ran
    if ((this.state as GuestState) === "running" && this.#arrived.length > 0) {
      const arrived = this.#arrived;
      this.#arrived = [];
      for (const input of arrived) this.#apply(nowUs, input);
      nextUs = nowUs;
      this.#nextUs = nowUs;
    }
    this.#charge();
    if ((this.state as GuestState) !== "running") return;
    if (nextUs === Infinity) return;
    this.#arm(Math.max(this.#kernel.nowUs + (nextUs <= nowUs ? TURN_US : 1), nextUs + this.#originUs));
  }

  #apply(atUs: number, input: GuestInput): void {
    if (this.#log.length < MOST_LOGGED) this.#log.push([atUs, input]);
    if (input.kind === "rtc-ahead") this.#rtcAheadUs += input.us;
    this.#present().input(input);
  }

  #arm(atUs: number): void {
    if (this.#timer !== undefined) {
      if (this.#timer.atUs <= atUs) return;
      this.#kernel.timers.cancel(this.#timer);
    }
    this.#timer = this.#kernel.timers.arm(atUs, () => this.#turn());
  }

  #charge(): void {
    const { cpuUs } = this.#present();
    const delta = cpuUs - this.#chargedUs;
    if (delta <= 0) return;
    this.#chargedUs = cpuUs;
    this.#owner.userUs += delta;
    this.#kernel.scheduler.guestSteps += Math.ceil(delta);
  }

  #deliver(input: GuestInput): void {
    if (this.state === "off" || this.state === "crashed") return;
    this.#arrived.push(input);
    if (this.state === "running") this.#arm(this.#kernel.nowUs + INTERRUPT_US);
  }

  #pause(): void {
    if (this.state !== "running") return;
    this.#present().step(this.#kernel.nowUs - this.#originUs);
    this.#charge();
    if ((this.state as GuestState) !== "running") return;
    this.#guestUs = this.#kernel.nowUs - this.#originUs;
    this.state = "paused";
    if (this.#timer !== undefined) this.#kernel.timers.cancel(this.#timer);
    this.#timer = undefined;
  }

  /** The hardware's clock shows the host's time again. What a start takes is not worth an event. */
  #catchUp(): void {
    const stoodStillUs = this.#kernel.realtimeUs() - this.#plan.epochUs - this.#guestUs - this.#rtcAheadUs;
    if (Math.abs(stoodStillUs) > MOST_START_US) this.#apply(this.#guestUs, { kind: "rtc-ahead", us: stoodStillUs });
  }

  #resume(): void {
    this.#saved = false;
    this.#catchUp();
    this.#originUs = this.#kernel.nowUs - this.#guestUs;
    this.state = "running";
    this.#arm(this.#kernel.nowUs + INTERRUPT_US);
  }

  // ---- requests

  /** Errors: EINVAL, ESTALE (not in that state). */
  request<R extends GuestRequest>(process: Process, request: R): GuestReply<R>;
  request(process: Process, request: GuestRequest): unknown {
    this.#owner = process.threadOf ?? process;
    switch (request.op) {
      case "power-on":
        if (this.state === "running" || this.state === "paused") throw new SysError("EINVAL");
        this.state = "running";
        this.#originUs = this.#kernel.nowUs - this.#guestUs;
        this.#catchUp();
        this.#apply(this.#guestUs, { kind: "power-on" });
        this.#arm(this.#kernel.nowUs + INTERRUPT_US);
        return undefined;
      case "pause":
        this.#pause();
        return undefined;
      case "resume":
        if (this.state === "paused") this.#resume();
        return undefined;
      case "reset":
      case "power-button":
      case "ctrl-alt-delete":
        this.#deliver({ kind: request.op });
        return undefined;
      case "status": {
        const { cpuUs, status } = this.#away ?? this.#present();
        return { state: this.state, cpuUs, ...status };
      }
      case "take-events": {
        const events = this.#events;
        this.#events = [];
        return events;
      }
      case "flush": {
        if (this.#away !== undefined) return [];
        const changed = this.#present().flush();
        if (changed.length === 0) this.#putAway();
        return changed;
      }
      case "console-input":
        this.#deliver({ kind: "console", bytes: request.bytes.slice() });
        return undefined;
      case "channel-input":
        this.#deliver({ kind: "channel", name: request.name, bytes: request.bytes.slice() });
        return undefined;
      case "attach-tap": {
        const tap = process.descriptors.get(request.tapFd);
        if (!(tap instanceof TapDescription) || tap.link === undefined) throw new SysError("EINVAL");
        const { card } = request;
        this.#taps.set(card, tap.link);
        tap.link.onTransmit = (frame) => this.#deliver({ kind: "frame", card, frame });
        return undefined;
      }
      case "attach-user": {
        const { card } = request;
        this.#userNetworks.set(card, new UserNetwork(this.#kernel, card, request.addresses, request.prefixLength, (frame) => this.#deliver({ kind: "frame", card, frame }), (event) => this.#emit(event)));
        return undefined;
      }
      case "user-accept": return install(process, this.#userNetwork(request.card).accept(request.id), true);
      case "user-socket": return install(process, this.#userNetwork(request.card).socket(), true);
      case "user-refuse":
        this.#userNetwork(request.card).refuse(request.id);
        return undefined;
      case "user-send":
        this.#userNetwork(request.card).send(request.datagram);
        return undefined;
      case "user-echoed":
        this.#userNetwork(request.card).echoed(request.echo);
        return undefined;
      case "card-link":
        this.#deliver({ kind: "link", card: request.card, up: request.up });
        return undefined;
      case "plug-disk":
        this.#deliver({ kind: "plug-disk", disk: request.disk });
        return undefined;
      case "plug-card":
        this.#deliver({ kind: "plug-card", card: request.card });
        return undefined;
      case "unplug": {
        this.#deliver({ kind: "unplug", id: request.id });
        const link = this.#taps.get(request.id);
        if (link !== undefined) link.onTransmit = undefined;
        this.#taps.delete(request.id);
        this.#userNetworks.get(request.id)?.end();
        this.#userNetworks.delete(request.id);
        return undefined;
      }
      case "throttle":
        this.#deliver({ kind: "throttle", disk: request.disk, limits: request.limits });
        return undefined;
      case "share":
        this.#deliver({ kind: "share", fraction: Math.max(0.001, Math.min(1, request.fraction)) });
        return undefined;
      case "balloon":
        this.#deliver({ kind: "memory", memoryBytes: request.memoryBytes });
        return undefined;
      case "set-cpus":
        this.#deliver({ kind: "cpus", count: request.count });
        return undefined;
      case "save":
        if (this.state !== "paused") throw new SysError("EINVAL");
        this.#saved = true;
        return encodeGuest({ plan: this.#plan, inputs: this.#log, atUs: this.#guestUs });
    }
  }

  /** Errors: EINVAL. */
  #userNetwork(card: string): UserNetwork {
    const found = this.#userNetworks.get(card);
    if (found === undefined) throw new SysError("EINVAL");
    return found;
  }

  digest(): string {
    return `${this.state} ${this.state === "running" ? this.#kernel.nowUs - this.#originUs : this.#guestUs} ${this.#looked().digest()}`;
  }

  // ---- as an open file

  read(): never {
    throw new SysError("EINVAL");
  }

  write(): never {
    throw new SysError("EINVAL");
  }

  seek(): never {
    throw new SysError("ESPIPE");
  }

  poll(): number {
    return this.#events.length > 0 ? POLL.IN : 0;
  }

  /** The plug is pulled. */
  release(): void {
    if (this.state === "running" || this.state === "paused") this.#kernel.guests.noteEnding(this.#plan.hardware.uuid, this.#saved ? "saved" : "destroyed");
    this.state = "off";
    if (this.#timer !== undefined) this.#kernel.timers.cancel(this.#timer);
    this.#timer = undefined;
    for (const link of this.#taps.values()) link.onTransmit = undefined;
    this.#taps.clear();
    for (const network of this.#userNetworks.values()) network.end();
    this.#userNetworks.clear();
    this.#kernel.guests.running.delete(this);
  }

  ioctl(): never {
    throw new SysError("ENOTTY");
  }
}
