// hostname1, timedate1, locale1 and login1 on the bus: their properties are what hostnamectl, timedatectl, localectl and loginctl show, their methods what those do.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { names, tryReadFile } from "../../daemons/systemd/api/files.ts";
import { bootId } from "../../daemons/systemd/api/journal.ts";
import type { DbusValue } from "../../daemons/dbus/api.ts";
import { loginLocale } from "../kit/locale.ts";
import { assignments, type BusService, DbusError, doWithTool, nothing, type Outcome, runTool } from "./_bus-service.ts";

const logControl = "/org/freedesktop/LogControl1";
const logFace = "org.freedesktop.LogControl1";

const logProperties = (identifier: string): ReadonlyMap<string, DbusValue> => new Map<string, DbusValue>([["LogLevel", "info"], ["LogTarget", "auto"], ["SyslogIdentifier", identifier]]);

/** A service with one object of its own. */
function single(name: string, identifier: string, properties: (sys: Sys) => Blocking<ReadonlyMap<string, DbusValue>>, call: (sys: Sys, method: string, body: readonly DbusValue[]) => Blocking<Outcome | undefined>): BusService {
  const path = `/${name.replaceAll(".", "/")}`;
  return {
    name,
    *paths() {
      return [logControl, path];
    },
    *interfaces(_sys, asked) {
      return asked === path ? [name] : asked === logControl ? [logFace] : [];
    },
    *properties(sys, asked) {
      return asked === logControl ? logProperties(identifier) : yield* properties(sys);
    },
    *call(sys, asked, _face, method, body) {
      return asked === path ? yield* call(sys, method, body) : undefined;
    },
  };
}

const word = (value: DbusValue | undefined): string => (value === undefined ? "" : String(value));

/** "Static hostname: debian" lines by their label. */
function* hostFacts(sys: Sys): Blocking<ReadonlyMap<string, string>> {
  const { output } = yield* runTool(sys, ["/usr/bin/hostnamectl", "status"]);
  return new Map(output.split("\n").flatMap((line) => {
    const match = /^ *([A-Z][A-Za-z ]*): (.*)$/.exec(line);
    return match === null ? [] : [[match[1] ?? "", match[2] ?? ""] as const];
  }));
}

function* hostProperties(sys: Sys): Blocking<ReadonlyMap<string, DbusValue>> {
  const facts = yield* hostFacts(sys);
  const get = (label: string): string => facts.get(label) ?? "";
  const release = assignments((yield* tryReadFile(sys, "/etc/os-release")) ?? "");
  const unquoted = (key: string): string => (release.get(key) ?? "").replace(/^"(.*)"$/, "$1");
  const kernel = sys.uname();
  const fixed = get("Static hostname") === "(unset)" ? "" : get("Static hostname");
  return new Map<string, DbusValue>([
    ["Hostname", kernel.nodename], ["StaticHostname", fixed], ["PrettyHostname", get("Pretty hostname")], ["DefaultHostname", "localhost"], ["HostnameSource", fixed === kernel.nodename ? "static" : "transient"], ["IconName", get("Icon name")],
    ["Chassis", get("Chassis").split(" ")[0] ?? ""], ["Deployment", get("Deployment")], ["Location", get("Location")], ["KernelName", kernel.sysname], ["KernelRelease", kernel.release], ["KernelVersion", kernel.version],
    ["OperatingSystemPrettyName", get("Operating System")], ["OperatingSystemCPEName", unquoted("CPE_NAME")], ["HomeURL", unquoted("HOME_URL")], ["HardwareVendor", get("Hardware Vendor")], ["HardwareModel", get("Hardware Model")], ["FirmwareVersion", get("Firmware Version")],
  ]);
}

const hostSetters: ReadonlyMap<string, readonly string[]> = new Map([
  ["SetHostname", ["--transient", "hostname"]], ["SetStaticHostname", ["--static", "hostname"]], ["SetPrettyHostname", ["--pretty", "hostname"]], ["SetIconName", ["icon-name"]], ["SetChassis", ["chassis"]], ["SetDeployment", ["deployment"]], ["SetLocation", ["location"]],
]);

