// The directory of a network link below /sys/class/net (Documentation/ABI/testing/sysfs-class-net).

import { SysError } from "../errno.ts";
import type { Link } from "../sys.ts";
import type { Caller } from "../vfs/caller.ts";
import { PseudoTree } from "../vfs/pseudo-tree.ts";
import { linksOf, type SysContext } from "./sys-context.ts";

export interface NetContext extends SysContext {
  readonly link: Link;
}

const IFF = { UP: 1, BROADCAST: 2, LOOPBACK: 8, NOARP: 0x80, PROMISC: 0x100, MULTICAST: 0x1000 } as const;

function flagsOf(link: Link): number {
  let flags = link.kind === "loopback" ? IFF.LOOPBACK : IFF.BROADCAST | IFF.MULTICAST;
  if (link.kind === "dummy") flags |= IFF.NOARP;
  if (link.kind === "dummy") flags &= ~IFF.MULTICAST;
  if (link.up) flags |= IFF.UP;
  if (link.promiscuous) flags |= IFF.PROMISC;
  return flags;
}

function operationalState(link: Link): string {
  if (link.kind === "loopback" || link.kind === "dummy") return link.up ? "unknown" : link.kind === "loopback" ? "unknown" : "down";
  return link.up && link.carrier ? "up" : "down";
}

/** What an attribute of a link that is down or has no speed says. */
function invalid(): never {
  throw new SysError("EINVAL");
}

function set(reader: Caller, { kernel, link }: NetContext, change: { readonly mtu?: number; readonly up?: boolean; readonly name?: string; readonly alias?: string }): void {
  kernel.processes.get(reader.pid)?.sys.rtnetlink({ op: "link-set", index: link.index, ...change });
}

function number(text: string): number {
  if (!/^\d{1,9}$/.test(text.trim())) throw new SysError("EINVAL");
  return Number(text);
}

/** Holds a link for each port of the bridge. */
export const PORTS_DIRECTORY = "brif";

