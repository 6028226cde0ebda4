// The words of "nmcli connection add" and "modify", and what NetworkManager demands of a profile.
import { Profile, listOf, longType } from "./_profile.ts";
import { SETTINGS } from "./_settings.ts";

const TYPES = "6lowpan, 802-11-olpc-mesh (olpc-mesh), 802-11-wireless (wifi), 802-3-ethernet (ethernet), adsl, bluetooth, bond, bridge, cdma, dummy, generic, gsm, infiniband, ip-tunnel, loopback, macsec, macvlan, ovs-bridge, ovs-dpdk, ovs-interface, ovs-patch, ovs-port, pppoe, team, tun, veth, vlan, vpn, vrf, vxlan, wifi-p2p, wimax, wireguard, wpan, bond-slave, bridge-slave, team-slave";
const HERE = new Set(["ethernet", "bridge", "dummy", "vlan", "bridge-slave"]);

/** Short words of "add", and of "modify" too. */
const ALIASES = new Map([
  ["con-name", "connection.id"], ["id", "vlan.id"], ["ifname", "connection.interface-name"], ["autoconnect", "connection.autoconnect"], ["master", "connection.master"], ["slave-type", "connection.slave-type"], ["ip4", "ipv4.addresses"], ["gw4", "ipv4.gateway"], ["ip6", "ipv6.addresses"], ["gw6", "ipv6.gateway"],
  ["mtu", "802-3-ethernet.mtu"], ["mac", "802-3-ethernet.mac-address"], ["cloned-mac", "802-3-ethernet.cloned-mac-address"], ["dev", "vlan.parent"], ["stp", "bridge.stp"], ["priority", "bridge.priority"], ["forward-delay", "bridge.forward-delay"],
]);
const SECTION_ALIASES = new Map([["con", "connection"], ["ethernet", "802-3-ethernet"], ["802-3-ethernet", "802-3-ethernet"], ["ip4", "ipv4"], ["ip6", "ipv6"]]);
const METHODS: ReadonlyMap<string, readonly string[]> = new Map([["ipv4", ["auto", "link-local", "manual", "shared", "disabled"]], ["ipv6", ["ignore", "auto", "dhcp", "link-local", "manual", "shared", "disabled"]]]);
const LISTS = new Set(["addresses", "dns", "dns-search", "routes"]);
const SWITCHES = new Map([["yes", "yes"], ["true", "yes"], ["on", "yes"], ["1", "yes"], ["no", "no"], ["false", "no"], ["off", "no"], ["0", "no"]]);
const SWITCHED = new Set(["autoconnect", "never-default", "ignore-auto-dns", "ignore-auto-routes", "may-fail", "stp"]);

const isIpv4 = (text: string): boolean => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && text.split(".").every((part) => Number(part) < 256);

/** "section.property" as it is kept, or what is wrong with the word. */
function propertyOf(word: string): { readonly name: string } | { readonly error: string } {
  const alias = ALIASES.get(word);
  if (alias !== undefined) return { name: alias };
  const dot = word.indexOf(".");
  if (dot < 0) return { error: `Error: invalid <setting>.<property> '${word}'.` };
  const written = word.slice(0, dot);
  const section = SECTION_ALIASES.get(written) ?? [...SETTINGS.keys()].find((one) => one === written || (written.length > 3 && one.startsWith(written)));
  if (section === undefined) return { error: `Error: invalid or not allowed setting '${written}': '${written}' not among [connection, 802-3-ethernet (ethernet), ipv4, ipv6, match, proxy, tc].` };
  const property = word.slice(dot + 1);
  const known = (SETTINGS.get(section) ?? []).map(([name]) => name);
  const found = known.find((one) => one === property) ?? (known.filter((one) => one.startsWith(property)).length === 1 ? known.find((one) => one.startsWith(property)) : undefined);
  if (found === undefined) return { error: `Error: invalid property '${property}': '${property}' not among [${known.join(", ")}].` };
  return { name: `${section}.${found}` };
}

/** The value as it is kept, or the message. */
function valueOf(name: string, value: string): { readonly value: string } | { readonly error: string } {
  const [section = "", property = ""] = name.split(".");
  const failed = (why: string): { readonly error: string } => ({ error: `Error: failed to modify ${name}: ${why}` });
  if (value === "") return { value };
  if (property === "method" && METHODS.has(section)) {
    const methods = METHODS.get(section) ?? [];
    return methods.includes(value) ? { value } : failed(`'${value}' not among [${methods.join(", ")}].`);
  }
  if (section === "ipv4" && property === "addresses") {
    for (const one of listOf(value)) {
      const [address = "", bits] = one.split("/");
      if (!isIpv4(address)) return failed(`invalid IP address: Invalid IPv4 address '${address}'.`);
      if (bits !== undefined && !(Number(bits) >= 1 && Number(bits) <= 32)) return failed(`invalid prefix '${bits}'; <1-32> allowed.`);
    }
    return { value: listOf(value).map((one) => (one.includes("/") ? one : `${one}/32`)).join(", ") };
  }
  if (section === "ipv4" && property === "gateway" && !isIpv4(value)) return failed(`invalid IP address: Invalid IPv4 address '${value}'.`);
  if (section === "ipv4" && property === "dns") {
    const wrong = listOf(value).find((one) => !isIpv4(one));
    if (wrong !== undefined) return failed(`invalid IP address: Invalid IPv4 address '${wrong}'.`);
    return { value: listOf(value).join(",") };
  }
  if (property === "dns-search") return { value: listOf(value).join(",") };
  if (SWITCHED.has(property)) {
    const known = SWITCHES.get(value);
    return known === undefined ? failed(`'${value}' is not valid; use [true, yes, on] or [false, no, off]`) : { value: known };
  }
  return { value };
}

