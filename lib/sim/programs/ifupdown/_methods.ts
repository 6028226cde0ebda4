// What each address family and method of interfaces(5) does: the options that it fills in, and the command lines that ifup and ifdown run.
// The lines are ifupdown 0.8.41's own, blanks included: -v and -n show them.

export interface Variables {
  readonly iface: string;
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

export interface Surroundings {
  /** a program or script that may be run */
  readonly executable: (path: string) => boolean;
  readonly random: (length: number) => Uint8Array;
}

export interface Line {
  readonly text: string;
  /** its failure does not count */
  readonly lenient: boolean;
}

export interface Method {
  /** by command line: the first line that lacks something names all that it lacks */
  readonly required: readonly (readonly string[])[];
  readonly convert: (variables: Variables, surroundings: Surroundings) => void;
  readonly up: (variables: Variables, surroundings: Surroundings) => readonly Line[];
  readonly down: (variables: Variables, surroundings: Surroundings) => readonly Line[];
}

const line = (text: string): Line => ({ text, lenient: false });
const lenient = (text: string): Line => ({ text, lenient: true });

/** Text with the value of an option, nothing without it. */
function optional(v: Variables, name: string, text: (value: string) => string): string {
  const value = v.get(name);
  return value === undefined || value === "" ? "" : text(value);
}

const word = (v: Variables, name: string, keyword: string): string => optional(v, name, (value) => `${keyword} ${value}`);
const both = (v: Variables, names: readonly string[], text: string): string => (names.every((name) => (v.get(name) ?? "") !== "") ? text : "");

/** Neither an alias (eth0:1) nor a VLAN (eth0.5): what can be taken down as a whole. */
const isLink = (v: Variables): boolean => !/[:.]/.test(v.iface);

function fill(v: Variables, name: string, value: string): void {
  if (v.get(name) === undefined) v.set(name, value);
}

// ---- values

const hex = (byte: number): string => byte.toString(16).padStart(2, "0");

function cleanHardwareAddress(v: Variables, { random }: Surroundings): void {
  const value = v.get("hwaddress");
  if (value === undefined) return;
  const [first = "", second] = value.split(/\s+/);
  if (value === "random") {
    const bytes = [...random(6)];
    bytes[0] = ((bytes[0] ?? 0) & 0xfe) | 2;
    v.set("hwaddress", bytes.map(hex).join(":"));
  } else if (second !== undefined && ["ether", "ax25", "ARCnet", "netrom"].includes(first)) v.set("hwaddress", second);
}

function numberOf(address: string): number | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) return undefined;
  const parts = address.split(".").map(Number);
  return parts.some((part) => part > 255) ? undefined : parts.reduce((sum, part) => sum * 256 + part, 0);
}

const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
const maskOf = (bits: number): number => (bits < 0 || bits > 32 ? 0 : 2 ** 32 - 2 ** (32 - bits));

/** The mask behind the slash, else that of the address's class; the text itself when it is no address. */
function maskText(address: string): string {
  const slash = address.indexOf("/");
  const value = numberOf(slash < 0 ? address : address.slice(0, slash));
  if (value === undefined) return address;
  if (slash >= 0) return dotted(maskOf(Number.parseInt(address.slice(slash + 1), 10) || 0));
  const first = Math.floor(value / 2 ** 24);
  return dotted(maskOf(first <= 127 ? 8 : first <= 191 ? 16 : 24));
}

/** "+": all bits of hosts are one, "-": zero; anything else is taken as written. */
function broadcastText(sign: string, address: string, mask: string): string {
  const value = numberOf(address.split("/")[0] ?? "");
  const bits = numberOf(mask);
  if ((sign !== "+" && sign !== "-") || value === undefined || bits === undefined) return sign;
  const hosts = 2 ** 32 - 1 - bits;
  if (hosts === 1) return "255.255.255.255";
  const network = value - (value % (hosts + 1));
  return dotted(sign === "+" ? network + hosts : network);
}

function convertStatic4(v: Variables, surroundings: Surroundings): void {
  cleanHardwareAddress(v, surroundings);
  const address = v.get("address");
  if (address === undefined) return;
  v.set("broadcast", broadcastText(v.get("broadcast") ?? "+", address, v.get("netmask") ?? maskText(address)));
  fill(v, "netmask", maskText(address));
  v.set("address", address.split("/")[0] ?? "");
}

