// What every object of ip(8) needs: global options, the words of the command line, devices, and iproute2's ways of failing.

import { type Link, O, type Sys, SysError } from "../../kernel/sys.ts";
import type { Io } from "../kit/program.ts";

export class IpFailure extends Error {
  readonly status: number;
  constructor(text: string, status: number) {
    super(text);
    this.status = status;
  }
}

/** The kernel's refusal: "RTNETLINK answers: …", status 2. */
export function answered<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof SysError) throw new IpFailure(`RTNETLINK answers: ${error.message}`, 2);
    throw error;
  }
}

export interface IpOptions {
  family: "inet" | "inet6" | "link" | undefined;
  brief: boolean;
  oneLine: boolean;
  json: boolean;
  pretty: boolean;
  details: boolean;
  statistics: number;
  numeric: boolean;
  color: boolean;
  namespace: string | undefined;
  force: boolean;
  all: boolean;
}

const COLORS = { interface: 36, mac: 33, inet: 35, inet6: 34, up: 32, down: 31 } as const;

export class IpContext {
  readonly sys: Sys;
  readonly io: Io;
  readonly options: IpOptions;
  readonly links: readonly Link[];

  constructor(sys: Sys, io: Io, options: IpOptions) {
    this.sys = sys;
    this.io = io;
    this.options = options;
    this.links = sys.rtnetlink({ op: "link-list" });
  }

  device(name: string): Link {
    const link = this.links.find((one) => one.name === name);
    if (!link) throw new IpFailure(`Cannot find device "${name}"`, 1);
    return link;
  }

  shownDevice(name: string): Link {
    const link = this.links.find((one) => one.name === name);
    if (!link) throw new IpFailure(`Device "${name}" does not exist.`, 1);
    return link;
  }

  nameOf(index: number): string {
    return this.links.find((one) => one.index === index)?.name ?? `if${index}`;
  }

  /** veth0@veth1, eth0@if5, enp1s0.10@enp1s0 */
  fullName(link: Link): string {
    if (link.peerIndex === undefined) {
      const base = link.kind === "vlan" ? /^(.*)\.\d+$/.exec(link.name)?.[1] : undefined;
      return base !== undefined && this.links.some((one) => one.name === base) ? `${link.name}@${base}` : link.name;
    }
    return `${link.name}@${link.peerNamespace === undefined ? this.nameOf(link.peerIndex) : `if${link.peerIndex}`}`;
  }

  flags(link: Link): readonly string[] {
    const flags: string[] = [];
    if (link.up && !link.carrier) flags.push("NO-CARRIER");
    if (link.kind === "loopback") flags.push("LOOPBACK");
    else if (link.kind === "dummy") flags.push("BROADCAST", "NOARP");
    else if (link.kind === "tun") flags.push("POINTOPOINT", "MULTICAST", "NOARP");
    else if (link.kind === "sit") flags.push("NOARP");
    else flags.push("BROADCAST", ...(link.noMulticast ? [] : ["MULTICAST"]), ...(link.noArp ? ["NOARP"] : []));
    if (link.allMulticast) flags.push("ALLMULTI");
    if (link.promiscuous && link.master === undefined) flags.push("PROMISC");
    if (link.up) flags.push("UP");
    if (link.up && link.carrier) flags.push("LOWER_UP");
    const peer = link.peerIndex !== undefined && link.peerNamespace === undefined ? this.links.find((one) => one.index === link.peerIndex) : undefined;
    if (peer && !peer.up) flags.push("M-DOWN");
    return flags;
  }

  /** Colours of lib/color.c on a dark ground; without -c the text as it is. */
  paint(kind: "interface" | "mac" | "inet" | "inet6" | "up" | "down", text: string): string {
    return this.options.color ? `\x1b[${COLORS[kind]}m${text}\x1b[0m` : text;
  }

  paintState(state: string, text: string): string {
    return state === "UP" ? this.paint("up", text) : state === "DOWN" ? this.paint("down", text) : text;
  }

  state(link: Link): string {
    if (!link.up) return "DOWN";
    if (link.kind === "loopback" || link.kind === "dummy") return "UNKNOWN";
    if (link.carrier) return link.kind === "tun" ? "UNKNOWN" : "UP";
    return link.kind === "veth" ? "LOWERLAYERDOWN" : "DOWN";
  }

