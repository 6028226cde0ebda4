// Who has which hardware address (arp(7), neighbour discovery). A packet for an unknown neighbour waits; three questions unanswered make it
// fail, and the sender is told (EHOSTUNREACH).

import { SysError } from "../errno.ts";
import type { Neighbour } from "../sys.ts";
import type { Timer } from "../timer-queue.ts";
import type { NetLink } from "./link.ts";
import type { NetNamespace } from "./net-namespace.ts";
import { BROADCAST_MAC, type IpPacket } from "./packet.ts";
import { SmallMap } from "../small-map.ts";

const QUESTION_INTERVAL_US = 1_000_000;
const QUESTIONS = 3;
const REACHABLE_US = 30_000_000;

interface Entry {
  readonly address: string;
  readonly link: NetLink;
  mac: string | undefined;
  state: Neighbour["state"];
  confirmedUs: number;
  asked: number;
  timer: Timer | undefined;
  waiting: IpPacket[];
}

export class NeighbourTable {
  readonly #namespace: NetNamespace;
  readonly #entries = new SmallMap<string, Entry>();

  constructor(namespace: NetNamespace) {
    this.#namespace = namespace;
  }

  list(): readonly Neighbour[] {
    const nowUs = this.#namespace.kernel.nowUs;
    return [...this.#entries.values()].map((entry) => ({
      address: entry.address, linkIndex: entry.link.index, mac: entry.mac,
      state: entry.state === "REACHABLE" && nowUs - entry.confirmedUs > REACHABLE_US ? "STALE" : entry.state,
    }));
  }

  flush(link: NetLink | undefined): void {
    for (const [key, entry] of this.#entries) {
      if (link && entry.link !== link) continue;
      if (entry.timer) this.#namespace.kernel.timers.cancel(entry.timer);
      this.#entries.delete(key);
    }
  }

  /** Errors: EEXIST, ENOENT. */
  set(link: NetLink, address: string, mac: string | undefined, state: Neighbour["state"], mode: "add" | "change" | "replace"): void {
    const there = this.#entries.has(`${link.index} ${address}`);
    if (mode === "add" && there) throw new SysError("EEXIST");
    if (mode === "change" && !there) throw new SysError("ENOENT");
    const { kernel } = this.#namespace;
    const entry = this.#entry(link, address);
    if (entry.timer) kernel.timers.cancel(entry.timer);
    entry.timer = undefined;
    entry.mac = mac;
    entry.state = state;
    entry.confirmedUs = kernel.nowUs;
    const waiting = entry.waiting;
    entry.waiting = [];
    if (mac !== undefined) for (const packet of waiting) link.transmit({ source: link.mac, destination: mac, content: { kind: "ip", packet } });
  }

  /** Errors: ENOENT. */
  remove(link: NetLink, address: string): void {
    const key = `${link.index} ${address}`;
    const entry = this.#entries.get(key);
    if (entry === undefined) throw new SysError("ENOENT");
    if (entry.timer) this.#namespace.kernel.timers.cancel(entry.timer);
    this.#entries.delete(key);
  }

  /** Sends the packet to that neighbour, now or when it has answered. */
  send(link: NetLink, address: string, packet: IpPacket): void {
    const entry = this.#entry(link, address);
    if (entry.mac !== undefined && entry.state !== "FAILED" && entry.state !== "INCOMPLETE") {
      const aged = entry.state === "STALE" || entry.state === "REACHABLE" && this.#namespace.kernel.nowUs - entry.confirmedUs > REACHABLE_US;
      if (aged && !entry.timer) {
        entry.asked = 0;
        this.#ask(entry);
      }
      link.transmit({ source: link.mac, destination: entry.mac, content: { kind: "ip", packet } });
      return;
    }
    if (entry.waiting.length < 100) entry.waiting.push(packet);
    if (!entry.timer) {
      entry.asked = 0;
      entry.state = "INCOMPLETE";
      this.#ask(entry);
    }
  }

  #entry(link: NetLink, address: string): Entry {
    const key = `${link.index} ${address}`;
    let entry = this.#entries.get(key);
    if (!entry) {
      entry = { address, link, mac: undefined, state: "INCOMPLETE", confirmedUs: 0, asked: 0, timer: undefined, waiting: [] };
      this.#entries.set(key, entry);
    }
    return entry;
  }

  #ask(entry: Entry): void {
    const { kernel } = this.#namespace;
    entry.asked++;
    if (entry.address.includes(":")) this.#namespace.statistics.neighbourMessage("out", "request");
    const source = this.#namespace.sourceFor(entry.address, entry.link) ?? (entry.address.includes(":") ? "::" : "0.0.0.0");
    entry.link.transmit({
      source: entry.link.mac, destination: BROADCAST_MAC,
      content: { kind: "arp", message: { operation: "request", senderMac: entry.link.mac, senderAddress: source, targetAddress: entry.address } },
    });
    entry.timer = kernel.timers.arm(kernel.nowUs + QUESTION_INTERVAL_US, () => {
      entry.timer = undefined;
      if (entry.asked < QUESTIONS) this.#ask(entry);
      else {
        entry.state = "FAILED";
        entry.mac = undefined;
        const lost = entry.waiting;
        entry.waiting = [];
        for (const packet of lost) this.#namespace.hostUnreachable(packet);
      }
    });
  }

  learned(link: NetLink, address: string, mac: string, mayCreate: boolean): void {
    const key = `${link.index} ${address}`;
    if (!mayCreate && !this.#entries.has(key)) return;
    const entry = this.#entry(link, address);
    // what the administrator wrote stays
    if (entry.state === "PERMANENT" || entry.state === "NOARP") return;
    if (entry.timer) this.#namespace.kernel.timers.cancel(entry.timer);
    entry.timer = undefined;
    entry.mac = mac;
    entry.state = "REACHABLE";
    entry.confirmedUs = this.#namespace.kernel.nowUs;
    const waiting = entry.waiting;
    entry.waiting = [];
    for (const packet of waiting) link.transmit({ source: link.mac, destination: mac, content: { kind: "ip", packet } });
  }
}
