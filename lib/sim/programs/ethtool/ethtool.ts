// ethtool: settings of a device as its driver reports them. Virtual devices have little to say (drivers/net/virtio_net.c, veth.c, bridge/br_device.c).
import { type Link, type Sys, SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu, unsimulated } from "../kit/gnu.ts";

const NOTHING = (supported: boolean): readonly string[] => (supported ? ["Supported ports: [  ]", "Supported link modes:   Not reported", "Supported pause frame use: No", "Supports auto-negotiation: No", "Supported FEC modes: Not reported", "Advertised link modes:  Not reported", "Advertised pause frame use: No", "Advertised auto-negotiation: No", "Advertised FEC modes: Not reported"] : []);

/** What the kernel's driver behind the device is called; undefined for those without ethtool. */
function driverOf(sys: Sys, link: Link): { readonly driver: string; readonly version: string; readonly bus: string } {
  switch (link.kind) {
    case "veth": return { driver: "veth", version: "1.0", bus: "" };
    case "bridge": return { driver: "bridge", version: "2.3", bus: "N/A" };
    case "tun": case "tap": return { driver: "tun", version: "1.6", bus: link.kind };
    case "dummy": return { driver: "dummy", version: "", bus: "" };
    case "vlan": return { driver: "802.1Q VLAN Support", version: "1.8", bus: "" };
    default:
  }
  let bus = "";
  let driver = "virtio_net";
  try {
    const device = sys.readlink(`/sys/class/net/${link.name}/device`);
    bus = device.split("/").at(-1) ?? "";
    if (bus.startsWith("virtio")) {
      // the PCI device is the parent of the virtio one
      const whole = sys.readlink(`/sys/class/net/${link.name}`).split("/");
      bus = whole.findLast((part) => /^[0-9a-f]{4}:/.test(part)) ?? bus;
    }
    driver = sys.readlink(`/sys/class/net/${link.name}/device/driver`).split("/").at(-1) ?? driver;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  return { driver, version: driver === "virtio_net" ? "1.0.0" : sys.uname().release, bus };
}

export default gnu({
  name: "ethtool", versionText: "ethtool version 6.1\n", tryLine: () => "For more information run ethtool -h\n", summary: "show or change the settings of a network card and its driver", manSection: 8,
  synopsis: ["[-i|-S|-k|-P|-a] devname"],
  options: {
    driver: flag(["-i", "--driver"], "show driver information"), statistics: flag(["-S", "--statistics"], "show the driver's statistics"), address: flag(["-P", "--show-permaddr"], "show the permanent hardware address"), features: flag(["-k", "--show-features", "--show-offload"], "show offload features"),
    pause: flag(["-a", "--show-pause"], "show pause options"), rings: flag(["-g", "--show-ring"], "show ring sizes"), change: unsimulated(["-s", "--change"], "change settings", "speed and duplex of simulated cards are fixed"), feature: unsimulated(["-K", "--features", "--offload"], "change offload features", "offload makes no difference on simulated links"),
    identify: unsimulated(["-p", "--identify"], "blink the port's light", "simulated cards have none"), test: unsimulated(["-t", "--test"], "run the card's self test", "simulated cards have none"), helpShort: flag(["-h"], "show help"),
  },
  operands: "none",
  rewrite: (args) => args.map((arg) => (arg === "-h" ? "--help" : arg)),
  *run({ options, operands, sys }, io: Io) {
    const [name] = operands;
    if (name === undefined) {
      yield* io.stderr("ethtool: bad command line argument(s)\nFor more information run ethtool -h\n");
      return 1;
    }
    const link = sys.rtnetlink({ op: "link-list" }).find((one) => one.name === name);
    if (!link) {
      yield* io.stderr(options.driver ? "Cannot get driver information: No such device\n" : options.statistics ? "Cannot get stats strings information: No such device\n" : options.address ? "Cannot read permanent address: No such device\n" : "netlink error: no device matches name (offset 24)\nnetlink error: No such device\n");
      return options.driver || options.statistics || options.address ? 71 : 75;
    }
    const { driver, version, bus } = driverOf(sys, link);
    if (options.driver) {
      if (link.kind === "loopback") {
        yield* io.stderr("Cannot get driver information: Operation not supported\n");
        return 71;
      }
      const real = driver === "virtio_net";
      io.out.put(`driver: ${driver}\nversion: ${version}\nfirmware-version: ${driver === "bridge" ? "N/A" : ""}\nexpansion-rom-version: \nbus-info: ${bus}\nsupports-statistics: ${real || driver === "veth" ? "yes" : "no"}\nsupports-test: no\nsupports-eeprom-access: no\nsupports-register-dump: no\nsupports-priv-flags: no\n`);
      return 0;
    }
    if (options.statistics) {
      if (link.kind === "veth") io.out.put(`NIC statistics:\n     peer_ifindex: ${link.peerIndex ?? 0}\n     rx_queue_0_xdp_packets: 0\n     rx_queue_0_xdp_bytes: 0\n     rx_queue_0_drops: 0\n`);
      else if (driver === "virtio_net" && link.kind === "ether") io.out.put(`NIC statistics:\n     rx_queue_0_packets: ${link.rxPackets}\n     rx_queue_0_bytes: ${link.rxBytes}\n     rx_queue_0_drops: 0\n     tx_queue_0_packets: ${link.txPackets}\n     tx_queue_0_bytes: ${link.txBytes}\n     tx_queue_0_tx_timeouts: 0\n`);
      else {
        yield* io.stderr("no stats available\n");
        return 94;
      }
      return 0;
    }
    if (options.address) {
      io.out.put(`Permanent address: ${link.kind === "ether" ? link.mac : "not set"}\n`);
      return 0;
    }
    if (options.pause) {
      yield* io.stderr(`netlink error: Operation not supported\n`);
      return 1;
    }
    if (options.rings) {
      if (link.kind !== "ether") {
        yield* io.stderr("netlink error: Operation not supported\n");
        return 1;
      }
      const sizes = "RX:\t\t256\nRX Mini:\tn/a\nRX Jumbo:\tn/a\nTX:\t\t256\n";
      io.out.put(`Ring parameters for ${name}:\nPre-set maximums:\n${sizes}Current hardware settings:\n${sizes}RX Buf Len:\t\tn/a\nCQE Size:\t\tn/a\nTX Push:\toff\n`);
      return 0;
    }
    if (options.features) {
      io.out.put(`Features for ${name}:\n${[["rx-checksumming", link.kind === "ether" ? "on [fixed]" : "on"], ["tx-checksumming", "on"], ["scatter-gather", "on"], ["tcp-segmentation-offload", "on"], ["generic-segmentation-offload", "on"], ["generic-receive-offload", "on"], ["large-receive-offload", "off [fixed]"], ["rx-vlan-offload", "off [fixed]"], ["tx-vlan-offload", "off [fixed]"]].map(([feature, value]) => `${feature}: ${value}\n`).join("")}`);
      return 0;
    }
    const lines: string[] = [];
    if (link.kind === "ether") lines.push(...NOTHING(true), "Speed: Unknown!", "Duplex: Unknown! (255)", "Auto-negotiation: off", "Port: Other", "PHYAD: 0", "Transceiver: internal");
    else if (link.kind === "veth") lines.push(...NOTHING(true), "Speed: 10000Mb/s", "Duplex: Full", "Auto-negotiation: off", "Port: Twisted Pair", "PHYAD: 0", "Transceiver: internal", "MDI-X: Unknown");
    else if (link.kind === "tun" || link.kind === "tap" || link.kind === "bridge") lines.push(...NOTHING(true), link.kind === "bridge" && !link.carrier ? "Speed: Unknown!" : "Speed: 10000Mb/s".replace("10000", link.kind === "bridge" ? "10000" : "10"), `Duplex: ${link.kind === "bridge" ? "Unknown! (255)" : "Full"}`, "Auto-negotiation: off", `Port: ${link.kind === "bridge" ? "Other" : "Twisted Pair"}`, "PHYAD: 0", "Transceiver: internal", ...(link.kind === "bridge" ? [] : ["MDI-X: Unknown"]));
    const capable = (sys.capget().effective >> 12n) & 1n;
    if (!capable && lines.length > 0) yield* io.stderr("netlink error: Operation not permitted\n");
    io.out.put(`Settings for ${name}:\n${[...lines, `Link detected: ${link.up && link.carrier ? "yes" : "no"}`].map((line) => `\t${line}\n`).join("")}`);
    return 0;
  },
});