  queueing(link: Link): string {
    if (!link.up && (link.kind === "loopback" || link.rxPackets + link.txPackets === 0)) return "noop";
    return link.kind === "ether" || link.kind === "tap" || link.kind === "tun" ? "fq_codel" : "noqueue";
  }
}

export const NETNS_DIRECTORY = "/run/netns";

export function* enterNamespace(sys: Sys, name: string): Generator<import("../../kernel/sys.ts").Wait, void> {
  let fd: number;
  try {
    fd = yield* sys.open(name.includes("/") ? name : `${NETNS_DIRECTORY}/${name}`, O.RDONLY | O.CLOEXEC);
  } catch (error) {
    if (error instanceof SysError) throw new IpFailure(`Cannot open network namespace "${name}": ${error.message}`, 255);
    throw error;
  }
  try {
    sys.setns(fd, "net");
  } catch (error) {
    if (error instanceof SysError) throw new IpFailure(`setting the network namespace "${name}" failed: ${error.message}`, 255);
    throw error;
  } finally {
    sys.close(fd);
  }
}

const numberOf = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

export function groupsOf(address: string): readonly number[] {
  const [head = "", tail] = address.split("::");
  const parts = (text: string): number[] => text.split(":").filter((one) => one !== "").map((one) => Number.parseInt(one, 16));
  const left = parts(head);
  if (tail === undefined) return left;
  const right = parts(tail);
  return [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill(0), ...right];
}

/** The address lies in the prefix ("to" of show and flush). */
export function isWithin(address: string, prefix: { readonly family: "inet" | "inet6"; readonly address: string; readonly prefixLength: number }): boolean {
  if (address.includes(":") !== (prefix.family === "inet6")) return false;
  if (prefix.family === "inet") {
    const size = 2 ** (32 - prefix.prefixLength);
    return Math.floor(numberOf(address) / size) === Math.floor(numberOf(prefix.address) / size);
  }
  const left = groupsOf(address);
  const right = groupsOf(prefix.address);
  return left.every((group, index) => {
    const hosts = 16 - Math.min(16, Math.max(0, prefix.prefixLength - index * 16));
    return group >> hosts === (right[index] ?? 0) >> hosts;
  });
}

export const matches = (word: string, full: string): boolean => word !== "" && full.startsWith(word);

const maskOf = (bits: number): string => [0, 8, 16, 24].map((from) => 256 - 2 ** (8 - Math.min(8, Math.max(0, bits - from)))).join(".");

/** ADDRESS/BITS or ADDRESS/MASK; undefined when it is none. */
export function parsePrefix(text: string): { readonly family: "inet" | "inet6"; readonly address: string; readonly prefixLength: number } | undefined {
  const [address = "", prefix, more] = text.split("/");
  if (more !== undefined) return undefined;
  const family = address.includes(":") ? "inet6" : "inet";
  if (family === "inet" ? !/^\d{1,3}(\.\d{1,3}){3}$/.test(address) || address.split(".").some((part) => Number(part) > 255) : !/^[0-9a-fA-F:.]+$/.test(address)) return undefined;
  const most = family === "inet" ? 32 : 128;
  if (family === "inet" && prefix?.includes(".") === true) {
    const prefixLength = [...Array(33).keys()].find((bits) => maskOf(bits) === prefix);
    return prefixLength === undefined ? undefined : { family, address, prefixLength };
  }
  if (prefix !== undefined && (!/^\d+$/.test(prefix) || Number(prefix) > most)) return undefined;
  return { family, address, prefixLength: prefix === undefined ? most : Number(prefix) };
}

/** As iproute2 prints JSON; `pretty`: for reading (-p). */
export function jsonText(value: unknown, pretty: boolean): string {
  if (!pretty) return `${JSON.stringify(value)}\n`;
  const render = (one: unknown, indent: string): string => {
    if (Array.isArray(one)) return one.length === 0 ? "[ ]" : one.every((item) => typeof item !== "object") ? `[ ${one.map((item) => JSON.stringify(item)).join(",")} ]` : `[ ${one.map((item) => render(item, `${indent}    `)).join(",")} ]`;
    if (typeof one === "object" && one !== null && Object.keys(one).length === 0) return "{}";
    if (typeof one === "object" && one !== null) return `{\n${Object.entries(one).map(([key, item]) => `${indent}    "${key}": ${render(item, `${indent}    `)}`).join(",\n")}\n${indent}}`;
    return JSON.stringify(one);
  };
  return `${render(value, "")}\n`;
}
