// What the daemon of NetworkManager knows and does: devices of the kernel, profiles of the keyfiles, which profile is active on which device.
// (More than 400 lines: one daemon, whose requests share its devices and profiles.)
import { type Blocking, type Link, O, S, SIGNALS, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { globMatch } from "../kit/glob.ts";
import { waitFor } from "../kit/shell-command.ts";
import { PROFILE_DIRECTORIES, Profile, keyfileText, listOf, parseKeyfile } from "./_profile.ts";

/** A refusal of the daemon: the sentence that nmcli prints, and its status. */
export class Refusal extends Error {
  readonly status: number;
  constructor(message: string, status = 4) {
    super(message);
    this.status = status;
  }
}

interface Active {
  readonly uuid: string;
  readonly path: number;
  /** another made the configuration: it is only shown */
  readonly external: boolean;
}

interface DeviceRow {
  readonly link: Link;
  readonly type: string;
  readonly state: "connected" | "connected (externally)" | "disconnected" | "unavailable" | "unmanaged";
  readonly active: Active | undefined;
}

const TYPES: ReadonlyMap<Link["kind"], string> = new Map([["ether", "ethernet"], ["veth", "ethernet"], ["loopback", "loopback"], ["bridge", "bridge"], ["dummy", "dummy"], ["vlan", "vlan"], ["tun", "tun"], ["tap", "tun"], ["macvlan", "macvlan"], ["sit", "iptunnel"]]);
/** nm-device.c: by type, one more for each further device */
const METRICS = new Map([["ethernet", 100], ["vlan", 400], ["bridge", 425], ["dummy", 550]]);
const VIRTUAL = new Set(["bridge", "dummy", "vlan"]);

function networkOf(address: string, prefixLength: number): string {
  const value = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const network = value - (value % 2 ** (32 - prefixLength));
  return `${[24, 16, 8, 0].map((shift) => Math.floor(network / 2 ** shift) % 256).join(".")}/${prefixLength}`;
}

function broadcastOf(address: string, prefixLength: number): string {
  return address.split(".").map((part, index) => Number(part) | (255 >> Math.min(8, Math.max(0, prefixLength - index * 8)))).join(".");
}

export class Service {
  readonly #sys: Sys;
  readonly profiles = new Map<string, Profile>();
  readonly #active = new Map<string, Active>();
  readonly #wanted = new Map<string, boolean>();
  readonly #made = new Set<string>();
  #unmanaged: readonly string[] = [];
  #fromFile: ReadonlySet<string> = new Set();
  #nextPath = 1;
  networking = true;

  constructor(sys: Sys) {
    this.#sys = sys;
  }

  *start(): Blocking<void> {
    for (const directory of ["/run/NetworkManager", "/run/NetworkManager/system-connections", "/var/lib/NetworkManager"]) {
      try {
        this.#sys.mkdir(directory, 0o755);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    yield* this.#configure();
    yield* this.reload();
    // what an earlier daemon made is still its own
    for (const profile of this.profiles.values()) if (VIRTUAL.has(profile.type) && profile.interfaceName !== undefined) this.#made.add(profile.interfaceName);
    yield* this.#makeUsualProfiles();
    yield* this.autoconnect();
  }

  /** NetworkManager.conf: which devices are left alone. */
  *#configure(): Blocking<void> {
    let text = (yield* readTextFile(this.#sys, "/etc/NetworkManager/NetworkManager.conf")) ?? "";
    try {
      for (const { name } of [...this.#sys.readdir("/etc/NetworkManager/conf.d")].sort((a, b) => (a.name < b.name ? -1 : 1))) if (name.endsWith(".conf")) text += `\n${(yield* readTextFile(this.#sys, `/etc/NetworkManager/conf.d/${name}`)) ?? ""}`;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const lines = text.split("\n").map((line) => line.trim());
    this.#unmanaged = lines.flatMap((line) => (line.startsWith("unmanaged-devices=") ? line.slice("unmanaged-devices=".length).split(/[;,]/) : [])).flatMap((word) => (word.startsWith("interface-name:") ? [word.slice("interface-name:".length).replace(/^=/, "")] : []));
    const managed = lines.some((line) => /^managed\s*=\s*(?:true|yes|1)$/.test(line));
    const interfaces = managed ? "" : ((yield* readTextFile(this.#sys, "/etc/network/interfaces")) ?? "");
    this.#fromFile = new Set(interfaces.split("\n").flatMap((line) => {
      const [word, name] = line.trim().split(/\s+/);
      return word === "iface" && name !== undefined && name !== "lo" ? [name] : [];
    }));
  }

  *reload(): Blocking<void> {
    for (const [uuid, { file }] of this.profiles) if (file !== "") this.profiles.delete(uuid);
    for (const directory of PROFILE_DIRECTORIES) {
      let names: readonly string[] = [];
      try {
        names = this.#sys.readdir(directory).map((entry) => entry.name).sort();
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      for (const name of names) {
        const path = `${directory}/${name}`;
        const stat = this.#sys.stat(path);
        // a file that others may read is not trusted
        if (!name.endsWith(".nmconnection") || (stat.mode & S.IFMT) !== S.IFREG || (stat.mode & 0o077) !== 0 || stat.uid !== 0) continue;
        const profile = parseKeyfile((yield* readTextFile(this.#sys, path)) ?? "", path);
        if (profile !== undefined) this.profiles.set(profile.uuid, profile);
      }
    }
  }

  // ---- devices

  links(): readonly Link[] {
    return this.#sys.rtnetlink({ op: "link-list" });
  }

  #isManaged(link: Link): boolean {
    const wanted = this.#wanted.get(link.name);
    if (wanted !== undefined) return wanted;
    if (!this.networking || this.#fromFile.has(link.name) || this.#unmanaged.some((pattern) => globMatch(pattern, link.name))) return false;
    return link.kind === "ether" || link.kind === "loopback" || this.#made.has(link.name);
  }

  devices(): readonly DeviceRow[] {
    return this.links().map((link) => {
      const type = TYPES.get(link.kind) ?? "generic";
      const active = this.#active.get(link.name);
      if (active !== undefined) return { link, type, active, state: active.external ? "connected (externally)" as const : "connected" as const };
      const external = this.networking && link.up && (link.kind === "loopback" || (VIRTUAL.has(type) && !this.#made.has(link.name)) || type === "tun") && !this.#fromFile.has(link.name) && !this.#unmanaged.some((pattern) => globMatch(pattern, link.name));
      if (external) return { link, type, active: this.#adopt(link, type), state: "connected (externally)" as const };
      if (!this.#isManaged(link)) return { link, type, active: undefined, state: "unmanaged" as const };
      return { link, type, active: undefined, state: link.up && !link.carrier ? "unavailable" as const : "disconnected" as const };
    });
  }

  device(name: string): DeviceRow | undefined {
    return this.devices().find((row) => row.link.name === name);
  }

  /** What others configured is shown as a profile of its own, in memory only. */
  #adopt(link: Link, type: string): Active {
    const profile = new Profile([["connection.id", link.name], ["connection.uuid", this.newUuid()], ["connection.type", type], ["connection.interface-name", link.name]]);
    this.profiles.set(profile.uuid, profile);
    const active = { uuid: profile.uuid, path: this.#nextPath++, external: true };
    this.#active.set(link.name, active);
    return active;
  }

  newUuid(): string {
    const bytes = this.#sys.random(16);
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  /** Managed cards without a profile get "Wired connection N". */
  *#makeUsualProfiles(): Blocking<void> {
    for (const { link, type, state } of this.devices()) {
      if (type !== "ethernet" || state === "unmanaged" || [...this.profiles.values()].some((profile) => profile.type === "ethernet" && (profile.interfaceName ?? link.name) === link.name)) continue;
      let number = 1;
      while ([...this.profiles.values()].some((profile) => profile.id === `Wired connection ${number}`)) number++;
      const profile = new Profile([["connection.id", `Wired connection ${number}`], ["connection.uuid", this.newUuid()], ["connection.type", "802-3-ethernet"], ["connection.interface-name", link.name], ["connection.autoconnect-priority", "-999"], ["ipv4.method", "auto"], ["ipv6.method", "auto"]]);
      yield* this.save(profile, PROFILE_DIRECTORIES[1]);
    }
  }

  *autoconnect(): Blocking<void> {
    if (!this.networking) return;
    const priority = (profile: Profile): number => Number(profile.get("connection.autoconnect-priority") ?? 0);
    for (const profile of [...this.profiles.values()].sort((a, b) => priority(b) - priority(a))) {
      if (!profile.autoconnects || this.activeDevice(profile.uuid) !== undefined || profile.file === "") continue;
      const device = this.#deviceFor(profile);
      if (device === undefined && !(VIRTUAL.has(profile.type) && profile.interfaceName !== undefined)) continue;
      if (device?.active !== undefined) continue;
      try {
        yield* this.activate(profile, device?.link.name);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    }
  }

  #deviceFor(profile: Profile): DeviceRow | undefined {
    return this.devices().find((row) => row.state !== "unmanaged" && row.state !== "unavailable" && row.type === profile.type && (profile.interfaceName === undefined ? row.active === undefined || !row.active.external : profile.interfaceName === row.link.name));
  }

  activeDevice(uuid: string): string | undefined {
    for (const [name, active] of this.#active) if (active.uuid === uuid) return name;
    return undefined;
  }

  activePath(device: string): number | undefined {
    return this.#active.get(device)?.path;
  }

  // ---- profiles

  *save(profile: Profile, directory: string = PROFILE_DIRECTORIES[0]): Blocking<void> {
    if (profile.file === "") {
      const taken = new Set([...this.profiles.values()].map((one) => one.file));
      const name = `${directory}/${profile.id.replaceAll("/", "*")}.nmconnection`;
      profile.file = taken.has(name) ? `${directory}/${profile.id.replaceAll("/", "*")}-${profile.uuid}.nmconnection` : name;
    }
    const fd = yield* this.#sys.open(profile.file, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o600);
    yield* this.#sys.write(fd, encode(keyfileText(profile)));
    this.#sys.close(fd);
    this.profiles.set(profile.uuid, profile);
  }

  *remove(profile: Profile): Blocking<void> {
    const device = this.activeDevice(profile.uuid);
    if (device !== undefined) yield* this.deactivate(device);
    if (profile.file !== "") {
      try {
        this.#sys.unlink(profile.file);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    this.profiles.delete(profile.uuid);
    yield* this.#makeUsualProfiles();
  }

  // ---- activation

  /** Returns the number of the active connection. Throws Refusal. */
  *activate(profile: Profile, device: string | undefined): Blocking<number> {
    const failed = (why: string): never => {
      throw new Refusal(`Connection activation failed: ${why}`);
    };
    const wanted = profile.interfaceName;
    if (device !== undefined && wanted !== undefined && wanted !== device) throw new Refusal(`device '${device}' not compatible with connection '${profile.id}': The interface names of the device and the connection didn't match.`);
    if (VIRTUAL.has(profile.type) && wanted !== undefined && !this.links().some((link) => link.name === wanted)) this.#makeLink(profile, wanted, failed);
    const row = device === undefined ? this.#deviceFor(profile) : this.device(device);
    if (row === undefined || row.state === "unmanaged") {
      const named = row ?? this.device(wanted ?? "");
      const other = named?.state === "unmanaged" ? named : (this.devices().find((one) => one.type !== "loopback") ?? this.devices()[0]);
      return failed(`No suitable device found for this connection (device ${other?.link.name ?? "lo"} not available because ${named?.state === "unmanaged" ? "device is strictly unmanaged" : `profile is not compatible with device (${profile.type === other?.type ? "mismatching interface name" : `connection type is not "${other?.type ?? ""}"`})`}).`);
    }
    const { name } = row.link;
    const elsewhere = this.activeDevice(profile.uuid);
    if (elsewhere !== undefined && elsewhere !== name) yield* this.deactivate(elsewhere);
    const path = this.#nextPath++;
    if (row.active?.external === true && row.active.uuid === profile.uuid) {
      this.#active.set(name, { ...row.active, path });
      return path;
    }
    this.#clear(name);
    this.#active.set(name, { uuid: profile.uuid, path, external: false });
    try {
      yield* this.#bringUp(profile, row.link, failed);
    } catch (error) {
      this.#active.delete(name);
      if (error instanceof SysError) failed(error.message);
      throw error;
    }
    return path;
  }

  #makeLink(profile: Profile, name: string, failed: (why: string) => never): void {
    const parent = profile.get("vlan.parent");
    const base = parent === undefined ? undefined : this.links().find((link) => link.name === parent);
    if (profile.type === "vlan" && base === undefined) failed(`${name} failed to create resources: device '${parent ?? ""}' not found`);
    try {
      this.#sys.rtnetlink({ op: "link-add", name, kind: profile.type === "vlan" ? "vlan" : profile.type === "bridge" ? "bridge" : "dummy", ...(base !== undefined && { link: base.index, vlanId: Number(profile.get("vlan.id") ?? 0) }) });
      this.#made.add(name);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      failed(`${name} failed to create resources: Failed to create ${profile.type} interface '${name}' for '${profile.id}': ${error.message}`);
    }
  }

  #metric(profile: Profile, type: string): number {
    const given = Number(profile.get("ipv4.route-metric") ?? -1);
    if (given >= 0) return given;
    const others = [...this.#active].filter(([name, active]) => !active.external && active.uuid !== profile.uuid && this.device(name)?.type === type).length;
    return (METRICS.get(type) ?? 600) + others;
  }

  *#bringUp(profile: Profile, link: Link, failed: (why: string) => never): Blocking<void> {
    const sys = this.#sys;
    const { index, name } = link;
    const mac = profile.get("802-3-ethernet.cloned-mac-address");
    const mtu = Number(profile.get("802-3-ethernet.mtu") ?? 0);
    sys.rtnetlink({ op: "link-set", index, up: true, ...(mac !== undefined && { mac }), ...(mtu > 0 && { mtu }) });
    const master = profile.get("connection.master");
    if (master !== undefined) {
      const bridge = this.links().find((one) => one.name === master) ?? this.links().find((one) => one.name === this.profiles.get(master)?.interfaceName);
      if (bridge === undefined) return failed(`master connection '${master}' not found`);
      sys.rtnetlink({ op: "link-set", index, master: bridge.index });
      return;
    }
    const method = profile.get("ipv4.method") ?? "auto";
    const metric = this.#metric(profile, TYPES.get(link.kind) ?? "");
    if (method === "auto") {
      if (!(yield* this.#lease(profile, name))) return failed("IP configuration could not be reserved (no available address, timeout, etc.)");
      this.#setMetrics(index, metric, "dhcp");
    }
    for (const one of listOf(profile.get("ipv4.addresses"))) {
      const [address = "", bits = "32"] = one.split("/");
      const prefixLength = Number(bits);
      if (sys.rtnetlink({ op: "address-list" }).some((other) => other.linkIndex === index && other.address === address)) continue;
      sys.rtnetlink({ op: "address-add", linkIndex: index, address, prefixLength, ...(prefixLength < 31 && { broadcast: broadcastOf(address, prefixLength) }) });
    }
    if (method === "manual") this.#setMetrics(index, metric, "static");
    const gateway = profile.get("ipv4.gateway");
    if (gateway !== undefined && profile.get("ipv4.never-default") !== "yes") this.#route({ destination: "default", gateway }, index, metric);
    for (const one of (profile.get("ipv4.routes") ?? "").split(",")) {
      const [destination = "", via, own] = one.trim().split(/\s+/);
      if (destination !== "") this.#route({ destination, ...(via !== undefined && { gateway: via }) }, index, own === undefined ? metric : Number(own));
    }
    if (method === "manual") yield* this.#writeResolver();
  }

  #route(to: { readonly destination: string; readonly gateway?: string }, linkIndex: number, metric: number): void {
    // a gateway of no network of the device is taken as reachable all the same
    for (const onLink of [false, true]) {
      try {
        this.#sys.rtnetlink({ op: "route-replace", ...to, linkIndex, metric, protocol: "static", ...(onLink && { onLink }) });
        return;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
  }

  /** The routes that addresses brought, and what the lease brought, with the metric of the device. */
  #setMetrics(index: number, metric: number, protocol: "dhcp" | "static"): void {
    const sys = this.#sys;
    for (const route of sys.rtnetlink({ op: "route-list", family: "inet", table: "main" })) {
      if (route.linkIndex !== index || route.metric !== undefined) continue;
      sys.rtnetlink({ op: "route-delete", destination: route.destination, linkIndex: index });
      const address = sys.rtnetlink({ op: "address-list" }).find((one) => one.linkIndex === index && one.family === "inet" && (route.gateway !== undefined || networkOf(one.address, one.prefixLength) === route.destination));
      // two addresses of one network have one route to it
      sys.rtnetlink({
        op: "route-replace", destination: route.destination, linkIndex: index, metric, protocol: route.gateway === undefined ? "kernel" : protocol, ...(route.gateway !== undefined && { gateway: route.gateway }),
        ...(address !== undefined && (route.gateway === undefined || protocol === "dhcp") && { source: address.address }), ...(route.gateway === undefined && { scope: "link" as const }),
      });
    }
  }

  #clientFiles(name: string): readonly [pid: string, lease: string] {
    return [`/run/NetworkManager/dhclient-${name}.pid`, `/var/lib/NetworkManager/dhclient-${name}.lease`];
  }

  /** An address by DHCP (dhcp=dhclient of NetworkManager.conf(5)). False: nobody answered. */
  *#lease(_profile: Profile, name: string): Blocking<boolean> {
    const [pidFile, leaseFile] = this.#clientFiles(name);
    const pid = this.#sys.fork(function* client(child) {
      try {
        const nowhere = yield* child.open("/dev/null", O.RDWR);
        for (const fd of [0, 1, 2]) child.dup2(nowhere, fd);
        for (const fd of child.descriptors()) if (fd > 2) child.close(fd);
        return yield* child.exec("/sbin/dhclient", ["/sbin/dhclient", "-4", "-1", "-pf", pidFile, "-lf", leaseFile, name], child.environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return 127;
      }
    });
    const status = yield* waitFor(this.#sys, pid);
    return status.kind === "exited" && status.status === 0;
  }

  *#writeResolver(): Blocking<void> {
    const servers: string[] = [];
    const domains: string[] = [];
    for (const { uuid } of this.#active.values()) {
      servers.push(...listOf(this.profiles.get(uuid)?.get("ipv4.dns")));
      domains.push(...listOf(this.profiles.get(uuid)?.get("ipv4.dns-search")));
    }
    if (servers.length === 0 && domains.length === 0) return;
    try {
      const fd = yield* this.#sys.open("/etc/resolv.conf", O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o644);
      yield* this.#sys.write(fd, encode(`# Generated by NetworkManager\n${domains.length === 0 ? "" : `search ${domains.join(" ")}\n`}${servers.map((one) => `nameserver ${one}\n`).join("")}`));
      this.#sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  #clear(name: string): void {
    const sys = this.#sys;
    const link = this.links().find((one) => one.name === name);
    if (link === undefined) return;
    for (const route of sys.rtnetlink({ op: "route-list", table: "main" })) {
      if (route.linkIndex !== link.index || route.protocol === "kernel") continue;
      try {
        sys.rtnetlink({ op: "route-delete", destination: route.destination, linkIndex: link.index, ...(route.gateway !== undefined && { gateway: route.gateway }) });
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    // the last first: the first of a network takes the others along
    for (const one of sys.rtnetlink({ op: "address-list" }).toReversed()) if (one.linkIndex === link.index && one.family === "inet") sys.rtnetlink({ op: "address-delete", linkIndex: link.index, address: one.address, prefixLength: one.prefixLength });
    if (link.master !== undefined) sys.rtnetlink({ op: "link-set", index: link.index, master: 0 });
  }

  /** Returns the number that the active connection had. */
  *deactivate(device: string): Blocking<number> {
    const sys = this.#sys;
    const active = this.#active.get(device);
    if (active === undefined) return 0;
    this.#active.delete(device);
    const pid = Number(((yield* readTextFile(sys, this.#clientFiles(device)[0])) ?? "").trim());
    if (pid > 0) {
      try {
        sys.kill(pid, SIGNALS.TERM);
        sys.unlink(this.#clientFiles(device)[0]);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    if (active.external) this.profiles.delete(active.uuid);
    if (active.external && device === "lo") return active.path;
    this.#clear(device);
    const link = this.links().find((one) => one.name === device);
    if (link !== undefined && this.#made.has(device)) {
      sys.rtnetlink({ op: "link-delete", index: link.index });
      this.#made.delete(device);
    }
    return active.path;
  }

  setManaged(device: string, managed: boolean): void {
    this.#wanted.set(device, managed);
    if (!managed) this.#active.delete(device);
  }

  *setNetworking(on: boolean): Blocking<void> {
    this.networking = on;
    if (!on) for (const name of [...this.#active.keys()]) yield* this.deactivate(name);
    else yield* this.autoconnect();
  }
}
