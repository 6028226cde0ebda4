// What networking.service leaves behind: the loopback up, the cards with the addresses of leases that still hold, and their DHCP clients running.
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { makeDirectories, names, tryReadFile, tryWriteFile } from "./api/files.ts";
import { CGROUP_ROOT } from "./cgroup-files.ts";
import { endOfChild } from "./end-of-child.ts";

const leaseSeconds = 86_400;

/** A lease of an earlier boot, as dhclient keeps it (dhclient.leases(5)). */
function* formerLease(sys: Sys, name: string): Blocking<{ readonly address: string; readonly prefixLength: number; readonly broadcast: string; readonly gateway: string | undefined } | undefined> {
  const text = yield* tryReadFile(sys, `/var/lib/dhcp/dhclient.${name}.leases`);
  const last = text?.slice(text.lastIndexOf("lease {"));
  const address = last === undefined ? undefined : /fixed-address ([\d.]+);/.exec(last)?.[1];
  if (last === undefined || address === undefined) return undefined;
  const option = (word: string): string | undefined => new Map([...last.matchAll(/option ([a-z-]+) ([^;]+);/g)].map((match) => [match[1], match[2]] as const)).get(word);
  const netmask = option("subnet-mask") ?? "255.255.255.0";
  const masks = netmask.split(".").map(Number);
  const broadcast = address.split(".").map((part, index) => Number(part) | (255 - (masks[index] ?? 0))).join(".");
  return { address, prefixLength: prefixOf(netmask), broadcast, gateway: option("routers") };
}

interface Stanza {
  readonly name: string;
  readonly family: string;
  readonly method: string;
  readonly options: Map<string, string>;
}

interface Configuration {
  readonly stanzas: readonly Stanza[];
  /** of "auto" lines, and of "allow-hotplug" lines: udev asks for these */
  readonly auto: readonly string[];
  readonly hotplug: readonly string[];
  /** nothing but what is done here: no commands, no patterns, no mappings */
  readonly plain: boolean;
}

/** With the files that "source" and "source-directory" name. */
function* wholeConfiguration(sys: Sys): Blocking<string> {
  const own = (yield* tryReadFile(sys, "/etc/network/interfaces")) ?? "";
  let text = own;
  for (const line of own.split("\n")) {
    const [word = "", pattern = ""] = line.trim().split(/\s+/);
    const path = pattern.startsWith("/") ? pattern : `/etc/network/${pattern}`;
    const directory = word === "source-directory" ? path : word === "source" && path.endsWith("/*") ? path.slice(0, -2) : undefined;
    if (directory !== undefined) for (const name of [...names(sys, directory)].sort()) text += `\n${(yield* tryReadFile(sys, `${directory}/${name}`)) ?? ""}`;
    else if (word === "source") text += `\n${(yield* tryReadFile(sys, path)) ?? ""}`;
  }
  return text;
}

const plainOptions = new Set(["address", "netmask", "gateway", "broadcast"]);
const plainMethods = new Set(["loopback", "dhcp", "static", "manual"]);
/** Options that nothing heeds here. */
const ofOthers = /^(?:dns|wpa)[-_]/;
/** Scripts of packages that act on options of their own only. */
const scriptsOfPackages = new Set(["bridge"]);
const scriptDirectories = ["/etc/network/if-pre-up.d", "/etc/network/if-up.d"];

