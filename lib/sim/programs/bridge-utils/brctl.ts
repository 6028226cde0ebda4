// brctl: the older interface to Ethernet bridges (brctl(8), bridge-utils 1.7.1).
import { type Link, type Sys, SysError } from "../../kernel/sys.ts";
import { type Io, program } from "../kit/program.ts";

/** What a command says before it ends with status 1. */
class Refusal extends Error {}

const COMMANDS: readonly (readonly [name: string, operands: number, usage: string, help: string])[] = [
  ["addbr", 1, "<bridge>", "add bridge"], ["delbr", 1, "<bridge>", "delete bridge"], ["addif", 2, "<bridge> <device>", "make the interface a port of the bridge"], ["delif", 2, "<bridge> <device>", "take the interface out of the bridge"], ["hairpin", 3, "<bridge> <port> {on|off}", "whether a frame may leave by the port it came from"],
  ["setageing", 2, "<bridge> <time>", "set ageing time"], ["setbridgeprio", 2, "<bridge> <prio>", "set bridge priority"], ["setfd", 2, "<bridge> <time>", "seconds of listening and learning before a port forwards"], ["sethello", 2, "<bridge> <time>", "set hello time"], ["setmaxage", 2, "<bridge> <time>", "seconds after which the root bridge counts as lost"],
  ["setpathcost", 3, "<bridge> <port> <cost>", "set path cost"], ["setportprio", 3, "<bridge> <port> <prio>", "set port priority"], ["show", 0, "[ <bridge> ]", "bridges with their ports"], ["showmacs", 1, "<bridge>", "hardware addresses learned at the ports"], ["showstp", 1, "<bridge>", "spanning tree: root, costs, states of the ports"], ["stp", 2, "<bridge> {on|off}", "spanning tree protocol on or off"],
];

const usage = (): string => `Usage: brctl [commands]\ncommands:\n${COMMANDS.map(([name, , operands, help]) => `\t${name.padEnd(9)} \t${operands.padEnd(24)}\t${help}\n`).join("")}`;

const bridgeId = (link: Link): string => `8000.${link.mac.replaceAll(":", "")}`;

