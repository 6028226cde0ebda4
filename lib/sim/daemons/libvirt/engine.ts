// What libvirtd knows: domains, networks, pools, snapshots, secrets. Handlers work on it; persistent parts lie in /etc/libvirt as XML.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { exists, makeDirectories, names, tryReadFile, writeFile } from "../systemd/api/files.ts";
import { LIBVIRT_SOCKET, sessionSocket } from "./api.ts";
import { VirError } from "./error.ts";
import { EventHub } from "./events.ts";
import type { QemuMonitor } from "./qemu-monitor.ts";
import { parseXml, Xml } from "./api/xml.ts";

export type DomainState = "running" | "paused" | "shut off" | "in shutdown" | "crashed";

export interface Snapshot {
  readonly name: string;
  readonly xml: Xml;
  readonly parent: string | undefined;
  /** the domain's state then */
  readonly state: "shutoff" | "running" | "paused" | "disk-snapshot";
  readonly seconds: number;
  readonly external: boolean;
}

export interface BlockJob {
  readonly kind: "Active Block Commit" | "Block Copy";
  /** the image that the disk has after a pivot */
  readonly target: string;
  readonly format: string;
}

export interface Domain {
  readonly paths: LibvirtPaths;
  name: string;
  readonly uuid: string;
  /** undefined: transient */
  definition: Xml | undefined;
  live: Xml | undefined;
  id: number | undefined;
  state: DomainState;
  reason: string;
  autostart: boolean;
  /** it begins where `managedsave` left it */
  managedSave: boolean;
  readonly snapshots: Map<string, Snapshot>;
  currentSnapshot: string | undefined;
  monitor: QemuMonitor | undefined;
  pid: number;
  /** what the reason becomes when the process ends */
  ending: string | undefined;
  readonly taps: string[];
  agentConnected: boolean;
  /** somebody waits for its answer: it takes one question at a time */
  agentBusy: boolean;
  /** block jobs by the disk's target */
  readonly jobs: Map<string, BlockJob>;
}

export interface Network {
  name: string;
  readonly uuid: string;
  xml: Xml;
  active: boolean;
  persistent: boolean;
  autostart: boolean;
}

export interface Pool {
  readonly name: string;
  readonly uuid: string;
  readonly xml: Xml;
  active: boolean;
  readonly persistent: boolean;
  autostart: boolean;
  /** names of the volumes at the last refresh */
  volumes: string[];
}

/** Where a daemon keeps what it knows: the system's, or one of a person's own (qemu:///session). */
export interface LibvirtPaths {
  readonly socket: string;
  readonly config: string;
  readonly networks: string;
  readonly storage: string;
  readonly filters: string;
  readonly secrets: string;
  readonly snapshots: string;
  readonly checkpoints: string;
  readonly saves: string;
  /** of running domains: their monitors and channels */
  readonly state: string;
  readonly run: string;
  readonly log: string;
  readonly images: string;
}

export const systemPaths: LibvirtPaths = {
  socket: LIBVIRT_SOCKET, config: "/etc/libvirt/qemu", networks: "/etc/libvirt/qemu/networks", storage: "/etc/libvirt/storage", filters: "/etc/libvirt/nwfilter", secrets: "/etc/libvirt/secrets", snapshots: "/var/lib/libvirt/qemu/snapshot",
  checkpoints: "/var/lib/libvirt/qemu/checkpoint", saves: "/var/lib/libvirt/qemu/save", state: "/var/lib/libvirt/qemu", run: "/run/libvirt/qemu", log: "/var/log/libvirt/qemu", images: "/var/lib/libvirt/images",
};

/** Below the XDG directories of the person (virQEMUDriverConfigNew without privileges). */
export function sessionPaths(environment: ReadonlyMap<string, string>): LibvirtPaths {
  const home = environment.get("HOME") ?? "/";
  const config = `${environment.get("XDG_CONFIG_HOME") ?? `${home}/.config`}/libvirt`;
  const cache = `${environment.get("XDG_CACHE_HOME") ?? `${home}/.cache`}/libvirt`;
  return {
    socket: sessionSocket(environment), config: `${config}/qemu`, networks: `${config}/qemu/networks`, storage: `${config}/storage`, filters: `${config}/nwfilter`, secrets: `${config}/secrets`, snapshots: `${config}/qemu/snapshot`,
    checkpoints: `${config}/qemu/checkpoint`, saves: `${config}/qemu/save`, state: `${config}/qemu/lib`, run: `${sessionSocket(environment).replace(/\/[^/]*$/, "")}/qemu/run`, log: `${cache}/qemu/log`,
    images: `${environment.get("XDG_DATA_HOME") ?? `${home}/.local/share`}/libvirt/images`,
  };
}