/** interfaces(5), as far as the common case needs it; `plain` says whether that is all there is. */
function configurationOf(sys: Sys, text: string): Configuration {
  const stanzas: Stanza[] = [];
  const auto: string[] = [];
  const hotplug: string[] = [];
  let plain = scriptDirectories.every((directory) => names(sys, directory).every((name) => scriptsOfPackages.has(name)));
  for (const line of text.split("\n")) {
    const [word = "", ...words] = line.trim().split(/\s+/);
    if (word === "" || word.startsWith("#")) continue;
    if (line.trimEnd().endsWith("\\")) plain = false;
    if (word === "iface") {
      const [name = "", family = "", method = "", extra] = words;
      stanzas.push({ name, family, method, options: new Map() });
      if (family !== "inet" || !plainMethods.has(method) || extra !== undefined || /[.:]/.test(name)) plain = false;
    } else if (word === "auto" || word === "allow-auto") auto.push(...words);
    else if (word === "allow-hotplug") hotplug.push(...words);
    else if (word === "source" || word === "source-directory") continue;
    else {
      const stanza = stanzas.at(-1);
      if (stanza === undefined || stanza.options.has(word) || words.length === 0 || !(plainOptions.has(word) || ofOthers.test(word))) plain = false;
      if (stanza?.method === "manual" || (stanza?.method !== "static" && plainOptions.has(word))) plain = false;
      stanza?.options.set(word, words.join(" "));
    }
  }
  const known = new Set(stanzas.map((stanza) => stanza.name));
  if ([...auto, ...hotplug].some((name) => name !== "lo" && !known.has(name))) plain = false;
  if (stanzas.some((stanza) => stanza.method === "static" && !/^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?$/.test(stanza.options.get("address") ?? ""))) plain = false;
  return { stanzas, auto, hotplug, plain };
}

function prefixOf(netmask: string): number {
  if (/^\d+$/.test(netmask)) return Number(netmask);
  return netmask.split(".").reduce((bits, part) => bits + Number(part).toString(2).replace(/0/g, "").length, 0);
}

