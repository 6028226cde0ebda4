// A call over the system bus: to the bus itself, or to a service's object. Monitors see what goes by.
import { type Blocking, SysError, type Sys } from "../../kernel/sys.ts";
import { BUS_NAME, BusConnection, type DbusValue } from "../../daemons/dbus/api.ts";
import { type Member, membersOf } from "../kit/dbus/interfaces.ts";
import { completeTypes, isVariant, variant } from "../kit/dbus/values.ts";
import { type BusService, DbusError, nothing, type Outcome } from "./_bus-service.ts";
import { hostname1, locale1, login1, machineIdOf, timedate1 } from "./_bus-small-services.ts";
import { systemd1 } from "./_bus-systemd1.ts";

const services: ReadonlyMap<string, BusService> = new Map([systemd1, login1, hostname1, timedate1, locale1].map((service) => [service.name, service]));
const INTROSPECTABLE = "org.freedesktop.DBus.Introspectable";
const PEER = "org.freedesktop.DBus.Peer";
const PROPERTIES = "org.freedesktop.DBus.Properties";
/** every object has them */
const COMMON = [INTROSPECTABLE, PEER, PROPERTIES];
const busFeatures: ReadonlyMap<string, DbusValue> = new Map<string, DbusValue>([["Features", ["ActivatableServicesChanged", "HeaderFiltering"]], ["Interfaces", ["org.freedesktop.DBus.Monitoring"]]]);

const driver: BusService = {
  name: BUS_NAME,
  *paths() {
    return ["/org/freedesktop/DBus"];
  },
  *interfaces() {
    return [BUS_NAME, "org.freedesktop.DBus.Monitoring"];
  },
  *properties() {
    return busFeatures;
  },
  *call(_sys, _path, _face, method, body, bus) {
    const { peers, activatable } = yield* bus.ask<"peers">({ op: "peers" });
    const name = String(body[0] ?? "");
    const owner = peers.find((peer) => peer.unique === name || peer.names.includes(name));
    const owned = (what: string): NonNullable<typeof owner> => {
      if (owner === undefined) throw new DbusError("NameHasNoOwner", `Could not get ${what} of name '${name}': no such name`);
      return owner;
    };
    switch (method) {
      case "ListNames":
        return { signature: "as", body: [[BUS_NAME, ...peers.flatMap((peer) => [...peer.names, peer.unique])]] };
      case "ListActivatableNames":
        return { signature: "as", body: [[BUS_NAME, ...activatable]] };
      case "NameHasOwner":
        return { signature: "b", body: [name === BUS_NAME || owner !== undefined] };
      case "GetNameOwner":
        return { signature: "s", body: [name === BUS_NAME ? BUS_NAME : owned("owner").unique] };
      case "ListQueuedOwners":
        return { signature: "as", body: [[owned("owners").unique]] };
      case "GetConnectionUnixProcessID":
        return { signature: "u", body: [owned("PID").pid] };
      case "GetConnectionUnixUser":
        return { signature: "u", body: [owned("UID").uid] };
      case "GetId":
        return { signature: "s", body: [bus.busId] };
      case "StartServiceByName": {
        const { unique } = yield* bus.ask<"owner">({ op: "owner", name, start: true });
        if (unique === undefined) throw new DbusError("ServiceUnknown", `The name ${name} was not provided by any .service files`);
        return { signature: "u", body: [owner === undefined ? 1 : 2] };
      }
      case "RequestName":
        return { signature: "u", body: [(yield* bus.ask<"own">({ op: "own", name })).result] };
      case "AddMatch":
      case "RemoveMatch":
      case "ReloadConfig":
      case "UpdateActivationEnvironment":
        return nothing;
      case "Hello":
        throw new DbusError("Failed", "Already handled an Hello message");
      default:
        return undefined;
    }
  },
};

/** The service of a name; started when it can be. Errors: DbusError (ServiceUnknown). */
export function* reach(bus: BusConnection, name: string): Blocking<{ readonly service: BusService; readonly unique: string }> {
  if (name === BUS_NAME) return { service: driver, unique: BUS_NAME };
  const { unique } = yield* bus.ask<"owner">({ op: "owner", name, start: true });
  if (unique === undefined) throw new DbusError("ServiceUnknown", name.startsWith(":") ? `The name ${name} was not provided by any .service files` : `The name ${name} was not provided by any .service files`);
  const { peers } = yield* bus.ask<"peers">({ op: "peers" });
  const known = services.get(name) ?? peers.find((peer) => peer.unique === unique)?.names.map((one) => services.get(one)).find((one) => one !== undefined);
  // a connection without a name of its own has no objects
  return { service: known ?? { name, *paths() { return []; }, *interfaces() { return []; }, *properties() { return new Map(); }, *call() { return undefined; } }, unique };
}

