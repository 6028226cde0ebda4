// Interfaces as ifconfig shows them, with the aliases that labels of addresses make (lib/interface.c of net-tools 2.10).
import type { InterfaceAddress, Link, Sys } from "../../kernel/sys.ts";

export interface Shown {
  /** of the interface, or of an alias: "eth0:1" */
  readonly name: string;
  readonly link: Link;
  readonly alias: boolean;
  readonly inet: InterfaceAddress | undefined;
  readonly inet6: readonly InterfaceAddress[];
}

export const netmaskOf = (length: number): string => [0, 8, 16, 24].map((from) => 256 - 2 ** (8 - Math.min(8, Math.max(0, length - from)))).join(".");

/** In the order of ifconfig: by name, numbers as numbers. */
export function interfacesOf(sys: Sys): readonly Shown[] {
  const addresses = sys.rtnetlink({ op: "address-list" });
  const shown: Shown[] = [];
  for (const link of sys.rtnetlink({ op: "link-list" })) {
    const own = addresses.filter((one) => one.linkIndex === link.index);
    const inet = own.filter((one) => one.family === "inet");
    const labelOf = (one: InterfaceAddress): string => one.label ?? link.name;
    shown.push({ name: link.name, link, alias: false, inet: inet.find((one) => labelOf(one) === link.name), inet6: own.filter((one) => one.family === "inet6") });
    for (const name of new Set(inet.map(labelOf))) if (name !== link.name) shown.push({ name, link, alias: true, inet: inet.find((one) => labelOf(one) === name), inet6: [] });
  }
  const parts = (name: string): readonly [string, number] => [name.replace(/\d+$/, ""), Number(/\d+$/.exec(name)?.[0] ?? -1)];
  return shown.sort((a, b) => {
    const [left, leftNumber] = parts(a.name);
    const [right, rightNumber] = parts(b.name);
    return left < right ? -1 : left > right ? 1 : leftNumber - rightNumber;
  });
}

/** netdevice(7): the value, the name in ifconfig and the letter in netstat -i. */
function flagsOf(link: Link): readonly (readonly [value: number, name: string, letter: string])[] {
  const point = link.kind === "tun";
  const rows: readonly (readonly [boolean, number, string, string])[] = [
    [link.up, 1, "UP", "U"], [!point && link.kind !== "loopback" && link.kind !== "sit", 2, "BROADCAST", "B"], [link.kind === "loopback", 8, "LOOPBACK", "L"], [point, 16, "POINTOPOINT", "P"],
    [link.up && (link.carrier || link.kind === "loopback"), 64, "RUNNING", "R"], [point || link.kind === "sit" || link.kind === "dummy", 128, "NOARP", "O"],
    // a port of a bridge is promiscuous without the flag
    [link.promiscuous && link.master === undefined, 256, "PROMISC", "P"], [link.kind !== "loopback" && link.kind !== "sit" && link.kind !== "dummy", 4096, "MULTICAST", "M"],
  ];
  return rows.filter(([holds]) => holds).map(([, value, name, letter]) => [value, name, letter]);
}

function size(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let power = 0;
  while (power < 4 && bytes >= 1024 ** (power + 1)) power++;
  return `${(Math.floor((bytes * 10) / 1024 ** power) / 10).toFixed(1)} ${units[power] ?? ""}`;
}

const SCOPES = { global: "0x0<global>", host: "0x10<host>", link: "0x20<link>" } as const;

export function interfaceText({ name, link, alias, inet, inet6 }: Shown): string {
  const flags = flagsOf(link);
  const lines = [`${name}: flags=${flags.reduce((sum, [value]) => sum + value, 0)}<${flags.map(([, word]) => word).join(",")}>  mtu ${link.mtu}`];
  if (inet !== undefined) lines.push(`        inet ${inet.address}  netmask ${netmaskOf(inet.prefixLength)}${link.kind === "loopback" ? "" : link.kind === "tun" ? `  destination ${inet.address}` : `  broadcast ${inet.broadcast ?? "0.0.0.0"}`}`);
  for (const one of inet6) lines.push(`        inet6 ${one.address}  prefixlen ${one.prefixLength}  scopeid ${SCOPES[one.scope]}`);
  if (link.kind === "loopback") lines.push(`        loop  txqueuelen ${link.queueLength}  (Local Loopback)`);
  else if (link.kind === "tun") lines.push(`        unspec ${Array(16).fill("00").join("-")}  txqueuelen ${link.queueLength}  (UNSPEC)`);
  else if (link.kind === "sit") lines.push(`        sit  txqueuelen ${link.queueLength}  (IPv6-in-IPv4)`);
  else lines.push(`        ether ${link.mac}  txqueuelen ${link.queueLength}  (Ethernet)`);
  if (!alias) {
    lines.push(`        RX packets ${link.rxPackets}  bytes ${link.rxBytes} (${size(link.rxBytes)})`, "        RX errors 0  dropped 0  overruns 0  frame 0");
    lines.push(`        TX packets ${link.txPackets}  bytes ${link.txBytes} (${size(link.txBytes)})`, "        TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0");
  }
  return `${lines.join("\n")}\n\n`;
}

/** A line of netstat -i and ifconfig -s. */
export function interfaceLine({ name, link, alias }: Shown): string {
  const letters = flagsOf(link).map(([, , letter]) => letter);
  const flags = [..."BLMOPRU"].filter((letter) => letters.includes(letter)).join("");
  const cell = (value: number, width: number): string => String(value).padStart(width);
  const start = `${name.padEnd(16)}${cell(link.mtu, 5)}`;
  if (alias) return `${start}      - no statistics available -                        ${flags}\n`;
  return `${start} ${cell(link.rxPackets, 8)} ${cell(0, 6)} ${cell(0, 6)} ${"0".padEnd(6)} ${cell(link.txPackets, 8)} ${cell(0, 6)} ${cell(0, 6)} ${cell(0, 6)} ${flags}\n`;
}