/** Sets, adds to ("+"), or takes from ("-") a property. The message of a refusal. */
function assign(profile: Profile, word: string, value: string): string | undefined {
  const sign = word.startsWith("+") || word.startsWith("-") ? word.charAt(0) : "";
  const found = propertyOf(word.slice(sign.length));
  if ("error" in found) return found.error;
  const { name } = found;
  const made = valueOf(name, value);
  if ("error" in made) return made.error;
  const former = profile.get(name);
  const list = (text: string | undefined): string[] => (text ?? "").split(",").map((one) => one.trim()).filter((one) => one !== "");
  const separator = name.endsWith("dns") || name.endsWith("dns-search") ? "," : ", ";
  const isList = LISTS.has(name.slice(name.indexOf(".") + 1));
  let result = made.value;
  if (sign === "+" && isList) result = [...list(former), ...list(made.value)].join(separator);
  else if (sign === "-" && isList) {
    const gone = new Set(list(made.value));
    result = /^\d+$/.test(value) ? list(former).filter((_, index) => index !== Number(value)).join(separator) : list(former).filter((one) => !gone.has(one)).join(separator);
  } else if (sign === "-") result = "";
  if (result === "") profile.values.delete(name);
  else profile.values.set(name, result);
  return undefined;
}

/** What NetworkManager would not take. */
export function checked(profile: Profile): string | undefined {
  for (const family of ["ipv4", "ipv6"] as const) {
    if (profile.get(`${family}.method`) === "manual" && profile.get(`${family}.addresses`) === undefined) return `${family}.addresses: this property cannot be empty for 'method=manual'`;
  }
  if (profile.get("ipv4.gateway") !== undefined && profile.get("ipv4.addresses") === undefined) return "ipv4.gateway: gateway cannot be set if there are no addresses configured";
  return undefined;
}

/** The message of a refusal. */
export function changed(profile: Profile, words: readonly string[]): string | undefined {
  if (words.length === 0) return "Error: <setting>.<property> argument is missing.";
  for (let at = 0; at < words.length; at += 2) {
    const word = words[at] ?? "";
    const value = words[at + 1];
    if (value === undefined) return `Error: value for '${word}' is missing.`;
    const refused = assign(profile, word, value);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** A new profile, or the message. */
export function addedProfile(given: readonly string[], uuid: string): Profile | string {
  const words = given.filter((word) => word !== "--");
  const typeAt = words.indexOf("type");
  const type = typeAt < 0 ? undefined : words[typeAt + 1];
  if (type === undefined) return "Error: 'type' argument is required.";
  const known = type === "802-3-ethernet" ? "ethernet" : type;
  if (!TYPES.split(/[\s,()]+/).includes(type)) return `Error: bad connection type: '${type}' not among [${TYPES}]`;
  if (!HERE.has(known)) return `Error: connections of type '${type}' are not simulated here`;
  const port = known === "bridge-slave";
  const profile = new Profile([["connection.id", ""], ["connection.uuid", uuid], ["connection.type", longType(port ? "ethernet" : known)]]);
  const rest = [...words.slice(0, typeAt), ...words.slice(typeAt + 2)];
  for (let at = 0; at < rest.length; at += 2) {
    const word = rest[at] ?? "";
    const value = rest[at + 1];
    if (value === undefined) return `Error: value for '${word}' is missing.`;
    if (word === "ifname" && value === "*") continue;
    const plus = (word === "ip4" || word === "ip6") && profile.get(ALIASES.get(word) ?? "") !== undefined ? "+" : "";
    const refused = plus === "" ? assign(profile, word, value) : assign(profile, `+${ALIASES.get(word) ?? word}`, value);
    if (refused !== undefined) return refused;
  }
  if (known === "vlan" && profile.get("vlan.parent") === undefined) return "Error: 'dev' argument is required.";
  if (known === "vlan" && profile.get("vlan.id") === undefined) return "Error: 'id' argument is required.";
  if (known === "vlan" && profile.interfaceName === undefined) profile.values.set("connection.interface-name", `${profile.get("vlan.parent") ?? ""}.${profile.get("vlan.id") ?? ""}`);
  if ((known === "bridge" || known === "dummy") && profile.interfaceName === undefined) return "Error: 'ifname' argument is required.";
  if (port && profile.get("connection.master") === undefined) return "Error: 'master' argument is required.";
  const ported = profile.get("connection.master") !== undefined;
  if (ported) profile.values.set("connection.slave-type", profile.get("connection.slave-type") ?? "bridge");
  if (profile.id === "") profile.values.set("connection.id", [ported ? "bridge-slave" : known, ...(profile.interfaceName === undefined ? [] : [profile.interfaceName])].join("-"));
  if (!ported) {
    for (const family of ["ipv4", "ipv6"] as const) {
      const usual = profile.get(`${family}.addresses`) !== undefined ? "manual" : known === "dummy" ? "disabled" : "auto";
      if (profile.get(`${family}.method`) === undefined) profile.values.set(`${family}.method`, usual);
    }
  }
  return profile;
}
