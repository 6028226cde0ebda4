// What the view shows of virtual machines: those that run, as the kernel knows them, and those that libvirt has defined (its files below /etc/libvirt/qemu, of
// running ones below /run/libvirt/qemu).
import type { GuestDescription } from "../kernel/guest/guest-description.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { viewInto } from "./guest/inner-views.ts";
import { DiskLook, type FindFile } from "./guest/disk-look.ts";
import { diskNames } from "./guest/guest-hardware.ts";
import type { FileView, GuestView, View } from "./view.ts";

type ReadFile = (path: string, follow?: boolean) => FileView | undefined;
type ReadBytes = (path: string, mostBytes: number) => Uint8Array | undefined;

const DOMAINS = "/etc/libvirt/qemu";
const RUNNING_DOMAINS = "/run/libvirt/qemu";
const NETWORKS = `${DOMAINS}/networks`;
const LONGEST_CHAIN = 10;
const bytesOfUnit = new Map([["b", 1], ["bytes", 1], ["KB", 1000], ["k", 1024], ["KiB", 1024], ["MB", 1_000_000], ["M", 1024 ** 2], ["MiB", 1024 ** 2], ["GB", 1e9], ["G", 1024 ** 3], ["GiB", 1024 ** 3]]);

interface Card {
  readonly mac: string;
  readonly model: string;
  /** libvirt's network or a bridge; "" when only its tap is known */
  readonly source: string;
}

interface Disk {
  readonly target: string;
  readonly path: string;
  readonly format: string;
}

interface Domain {
  readonly name: string;
  readonly uuid: string;
  readonly memoryBytes: number;
  readonly cpuCount: number;
  readonly disks: readonly Disk[];
  readonly cards: readonly Card[];
}

export interface VirtualNetwork {
  readonly name: string;
  readonly bridge: string;
  /** it reaches the outside (nat, route, open, bridge) */
  readonly forwards: boolean;
}

const entities = new Map([["lt", "<"], ["gt", ">"], ["amp", "&"], ["apos", "'"], ["quot", '"']]);

function plain(text: string): string {
  return text.replace(/&(\w+);/g, (all, name: string) => entities.get(name) ?? all);
}

interface Tag {
  readonly name: string;
  readonly kind: "open" | "close" | "empty";
  readonly attributes: string;
  /** up to the next tag */
  readonly text: string;
}

const longestTagChars = 2_000;
const longestKeptChars = 30_000;

/** Files of domains are looked at after every command and change seldom. */
const parsed = new Map<string, readonly Tag[]>();
const mostParsed = 100;

function tagsOf(xml: string): readonly Tag[] {
  const known = parsed.get(xml);
  if (known) return known;
  const tags = parseTags(xml);
  if (parsed.size >= mostParsed) parsed.clear();
  if (xml.length <= longestKeptChars) parsed.set(xml, tags);
  return tags;
}

/** In one pass, whatever is in the file: a learner may have written it. */
function parseTags(xml: string): readonly Tag[] {
  const tags: Tag[] = [];
  for (let at = xml.indexOf("<"); at >= 0; ) {
    const end = xml.indexOf(">", at);
    if (end < 0) break;
    const next = xml.indexOf("<", end);
    const inner = xml.slice(at + 1, Math.min(end, at + longestTagChars));
    const name = /^\/?([\w:-]+)/.exec(inner)?.[1];
    if (name !== undefined) {
      const kind = inner.startsWith("/") ? "close" : inner.endsWith("/") ? "empty" : "open";
      tags.push({ name, kind, attributes: inner.slice(name.length), text: xml.slice(end + 1, next < 0 ? xml.length : next) });
    }
    at = next;
  }
  return tags;
}

function textIn(tags: readonly Tag[], element: string): string {
  return plain(tags.find((tag) => tag.name === element && tag.kind === "open")?.text.trim() ?? "");
}