function convertStatic6(v: Variables, surroundings: Surroundings): void {
  cleanHardwareAddress(v, surroundings);
  fill(v, "autoconf", "0");
  fill(v, "preferred-lifetime", v.iface.includes(":") ? "0" : "");
  fill(v, "dad-attempts", "60");
  fill(v, "dad-interval", "0.1");
  const [address = "", bits = ""] = (v.get("address") ?? "").split("/");
  fill(v, "netmask", bits);
  if (v.get("address") !== undefined) v.set("address", address);
  if (v.get("gateway") !== undefined) fill(v, "accept_ra", "0");
}

function convertTunnel6(v: Variables): void {
  const [address = "", bits] = (v.get("address") ?? "").split("/");
  if (bits !== undefined) {
    v.set("address", address);
    fill(v, "netmask", bits);
  }
  fill(v, "preferred-lifetime", "");
}

const automatic6 = (acceptance: string) => (v: Variables, surroundings: Surroundings): void => {
  cleanHardwareAddress(v, surroundings);
  fill(v, "accept_ra", acceptance);
  fill(v, "request_prefix", "0");
  fill(v, "ll-attempts", "60");
  fill(v, "ll-interval", "0.1");
};

const isOn = (value: string | undefined): boolean => value !== undefined && !["", "0", "no", "false", "off", "n", "f"].includes(value.toLowerCase());

// ---- lines that several methods share

const linkDown = (v: Variables): readonly Line[] => (isLink(v) ? [line(`ip link set dev ${v.iface} down`)] : []);
const setting6 = (v: Variables, name: string, key = name): Line => lenient(optional(v, name, (value) => `sysctl -q -e -w net.ipv6.conf.${v.iface.replace(".", "/")}.${key}=${value}`));
const mtu6 = (v: Variables): Line => lenient(optional(v, "mtu", (mtu) => `if [ "$(cat /sys/class/net/${v.iface}/mtu)" -lt ${mtu} ]; then ip link set dev ${v.iface} mtu ${mtu}; else sysctl -q -e -w net.ipv6.conf.${v.iface.replace(".", "/")}.mtu=${mtu}; fi`));
const module6 = line("modprobe -q net-pf-10 > /dev/null 2>&1 || true # ignore failure.");
const flushTemporary6 = (v: Variables): readonly Line[] => (v.get("accept_ra") === "0" ? [line(`ip addr flush dev ${v.iface} mngtmpaddr`)] : []);
const linkUp6 = (v: Variables): Line => line(`ip link set dev ${v.iface} ${word(v, "hwaddress", "address")} up`);

const address4 = (v: Variables, action: "add" | "del"): string => `ip addr ${action} ${v.get("address") ?? ""}${optional(v, "netmask", (mask) => `/${mask}`)} ${word(v, "broadcast", "broadcast")} \t${word(v, "pointopoint", "peer")} ${word(v, "scope", "scope")} dev ${v.iface} label ${v.iface}`;
const route4 = (v: Variables, action: string, rest: string): Line => line(optional(v, "gateway", (gateway) => ` ip route ${action} default via ${gateway} ${word(v, "metric", "metric")} dev ${v.iface} ${rest} `));
const address6 = (v: Variables, action: "add" | "del"): string => `ip -6 addr ${action} ${v.get("address") ?? ""}${optional(v, "netmask", (bits) => `/${bits}`)} ${word(v, "scope", "scope")} dev ${v.iface}`;

const dhclient4 = (v: Variables, mode: string): string => `CLIENT="-i"; ${optional(v, "client", (client) => `[ "${client}" = no ] && CLIENT="";`)} dhclient -4 -v $CLIENT ${mode}-pf /run/dhclient.${v.iface}.pid -lf /var/lib/dhcp/dhclient.${v.iface}.leases -I -df /var/lib/dhcp/dhclient6.${v.iface}.leases ${v.iface}`;
const dhclient6 = (v: Variables, mode: string, extra = ""): string => `dhclient -6 ${mode} -pf /run/dhclient6.${v.iface}.pid -lf /var/lib/dhcp/dhclient6.${v.iface}.leases -I${extra} -df /var/lib/dhcp/dhclient.${v.iface}.leases ${v.iface}`;
const noClient = (version: "" | "v6"): string => `echo 'No DHCP${version} client software found!' >&2; false`;
const waitForLink6 = ({ executable }: Surroundings): readonly Line[] => (executable("/lib/ifupdown/wait-for-ll6.sh") ? [line("/lib/ifupdown/wait-for-ll6.sh")] : []);

