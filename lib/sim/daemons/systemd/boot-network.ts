// What networking.service leaves behind: the loopback up, the cards with the addresses of leases that still hold, and their DHCP clients running.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { names, tryReadFile } from "./api/files.ts";

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
  readonly method: string;
  readonly options: ReadonlyMap<string, string>;
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

/** The iface stanzas of interfaces(5), of the file itself. */
function stanzasOf(text: string): readonly Stanza[] {
  const stanzas: { name: string; method: string; options: Map<string, string> }[] = [];
  for (const line of text.split("\n")) {
    const words = line.trim().split(/\s+/);
    if (words[0] === "iface") stanzas.push({ name: words[1] ?? "", method: words[3] ?? "", options: new Map() });
    else if (words[0] === "auto" || words[0] === "source" || words[0]?.startsWith("allow-") === true || words[0] === "" || words[0]?.startsWith("#") === true) continue;
    else stanzas.at(-1)?.options.set(words[0] ?? "", words.slice(1).join(" "));
  }
  return stanzas;
}

function prefixOf(netmask: string): number {
  if (/^\d+$/.test(netmask)) return Number(netmask);
  return netmask.split(".").reduce((bits, part) => bits + Number(part).toString(2).replace(/0/g, "").length, 0);
}

export function* bringUpNetwork(sys: Sys): Blocking<void> {
  try {
    const links = sys.rtnetlink({ op: "link-list" });
    for (const link of links) {
      if (link.kind !== "loopback") continue;
      sys.rtnetlink({ op: "link-set", index: link.index, up: true });
    }
    for (const stanza of stanzasOf(yield* wholeConfiguration(sys))) {
      const link = links.find((one) => one.name === stanza.name);
      if (link === undefined || link.kind === "loopback") continue;
      sys.rtnetlink({ op: "link-set", index: link.index, up: true });
      if (stanza.method === "dhcp") {
        const lease = yield* formerLease(sys, stanza.name);
        if (lease !== undefined) {
          sys.rtnetlink({ op: "address-add", linkIndex: link.index, address: lease.address, prefixLength: lease.prefixLength, broadcast: lease.broadcast, dynamic: true, validLifetimeSeconds: leaseSeconds });
          if (lease.gateway !== undefined) sys.rtnetlink({ op: "route-add", destination: "default", gateway: lease.gateway, linkIndex: link.index });
        }
        startClient(sys, stanza.name);
      } else if (stanza.method === "static") {
        const [address = "", bits] = (stanza.options.get("address") ?? "").split("/");
        sys.rtnetlink({ op: "address-add", linkIndex: link.index, address, prefixLength: bits === undefined ? prefixOf(stanza.options.get("netmask") ?? "24") : Number(bits) });
        const gateway = stanza.options.get("gateway");
        if (gateway !== undefined) sys.rtnetlink({ op: "route-add", destination: "default", gateway, linkIndex: link.index });
      }
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function startClient(sys: Sys, name: string): void {
  sys.fork(function* dhclient(child) {
    child.setsid();
    for (const fd of child.descriptors()) child.close(fd);
    try {
      return yield* child.exec("/sbin/dhclient", ["dhclient", "-4", "-v", "-i", "-pf", `/run/dhclient.${name}.pid`, "-lf", `/var/lib/dhcp/dhclient.${name}.leases`, "-I", "-df", `/var/lib/dhcp/dhclient6.${name}.leases`, name], new Map([["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 127;
    }
  });
}
