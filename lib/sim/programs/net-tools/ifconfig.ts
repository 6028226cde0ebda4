// ifconfig: shows interfaces and sets their addresses and flags (ifconfig(8), net-tools 2.10).
import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import { type Blocking, type InterfaceAddress, type Link, type Sys, SysError } from "../../kernel/sys.ts";
import { optionLines } from "../kit/help-text.ts";
import { type Io, flag, program, unsimulated } from "../kit/program.ts";
import { type Shown, interfaceLine, interfaceText, interfacesOf, netmaskOf } from "./_interfaces.ts";

const usage = `Usage:
  ifconfig [-a] [-v] [-s] <interface> [[<AF>] <address>]
  [add <address>[/<prefixlen>]]
  [del <address>[/<prefixlen>]]
  [[-]broadcast [<address>]]  [[-]pointopoint [<address>]]
  [netmask <address>]  [dstaddr <address>]  [tunnel <address>]
  [outfill <NN>] [keepalive <NN>]
  [hw <HW> <address>]  [mtu <NN>]
  [[-]trailers]  [[-]arp]  [[-]allmulti]
  [multicast]  [[-]promisc]
  [mem_start <NN>]  [io_addr <NN>]  [irq <NN>]  [media <type>]
  [txqueuelen <NN>]
  [name <newname>]
  [[-]dynamic]
  [up|down] ...

`;

/** Ends the command with a whole message and a status. */
class Refusal extends Error {
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const isAddress = (text: string): boolean => ipv4.test(text) && text.split(".").every((part) => Number(part) < 256);

/** inet_aton(3) fills what is missing: 10 is 0.0.0.10. Only 0 is typed in practice. */
function* addressOf(sys: Sys, text: string): Blocking<string> {
  if (isAddress(text)) return text;
  if (text === "0") return "0.0.0.0";
  if (text === "default") return "0.0.0.0";
  let found: string | undefined;
  try {
    found = (yield* lookUpHost(sys, text))[0];
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    throw new Refusal(`${text}: ${error.code === "EAI_AGAIN" ? "Host name lookup failure" : "Unknown host"}\nifconfig: \`--help' gives usage information.\n`, 1);
  }
  if (found === undefined || !isAddress(found)) throw new Refusal(`${text}: Unknown host\nifconfig: \`--help' gives usage information.\n`, 1);
  return found;
}

const numberOf = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const textOf = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");

/** Undefined where the ones are not all in front. */
function lengthOfMask(mask: string): number | undefined {
  for (let length = 0; length <= 32; length++) if (netmaskOf(length) === mask) return length;
  return undefined;
}

function broadcastOf(address: string, length: number): string {
  const hosts = 2 ** (32 - length);
  return textOf(Math.floor(numberOf(address) / hosts) * hosts + hosts - 1);
}

/** The length that an address had by its class. */
function classLength(address: string): number {
  const first = Number(address.split(".")[0]);
  return first < 128 ? 8 : first < 192 ? 16 : 24;
}

/** One call of ifconfig that changes an interface: its words in order, each an ioctl of its own. */
class Change {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #name: string;
  /** of the link under an alias */
  readonly #device: string;
  status = 0;

  constructor(sys: Sys, io: Io, name: string) {
    this.#sys = sys;
    this.#io = io;
    this.#name = name;
    this.#device = name.split(":")[0] ?? "";
  }

  #link(): Link {
    const link = this.#sys.rtnetlink({ op: "link-list" }).find((one) => one.name === this.#device);
    if (link === undefined) throw new SysError("ENODEV");
    return link;
  }