const none = (): readonly Line[] => [];
const method = (rest: Partial<Method>): Method => ({ required: [], convert: cleanHardwareAddress, up: none, down: none, ...rest });

// ---- families

const inet = new Map<string, Method>([
  ["loopback", method({ up: (v) => [line(`ip link set dev ${v.iface} up`)], down: (v) => [line(`ip link set dev ${v.iface} down`)] })],
  ["static", method({
    required: [["address"]], convert: convertStatic4,
    up: (v) => [line(address4(v, "add")), line(`ip link set dev ${v.iface} ${word(v, "mtu", "mtu")} ${word(v, "hwaddress", "address")} up`), route4(v, "add", "onlink")],
    down: (v) => [route4(v, "del", "2>&1 1>/dev/null || true"), line(address4(v, "del")), ...(isLink(v) ? [line(`ip -4 addr flush dev ${v.iface}`)] : []), ...linkDown(v)],
  })],
  ["manual", method({
    up: (v) => [line(word(v, "mtu", `ip link set dev ${v.iface} mtu`)), line(word(v, "hwaddress", `ip link set dev ${v.iface} address`)), line(`ip link set dev ${v.iface} up 2>/dev/null || true`)],
    down: (v) => (isLink(v) ? [line(`ip -4 addr flush dev ${v.iface} 2>/dev/null || true`), line(`ip link set dev ${v.iface} down 2>/dev/null || true`)] : []),
  })],
  ["dhcp", method({
    up: (v, { executable }) => [
      line(word(v, "hwaddress", `ip link set dev ${v.iface} address`)),
      line(executable("/sbin/dhclient") ? `${dhclient4(v, "")} \t${optional(v, "metric", (metric) => `-e IF_METRIC=${metric}`)}`
        : executable("/sbin/udhcpc") ? `udhcpc -n -p /run/udhcpc.${v.iface}.pid -i ${v.iface} ${optional(v, "hostname", (name) => `-x hostname:${name}`)}`
        : executable("/sbin/dhcpcd") ? `dhcpcd ${word(v, "hostname", "-h")} ${word(v, "vendor", "-i")} ${word(v, "client", "-I")}            ${word(v, "leasetime", "-l")} ${word(v, "metric", "-m")} ${v.iface}` : noClient("")),
    ],
    down: (v, { executable }) => [
      line(executable("/sbin/dhclient") ? dhclient4(v, "-r ") : executable("/sbin/udhcpc") ? `if test -f /run/udhcpc.${v.iface}.pid; then kill -USR2 $(cat /run/udhcpc.${v.iface}.pid); kill -TERM $(cat /run/udhcpc.${v.iface}.pid); fi` : executable("/sbin/dhcpcd") ? `dhcpcd -k ${v.iface}` : noClient("")),
      ...linkDown(v),
    ],
  })],
  ["bootp", method({ up: (v) => [line(`bootpc ${word(v, "bootfile", "--bootfile")} --dev ${v.iface} ${word(v, "server", "--server")}            ${word(v, "hwaddr", "--hwaddr")} --returniffail --serverbcast`)], down: linkDown })],
  ["tunnel", method({
    required: [["mode", "endpoint"], ["address", "netmask"]],
    up: (v) => [
      line(`ip tunnel add ${v.iface} mode ${v.get("mode") ?? ""} remote ${v.get("endpoint") ?? ""} ${word(v, "local", "local")}        ${word(v, "ttl", "ttl")}`), line(`ip link set ${v.iface} up ${word(v, "mtu", "mtu")}`),
      line(`ip addr add ${v.get("address") ?? ""}/${v.get("netmask") ?? ""} dev ${v.iface} ${word(v, "dstaddr", "peer")}`), route4(v, "add", "onlink"),
    ],
    down: (v) => [line(`ip tunnel del ${v.iface}`)],
  })],
  ["ppp", method({ up: (v) => [line(`pon ${v.get("provider") ?? ""} ${word(v, "unit", "unit")} ${v.get("options") ?? ""}`)], down: (v) => [line(`poff ${v.get("provider") ?? ""}`)] })],
  ["wvdial", method({
    up: (v) => [line(`start-stop-daemon --start -x /usr/bin/wvdial                       -p /run/wvdial.${v.iface}.pid -b -m -- ${optional(v, "provider", (name) => ` ${name} `)}`)],
    down: (v) => [line(`start-stop-daemon --stop -x /usr/bin/wvdial                       -p /run/wvdial.${v.iface}.pid -s 2`)],
  })],
  ["ipv4ll", method({ up: (v) => [line(`avahi-autoipd -D ${v.iface}`)], down: (v) => [line(`avahi-autoipd --kill ${v.iface}`)] })],
]);