export const hostname1 = single("org.freedesktop.hostname1", "systemd-hostnamed", hostProperties, function* (sys, method, body) {
  const setter = hostSetters.get(method);
  if (setter !== undefined) return yield* doWithTool(sys, ["/usr/bin/hostnamectl", ...setter, word(body[0])]);
  if (method === "Describe") {
    const shown = yield* hostProperties(sys);
    return { signature: "s", body: [JSON.stringify(Object.fromEntries([...shown].map(([name, value]) => [name, value === "" ? null : value])))] };
  }
  if (method !== "GetProductUUID" && method !== "GetHardwareSerial") return undefined;
  if (sys.getcred().euid !== 0) throw new DbusError("AccessDenied", "Access denied");
  const file = method === "GetProductUUID" ? "product_uuid" : "product_serial";
  const text = ((yield* tryReadFile(sys, `/sys/class/dmi/id/${file}`)) ?? "").trim();
  if (text === "") throw new DbusError("org.freedesktop.hostname1.NoHardwareSerial", "Failed to read hardware serial from firmware.");
  return method === "GetHardwareSerial" ? { signature: "s", body: [text] } : { signature: "ay", body: [(text.replaceAll("-", "").match(/../g) ?? []).map((hex) => Number.parseInt(hex, 16))] };
});

export const timedate1 = single(
  "org.freedesktop.timedate1", "systemd-timedated",
  function* (sys) {
    const shown = assignments((yield* runTool(sys, ["/usr/bin/timedatectl", "show"])).output);
    const yes = (name: string): boolean => shown.get(name) === "yes";
    return new Map<string, DbusValue>([["Timezone", shown.get("Timezone") ?? ""], ["LocalRTC", yes("LocalRTC")], ["CanNTP", yes("CanNTP")], ["NTP", yes("NTP")], ["NTPSynchronized", yes("NTPSynchronized")], ["TimeUSec", String(Math.floor(sys.clockUs("realtime")))], ["RTCTimeUSec", String(Math.floor(sys.clockUs("rtc") / 1e6) * 1e6)]]);
  },
  function* (sys, method, body) {
    const tool = "/usr/bin/timedatectl";
    switch (method) {
      case "SetTimezone":
        return yield* doWithTool(sys, [tool, "set-timezone", word(body[0])]);
      case "SetNTP":
        return yield* doWithTool(sys, [tool, "set-ntp", word(body[0])]);
      case "SetLocalRTC":
        return yield* doWithTool(sys, [tool, "set-local-rtc", word(body[0])]);
      case "SetTime": {
        const us = Number(word(body[0])) + (body[1] === true ? sys.clockUs("realtime") : 0);
        return yield* doWithTool(sys, [tool, "set-time", `@${Math.floor(us / 1e6)}`]);
      }
      case "ListTimezones":
        return { signature: "as", body: [(yield* runTool(sys, [tool, "list-timezones"])).output.split("\n").filter((line) => line !== "")] };
      default:
        return undefined;
    }
  },
);

export const locale1 = single(
  "org.freedesktop.locale1", "systemd-localed",
  function* (sys) {
    const keyboard = assignments((yield* tryReadFile(sys, "/etc/default/keyboard")) ?? "");
    const key = (name: string): string => (keyboard.get(`XKB${name}`) ?? "").replace(/^"(.*)"$/, "$1");
    return new Map<string, DbusValue>([["Locale", [...(yield* loginLocale(sys))].map(([name, value]) => `${name}=${value}`)], ["X11Layout", key("LAYOUT")], ["X11Model", key("MODEL")], ["X11Variant", key("VARIANT")], ["X11Options", key("OPTIONS")], ["VConsoleKeymap", ""], ["VConsoleKeymapToggle", ""]]);
  },
  function* (sys, method, body) {
    const list = Array.isArray(body[0]) ? body[0].map(String) : [];
    if (method === "SetLocale") return yield* doWithTool(sys, ["/usr/bin/localectl", "set-locale", ...list]);
    if (method === "SetX11Keyboard") return yield* doWithTool(sys, ["/usr/bin/localectl", "set-x11-keymap", ...body.slice(0, 4).map(word)]);
    return undefined;
  },
);