  #current(link: Link): InterfaceAddress | undefined {
    return this.#sys.rtnetlink({ op: "address-list" }).find((one) => one.linkIndex === link.index && one.family === "inet" && (one.label ?? link.name) === this.#name);
  }

  /** `assigned`: the status is 1 whatever was before, as the source assigns it. */
  *attempt(call: string, run: () => void, assigned = false): Blocking<void> {
    try {
      run();
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#io.stderr(`${call}: ${error.message}\n`);
      this.status = assigned ? 1 : this.status | 1;
    }
  }

  *flags(change: { readonly up?: boolean; readonly promiscuous?: boolean }): Blocking<void> {
    try {
      const { index } = this.#link();
      try {
        this.#sys.rtnetlink({ op: "link-set", index, ...change });
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* this.#io.stderr(`SIOCSIFFLAGS: ${error.message}\n`);
        this.status = 255;
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#io.stderr(`${this.#name}: ERROR while getting interface flags: ${error.message}\n`);
      this.status = 255;
    }
  }

  /** Taking an alias down takes its address away. */
  *down(): Blocking<void> {
    if (this.#name === this.#device) yield* this.flags({ up: false });
    else yield* this.attempt("SIOCSIFFLAGS", () => this.#replace(undefined));
  }

  #replace(address: { readonly address: string; readonly prefixLength: number; readonly broadcast?: string } | undefined): void {
    const link = this.#link();
    const former = this.#current(link);
    if (former !== undefined) this.#sys.rtnetlink({ op: "address-delete", linkIndex: link.index, address: former.address, prefixLength: former.prefixLength });
    if (address !== undefined) this.#sys.rtnetlink({ op: "address-add", linkIndex: link.index, ...address, label: this.#name });
  }

  #privileged(): void {
    if (((this.#sys.capget().effective >> 12n) & 1n) === 0n) throw new SysError("EPERM");
  }

  *address(address: string): Blocking<void> {
    yield* this.attempt("SIOCSIFADDR", () => {
      this.#privileged();
      const link = this.#link();
      const prefixLength = classLength(address);
      this.#replace(address === "0.0.0.0" ? undefined : { address, prefixLength, ...(link.kind !== "loopback" && { broadcast: broadcastOf(address, prefixLength) }) });
    });
    yield* this.flags({ up: true });
  }

  *netmask(mask: string): Blocking<void> {
    yield* this.attempt("SIOCSIFNETMASK", () => {
      this.#privileged();
      const former = this.#current(this.#link());
      if (former === undefined) throw new SysError("EADDRNOTAVAIL");
      const prefixLength = lengthOfMask(mask);
      if (prefixLength === undefined) throw new SysError("EINVAL");
      if (prefixLength === former.prefixLength) return;
      const usual = former.broadcast === broadcastOf(former.address, former.prefixLength);
      const broadcast = usual ? broadcastOf(former.address, prefixLength) : former.broadcast;
      this.#replace({ address: former.address, prefixLength, ...(broadcast !== undefined && { broadcast }) });
    });
  }

  *broadcast(broadcast: string): Blocking<void> {
    yield* this.attempt("SIOCSIFBRDADDR", () => {
      this.#privileged();
      const former = this.#current(this.#link());
      if (former === undefined) throw new SysError("EADDRNOTAVAIL");
      this.#replace({ address: former.address, prefixLength: former.prefixLength, broadcast });
    });
  }

  *set(call: string, change: { readonly mtu?: number; readonly mac?: string; readonly name?: string }): Blocking<void> {
    yield* this.attempt(call, () => {
      this.#privileged();
      this.#sys.rtnetlink({ op: "link-set", index: this.#link().index, ...change });
    }, true);
  }

  *inet6(adding: boolean, text: string): Blocking<void> {
    const [address = "", length = "128"] = text.split("/");
    yield* this.attempt("SIOGIFINDEX", () => void this.#link());
    if (this.status !== 0) return;
    yield* this.attempt(adding ? "SIOCSIFADDR" : "SIOCDIFADDR", () => {
      this.#sys.rtnetlink({ op: adding ? "address-add" : "address-delete", linkIndex: this.#link().index, address, prefixLength: Number(length) });
    });
  }
}

function* configure(sys: Sys, io: Io, name: string, words: readonly string[]): Blocking<number> {
  const change = new Change(sys, io, name);
  let netmask: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const value = (): string => words[++at] ?? refuseUsage();
    switch (word) {
      case "up": yield* change.flags({ up: true }); break;
      case "down": yield* change.down(); break;
      case "promisc": yield* change.flags({ promiscuous: true }); break;
      case "-promisc": yield* change.flags({ promiscuous: false }); break;
      case "arp": case "-arp": case "allmulti": case "-allmulti": case "multicast": case "-multicast": case "trailers": case "-trailers": case "dynamic": case "-dynamic": case "-broadcast": yield* change.flags({}); break;
      case "mtu": yield* change.set("SIOCSIFMTU", { mtu: Number.parseInt(value(), 10) || 0 }); break;
      case "name": yield* change.set("SIOCSIFNAME", { name: value() }); break;
      case "txqueuelen": value(); yield* change.set("SIOCSIFTXQLEN", {}); break;
      case "netmask": netmask = yield* addressOf(sys, value()); break;
      case "broadcast": {
        const next = words[at + 1];
        if (next === undefined) yield* change.flags({});
        else yield* change.broadcast(yield* addressOf(sys, value()));
        break;
      }
      case "hw": {
        const kind = value();
        if (kind !== "ether") throw new Refusal(`hw address type \`${kind}' has no handler to set address. failed.\n`, 1);
        const mac = value();
        if (!/^(?:[0-9a-f]{1,2}:){5}[0-9a-f]{1,2}$/i.test(mac)) throw new Refusal(`${mac}: invalid ether address.\n`, 1);
        yield* change.set("SIOCSIFHWADDR", { mac: mac.split(":").map((byte) => byte.padStart(2, "0")).join(":") });
        break;
      }
      case "add": yield* change.inet6(true, value()); break;
      case "del": yield* change.inet6(false, value()); break;
      case "inet": case "inet6": break;
      default: {
        if (word.includes(":")) {
          yield* change.inet6(true, word);
          break;
        }
        const [host = "", length] = word.split("/");
        yield* change.address(yield* addressOf(sys, host));
        if (length !== undefined) netmask = netmaskOf(Number(length));
      }
    }
  }
  if (netmask !== undefined) yield* change.netmask(netmask);
  return change.status;
}

function refuseUsage(): never {
  throw new Refusal(usage, 3);
}

const OPTIONS = [flag(["-a"], "show interfaces that are down too"), flag(["-s"], "a short list, as netstat -i"), flag(["-v"], "say more about errors"), flag(["-V", "--version"], "show the version"), flag(["-h", "-?", "--help"], "show how it is called"), unsimulated(["tunnel"], "a tunnel of IPv6 in IPv4", "ip tunnel is not here either")];

export default program({
  name: "ifconfig", path: "/sbin/ifconfig", manSection: 8, summary: "configure a network interface", synopsis: ["[-v] [-a] [-s] [INTERFACE]", "[-v] INTERFACE [AFTYPE] OPTIONS | ADDRESS ..."], options: OPTIONS,
  description: ["Shows the interfaces that are up, or sets the address, the flags, the MTU and the hardware address of one. Alias names (eth0:1) are labels of further addresses."],
  seeAlso: ["ip(8)", "route(8)", "netstat(8)"],
}, function* (sys, argv, io: Io) {
  let at = 1;
  let all = false;
  let short = false;
  for (; argv[at]?.startsWith("-") === true; at++) {
    const word = argv[at] ?? "";
    if (word === "-a") all = true;
    else if (word === "-s") short = true;
    else if (word === "-V" || word === "-version" || word === "--version") {
      io.out.put("net-tools 2.10\n");
      return 0;
    } else if (word === "-?" || word === "-h" || word === "-help" || word === "--help") {
      yield* io.stderr(usage + OPTIONS.map((option) => optionLines(option)).join(""));
      return 0;
    } else if (word !== "-v") {
      yield* io.stderr(`ifconfig: option \`${word}' not recognised.\nifconfig: \`--help' gives usage information.\n`);
      return 1;
    }
  }
  const [name, ...words] = argv.slice(at);
  const print = (one: Shown): void => io.out.put(short ? interfaceLine(one) : interfaceText(one));
  const heading = "Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n";
  const shown = interfacesOf(sys);
  if (name === undefined) {
    if (short) io.out.put(heading);
    for (const one of shown) if (all || one.link.up) print(one);
    return 0;
  }
  if (words.length === 0) {
    const base = shown.find((one) => one.name === name.split(":")[0]);
    const one = shown.find((each) => each.name === name) ?? (base === undefined ? undefined : { ...base, name, alias: true, inet: undefined, inet6: [] });
    if (one === undefined) {
      yield* io.stderr(`${name}: error fetching interface information: Device not found\n`);
      return 1;
    }
    if (short) io.out.put(heading);
    print(one);
    return 0;
  }
  try {
    return yield* configure(sys, io, name, words);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield* io.stderr(error.message);
    return error.status;
  }
});