const inet6 = new Map<string, Method>([
  ["auto", method({
    convert: automatic6("2"),
    up: (v, surroundings) => [
      module6, setting6(v, "privext", "use_tempaddr"), setting6(v, "accept_ra"), lenient(`sysctl -q -e -w net.ipv6.conf.${v.iface.replace(".", "/")}.autoconf=1`), ...flushTemporary6(v),
      line(`ip link set dev ${v.iface} ${optional(v, "hwaddress", (address) => `address ${address} `)}up`),
      ...(isOn(v.get("dhcp")) ? [...waitForLink6(surroundings), line(!surroundings.executable("/sbin/dhclient") ? noClient("v6") : isOn(v.get("request_prefix")) ? dhclient6(v, "-v -P") : dhclient6(v, "-1 -v -S"))] : []),
    ],
    down: (v, { executable }) => [...(isOn(v.get("dhcp")) ? [line(executable("/sbin/dhclient") ? dhclient6(v, "-v -r") : noClient("v6"))] : []), line(`ip -6 addr flush dev ${v.iface} scope global`), ...linkDown(v)],
  })],
  ["loopback", method({
    up: (v) => [lenient(`ip link set dev ${v.iface} up 2>/dev/null`), lenient(`ip addr add dev ${v.iface} ::1 2>/dev/null`)],
    down: (v) => [lenient(`ip addr del dev ${v.iface} ::1 2>/dev/null`), lenient(`ip link set dev ${v.iface} down 2>/dev/null`)],
  })],
  ["static", method({
    required: [["address"]], convert: convertStatic6,
    up: (v) => [
      module6, setting6(v, "privext", "use_tempaddr"), setting6(v, "accept_ra"), setting6(v, "autoconf"), mtu6(v), ...flushTemporary6(v), linkUp6(v),
      line(`${address6(v, "add")} ${word(v, "preferred-lifetime", "preferred_lft")}${v.get("dad-attempts") === "0" ? " nodad" : ""}`),
      line(optional(v, "gateway", (gateway) => ` ip -6 route replace default via ${gateway} ${word(v, "metric", "metric")} dev ${v.iface} onlink `)),
    ],
    down: (v) => [line(optional(v, "gateway", (gateway) => ` ip -6 route del default via ${gateway} ${word(v, "metric", "metric")} dev ${v.iface} `)), line(address6(v, "del")), ...(isLink(v) ? [line(`ip -6 addr flush dev ${v.iface}`)] : []), ...linkDown(v)],
  })],
  ["manual", method({
    up: (v) => [mtu6(v), line(word(v, "hwaddress", `ip link set dev ${v.iface} address`)), line(`ip link set dev ${v.iface} up 2>/dev/null || true`)],
    down: (v) => (isLink(v) ? [line(`ip -6 addr flush dev ${v.iface} 2>/dev/null || true`), line(`ip link set dev ${v.iface} down 2>/dev/null || true`)] : []),
  })],
  ["dhcp", method({
    convert: automatic6("1"),
    up: (v, surroundings) => [
      module6, setting6(v, "accept_ra"), lenient(""), ...flushTemporary6(v), linkUp6(v), ...waitForLink6(surroundings),
      line(surroundings.executable("/sbin/dhclient") ? dhclient6(v, "-v", isOn(v.get("request_prefix")) ? " -P -N" : "") : noClient("v6")),
    ],
    down: (v, { executable }) => [line(executable("/sbin/dhclient") ? dhclient6(v, "-v -r") : noClient("v6")), ...linkDown(v)],
  })],
  ["v4tunnel", method({
    required: [["endpoint"], ["address"]], convert: convertTunnel6,
    up: (v) => [
      module6, line(`ip tunnel add ${v.iface} mode sit remote ${v.get("endpoint") ?? ""} ${word(v, "local", "local")}        ${word(v, "ttl", "ttl")}`), line(`ip link set ${v.iface} up ${word(v, "mtu", "mtu")}`),
      line(` ip addr add ${v.get("address") ?? ""}${optional(v, "netmask", (bits) => `/${bits}`)} dev ${v.iface} ${word(v, "preferred-lifetime", "preferred_lft")} `),
      line(optional(v, "gateway", (gateway) => ` ip route add ${gateway} dev ${v.iface} `)), line(optional(v, "gateway", (gateway) => ` ip route add ::/0 via ${gateway} ${word(v, "metric", "metric")} dev ${v.iface} onlink `)),
    ],
    down: (v) => [line(`ip tunnel del ${v.iface}`)],
  })],
  ["6to4", method({
    required: [["local"]],
    convert(v) {
      fill(v, "preferred-lifetime", "");
      const bytes = (v.get("local") ?? "").split(".").map(Number);
      if (bytes.length === 4) v.set("hexaddress", `${hex(bytes[0] ?? 0)}${hex(bytes[1] ?? 0)}:${hex(bytes[2] ?? 0)}${hex(bytes[3] ?? 0)}`);
    },
    up: (v) => [
      module6, line(`ip tunnel add ${v.iface} mode sit remote any local ${v.get("local") ?? ""}        ${word(v, "ttl", "ttl")}`), line(`ip link set ${v.iface} up ${word(v, "mtu", "mtu")}`),
      line(`ip addr add 2002:${v.get("hexaddress") ?? ""}::1/16 dev ${v.iface} ${word(v, "preferred-lifetime", "preferred_lft")}`), line(`ip route add 2000::/3 via ::192.88.99.1 ${word(v, "metric", "metric")} dev ${v.iface}`),
    ],
    down: (v) => [line(`ip -6 route flush dev ${v.iface}`), line(`ip link set dev ${v.iface} down`), line(`ip tunnel del ${v.iface}`)],
  })],
]);