function makeTree(): PseudoTree<NetContext> {
  const tree = new PseudoTree<NetContext>(0o755);
  tree.file("addr_assign_type", ({ link }) => `${link.kind === "ether" || link.kind === "loopback" ? 0 : 3}\n`);
  tree.file("addr_len", () => "6\n");
  tree.file("address", ({ link }) => `${link.mac}\n`);
  tree.file("broadcast", ({ link }) => `${link.kind === "loopback" ? "00:00:00:00:00:00" : "ff:ff:ff:ff:ff:ff"}\n`);
  tree.file("carrier", ({ link }) => (link.up ? `${Number(link.carrier)}\n` : invalid()), { mode: 0o644 });
  tree.file("carrier_changes", () => "2\n");
  tree.file("carrier_down_count", () => "1\n");
  tree.file("carrier_up_count", () => "1\n");
  tree.file("dev_id", () => "0x0\n");
  tree.file("dev_port", () => "0\n");
  tree.file("dormant", ({ link }) => (link.up ? "0\n" : invalid()));
  tree.file("duplex", ({ link }) => (link.kind === "ether" ? "unknown\n" : link.kind === "veth" || link.kind === "tap" ? "full\n" : invalid()));
  tree.file("flags", ({ link }) => `0x${flagsOf(link).toString(16)}\n`, { mode: 0o644 });
  tree.file("gro_flush_timeout", () => "0\n", { mode: 0o644 });
  tree.file("ifalias", ({ link }) => (link.alias === "" ? "" : `${link.alias}\n`), { mode: 0o644, write: (context, text, writer) => set(writer, context, { alias: text.trimEnd() }) });
  tree.file("ifindex", ({ link }) => `${link.index}\n`);
  tree.file("iflink", ({ link }) => `${link.peerIndex ?? link.index}\n`);
  tree.file("link_mode", () => "0\n");
  tree.file("mtu", ({ link }) => `${link.mtu}\n`, { write: (context, text, writer) => set(writer, context, { mtu: number(text) }) });
  tree.file("name_assign_type", ({ link }) => (link.kind === "loopback" ? invalid() : link.kind === "ether" ? "4\n" : "3\n"));
  tree.file("netdev_group", () => "0\n", { mode: 0o644 });
  tree.file("operstate", ({ link }) => `${operationalState(link)}\n`);
  tree.file("phys_port_id", () => {
    throw new SysError("EOPNOTSUPP");
  });
  tree.file("phys_switch_id", () => {
    throw new SysError("EOPNOTSUPP");
  });
  tree.file("proto_down", () => "0\n", { mode: 0o644 });
  tree.file("speed", ({ link }) => (link.kind === "veth" || link.kind === "tap" || link.kind === "bridge" ? "10000\n" : link.kind === "ether" ? "-1\n" : invalid()));
  tree.file("tx_queue_len", ({ link }) => `${link.queueLength}\n`, { mode: 0o644 });
  tree.file("type", ({ link }) => `${link.kind === "loopback" ? 772 : link.kind === "tun" ? 65534 : 1}\n`);
  tree.file("uevent", ({ link }) => `${link.kind === "bridge" ? "DEVTYPE=bridge\n" : ""}INTERFACE=${link.name}\nIFINDEX=${link.index}\n`, { mode: 0o644 });
  const counters: Record<string, (link: Link) => number> = {
    rx_bytes: (link) => link.rxBytes, rx_packets: (link) => link.rxPackets, tx_bytes: (link) => link.txBytes, tx_packets: (link) => link.txPackets,
  };
  for (const name of ["collisions", "multicast", "rx_bytes", "rx_compressed", "rx_crc_errors", "rx_dropped", "rx_errors", "rx_fifo_errors", "rx_frame_errors", "rx_length_errors", "rx_missed_errors", "rx_nohandler", "rx_over_errors",
    "rx_packets", "tx_aborted_errors", "tx_bytes", "tx_carrier_errors", "tx_compressed", "tx_dropped", "tx_errors", "tx_fifo_errors", "tx_heartbeat_errors", "tx_packets", "tx_window_errors"]) {
    tree.file(`statistics/${name}`, ({ link }) => `${counters[name]?.(link) ?? 0}\n`);
  }
  tree.directory("queues/rx-0", 0o755);
  tree.directory("queues/tx-0", 0o755);
  tree.file("power/control", () => "auto\n", { mode: 0o644 });
  const isBridge = ({ link }: NetContext): boolean => link.kind === "bridge";
  tree.directory("bridge", 0o755, { exists: isBridge });
  tree.directory(PORTS_DIRECTORY, 0o755, { exists: isBridge });
  for (const [name, value] of [["bridge_id", ""], ["root_id", ""], ["stp_state", "0"], ["forward_delay", "1500"], ["hello_time", "200"], ["max_age", "2000"], ["ageing_time", "30000"], ["priority", "32768"], ["vlan_filtering", "0"], ["nf_call_iptables", "0"]] as const) {
    tree.file(`bridge/${name}`, ({ link }) => `${value === "" ? `8000.${link.mac.replaceAll(":", "")}` : value}\n`, { exists: isBridge, mode: name.endsWith("_id") ? 0o444 : 0o644, ...(name.endsWith("_id") ? {} : { write: () => undefined }) });
  }
  const isPort = ({ link }: NetContext): boolean => link.master !== undefined;
  tree.directory("brport", 0o755, { exists: isPort });
  tree.link("brport/bridge", ({ kernel, link }, reader) => `../../${linksOf(kernel, reader).find((each) => each.index === link.master)?.name ?? ""}`, { exists: isPort });
  tree.file("brport/state", ({ link }) => `${link.up && link.carrier ? 3 : 0}\n`, { exists: isPort });
  tree.file("brport/port_no", ({ link }) => `0x${link.index.toString(16)}\n`, { exists: isPort });
  tree.file("tun_flags", ({ link }) => (link.kind === "tap" ? "0x1002\n" : "0x1001\n"), { exists: ({ link }) => link.kind === "tap" || link.kind === "tun" });
  tree.link("master", ({ kernel, link }, reader) => `../${linksOf(kernel, reader).find((each) => each.index === link.master)?.name ?? ""}`, { exists: isPort });
  tree.link("subsystem", ({ hardware, link }) => (hardware.networkCards.some((card) => card.name === link.name && card.slot !== undefined) ? "../../../../../../class/net" : "../../../../class/net"));
  tree.link("device", ({ hardware, link }) => {
    const slot = hardware.networkCards.find((card) => card.name === link.name)?.slot;
    return hardware.pci.find((device) => device.slot === slot)?.virtio === undefined ? `../../../${slot ?? ""}` : `../../../virtio${hardware.pci.find((device) => device.slot === slot)?.virtio?.index ?? 0}`;
  }, { exists: ({ hardware, link }) => hardware.networkCards.some((card) => card.name === link.name && card.slot !== undefined) });
  return tree;
}

export const NET_DEVICE_TREE = makeTree();