const loginRoot = "/org/freedesktop/login1";
const seatPath = `${loginRoot}/seat/seat0`;

interface Session {
  readonly id: string;
  readonly facts: ReadonlyMap<string, string>;
}

function* sessions(sys: Sys): Blocking<readonly Session[]> {
  const found: Session[] = [];
  for (const id of names(sys, "/run/systemd/sessions")) found.push({ id, facts: assignments((yield* tryReadFile(sys, `/run/systemd/sessions/${id}`)) ?? "") });
  return found;
}

const sessionPath = (id: string): string => `${loginRoot}/session/_3${id}`;
const userPath = (uid: number): string => `${loginRoot}/user/_${uid}`;

function* inhibitors(sys: Sys): Blocking<readonly (readonly DbusValue[])[]> {
  const rows: (readonly DbusValue[])[] = [];
  for (const id of names(sys, "/run/systemd/inhibit").filter((name) => /^\d+$/.test(name))) {
    const facts = assignments((yield* tryReadFile(sys, `/run/systemd/inhibit/${id}`)) ?? "");
    rows.push([facts.get("WHAT") ?? "", facts.get("WHO") ?? "", facts.get("WHY") ?? "", facts.get("MODE") ?? "", Number(facts.get("UID") ?? 0), Number(facts.get("PID") ?? 0)]);
  }
  return rows;
}

/** What logind says of itself. */
export function* managerProperties(sys: Sys): Blocking<ReadonlyMap<string, DbusValue>> {
  const settings = assignments(((yield* tryReadFile(sys, "/etc/systemd/logind.conf")) ?? "").split("\n").filter((line) => !line.startsWith("#")).join("\n"));
  const setting = (name: string, otherwise: string): string => settings.get(name) ?? otherwise;
  const locks = yield* inhibitors(sys);
  const held = (mode: string): string => [...new Set(locks.filter((row) => row[3] === mode).flatMap((row) => word(row[0]).split(":")))].join(":");
  const known = yield* sessions(sys);
  return new Map<string, DbusValue>([
    ["EnableWallMessages", true], ["WallMessage", ""], ["NAutoVTs", Number(setting("NAutoVTs", "6"))], ["KillOnlyUsers", []], ["KillExcludeUsers", ["root"]], ["KillUserProcesses", setting("KillUserProcesses", "no") === "yes"], ["RebootToFirmwareSetup", false],
    ["IdleHint", false], ["BlockInhibited", held("block")], ["DelayInhibited", held("delay")], ["HandlePowerKey", setting("HandlePowerKey", "poweroff")], ["HandleSuspendKey", setting("HandleSuspendKey", "suspend")], ["HandleLidSwitch", setting("HandleLidSwitch", "suspend")],
    ["IdleAction", setting("IdleAction", "ignore")], ["Docked", false], ["LidClosed", false], ["OnExternalPower", true], ["PreparingForShutdown", false], ["PreparingForSleep", false], ["NCurrentInhibitors", String(locks.length)], ["NCurrentSessions", String(known.length)],
  ]);
}