function execute(sys: Sys, io: Io, command: string, operands: readonly string[]): void {
  const links = sys.rtnetlink({ op: "link-list" });
  const named = (name: string | undefined): Link | undefined => links.find((one) => one.name === name);
  const bridges = links.filter((one) => one.kind === "bridge").sort((a, b) => (a.name < b.name ? -1 : 1));
  const bridge = (name: string | undefined): Link | undefined => bridges.find((one) => one.name === name);
  const [first = "", second = ""] = operands;
  switch (command) {
    case "addbr":
      try {
        sys.rtnetlink({ op: "link-add", name: first, kind: "bridge" });
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new Refusal(error.errno === "EEXIST" ? `device ${first} already exists; can't create bridge with the same name` : `add bridge failed: ${error.message}`);
      }
      return;
    case "delbr": {
      const link = bridge(first);
      if (link === undefined) throw new Refusal(named(first) === undefined ? `bridge ${first} doesn't exist; can't delete it` : `can't delete bridge ${first}: Operation not permitted`);
      if (link.up) throw new Refusal(`bridge ${first} is still up; can't delete it`);
      sys.rtnetlink({ op: "link-delete", index: link.index });
      return;
    }
    case "addif": {
      const link = bridge(first);
      if (named(first) === undefined) throw new Refusal(`bridge ${first} does not exist!`);
      for (const name of operands.slice(1)) {
        const port = named(name);
        if (port === undefined) throw new Refusal(`interface ${name} does not exist!`);
        if (link === undefined) throw new Refusal(`can't add ${name} to bridge ${first}: Operation not supported`);
        if (port.master !== undefined) throw new Refusal(`device ${name} is already a member of a bridge; can't add it to bridge ${first}.`);
        if (port.kind === "bridge" || port.kind === "loopback") throw new Refusal(port.kind === "bridge" ? `device ${name} is a bridge device itself; can't add a bridge device to a bridge device.` : `can't add ${name} to bridge ${first}: Invalid argument`);
        try {
          sys.rtnetlink({ op: "link-set", index: port.index, master: link.index });
        } catch (error) {
          if (error instanceof SysError) throw new Refusal(`can't add ${name} to bridge ${first}: ${error.message}`);
          throw error;
        }
      }
      return;
    }
    case "delif": {
      const link = bridge(first);
      if (named(first) === undefined) throw new Refusal(`bridge ${first} does not exist!`);
      for (const name of operands.slice(1)) {
        const port = named(name);
        if (port === undefined) throw new Refusal(`interface ${name} does not exist!`);
        if (port.master === undefined || port.master !== link?.index) throw new Refusal(`device ${name} is not a slave of ${first}`);
        try {
          sys.rtnetlink({ op: "link-set", index: port.index, master: 0 });
        } catch (error) {
          if (error instanceof SysError) throw new Refusal(`can't delete ${name} from ${first}: ${error.message}`);
          throw error;
        }
      }
      return;
    }
    case "show": {
      io.out.put("bridge name\tbridge id\t\tSTP enabled\tinterfaces\n");
      for (const name of operands.length > 0 ? operands : bridges.map((one) => one.name)) {
        const link = bridge(name);
        if (link === undefined) {
          io.out.put(named(name) === undefined ? `bridge ${name} does not exist!\n` : `${name}\t\tcan't get info Operation not supported\n`);
          continue;
        }
        const ports = links.filter((one) => one.master === link.index).map((one) => one.name).sort();
        io.out.put(`${name}\t\t${bridgeId(link)}\tno\t\t${ports.join("\n\t\t\t\t\t\t\t")}\n`);
      }
      return;
    }
    case "showmacs": {
      const link = bridge(first) ?? refuse(named(first) === undefined ? `read of forward table failed: No such device` : "read of forward table failed: Operation not supported");
      io.out.put("port no\tmac addr\t\tis local?\tageing timer\n");
      links.filter((one) => one.master === link.index).forEach((port, index) => io.out.put(`${String(index + 1).padStart(3)}\t${port.mac}\tyes\t\t${"0.00".padStart(7)}\n`.repeat(2)));
      return;
    }
    case "showstp": {
      const link = bridge(first) ?? refuse(`${first}: can't get info No such device`);
      const timer = (name: string, value: string): string => ` ${name.padEnd(22)}\t${value.padStart(8)}`;
      io.out.put(`${first}\n bridge id\t\t${bridgeId(link)}\n designated root\t${bridgeId(link)}\n root port\t\t   0\t\t\tpath cost\t\t   0\n${timer("max age", "20.00")}\t\t\tbridge max age\t\t  20.00\n${timer("hello time", "2.00")}\t\t\tbridge hello time\t   2.00\n${timer("forward delay", "15.00")}\t\t\tbridge forward delay\t  15.00\n${timer("ageing time", "300.00")}\n flags\t\t\t\n\n\n`);
      links.filter((one) => one.master === link.index).forEach((port, index) => io.out.put(`${port.name} (${index + 1})\n port id\t\t800${index + 1}\t\t\tstate\t\t     ${port.up && port.carrier ? "forwarding" : "disabled"}\n designated root\t${bridgeId(link)}\tpath cost\t\t${port.kind === "veth" ? "   2" : " 100"}\n\n`));
      return;
    }
    default: {
      const link = bridge(first);
      if (link === undefined) throw new Refusal(command === "stp" ? "set stp status failed: No such device" : `set ${command.replace(/^set/, "")} failed: No such device`);
      if (command === "stp" && !/^(?:on|off|yes|no|[01])$/.test(second)) throw new Refusal("expect on/off for argument");
      if (sys.getcred().euid !== 0) throw new Refusal(`${command === "stp" ? "set stp status" : `set ${command.replace(/^set/, "")}`} failed: Operation not permitted`);
    }
  }
}

function refuse(message: string): never {
  throw new Refusal(message);
}

export default program({ name: "brctl", path: "/sbin/brctl", manSection: 8, summary: "ethernet bridge administration", synopsis: ["[command]"], options: [], subcommands: COMMANDS.map(([name, , operands, help]) => ({ name, summary: help, synopsis: [operands], options: [] })) }, function* (sys, argv, io: Io) {
  const [, command, ...operands] = argv;
  if (command === undefined || command === "-h" || command === "--help") {
    yield* io.stderr(usage());
    return command === undefined ? 1 : 0;
  }
  if (command === "-V" || command === "--version") {
    io.out.put("bridge-utils, 1.7.1\n");
    return 0;
  }
  const found = COMMANDS.find(([name]) => name === command);
  if (found === undefined) {
    yield* io.stderr(`never heard of command [${command}]\n${usage()}`);
    return 1;
  }
  if (operands.length < found[1]) {
    yield* io.stderr(`Incorrect number of arguments for command\nUsage: brctl ${found[0]} ${found[2]}\t${found[3]}\n`);
    return 1;
  }
  try {
    execute(sys, io, command, operands);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield* io.stderr(`${error.message}\n`);
    return 1;
  }
});
