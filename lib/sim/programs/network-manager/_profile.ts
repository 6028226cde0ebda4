// Connection profiles: properties by the names of nmcli, and the keyfiles of /etc/NetworkManager/system-connections (nm-settings-keyfile(5)).

export const PROFILE_DIRECTORIES = ["/etc/NetworkManager/system-connections", "/run/NetworkManager/system-connections"] as const;

/** type in a keyfile: type as the kernel of NetworkManager calls it */
const LONG_TYPES = new Map([["ethernet", "802-3-ethernet"]]);
export const longType = (type: string): string => LONG_TYPES.get(type) ?? type;
export const shortType = (type: string): string => (type === "802-3-ethernet" ? "ethernet" : type);

/** Lists are written with semicolons in keyfiles, with commas by nmcli. */
const LISTS = new Set(["dns", "dns-search"]);
const SWITCHES = new Set(["autoconnect", "never-default", "ignore-auto-dns", "ignore-auto-routes", "may-fail", "stp"]);
/** Keys of [connection] have an order of their own; others are sorted. */
const CONNECTION_ORDER = ["id", "uuid", "type", "autoconnect", "autoconnect-priority", "interface-name", "master", "slave-type", "timestamp", "zone"];

export class Profile {
  /** "ipv4.method" and the like, only what was set */
  readonly values: Map<string, string>;
  /** where it is kept */
  file: string;

  constructor(values: Iterable<readonly [string, string]>, file = "") {
    this.values = new Map(values);
    this.file = file;
  }

  get(name: string): string | undefined {
    return this.values.get(name);
  }

  get id(): string {
    return this.values.get("connection.id") ?? "";
  }

  get uuid(): string {
    return this.values.get("connection.uuid") ?? "";
  }

  /** "ethernet", "bridge"… */
  get type(): string {
    return shortType(this.values.get("connection.type") ?? "");
  }

  get interfaceName(): string | undefined {
    return this.values.get("connection.interface-name");
  }

  get autoconnects(): boolean {
    return this.values.get("connection.autoconnect") !== "no";
  }
}

export const listOf = (text: string | undefined): string[] => (text ?? "").split(/[,;\s]+/).filter((one) => one !== "");

function sectionText(name: string, lines: readonly (readonly [string, string])[]): string {
  return `[${name}]\n${lines.map(([key, value]) => `${key}=${value}\n`).join("")}`;
}

const keyfileValue = (key: string, value: string): string => (LISTS.has(key) ? listOf(value).map((one) => `${one};`).join("") : SWITCHES.has(key) ? (value === "yes" ? "true" : "false") : value);

function addressLines(profile: Profile, family: "ipv4" | "ipv6"): (readonly [string, string])[] {
  const gateway = profile.get(`${family}.gateway`);
  const addresses = listOf(profile.get(`${family}.addresses`)).map((one, index) => [`address${index + 1}`, index === 0 && gateway !== undefined ? `${one},${gateway}` : one] as const);
  const routes = (profile.get(`${family}.routes`) ?? "").split(",").filter((one) => one.trim() !== "").map((one, index) => [`route${index + 1}`, one.trim().split(/\s+/).join(",")] as const);
  return [...addresses, ...(gateway !== undefined && addresses.length === 0 ? [["gateway", gateway] as const] : []), ...routes];
}

export function keyfileText(profile: Profile): string {
  const type = profile.type;
  const ported = profile.get("connection.slave-type");
  const own = (setting: string): (readonly [string, string])[] => [...profile.values].filter(([name]) => name.startsWith(`${setting}.`)).map(([name, value]) => [name.slice(setting.length + 1), value] as const);
  const connection = own("connection").map(([key, value]) => [key, key === "type" ? shortType(value) : keyfileValue(key, value)] as const).sort(([a], [b]) => CONNECTION_ORDER.indexOf(a) - CONNECTION_ORDER.indexOf(b));
  const sorted = (lines: readonly (readonly [string, string])[]): (readonly [string, string])[] => [...lines].sort(([a], [b]) => (a < b ? -1 : 1));
  const sections = [sectionText("connection", connection)];
  if (type !== "dummy" && type !== "loopback") sections.push(sectionText("ethernet", sorted(own("802-3-ethernet"))));
  if (type === "vlan") sections.push(sectionText("vlan", sorted([["flags", "1"], ...own("vlan")])));
  else if (type !== "ethernet") sections.push(sectionText(type, sorted(own(type).map(([key, value]) => [key, keyfileValue(key, value)] as const))));
  if (ported !== undefined) return [...sections, sectionText(`${ported}-port`, [])].join("\n");
  for (const family of ["ipv4", "ipv6"] as const) {
    const plain = own(family).filter(([key]) => key !== "addresses" && key !== "gateway" && key !== "routes").map(([key, value]) => [key, keyfileValue(key, value)] as const);
    sections.push(sectionText(family, sorted([...(family === "ipv6" ? [["addr-gen-mode", "default"] as const] : []), ...addressLines(profile, family), ...plain])));
  }
  return [...sections, sectionText("proxy", [])].join("\n");
}

/** Undefined: it is no profile. */
export function parseKeyfile(text: string, file: string): Profile | undefined {
  const values = new Map<string, string>();
  const many = new Map<string, string[]>();
  let section = "";
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    const header = /^\[(.+)\]$/.exec(line)?.[1];
    if (header !== undefined) section = header === "ethernet" ? "802-3-ethernet" : header;
    const at = line.indexOf("=");
    if (header !== undefined || at < 0 || line.startsWith("#")) continue;
    const key = line.slice(0, at).trim();
    const value = line.slice(at + 1).trim();
    const numbered = /^(address|route)\d+$/.exec(key)?.[1];
    if (numbered !== undefined) {
      const [first = "", second] = value.split(",");
      const name = `${section}.${numbered === "address" ? "addresses" : "routes"}`;
      many.set(name, [...(many.get(name) ?? []), numbered === "address" ? first : value.split(",").join(" ")]);
      if (numbered === "address" && second !== undefined && second !== "") values.set(`${section}.gateway`, second);
    } else if (key === "addr-gen-mode" || (section === "vlan" && key === "flags")) continue;
    else if (LISTS.has(key)) values.set(`${section}.${key}`, listOf(value).join(","));
    else if (SWITCHES.has(key)) values.set(`${section}.${key}`, value === "true" || value === "yes" || value === "1" ? "yes" : "no");
    else values.set(`${section}.${key}`, section === "connection" && key === "type" ? longType(value) : value);
  }
  for (const [name, list] of many) values.set(name, list.join(", "));
  if (!values.has("connection.id") || !values.has("connection.uuid") || !values.has("connection.type")) return undefined;
  return new Profile(values, file);
}