export const managedSavePath = (domain: Domain): string => `${domain.paths.saves}/${domain.name}.save`;

/** What virsh edit and the daemon put at the head of the files that it keeps. */
const warning = (command: string): string => `<!--\nThis file belongs to libvirt. Changes by hand are lost and may break things;\nuse\n  ${command}\nor another client of the libvirt API.\n-->\n\n`;

export class Engine {
  readonly domains = new Map<string, Domain>();
  readonly networks = new Map<string, Network>();
  readonly pools = new Map<string, Pool>();
  readonly secrets = new Map<string, { readonly uuid: string; readonly xml: Xml; value: string | undefined }>();
  readonly nwfilters = new Map<string, Xml>();
  readonly events = new EventHub();
  nextDomainId = 1;
  nextTap = 0;
  nextPort = 5900;
  /** the thread that waits for everything else */
  readonly main: Sys;

  /** test:///default: nothing of it reaches files or processes */
  readonly mock: boolean;

  readonly paths: LibvirtPaths;

  constructor(main: Sys, mock = false, paths = systemPaths) {
    this.mock = mock;
    this.main = main;
    this.paths = paths;
  }

  newUuid(sys: Sys): string {
    const hex = [...sys.random(16)].map((byte, index) => (index === 6 ? (byte & 15) | 64 : index === 8 ? (byte & 63) | 128 : byte).toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  /** By name, then id, then uuid, as virsh does. */
  find(text: string): Domain | undefined {
    if (/^\d+$/.test(text)) for (const domain of this.domains.values()) if (domain.id === Number(text)) return domain;
    for (const domain of this.domains.values()) if (domain.uuid === text) return domain;
    return this.domains.get(text);
  }

  domain(text: string): Domain {
    const found = this.find(text);
    if (found === undefined) throw new VirError("no-domain", `no domain with matching name '${text}'`);
    return found;
  }

  running(text: string): Domain & { monitor: QemuMonitor; live: Xml } {
    const domain = this.domain(text);
    if (!isRunning(domain)) throw new VirError("operation-invalid", "domain is not running");
    return domain;
  }

  network(name: string): Network {
    const found = this.networks.get(name) ?? [...this.networks.values()].find((one) => one.uuid === name);
    if (found === undefined) throw new VirError("no-network", `no network with matching name '${name}'`);
    return found;
  }

  pool(name: string): Pool {
    const found = this.pools.get(name) ?? [...this.pools.values()].find((one) => one.uuid === name);
    if (found === undefined) throw new VirError("no-pool", `no storage pool with matching name '${name}'`);
    return found;
  }

  // ---- files

  *saveDomain(sys: Sys, domain: Domain): Blocking<void> {
    if (domain.definition === undefined || this.mock) return;
    makeDirectories(sys, this.paths.config);
    yield* writeFile(sys, `${this.paths.config}/${domain.name}.xml`, warning(`virsh edit ${domain.name}`) + domain.definition.format(), 0o600);
  }

  /** A domain without a definition ends: nothing of it is left but its images. */
  *forgetDomain(sys: Sys, domain: Domain): Blocking<void> {
    this.domains.delete(domain.name);
    const directory = `${domain.paths.snapshots}/${domain.name}`;
    yield* sys.preempt();
    for (const file of this.mock ? [] : names(sys, directory)) sys.unlink(`${directory}/${file}`);
    if (!this.mock && exists(sys, directory)) sys.rmdir(directory);
  }

  *saveFilter(sys: Sys, name: string, xml: Xml): Blocking<void> {
    makeDirectories(sys, this.paths.filters);
    yield* writeFile(sys, `${this.paths.filters}/${name}.xml`, warning(`virsh nwfilter-edit ${name}`) + xml.format(), 0o600);
  }

  *saveNetwork(sys: Sys, network: Network): Blocking<void> {
    if (this.mock) return;
    makeDirectories(sys, this.paths.networks);
    yield* writeFile(sys, `${this.paths.networks}/${network.name}.xml`, warning(`virsh net-edit ${network.name}`) + network.xml.format(), 0o600);
  }

  *savePool(sys: Sys, pool: Pool): Blocking<void> {
    if (this.mock) return;
    makeDirectories(sys, `${this.paths.storage}/autostart`);
    yield* writeFile(sys, `${this.paths.storage}/${pool.name}.xml`, warning(`virsh pool-edit ${pool.name}`) + pool.xml.format(), 0o600);
  }

  newDomain(name: string, uuid: string): Domain {
    return {
      paths: this.paths, name, uuid, definition: undefined, live: undefined, id: undefined, state: "shut off", reason: "unknown", autostart: false, managedSave: false, snapshots: new Map(), currentSnapshot: undefined, monitor: undefined, pid: 0, ending: undefined, taps: [],
      agentConnected: false, agentBusy: false, jobs: new Map(),
    };
  }

  /** What earlier runs of the daemon left. */
  *load(sys: Sys): Blocking<void> {
    const documents = function* (directory: string): Blocking<readonly (readonly [name: string, xml: Xml, autostart: boolean])[]> {
      const found: (readonly [string, Xml, boolean])[] = [];
      const starting = new Set(names(sys, `${directory}/autostart`));
      for (const file of [...names(sys, directory)].sort()) {
        if (!file.endsWith(".xml")) continue;
        const text = yield* tryReadFile(sys, `${directory}/${file}`);
        if (text === undefined) continue;
        try {
          found.push([file.slice(0, -4), parseXml(text), starting.has(file)]);
        } catch {
          // a file that somebody broke is passed over, as libvirtd does with a line in its log
        }
      }
      return found;
    };
    for (const [name, xml, autostart] of yield* documents(this.paths.config)) {
      const domain = this.newDomain(name, xml.textOf("uuid") ?? this.newUuid(sys));
      domain.definition = xml;
      domain.autostart = autostart;
      domain.managedSave = exists(sys, managedSavePath(domain));
      this.domains.set(name, domain);
      yield* loadSnapshots(sys, domain);
    }
    for (const [name, xml] of yield* documents(this.paths.filters)) {
      if (xml.find("uuid") === undefined) {
        xml.children.unshift(new Xml("uuid", {}, this.newUuid(sys)));
        yield* writeFile(sys, `${this.paths.filters}/${name}.xml`, warning(`virsh nwfilter-edit ${name}`) + xml.format(), 0o600);
      }
      this.nwfilters.set(name, xml);
    }
    for (const [uuid, xml] of yield* documents(this.paths.secrets)) this.secrets.set(uuid, { uuid, xml, value: yield* tryReadFile(sys, `${this.paths.secrets}/${uuid}.base64`) });
    for (const [name, xml, autostart] of yield* documents(this.paths.networks)) this.networks.set(name, { name, uuid: xml.textOf("uuid") ?? this.newUuid(sys), xml, active: false, persistent: true, autostart });
    for (const [name, xml, autostart] of yield* documents(this.paths.storage)) this.pools.set(name, { name, uuid: xml.textOf("uuid") ?? this.newUuid(sys), xml, active: false, persistent: true, autostart, volumes: [] });
  }
}

const snapshotStates = ["shutoff", "running", "paused", "disk-snapshot"] as const;

/** A file a snapshot: its XML, with <active> in that of the current one (qemuDomainSnapshotLoad). */
export function* loadSnapshots(sys: Sys, domain: Domain): Blocking<void> {
  for (const file of [...names(sys, `${domain.paths.snapshots}/${domain.name}`)].sort()) {
    const text = yield* tryReadFile(sys, `${domain.paths.snapshots}/${domain.name}/${file}`);
    if (text === undefined) continue;
    let xml: Xml;
    try {
      xml = parseXml(text);
    } catch {
      continue;
    }
    const name = xml.textOf("name") ?? file.replace(/\.xml$/, "");
    const state = snapshotStates.find((one) => one === xml.textOf("state")) ?? "shutoff";
    if (xml.textOf("active") === "1") domain.currentSnapshot = name;
    xml.children = xml.children.filter((child) => child.name !== "active");
    const external = xml.find("disks")?.all("disk").some((disk) => disk.get("snapshot") === "external") ?? false;
    domain.snapshots.set(name, { name, xml, parent: xml.textOf("parent/name"), state, seconds: Number(xml.textOf("creationTime") ?? 0), external });
  }
}

export function isRunning(domain: Domain): domain is Domain & { monitor: QemuMonitor; live: Xml } {
  return domain.monitor !== undefined && domain.live !== undefined && domain.state !== "shut off";
}

/** What dumpxml shows: the live one when it runs. */
export function shownXml(domain: Domain, inactive = false): Xml {
  const chosen = (inactive ? domain.definition : undefined) ?? domain.live ?? domain.definition;
  if (chosen === undefined) throw new VirError("internal", "domain without a definition");
  return chosen;
}