function attributeIn(tags: readonly Tag[], element: string, attribute: string): string {
  const tag = tags.find((one) => one.name === element && one.kind !== "close");
  for (const [, name, single, double] of tag?.attributes.matchAll(/([\w:-]+)\s*=\s*(?:'([^']*)'|"([^"]*)")/g) ?? []) if (name === attribute) return plain(single ?? double ?? "");
  return "";
}

/** The tags of each such element, its own first. None holds another of its name. */
function elementsIn(tags: readonly Tag[], element: string): readonly (readonly Tag[])[] {
  const found: Tag[][] = [];
  let inside: Tag[] | undefined;
  for (const tag of tags) {
    if (tag.name === element && tag.kind !== "close") {
      inside = [];
      found.push(inside);
    }
    inside?.push(tag);
    if (tag.name === element && tag.kind !== "open") inside = undefined;
  }
  return found;
}

function domainOf(xml: readonly Tag[]): Domain {
  return {
    name: textIn(xml, "name"), uuid: textIn(xml, "uuid"), cpuCount: Number(attributeIn(xml, "vcpu", "current") || textIn(xml, "vcpu")) || 1,
    memoryBytes: Number(textIn(xml, "memory")) * (bytesOfUnit.get(attributeIn(xml, "memory", "unit") || "KiB") ?? 1024),
    disks: elementsIn(xml, "disk").map((disk) => ({ target: attributeIn(disk, "target", "dev"), path: attributeIn(disk, "source", "file") || attributeIn(disk, "source", "dev"), format: attributeIn(disk, "driver", "type") || "raw" })),
    cards: elementsIn(xml, "interface").map((card) => ({ mac: attributeIn(card, "mac", "address").toLowerCase(), model: attributeIn(card, "model", "type"), source: attributeIn(card, "source", "network") || attributeIn(card, "source", "bridge") })),
  };
}

function xmlFiles(file: ReadFile, directory: string): readonly (readonly Tag[])[] {
  return (file(directory)?.entries ?? []).filter((name) => name.endsWith(".xml")).map((name) => tagsOf(file(`${directory}/${name}`)?.text ?? ""));
}

export function lookAtVirtualNetworks(file: ReadFile): readonly VirtualNetwork[] {
  return xmlFiles(file, NETWORKS).map((xml) => ({ name: textIn(xml, "name"), bridge: attributeIn(xml, "bridge", "name"), forwards: xml.some((tag) => tag.name === "forward") })).filter((network) => network.bridge !== "");
}

/** A qcow2 header names what the image is based on (docs/interop/qcow2.txt of QEMU): offset and length, big-endian, after magic and version. */
function backingOf(bytes: ReadBytes, path: string): { readonly sizeBytes: number; readonly backing: string | undefined } | undefined {
  const head = bytes(path, 4096);
  if (head === undefined || head.length < 32) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  if (view.getUint32(0) !== 0x5146_49fb) return undefined;
  const at = Number(view.getBigUint64(8));
  const length = view.getUint32(16);
  const name = at === 0 || length === 0 || at + length > head.length ? undefined : String.fromCharCode(...head.subarray(at, at + length));
  return { sizeBytes: Number(view.getBigUint64(24)), backing: name === undefined || name.startsWith("/") ? name : `${path.slice(0, path.lastIndexOf("/") + 1)}${name}` };
}

function describeDisk(file: ReadFile, bytes: ReadBytes, disk: Disk): GuestView["disks"][number] {
  const own = backingOf(bytes, disk.path);
  const backing: string[] = [];
  for (let next = own?.backing; next !== undefined && backing.length < LONGEST_CHAIN && !backing.includes(next); next = backingOf(bytes, next)?.backing) backing.push(next);
  return { ...disk, sizeBytes: own?.sizeBytes ?? file(disk.path)?.sizeBytes ?? 0, backing };
}

/** `-name guest=vm1,debug-threads=on` or `-name vm1` of the process that runs it. */
function nameInArguments(argv: readonly string[]): string | undefined {
  const value = argv[argv.indexOf("-name") + 1];
  return argv.includes("-name") && value !== undefined ? value.replace(/^guest=/, "").split(",")[0] : undefined;
}

function cardsOf(cards: readonly Card[], running: GuestDescription | undefined, networks: readonly VirtualNetwork[], inside: View | undefined): GuestView["cards"] {
  const plugged = new Map((running?.look.plan.hardware.cards ?? []).map((card) => [card.mac.toLowerCase(), running?.look.taps.get(card.id)]));
  const inner = inside?.interfaces ?? [];
  return cards.map(({ mac, model, source }) => {
    const tap = plugged.get(mac);
    return {
      mac, model, network: tap?.master?.name ?? networks.find((network) => network.name === source)?.bridge ?? source,
      addresses: (inner.find((one) => one.mac.toLowerCase() === mac)?.addresses ?? []).filter((address) => !address.startsWith("fe80:")).map((address) => address.replace(/\/\d+$/, "")),
    };
  });
}

/** Before a machine is switched on (`-S`) its process waits, as in a pause. */
function stateOf(guest: GuestDescription | undefined): GuestView["state"] {
  if (guest === undefined) return "off";
  return guest.state === "off" ? "paused" : guest.state;
}

const diskLooks = new WeakMap<Kernel, DiskLook>();

export function lookAtGuests(kernel: Kernel, file: ReadFile, bytes: ReadBytes, readable: FindFile): readonly GuestView[] {
  let disks = diskLooks.get(kernel);
  if (disks === undefined) diskLooks.set(kernel, disks = new DiskLook());
  const look = disks;
  const networks = lookAtVirtualNetworks(file);
  const running = [...kernel.guests.running];
  const live = (uuid: string) => running.find((guest) => guest.look.plan.hardware.uuid === uuid);
  // libvirtd may be away: what is left of a machine that ended is not the machine
  const present = new Map(xmlFiles(file, RUNNING_DOMAINS).map(domainOf).filter(({ uuid }) => live(uuid) !== undefined).map((domain) => [domain.uuid, domain]));
  const written = xmlFiles(file, DOMAINS).map(domainOf);
  const macs = new Map(written.map((domain) => [domain.uuid, domain.cards.map(({ mac }) => mac)]));
  const persistent = written.map((domain) => present.get(domain.uuid) ?? domain);
  const defined = [...persistent, ...[...present.values()].filter(({ uuid }) => !persistent.some((domain) => domain.uuid === uuid))];
  const views = defined.map((domain): GuestView => {
    const guest = live(domain.uuid);
    const inside = guest && viewInto(guest.look.machine());
    return {
      name: domain.name, uuid: domain.uuid, state: stateOf(guest), reason: guest === undefined ? kernel.guests.endings.get(domain.uuid) : undefined, accelerator: guest?.look.plan.accelerator, pid: guest?.look.owner.pid ?? 0, cpuCount: domain.cpuCount, memoryBytes: domain.memoryBytes,
      disks: domain.disks.map((disk) => describeDisk(file, bytes, disk)), cards: cardsOf(domain.cards, guest, networks, inside), definedMacs: macs.get(domain.uuid) ?? [], inside,
      onDisk: (path, follow = true) => look.file(readable, domain.disks[0]?.path ?? "", path, follow),
    };
  });
  for (const guest of running) {
    const { plan: { hardware }, owner, machine } = guest.look;
    if (defined.some((domain) => domain.uuid === hardware.uuid)) continue;
    const names = diskNames(hardware.disks);
    const inside = viewInto(machine());
    views.push({
      name: nameInArguments(owner.commandLine) ?? hardware.uuid, uuid: hardware.uuid, state: stateOf(guest), reason: undefined, accelerator: guest.look.plan.accelerator, pid: owner.pid, cpuCount: hardware.cpuCount, memoryBytes: hardware.memoryBytes,
      disks: hardware.disks.map((disk) => ({ target: names.get(disk.id) ?? disk.id, path: "", format: "", sizeBytes: disk.sizeBytes, backing: [] })),
      cards: cardsOf(hardware.cards.map((card) => ({ mac: card.mac.toLowerCase(), model: card.model, source: "" })), guest, networks, inside), definedMacs: [], inside,
      onDisk: () => undefined,
    });
  }
  return views.sort((a, b) => (a.name < b.name ? -1 : 1));
}