export interface ObjectMember extends Member {
  readonly face: string;
  readonly value: DbusValue | undefined;
}

/** Every interface of the object with its members; undefined where there is no object. */
export function* describe(bus: BusConnection, service: BusService, path: string): Blocking<ReadonlyMap<string, readonly ObjectMember[]> | undefined> {
  const own = yield* service.interfaces(bus.sys, path, bus);
  const below = (yield* service.paths(bus.sys, bus)).some((one) => path === "/" || one.startsWith(`${path}/`));
  if (own.length === 0 && !below) return undefined;
  const all = new Map<string, readonly ObjectMember[]>();
  for (const face of [...(own.length === 0 ? COMMON.slice(0, 2) : COMMON), ...own]) {
    const members = membersOf(face) ?? (yield* service.members?.(bus.sys, path, face) ?? noMembers());
    const values = own.includes(face) ? yield* service.properties(bus.sys, path, face, bus) : new Map<string, DbusValue>();
    // what the simulated service does not know of is left out
    all.set(face, members.filter(({ kind, name }) => kind !== "property" || values.has(name)).map((member) => ({ ...member, face, value: values.get(member.name) })));
  }
  return all;
}

function* noMembers(): Blocking<readonly Member[]> {
  return [];
}

function annotationsOf(member: Member): string {
  const [change = ""] = member.flags.split(" ");
  return member.kind !== "property" || change === "emits-change" ? "" : `   <annotation name="org.freedesktop.DBus.Property.EmitsChangedSignal" value="${change === "const" ? "const" : change === "emits-invalidation" ? "invalidates" : "false"}"/>\n`;
}

/** The XML of an object. */
function* xmlOf(bus: BusConnection, service: BusService, path: string): Blocking<string> {
  const faces = (yield* describe(bus, service, path)) ?? new Map<string, readonly ObjectMember[]>();
  const args = (signature: string, direction: string): string => completeTypes(signature).map((type) => `   <arg type="${type}"${direction}/>\n`).join("");
  let text = '<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"\n"https://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">\n<node>\n';
  for (const [face, members] of faces) {
    text += ` <interface name="${face}">\n`;
    for (const member of members) {
      const inside = member.kind === "method" ? args(member.signature, ' direction="in"') + args(member.result, ' direction="out"') : member.kind === "signal" ? args(member.signature, "") : annotationsOf(member);
      const head = `${member.kind} name="${member.name}"${member.kind === "property" ? ` type="${member.signature}" access="${member.writable ? "readwrite" : "read"}"` : ""}`;
      text += inside === "" ? `  <${head}/>\n` : `  <${head}>\n${inside}  </${member.kind}>\n`;
    }
    text += " </interface>\n";
  }
  const base = path === "/" ? "/" : `${path}/`;
  const children = new Set((yield* service.paths(bus.sys, bus)).filter((one) => one.startsWith(base) && one !== path).map((one) => one.slice(base.length).split("/")[0] ?? ""));
  return `${text}${[...children].map((child) => ` <node name="${child}"/>\n`).join("")}</node>\n`;
}

function* perform(bus: BusConnection, service: BusService, path: string, face: string, method: string, signature: string, body: readonly DbusValue[]): Blocking<Outcome> {
  const { sys } = bus;
  const own = yield* service.interfaces(sys, path, bus);
  const unknown = (): DbusError => new DbusError("UnknownMethod", service === driver ? `${face} does not understand message ${method}` : own.length === 0 ? `Unknown object '${path}'.` : `Unknown method ${method} or interface ${face}.`);
  if (face === INTROSPECTABLE && method === "Introspect") return { signature: "s", body: [yield* xmlOf(bus, service, path)] };
  if (face === PEER && method === "Ping") return nothing;
  if (face === PEER && method === "GetMachineId") return { signature: "s", body: [yield* machineIdOf(sys)] };
  if (own.length === 0) throw service === driver ? unknown() : new DbusError("UnknownObject", `Unknown object '${path}'.`);
  const expected = [...COMMON, ...own].flatMap((one) => (face === one || face === "" ? (membersOf(one) ?? []).map((member) => ({ one, member })) : [])).find(({ member }) => member.kind === "method" && member.name === method);
  if (expected === undefined) throw unknown();
  if (expected.member.signature !== signature) {
    throw new DbusError("InvalidArgs", service === driver ? `Call to ${method} has wrong args (${signature}, expected ${expected.member.signature})` : `Invalid arguments '${signature}' to call ${face}.${method}(), expecting '${expected.member.signature}'.`);
  }
  if (expected.one === PROPERTIES) return yield* propertyCall(bus, service, path, own, method, body);
  const done = yield* service.call(sys, path, expected.one, method, body, bus);
  if (done === undefined) throw new DbusError("NotSupported", `Method ${method} of ${expected.one} is not simulated`);
  return done;
}