/** The administrator may want none: the service is disabled, or its settings say so. */
function* wantsInterfaces(sys: Sys): Blocking<boolean> {
  const installed = (yield* tryReadFile(sys, "/lib/systemd/system/networking.service")) !== undefined;
  if (installed && !["multi-user", "network-online"].some((target) => names(sys, `/etc/systemd/system/${target}.target.wants`).includes("networking.service"))) return false;
  return !/^CONFIGURE_INTERFACES=["']?no["']?\s*$/m.test((yield* tryReadFile(sys, "/etc/default/networking")) ?? "");
}

/** `say`: that a unit was started. */
export function* bringUpNetwork(sys: Sys, say: (unit: string, message: string) => Blocking<void>): Blocking<void> {
  const links = sys.rtnetlink({ op: "link-list" });
  const loopback = links.find((link) => link.kind === "loopback");
  // systemd itself does that
  if (loopback !== undefined) sys.rtnetlink({ op: "link-set", index: loopback.index, up: true });
  const { stanzas, auto, hotplug, plain } = configurationOf(sys, yield* wholeConfiguration(sys));
  const fromStart = yield* wantsInterfaces(sys);
  const present = (name: string): boolean => links.some((link) => link.name === name);
  if (!plain) {
    if (fromStart) yield* runIfup(sys, SERVICE, ["-a", "--read-environment"]);
    for (const name of hotplug) {
      if (!present(name)) continue;
      yield* sayStarted(name, say);
      yield* runIfup(sys, hotplugUnit(name), ["--allow=hotplug", name]);
    }
    return;
  }
  const wanted = [...new Set([...(fromStart ? ["lo", ...auto] : []), ...hotplug])].filter(present);
  for (const name of wanted) {
    const unit = hotplug.includes(name) ? hotplugUnit(name) : SERVICE;
    if (unit !== SERVICE) yield* sayStarted(name, say);
    const link = links.find((one) => one.name === name);
    // two files may define the same: what comes from a server is asked for once
    const own = stanzas.filter((one, index) => one.name === name && !(one.method === "dhcp" && stanzas.findIndex((other) => other.name === name && other.method === "dhcp") !== index));
    for (const stanza of own) {
      if (link === undefined) continue;
      try {
        yield* bringUp(sys, stanza, link.index, unit);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
  }
  yield* writeState(sys, wanted);
}

/** networking.service brings up what is automatic, ifup@.service each card that udev finds (ifupdown's 80-ifupdown.rules). */
const SERVICE = "networking.service";
const hotplugUnit = (name: string): string => `ifup@${name}.service`;

const sayStarted = (name: string, say: (unit: string, message: string) => Blocking<void>): Blocking<void> => say(hotplugUnit(name), `Started ${hotplugUnit(name)} - ifup for ${name}.`);

/** The process goes to the unit's control group. */
function* joinUnit(sys: Sys, unit: string): Blocking<void> {
  const group = `${CGROUP_ROOT}/system.slice/${unit}`;
  makeDirectories(sys, group);
  yield* tryWriteFile(sys, `${group}/cgroup.procs`, String(sys.getpid()));
}

function* bringUp(sys: Sys, { name, method, options }: Stanza, linkIndex: number, unit: string): Blocking<void> {
  sys.rtnetlink({ op: "link-set", index: linkIndex, up: true });
  if (method === "dhcp") {
    const lease = yield* formerLease(sys, name);
    if (lease !== undefined) {
      sys.rtnetlink({ op: "address-add", linkIndex, address: lease.address, prefixLength: lease.prefixLength, broadcast: lease.broadcast, dynamic: true, validLifetimeSeconds: leaseSeconds });
      if (lease.gateway !== undefined) sys.rtnetlink({ op: "route-add", destination: "default", gateway: lease.gateway, linkIndex });
    }
    startClient(sys, name, unit);
  } else if (method === "static") {
    const [address = "", bits] = (options.get("address") ?? "").split("/");
    const netmask = bits ?? options.get("netmask") ?? classfulMask(address);
    const prefixLength = prefixOf(netmask);
    sys.rtnetlink({ op: "address-add", linkIndex, address, prefixLength, broadcast: options.get("broadcast") ?? broadcastOf(address, prefixLength) });
    const gateway = options.get("gateway");
    if (gateway !== undefined) sys.rtnetlink({ op: "route-add", destination: "default", gateway, linkIndex, onLink: true });
  }
}

const classfulMask = (address: string): string => {
  const first = Number(address.split(".")[0]);
  return first <= 127 ? "255.0.0.0" : first <= 191 ? "255.255.0.0" : "255.255.255.0";
};

function broadcastOf(address: string, prefixLength: number): string {
  if (prefixLength === 31) return "255.255.255.255";
  return address.split(".").map((part, index) => Number(part) | (255 >> Math.min(8, Math.max(0, prefixLength - index * 8)))).join(".");
}

/** What ifup notes, for ifquery, ifdown and the next ifup. */
function* writeState(sys: Sys, wanted: readonly string[]): Blocking<void> {
  yield* tryWriteFile(sys, "/run/network/.ifstate.lock", "");
  yield* tryWriteFile(sys, "/run/network/ifstate", wanted.map((name) => `${name}=${name}\n`).join(""));
  for (const name of wanted) yield* tryWriteFile(sys, `/run/network/ifstate.${name}`, `${name}\n`);
}

/** The program itself, for what is more than addresses: it is waited for, as networking.service and ifup@.service are. */
function* runIfup(sys: Sys, unit: string, words: readonly string[]): Blocking<void> {
  const pid = sys.fork(function* ifup(child) {
    child.setsid();
    yield* joinUnit(child, unit);
    try {
      const nowhere = yield* child.open("/dev/null", O.RDWR);
      for (const fd of [0, 1, 2]) child.dup2(nowhere, fd);
      for (const fd of child.descriptors()) if (fd > 2) child.close(fd);
      return yield* child.exec("/sbin/ifup", ["/sbin/ifup", ...words], new Map([["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]]));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 127;
    }
  });
  yield* endOfChild(sys, pid);
}

function startClient(sys: Sys, name: string, unit: string): void {
  sys.fork(function* dhclient(child) {
    child.setsid();
    yield* joinUnit(child, unit);
    for (const fd of child.descriptors()) child.close(fd);
    try {
      return yield* child.exec("/sbin/dhclient", ["dhclient", "-4", "-v", "-i", "-pf", `/run/dhclient.${name}.pid`, "-lf", `/var/lib/dhcp/dhclient.${name}.leases`, "-I", "-df", `/var/lib/dhcp/dhclient6.${name}.leases`, name], new Map([["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 127;
    }
  });
}