export const login1: BusService = {
  name: "org.freedesktop.login1",
  *paths(sys) {
    const known = yield* sessions(sys);
    return [logControl, loginRoot, seatPath, ...known.map(({ id }) => sessionPath(id)), ...[...new Set(known.map(({ facts }) => Number(facts.get("UID"))))].map(userPath)];
  },
  *interfaces(sys, path) {
    if (path === loginRoot) return ["org.freedesktop.login1.Manager"];
    if (path === logControl) return [logFace];
    if (path === seatPath) return ["org.freedesktop.login1.Seat"];
    const known = yield* sessions(sys);
    if (known.some(({ id }) => sessionPath(id) === path)) return ["org.freedesktop.login1.Session"];
    return known.some(({ facts }) => userPath(Number(facts.get("UID"))) === path) ? ["org.freedesktop.login1.User"] : [];
  },
  *properties(sys, path, face) {
    if (face === logFace) return logProperties("systemd-logind");
    if (path === loginRoot) return yield* managerProperties(sys);
    const known = yield* sessions(sys);
    const ids = (list: readonly Session[]): DbusValue => list.map(({ id }) => [id, sessionPath(id)]);
    if (path === seatPath) return new Map<string, DbusValue>([["Id", "seat0"], ["CanTTY", true], ["CanGraphical", false], ["Sessions", ids(known.filter(({ facts }) => facts.get("SEAT") === "seat0"))], ["IdleHint", false]]);
    const session = known.find(({ id }) => sessionPath(id) === path);
    if (session !== undefined) {
      const get = (name: string): string => session.facts.get(name) ?? "";
      const uid = Number(get("UID"));
      return new Map<string, DbusValue>([["Id", session.id], ["User", [uid, userPath(uid)]], ["Name", get("USER")], ["TTY", get("TTY")], ["Seat", [get("SEAT"), get("SEAT") === "" ? "/" : seatPath]], ["Type", get("TYPE")], ["Class", get("CLASS")], ["State", get("STATE")], ["Active", get("ACTIVE") === "1"], ["Leader", Number(get("LEADER")) || 0], ["Remote", get("REMOTE") === "1"]]);
    }
    const own = known.filter(({ facts }) => userPath(Number(facts.get("UID"))) === path);
    return new Map<string, DbusValue>([["UID", Number(own[0]?.facts.get("UID") ?? 0)], ["Name", own[0]?.facts.get("USER") ?? ""], ["Sessions", ids(own)], ["State", "active"]]);
  },
  *call(sys, path, _face, method, body) {
    if (path !== loginRoot) return undefined;
    const known = yield* sessions(sys);
    switch (method) {
      case "ListSessions":
        return { signature: "a(susso)", body: [known.map(({ id, facts }) => [id, Number(facts.get("UID")), facts.get("USER") ?? "", facts.get("SEAT") ?? "", sessionPath(id)])] };
      case "ListUsers":
        return { signature: "a(uso)", body: [[...new Map(known.map(({ facts }) => [Number(facts.get("UID")), facts.get("USER") ?? ""]))].map(([uid, name]) => [uid, name, userPath(uid)])] };
      case "ListSeats":
        return { signature: "a(so)", body: [[["seat0", seatPath]]] };
      case "ListInhibitors":
        return { signature: "a(ssssuu)", body: [yield* inhibitors(sys)] };
      case "GetSeat":
        if (word(body[0]) !== "seat0") throw new DbusError("org.freedesktop.login1.NoSuchSeat", `No seat '${word(body[0])}' known`);
        return { signature: "o", body: [seatPath] };
      case "GetSession":
        if (!known.some(({ id }) => id === word(body[0]))) throw new DbusError("org.freedesktop.login1.NoSuchSession", `No session '${word(body[0])}' known`);
        return { signature: "o", body: [sessionPath(word(body[0]))] };
      case "GetUser":
        if (!known.some(({ facts }) => facts.get("UID") === word(body[0]))) throw new DbusError("org.freedesktop.login1.NoSuchUser", `User ID ${word(body[0])} is not logged in or lingering`);
        return { signature: "o", body: [userPath(Number(body[0]))] };
      case "PowerOff":
      case "Reboot":
      case "Halt":
        return yield* doWithTool(sys, ["/bin/systemctl", method.toLowerCase()]);
      case "CanPowerOff":
      case "CanReboot":
      case "CanHalt":
        return { signature: "s", body: [sys.getcred().euid === 0 ? "yes" : "no"] };
      case "CanSuspend":
      case "CanHibernate":
      case "CanHybridSleep":
      case "CanSuspendThenHibernate":
        return { signature: "s", body: ["na"] };
      case "SetWallMessage":
        return nothing;
      default:
        return undefined;
    }
  },
};

/** GetMachineId of org.freedesktop.DBus.Peer. */
export function* machineIdOf(sys: Sys): Blocking<string> {
  return ((yield* tryReadFile(sys, "/etc/machine-id")) ?? "").trim() || (yield* bootId(sys));
}
