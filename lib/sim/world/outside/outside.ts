// Everything beyond the machine's network card: a second small kernel that is the gateway, the name server, the package mirror and the
// registries. It only ever reacts to frames, so it is made when the first one leaves the machine, and costs nothing before.

import { createKernel, type Kernel, type Nic } from "../../kernel/kernel.ts";
import type { Sys } from "../../kernel/sys.ts";
import { MemoryFileSystem } from "../../kernel/vfs/memory-file-system.ts";
import { addressServer } from "./address-server.ts";
import { nameServer } from "./name-server.ts";
import { outsideHosts, timeServers } from "./hosts.ts";
import { timeServer } from "./time-server.ts";
import { webServer } from "./web-server.ts";

export type Frame = Parameters<Nic["receive"]>[0];

/** QEMU's user network: the machine is .15, the gateway .2, the name server .3. */
/** a.root-servers.net, the first of those that name servers with root hints ask. */
const ROOT_SERVER = "198.41.0.4";
const LAN = { machine: "10.0.2.15", machineMac: "52:54:00:12:34:56", netmask: "255.255.255.0", gateway: "10.0.2.2", nameServer: "10.0.2.3", prefixLength: 24 } as const;
/** One way between the machine and whoever answers. */
const TRAVEL_US = 250;
/** What an answer may take at most before the next frame goes in. */
const ANSWER_US = 2_000;
const MOST_STEPS = 20_000_000;

interface InFlight {
  readonly frame: Frame;
  readonly atUs: number;
}

export interface OutsideOptions {
  readonly seed: number;
  readonly epochUs: number;
  /** a server of the outside threw: it has ended, the rest goes on */
  readonly onFault: (fault: { readonly pid: number; readonly comm: string; readonly error: unknown }) => void;
}

export class Outside {
  readonly #options: OutsideOptions;
  #kernel: Kernel | undefined;
  #nic: Nic | undefined;
  #towards: InFlight[] = [];
  #back: InFlight[] = [];

  constructor(options: OutsideOptions) {
    this.#options = options;
  }

  /** A frame that the machine sent. */
  send(frame: Frame, atUs: number): void {
    this.#towards.push({ frame, atUs: atUs + TRAVEL_US });
  }

  get hasWork(): boolean {
    return this.#towards.length > 0;
  }

  /** When the next frame reaches the machine; Infinity when none is under way. */
  get nextArrivalUs(): number {
    return this.#back[0]?.atUs ?? Number.POSITIVE_INFINITY;
  }

  /** frames that have been taken */
  arrivals = 0;

  /** Takes the frames that have arrived by now. */
  takeArrived(nowUs: number): readonly Frame[] {
    const arrived: Frame[] = [];
    while (this.#back[0] && this.#back[0].atUs <= nowUs) {
      const first = this.#back.shift();
      if (first) arrived.push(first.frame);
    }
    this.arrivals += arrived.length;
    return arrived;
  }

  /** Lets the outside answer all that was sent to it. */
  run(): void {
    const { kernel, nic } = this.#start();
    for (const { frame, atUs } of this.#towards.splice(0)) {
      if (atUs > kernel.nowUs) kernel.step(atUs, MOST_STEPS);
      nic.receive(frame);
      kernel.step(kernel.nowUs + ANSWER_US, MOST_STEPS, () => kernel.scheduler.runnable === 0);
    }
  }

  #start(): { kernel: Kernel; nic: Nic } {
    if (this.#kernel && this.#nic) return { kernel: this.#kernel, nic: this.#nic };
    let kernel: Kernel | undefined;
    const root = new MemoryFileSystem({ type: "tmpfs", device: 1, host: { nowUs: () => kernel?.realtimeUs() ?? this.#options.epochUs, chargeStorage: () => undefined } });
    const made = createKernel({ seed: this.#options.seed ^ 0x5eed, bootEpochUs: this.#options.epochUs, root, hostname: "gateway", memoryBytes: 2 ** 33, cpuCount: 1, loader: () => undefined, onFault: this.#options.onFault });
    kernel = made;
    const nic = made.addNic({ name: "eth0", mac: "52:55:0a:00:02:02", send: (frame) => this.#back.push({ frame, atUs: made.nowUs + TRAVEL_US }) });
    nic.setCarrier(true);
    made.spawn({
      argv: ["init"],
      *entry(sys: Sys) {
        const eth0 = sys.rtnetlink({ op: "link-list" }).find((link) => link.name === "eth0");
        if (!eth0) return 1;
        sys.rtnetlink({ op: "link-set", index: eth0.index, up: true });
        for (const address of new Set([LAN.gateway, LAN.nameServer, ROOT_SERVER, ...outsideHosts.values()])) sys.rtnetlink({ op: "address-add", linkIndex: eth0.index, address, prefixLength: address.startsWith("10.0.2.") ? LAN.prefixLength : 32 });
        sys.fork((own) => nameServer(own, LAN.nameServer));
        sys.fork((own) => nameServer(own, ROOT_SERVER, true));
        sys.fork((own) => addressServer(own, { ...LAN, first: LAN.machine }));
        for (const server of timeServers) sys.fork((own) => timeServer(own, server));
        sys.fork((own) => webServer(own, 80));
        sys.fork((own) => webServer(own, 443));
        for (;;) yield* sys.pause();
      },
    });
    made.step(ANSWER_US, MOST_STEPS, () => made.scheduler.runnable === 0);
    this.#kernel = made;
    this.#nic = nic;
    return { kernel: made, nic };
  }
}