function* propertyCall(bus: BusConnection, service: BusService, path: string, own: readonly string[], method: string, body: readonly DbusValue[]): Blocking<Outcome> {
  const [face = "", name = ""] = body.map((one) => (typeof one === "string" ? one : ""));
  const members = new Map<string, Member>();
  const values = new Map<string, DbusValue>();
  for (const one of own.filter((candidate) => face === "" || candidate === face)) {
    for (const member of membersOf(one) ?? (yield* service.members?.(bus.sys, path, one) ?? noMembers())) if (member.kind === "property") members.set(member.name, member);
    for (const [key, value] of yield* service.properties(bus.sys, path, one, bus)) values.set(key, value);
  }
  if (method === "GetAll") {
    if (face !== "" && !own.includes(face)) throw new DbusError("UnknownInterface", `Unknown interface ${face}.`);
    return { signature: "a{sv}", body: [[...values].flatMap(([key, value]) => (members.has(key) ? [[key, variant(members.get(key)?.signature ?? "s", value)]] : []))] };
  }
  const member = members.get(name);
  const value = values.get(name);
  if (member === undefined || value === undefined) throw new DbusError(own.includes(face) ? "UnknownProperty" : "UnknownInterface", `Unknown interface ${face} or property ${name}.`);
  if (method === "Get") return { signature: "v", body: [variant(member.signature, value)] };
  if (!member.writable) throw new DbusError("PropertyReadOnly", `Property '${name}' is not writable.`);
  const given = body[2];
  if (given === undefined || !isVariant(given) || given.signature !== member.signature) throw new DbusError("InvalidArgs", `Incorrect parameters for property '${name}', expected '${member.signature}', got '${given !== undefined && isVariant(given) ? given.signature : ""}'.`);
  throw new DbusError("NotSupported", `Setting of property ${name} is not simulated`);
}

export interface Call {
  readonly destination: string;
  readonly path: string;
  /** "": whichever has the method */
  readonly face: string;
  readonly method: string;
  readonly signature: string;
  readonly body: readonly DbusValue[];
  readonly noReply?: boolean;
}

export interface CallResult extends Outcome {
  readonly sender: string;
  readonly serial: number;
  readonly replySerial: number;
  readonly atUs: number;
}

/** Errors: DbusError. */
export function* callMethod(bus: BusConnection, call: Call): Blocking<CallResult> {
  const { destination, path, face, method, signature, body } = call;
  const { serial } = yield* bus.ask<"post">({ op: "post", message: { type: "method_call", destination, path, ...(face === "" ? {} : { interface: face }), member: method, flags: call.noReply === true ? 1 : 0, signature, body } });
  try {
    const { service, unique } = yield* reach(bus, destination);
    const done = yield* perform(bus, service, path, face, method, signature, body);
    const answered = yield* bus.ask<"post">({ op: "post", message: { type: "method_return", sender: unique, destination: bus.unique, replySerial: serial, flags: 1, ...done } });
    return { ...done, sender: unique, serial: answered.serial, replySerial: serial, atUs: bus.sys.clockUs("realtime") };
  } catch (error) {
    if (error instanceof DbusError) yield* bus.ask<"post">({ op: "post", message: { type: "error", sender: BUS_NAME, destination: bus.unique, replySerial: serial, flags: 1, error: error.errorName, signature: "s", body: [error.message] } });
    throw error;
  }
}

/** Undefined and the reason when there is no bus. */
export function* openBus(sys: Sys): Blocking<BusConnection | SysError> {
  try {
    return yield* BusConnection.open(sys);
  } catch (error) {
    if (error instanceof SysError) return error;
    throw error;
  }
}