const canOptions = [["loopback", "loopback"], ["listenonly", "listen-only"], ["triple", "triple-sampling"], ["oneshot", "one-shot"], ["berr", "berr-reporting"]] as const;
const can = new Map<string, Method>([
  ["static", method({
    required: [["bitrate"]],
    up: (v) => [
      line(`ip link set ${v.iface} type can bitrate ${v.get("bitrate") ?? ""}`), ...canOptions.map(([name, key]) => line(both(v, [name], ` ip link set ${v.iface} type can ${key} ${v.get(name) ?? ""} `))),
      line(both(v, ["restart-ms"], ` ip link set ${v.iface} type can restart-ms ${v.get("restart-ms") ?? ""} `)), line(`ip link set ${v.iface} up`),
    ],
    down: (v) => [line(`ip link set ${v.iface} down`)],
  })],
]);

const families = new Map([["inet", inet], ["inet6", inet6], ["can", can]]);

export const isFamily = (family: string): boolean => families.has(family);
export const isMethod = (family: string, name: string): boolean => families.get(family)?.has(name) === true;
export const methodOf = (family: string, name: string): Method | undefined => families.get(family)?.get(name);

// ---- the link itself, before and after all families

/** A name with a full stop is a VLAN of the link before it; with a colon it is an alias. */
export function linkUp(v: Variables): readonly Line[] {
  const base = v.iface.split(":")[0] ?? "";
  const [parent = "", id] = base.split(".");
  const alias = line(optional(v, "description", (text) => `ip link set ${base} alias "${text}"`));
  if (id === undefined) return [alias];
  const make = `if test -d /sys/class/net/${parent} &&         ! ip link show ${base} >/dev/null 2>&1;     then         if test \`cat /sys/class/net/${parent}/type\` -eq 32; then             echo 0x${vlanHex(id)} > /sys/class/net/${parent}/create_child;         else             ip link set up dev ${parent};             ip link add link ${parent} name ${base} type vlan id ${id}; \tfi;     fi`;
  return [line(make), alias];
}

export function linkRemoval(v: Variables): readonly Line[] {
  const [parent = "", id] = v.iface.split(".");
  if (id === undefined || v.iface.includes(":")) return [line("")];
  return [line(`if test -d /sys/class/net/${parent}/device/infiniband; then         if test \`cat /sys/class/net/${parent}/type\` -eq 32; then             echo 0x${vlanHex(id)} > /sys/class/net/${parent}/delete_child;         fi     else         ip link del ${v.iface};     fi`), line("")];
}

const vlanHex = (id: string): string => (Number.parseInt(id, 10) || 0).toString(16);
