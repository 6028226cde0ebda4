// nmcli: shows and changes what NetworkManager does (nmcli(1), 1.42.4).
// (More than 400 lines: one table of objects and their verbs.)
import { type Blocking, type InterfaceAddress, type Link, type Route, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { optionLines } from "../kit/help-text.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { addedProfile, checked, changed } from "./_editing.ts";
import { type Profile, longType } from "./_profile.ts";
import { type Device, Refused, type Snapshot, ask, snapshot } from "./_protocol.ts";
import { SETTINGS } from "./_settings.ts";
import { type Column, type Form, chosen, putLines, putTable } from "./_tables.ts";

const OPTIONS = [
  flag(["-a", "--ask"], "ask for what is missing"), text(["-c", "--colors"], "auto|yes|no", "whether to use colours"), text(["-e", "--escape"], "yes|no", "mark separators in values"), text(["-f", "--fields"], "FIELD,...", "what to show"), text(["-g", "--get-values"], "FIELD,...", "only the values"), flag(["-h", "--help"], "show this"),
  text(["-m", "--mode"], "tabular|multiline", "the layout"), flag(["-o", "--overview"], "only what was set"), flag(["-p", "--pretty"], "for reading"), flag(["-s", "--show-secrets"], "show passwords too"), flag(["-t", "--terse"], "for scripts"), flag(["-v", "--version"], "show the version"), text(["-w", "--wait"], "SECONDS", "how long to wait"),
];

const OBJECTS: readonly (readonly [name: string, help: string])[] = [["general", "status, hostname"], ["networking", "all of it on or off"], ["radio", "radio switches"], ["connection", "profiles"], ["device", "network devices"]];
const PATHS = "/org/freedesktop/NetworkManager";
const STATES = new Map([["connected", 100], ["connected (externally)", 100], ["disconnected", 30], ["unavailable", 20], ["unmanaged", 10]]);

/** A sentence on standard error and a status. */
class Failure extends Error {
  readonly status: number;
  constructor(message: string, status = 2) {
    super(message);
    this.status = status;
  }
}

const notUnderstood = (word: string): never => {
  throw new Failure(`Error: argument '${word}' not understood. Try passing --help instead.`);
};

/** The one word that begins so. */
function verbOf(word: string, verbs: readonly string[]): string {
  const found = verbs.filter((verb) => verb.startsWith(word));
  return verbs.find((verb) => verb === word) ?? (found[0] !== undefined && word !== "" ? found[0] : notUnderstood(word));
}

class Client {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #form: Form;

  constructor(sys: Sys, io: Io, form: Form) {
    this.#sys = sys;
    this.#io = io;
    this.#form = form;
  }

  // ---- what there is

  #links(): ReadonlyMap<string, Link> {
    return new Map(this.#sys.rtnetlink({ op: "link-list" }).map((link) => [link.name, link]));
  }

  #defaultDevice(): string | undefined {
    const [route] = this.#sys.rtnetlink({ op: "route-list", family: "inet", table: "main" }).filter((one) => one.destination === "default").sort((a, b) => (a.metric ?? 0) - (b.metric ?? 0));
    return route === undefined ? undefined : [...this.#links().values()].find((link) => link.index === route.linkIndex)?.name;
  }

  /** Connected ones first, the one with the default route before the others. */
  #ordered(devices: readonly Device[]): readonly Device[] {
    const main = this.#defaultDevice();
    const rank = (device: Device): number => (STATES.get(device.state) ?? 0) * 10 + (device.name === main ? 1 : 0);
    return [...devices].sort((a, b) => rank(b) - rank(a) || a.path - b.path);
  }

  #find(now: Snapshot, name: string): Profile | undefined {
    return now.profiles.find((profile) => profile.uuid === name) ?? now.profiles.find((profile) => profile.id === name);
  }

  #deviceOf(now: Snapshot, profile: Profile): Device | undefined {
    return now.devices.find((device) => device.uuid === profile.uuid);
  }

  #profileName(now: Snapshot, device: Device): string {
    return now.profiles.find((profile) => profile.uuid === device.uuid)?.id ?? "--";
  }

  // ---- general, networking, radio

  *general(words: readonly string[]): Blocking<number> {
    const [word = "status", value] = words;
    const verb = verbOf(word, ["status", "hostname", "permissions", "logging", "reload"]);
    if (verb === "hostname") {
      if (value === undefined) this.#io.out.put(`${this.#sys.uname().nodename}\n`);
      else {
        try {
          this.#sys.sethostname(value);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          throw new Failure("Error: failed to set hostname: Insufficient privileges", 1);
        }
      }
      return 0;
    }
    if (verb !== "status") {
      this.#sys.observe({ kind: "unsimulated", command: "nmcli", detail: `general ${verb}` });
      throw new Failure(`Error: 'general ${verb}' is not simulated here`);
    }
    const state = this.#stateOf(yield* snapshot(this.#sys));
    const columns: readonly Column<typeof state>[] = (["STATE", "CONNECTIVITY", "WIFI-HW", "WIFI", "WWAN-HW", "WWAN"] as const).map((name) => ({ name, usual: true, value: (row) => row.get(name) ?? "" }));
    this.#table("NetworkManager status", columns, [state], "general status");
    return 0;
  }

  #stateOf(now: Snapshot): ReadonlyMap<string, string> {
    const own = now.devices.filter((device) => device.state === "connected");
    const main = this.#defaultDevice();
    const full = own.some((device) => device.name === main);
    const state = !now.networking ? "asleep" : full ? "connected" : own.length > 0 ? "connected (local only)" : "disconnected";
    return new Map([["STATE", state], ["CONNECTIVITY", full ? "full" : own.length > 0 ? "limited" : "none"], ["WIFI-HW", "missing"], ["WIFI", "enabled"], ["WWAN-HW", "missing"], ["WWAN", "enabled"]]);
  }

  *networking(words: readonly string[]): Blocking<number> {
    const [word] = words;
    const now = yield* snapshot(this.#sys);
    if (word === undefined) {
      this.#io.out.put(now.networking ? "enabled\n" : "disabled\n");
      return 0;
    }
    const verb = verbOf(word, ["on", "off", "connectivity"]);
    if (verb === "connectivity") this.#io.out.put(`${this.#stateOf(now).get("CONNECTIVITY") ?? ""}\n`);
    else yield* this.#change(["networking", verb], "Error: failed to set networking: ");
    return 0;
  }

  *radio(): Blocking<number> {
    yield* snapshot(this.#sys);
    const columns: readonly Column<string>[] = [["WIFI-HW", "missing"], ["WIFI", "enabled"], ["WWAN-HW", "missing"], ["WWAN", "enabled"]].map(([name = "", value = ""]) => ({ name, usual: true, value: () => value }));
    this.#table("Radio switches", columns, [""], "radio");
    return 0;
  }

  #table<Row>(title: string, columns: readonly Column<Row>[], rows: readonly Row[], command?: string): void {
    const found = chosen(columns, this.#form);
    if (typeof found === "string") throw new Failure(`Error: ${command === undefined ? "" : `'${command}': `}invalid field '${found}'; allowed fields: ${columns.map((column) => column.name).join(",")}${command === undefined ? "." : ""}`);
    putTable(this.#io, title, found, rows, this.#form);
  }

  *#change(fields: readonly string[], prefix: string): Blocking<readonly string[]> {
    try {
      return yield* ask(this.#sys, fields);
    } catch (error) {
      if (!(error instanceof Refused) || error.status === 8) throw error;
      throw new Failure(`${prefix}${error.message}`, error.status);
    }
  }

  // ---- connection

  *connection(words: readonly string[]): Blocking<number> {
    const [word = "show", ...rest] = words;
    const verb = verbOf(word, ["show", "up", "down", "add", "modify", "clone", "edit", "delete", "monitor", "reload", "load", "import", "export"]);
    switch (verb) {
      case "show": return yield* this.#showConnections(rest);
      case "up": return yield* this.#up(rest);
      case "down": return yield* this.#down(rest);
      case "add": return yield* this.#add(rest);
      case "modify": return yield* this.#modify(rest);
      case "delete": return yield* this.#delete(rest);
      case "clone": return yield* this.#clone(rest);
      case "reload":
        yield* this.#change(["reload"], "Error: failed to reload connections: ");
        return 0;
      default:
        this.#sys.observe({ kind: "unsimulated", command: "nmcli", detail: `connection ${verb}` });
        throw new Failure(`Error: 'connection ${verb}' is not simulated here`);
    }
  }

  *#showConnections(given: readonly string[]): Blocking<number> {
    const now = yield* snapshot(this.#sys);
    const activeOnly = given.includes("--active");
    const names = given.filter((word) => word !== "--active" && word !== "--order" && word !== "id" && word !== "uuid");
    if (names.length > 0) {
      for (const name of names) {
        const profile = this.#find(now, name);
        if (profile === undefined) throw new Failure(`Error: ${name} - no such connection profile.`, 10);
        this.#details(now, profile);
      }
      return 0;
    }
    const main = this.#defaultDevice();
    const rank = (profile: Profile): number => {
      const device = this.#deviceOf(now, profile);
      return device === undefined ? 2 : device.name === main ? 0 : 1;
    };
    const rows = now.profiles.filter((profile) => !activeOnly || this.#deviceOf(now, profile) !== undefined).sort((a, b) => rank(a) - rank(b) || (this.#deviceOf(now, a)?.path ?? 0) - (this.#deviceOf(now, b)?.path ?? 0) || (a.id < b.id ? -1 : 1));
    const device = (profile: Profile): Device | undefined => this.#deviceOf(now, profile);
    const columns: readonly Column<Profile>[] = [
      { name: "NAME", usual: true, value: (row) => row.id }, { name: "UUID", usual: true, value: (row) => row.uuid }, { name: "TYPE", usual: true, value: (row) => row.type, raw: (row) => longType(row.type) }, { name: "TIMESTAMP", usual: false, value: () => "0" }, { name: "TIMESTAMP-REAL", usual: false, value: () => "never" },
      { name: "AUTOCONNECT", usual: false, value: (row) => (row.autoconnects ? "yes" : "no") }, { name: "AUTOCONNECT-PRIORITY", usual: false, value: (row) => row.get("connection.autoconnect-priority") ?? "0" }, { name: "READONLY", usual: false, value: () => "no" },
      { name: "DBUS-PATH", usual: false, value: (row) => `${PATHS}/Settings/${now.profiles.indexOf(row) + 1}` }, { name: "ACTIVE", usual: false, value: (row) => (device(row) === undefined ? "no" : "yes") }, { name: "DEVICE", usual: true, value: (row) => device(row)?.name ?? "--" },
      { name: "STATE", usual: false, value: (row) => (device(row) === undefined ? "--" : "activated") }, { name: "ACTIVE-PATH", usual: false, value: (row) => activePath(device(row)?.path) }, { name: "SLAVE", usual: false, value: (row) => row.get("connection.slave-type") ?? "--" }, { name: "FILENAME", usual: false, value: (row) => (row.file === "" ? "--" : row.file) },
    ];
    this.#table(activeOnly ? "NetworkManager active profiles" : "NetworkManager connection profiles", columns, rows);
    return 0;
  }

  #details(now: Snapshot, profile: Profile): void {
    const lines: (readonly [string, string])[] = [];
    const type = longType(profile.type);
    const ported = profile.get("connection.slave-type") !== undefined;
    const sections = ["connection", ...(type === "dummy" || type === "loopback" ? [] : ["802-3-ethernet"]), ...(type === "802-3-ethernet" ? [] : [type]), ...(ported ? ["bridge-port"] : ["ipv4", "ipv6", "proxy"])];
    for (const section of sections) {
      for (const [property, usual] of SETTINGS.get(section) ?? []) {
        const name = `${section}.${property}`;
        const own = profile.get(name);
        if (this.#form.overview && own === undefined) continue;
        if (this.#form.overview && section === "connection") continue;
        lines.push([name, own === undefined || own === "" ? usual : property === "dns" ? own.split(",").join(",") : own]);
      }
    }
    const device = this.#deviceOf(now, profile);
    if (device !== undefined) {
      lines.push(["GENERAL.NAME", profile.id], ["GENERAL.UUID", profile.uuid], ["GENERAL.DEVICES", device.name], ["GENERAL.IP-IFACE", device.name], ["GENERAL.STATE", "activated"], ["GENERAL.DEFAULT", this.#defaultDevice() === device.name ? "yes" : "no"], ["GENERAL.DEFAULT6", "no"], ["GENERAL.SPEC-OBJECT", "--"], ["GENERAL.VPN", "no"],
        ["GENERAL.DBUS-PATH", activePath(device.path)], ["GENERAL.CON-PATH", `${PATHS}/Settings/${now.profiles.indexOf(profile) + 1}`], ["GENERAL.ZONE", "--"], ["GENERAL.MASTER-PATH", "--"]);
      if (!this.#form.overview) lines.push(...this.#addressLines(device.name));
    }
    putLines(this.#io, lines, this.#form);
  }

  #addressLines(name: string): (readonly [string, string])[] {
    const link = this.#links().get(name);
    if (link === undefined) return [];
    const lines: (readonly [string, string])[] = [];
    const addresses = this.#sys.rtnetlink({ op: "address-list" }).filter((one) => one.linkIndex === link.index);
    for (const [label, family] of [["IP4", "inet"], ["IP6", "inet6"]] as const) {
      const routes = this.#sys.rtnetlink({ op: "route-list", family, table: "main" }).filter((one) => one.linkIndex === link.index);
      const own: readonly InterfaceAddress[] = addresses.filter((one) => one.family === family);
      for (const [index, one] of own.entries()) lines.push([`${label}.ADDRESS[${index + 1}]`, `${one.address}/${one.prefixLength}`]);
      lines.push([`${label}.GATEWAY`, routes.find((one) => one.destination === "default")?.gateway ?? "--"]);
      if (link.kind === "loopback") continue;
      const ordered: readonly Route[] = [...routes.filter((one) => one.destination !== "default"), ...routes.filter((one) => one.destination === "default")];
      for (const [index, one] of ordered.entries()) lines.push([`${label}.ROUTE[${index + 1}]`, `dst = ${one.destination === "default" ? (family === "inet" ? "0.0.0.0/0" : "::/0") : one.destination}, nh = ${one.gateway ?? (family === "inet" ? "0.0.0.0" : "::")}, mt = ${one.metric ?? (family === "inet" ? 0 : 256)}`]);
    }
    return lines;
  }

  *#up(words: readonly string[]): Blocking<number> {
    const now = yield* snapshot(this.#sys);
    let name: string | undefined;
    let device = "";
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? "";
      if (word === "ifname") device = words[++at] ?? "";
      else if (word === "id" || word === "uuid" || word === "path") continue;
      else name = word;
    }
    const profile = name === undefined ? now.profiles.find((one) => one.interfaceName === device && device !== "") : this.#find(now, name);
    if (name === undefined && profile === undefined) throw new Failure("Error: neither a valid connection nor device given.", 10);
    if (profile === undefined) throw new Failure(`Error: unknown connection '${name ?? ""}'.`, 10);
    if (device !== "" && !now.devices.some((one) => one.name === device)) throw new Failure(`Error: device '${device}' not found.`, 10);
    const [path = "1"] = yield* this.#change(["up", profile.uuid, device], "Error: ");
    const bridge = profile.type === "bridge" && this.#links().get(profile.interfaceName ?? "")?.carrier === false;
    this.#io.out.put(`Connection successfully activated ${bridge ? "(master waiting for slaves) " : ""}(D-Bus active path: ${activePath(Number(path))})\n`);
    return 0;
  }

  *#down(given: readonly string[]): Blocking<number> {
    const names = given.filter((word) => word !== "id" && word !== "uuid");
    if (names.length === 0) throw new Failure("Error: No connection specified.");
    const now = yield* snapshot(this.#sys);
    let found = 0;
    for (const name of names) {
      const profile = this.#find(now, name);
      const device = profile === undefined ? undefined : this.#deviceOf(now, profile);
      if (device === undefined) {
        yield* this.#io.stderr(`Error: '${name}' is not an active connection.\n`);
        continue;
      }
      found++;
      yield* this.#change(["down", device.name], "Error: ");
      this.#io.say(`Connection '${profile?.id ?? name}' successfully deactivated (D-Bus active path: ${activePath(device.path)})\n`);
    }
    if (found === 0) throw new Failure("Error: no active connection provided.", 10);
    return found === names.length ? 0 : 10;
  }

  *#save(profile: Profile, prefix: string): Blocking<void> {
    yield* this.#change(["save", profile.uuid, ...[...profile.values].flat()], prefix);
  }

  *#add(words: readonly string[]): Blocking<number> {
    const [uuid = ""] = yield* this.#change(["uuid"], "Error: Failed to add connection: ");
    const profile = addedProfile(words, uuid);
    if (typeof profile === "string") throw new Failure(profile);
    const wrong = checked(profile);
    if (wrong !== undefined) throw new Failure(`Error: Failed to add '${profile.id}' connection: ${wrong}`, 4);
    const now = yield* snapshot(this.#sys);
    if (now.profiles.some((one) => one.id === profile.id)) yield* this.#io.stderr(`Warning: There is another connection with the name '${profile.id}'. Reference the connection by its uuid '${uuid}'\n`);
    yield* this.#save(profile, `Error: Failed to add '${profile.id}' connection: `);
    this.#io.say(`Connection '${profile.id}' (${profile.uuid}) successfully added.\n`);
    return 0;
  }

  *#modify(given: readonly string[]): Blocking<number> {
    const words = given.filter((word) => word !== "--temporary");
    const [name, ...changes] = words[0] === "id" || words[0] === "uuid" ? words.slice(1) : words;
    if (name === undefined) throw new Failure("Error: No connection specified.", 10);
    const profile = this.#find(yield* snapshot(this.#sys), name);
    if (profile === undefined) throw new Failure(`Error: unknown connection '${name}'.`, 10);
    const refused = changed(profile, changes);
    if (refused !== undefined) throw new Failure(refused);
    const wrong = checked(profile);
    if (wrong !== undefined) throw new Failure(`Error: Failed to modify connection '${profile.id}': ${wrong}`, 1);
    yield* this.#save(profile, `Error: Failed to modify connection '${profile.id}': `);
    return 0;
  }

  *#delete(given: readonly string[]): Blocking<number> {
    const names = given.filter((word) => word !== "id" && word !== "uuid");
    if (names.length === 0) throw new Failure("Error: No connection specified.", 10);
    const now = yield* snapshot(this.#sys);
    const unknown: string[] = [];
    for (const name of names) {
      const profiles = now.profiles.filter((profile) => profile.uuid === name || profile.id === name);
      if (profiles.length === 0) {
        unknown.push(name);
        yield* this.#io.stderr(`Error: unknown connection '${name}'.\n`);
      }
      for (const profile of profiles) {
        yield* this.#change(["delete", profile.uuid], "Error: Connection deletion failed: ");
        this.#io.say(`Connection '${profile.id}' (${profile.uuid}) successfully deleted.\n`);
      }
    }
    if (unknown.length > 0) throw new Failure(`Error: cannot delete unknown connection(s): ${unknown.map((name) => `'${name}'`).join(", ")}.`, 10);
    return 0;
  }

  *#clone(given: readonly string[]): Blocking<number> {
    const [name, fresh] = given.filter((word) => word !== "id" && word !== "uuid" && word !== "--temporary");
    const profile = name === undefined ? undefined : this.#find(yield* snapshot(this.#sys), name);
    if (profile === undefined) throw new Failure(name === undefined ? "Error: No connection specified." : `Error: unknown connection '${name}'.`, 10);
    if (fresh === undefined) throw new Failure("Error: <new name> argument is missing.");
    const [uuid = ""] = yield* this.#change(["uuid"], "Error: ");
    const old = profile.uuid;
    const id = profile.id;
    profile.values.set("connection.id", fresh).set("connection.uuid", uuid);
    yield* this.#save(profile, `Error: failed to add '${fresh}' connection: `);
    this.#io.say(`${id} (${old}) cloned as ${fresh} (${uuid}).\n`);
    return 0;
  }

  // ---- device

  *device(words: readonly string[]): Blocking<number> {
    const [word = "status", ...rest] = words;
    const verb = verbOf(word, ["status", "show", "set", "up", "connect", "reapply", "modify", "down", "disconnect", "delete", "monitor", "wifi", "lldp"]);
    const now = yield* snapshot(this.#sys);
    const [name] = rest[0] === "ifname" ? rest.slice(1) : rest;
    if (verb === "status") {
      const columns: readonly Column<Device>[] = [
        { name: "DEVICE", usual: true, value: (row) => row.name }, { name: "TYPE", usual: true, value: (row) => row.type }, { name: "STATE", usual: true, value: (row) => row.state }, { name: "IP4-CONNECTIVITY", usual: false, value: (row) => (row.state === "connected" ? "full" : "unknown") }, { name: "IP6-CONNECTIVITY", usual: false, value: () => "unknown" },
        { name: "DBUS-PATH", usual: false, value: (row) => `${PATHS}/Devices/${now.devices.indexOf(row) + 1}` }, { name: "CONNECTION", usual: true, value: (row) => this.#profileName(now, row) }, { name: "CON-UUID", usual: false, value: (row) => (row.uuid === "" ? "--" : row.uuid) }, { name: "CON-PATH", usual: false, value: (row) => activePath(row.path) },
      ];
      this.#table("Status of devices", columns, this.#ordered(now.devices), "device status");
      return 0;
    }
    if (verb === "show") {
      const shown = name === undefined ? this.#ordered(now.devices) : now.devices.filter((device) => device.name === name);
      if (shown.length === 0) throw new Failure(`Error: Device '${name ?? ""}' not found.`, 10);
      for (const [index, device] of shown.entries()) {
        if (index > 0) this.#io.out.put("\n");
        putLines(this.#io, yield* this.#deviceLines(now, device), this.#form);
      }
      return 0;
    }
    if (verb === "wifi" || verb === "lldp") return 0;
    if (name === undefined) throw new Failure("Error: No interface specified.");
    const device = now.devices.find((one) => one.name === name);
    const taking = verb === "disconnect" || verb === "down";
    if (device === undefined) throw new Failure(`Error: Device '${name}' not found.${taking || verb === "delete" ? "\nError: not all devices found." : ""}`, 10);
    if (verb === "set") {
      const at = rest.indexOf("managed");
      const value = rest[at + 1];
      if (at < 0 || value === undefined) throw new Failure("Error: Argument 'managed' or 'autoconnect' is required.");
      yield* this.#change(["managed", name, value === "yes" || value === "on" || value === "true" ? "yes" : "no"], "Error: ");
      return 0;
    }
    if (taking) {
      if (device.uuid === "") throw new Failure(`Error: Device '${name}' (${PATHS}/Devices/${now.devices.indexOf(device) + 1}) disconnecting failed: This device is not active\nError: not all devices disconnected.`, 6);
      yield* this.#change(["down", name], "Error: ");
      this.#io.say(`Device '${name}' successfully disconnected.\n`);
      return 0;
    }
    if (verb === "connect" || verb === "up" || verb === "reapply") {
      if (device.state === "unmanaged") throw new Failure(`Error: Failed to add/activate new connection: Connection '${name}' is not available on device ${name} because device is strictly unmanaged`, 4);
      const profile = now.profiles.find((one) => one.uuid === device.uuid) ?? now.profiles.find((one) => one.interfaceName === name) ?? now.profiles.find((one) => one.type === device.type && one.interfaceName === undefined);
      if (profile === undefined) throw new Failure(`Error: Failed to add/activate new connection: no profile for ${name}`, 4);
      yield* this.#change(["up", profile.uuid, name], "Error: ");
      this.#io.say(verb === "reapply" ? `Connection successfully reapplied to device '${name}'.\n` : `Device '${name}' successfully activated with '${profile.uuid}'.\n`);
      return 0;
    }
    this.#sys.observe({ kind: "unsimulated", command: "nmcli", detail: `device ${verb}` });
    throw new Failure(`Error: 'device ${verb}' is not simulated here`);
  }

  *#deviceLines(now: Snapshot, device: Device): Blocking<readonly (readonly [string, string])[]> {
    const link = this.#links().get(device.name);
    const lines: (readonly [string, string])[] = [
      ["GENERAL.DEVICE", device.name], ["GENERAL.TYPE", device.type], ["GENERAL.HWADDR", (link?.mac ?? "").toUpperCase()], ["GENERAL.MTU", String(link?.mtu ?? 0)], ["GENERAL.STATE", `${STATES.get(device.state) ?? 0} (${device.state})`], ["GENERAL.CONNECTION", this.#profileName(now, device)], ["GENERAL.CON-PATH", activePath(device.path)],
    ];
    if (device.type === "ethernet") lines.push(["WIRED-PROPERTIES.CARRIER", link?.carrier === true && link.up ? "on" : "off"]);
    const addresses = this.#addressLines(device.name);
    const servers = device.state === "connected" ? [...((yield* readTextFile(this.#sys, "/etc/resolv.conf")) ?? "").matchAll(/^nameserver\s+(\S+)/gm)].map((match) => match[1] ?? "") : [];
    const sixAt = addresses.findIndex(([name]) => name.startsWith("IP6"));
    return [...lines, ...addresses.slice(0, sixAt), ...servers.map((server, index) => [`IP4.DNS[${index + 1}]`, server] as const), ...addresses.slice(sixAt)];
  }

  // ---- nmcli alone

  *overview(): Blocking<number> {
    const now = yield* snapshot(this.#sys);
    const main = this.#defaultDevice();
    for (const device of this.#ordered(now.devices)) {
      const link = this.#links().get(device.name);
      if (link === undefined) continue;
      this.#io.out.put(`${device.name}: ${device.state}${device.uuid === "" ? "" : ` to ${this.#profileName(now, device)}`}\n\t"${device.name}"\n\t${device.type}${link.kind === "ether" ? " (virtio_net)" : link.kind === "veth" ? " (veth)" : link.kind === "loopback" ? " (unknown)" : ""}, ${link.mac.toUpperCase()}, ${link.kind === "ether" ? "hw" : "sw"}, mtu ${link.mtu}\n`);
      if (device.uuid !== "") {
        if (device.name === main) this.#io.out.put("\tip4 default\n");
        for (const [family, label] of [["inet", "4"], ["inet6", "6"]] as const) {
          for (const one of this.#sys.rtnetlink({ op: "address-list" })) if (one.linkIndex === link.index && one.family === family) this.#io.out.put(`\tinet${label} ${one.address}/${one.prefixLength}\n`);
          if (link.kind !== "loopback") for (const one of this.#sys.rtnetlink({ op: "route-list", family, table: "main" })) if (one.linkIndex === link.index) this.#io.out.put(`\troute${label} ${one.destination}${one.gateway === undefined ? "" : ` via ${one.gateway}`} metric ${one.metric ?? (family === "inet" ? 0 : 256)}\n`);
        }
      }
      this.#io.out.put("\n");
    }
    this.#io.say('Use "nmcli device show" to get complete information about known devices and\n"nmcli connection show" to get an overview on active connection profiles.\n\nConsult nmcli(1) and nmcli-examples(7) manual pages for complete usage details.\n');
    return 0;
  }
}

const activePath = (path: number | undefined): string => (path === undefined || path === 0 ? "--" : `${PATHS}/ActiveConnection/${path}`);

const usage = (): string => `Usage: nmcli [OPTIONS] OBJECT { COMMAND | help }\n\nOPTIONS\n${OPTIONS.map((option) => optionLines(option)).join("")}\nOBJECT\n${OBJECTS.map(([name, help]) => `  ${`${name.charAt(0)}[${name.slice(1)}]`.padEnd(16)}${help}\n`).join("")}\n`;
const VALUES = new Map([["c", "colors"], ["e", "escape"], ["f", "fields"], ["g", "get-values"], ["m", "mode"], ["w", "wait"]]);
const FLAGS = new Map([["a", "ask"], ["o", "overview"], ["p", "pretty"], ["s", "show-secrets"], ["t", "terse"], ["h", "help"], ["v", "version"]]);

export default program({
  name: "nmcli", summary: "show and change network connections of NetworkManager", synopsis: ["[OPTIONS...] {help | general | networking | radio | connection | device} [COMMAND] [ARGUMENTS...]"], options: OPTIONS, operands: "none",
  description: ["Words may be shortened (nmcli c s). Profiles are kept in /etc/NetworkManager/system-connections; interfaces that /etc/network/interfaces names stay unmanaged unless NetworkManager.conf says managed=true for ifupdown."],
  exitStatuses: [["0", "it worked"], ["2", "the words were wrong"], ["4", "an activation failed"], ["8", "NetworkManager is not running"], ["10", "there is no such connection, device or access point"]], seeAlso: ["NetworkManager(8)", "ip(8)"],
}, function* nmcli(sys: Sys, argv: readonly string[], io: Io) {
  const given = new Map<string, string>();
  let at = 1;
  for (; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (!word.startsWith("-") || word === "-") break;
    const bare = word.replace(/^--?/, "");
    const [written = "", ...inline] = bare.split("=");
    const value = VALUES.get(written) ?? [...VALUES.values()].find((name) => name === written);
    const simple = FLAGS.get(written) ?? [...FLAGS.values()].find((name) => name === written);
    if (value !== undefined) {
      const next = inline.length > 0 ? inline.join("=") : argv[++at];
      if (next === undefined) {
        yield* io.stderr(`Error: missing argument for '${word}' option.\n`);
        return 2;
      }
      given.set(value, next);
    } else if (simple !== undefined) given.set(simple, "");
    else {
      yield* io.stderr(`Error: Option '${word}' is unknown, try 'nmcli -help'.\n`);
      return 2;
    }
  }
  if (given.has("version")) {
    io.say("nmcli tool, version 1.42.4\n");
    return 0;
  }
  const [object, ...words] = argv.slice(at);
  if (given.has("help") || object === "help") {
    io.out.put(usage());
    return 0;
  }
  const fields = (given.get("get-values") ?? given.get("fields"))?.split(",");
  const mode = given.get("mode");
  const form: Form = { terse: given.has("terse") || given.has("get-values"), values: given.has("get-values"), pretty: given.has("pretty"), overview: given.has("overview"), fields, mode: mode === "multiline" ? "multiline" : mode === undefined ? undefined : "tabular" };
  const client = new Client(sys, io, form);
  try {
    if (object === undefined) return yield* client.overview();
    const kind = verbOf(object, OBJECTS.map(([name]) => name));
    if (words[0] === "help") {
      io.out.put(usage());
      return 0;
    }
    if (kind === "general") return yield* client.general(words);
    if (kind === "networking") return yield* client.networking(words);
    if (kind === "radio") return yield* client.radio();
    return kind === "connection" ? yield* client.connection(words) : yield* client.device(words);
  } catch (error) {
    if (!(error instanceof Failure) && !(error instanceof Refused)) throw error;
    yield* io.stderr(`${error instanceof Refused ? `Error: ${error.message}` : error.message}\n`);
    return error.status;
  }
});
