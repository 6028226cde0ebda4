// dhclient: asks the LAN for an address, sets it, and keeps it as a process that renews at half of the lease (dhclient(8)). `-r` gives it back.
import { type Blocking, civilFromSeconds, encode, O, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { decodeDhcp, DHCP_CLIENT_PORT, DHCP_SERVER_PORT, type DhcpMessage, encodeDhcp } from "../../daemons/dhcp/api.ts";
import { readTextFile } from "../kit/accounts.ts";
import { FACILITY, PRIORITY, syslog } from "../kit/syslog.ts";
import { type Io, flag, program, text } from "../kit/program.ts";

/** What 4.4.3-P1 says before anything else. */
const BANNER = `Internet Systems Consortium DHCP Client 4.4.3-P1
Copyright 2004-2022 Internet Systems Consortium.
All rights reserved.
For info, please visit https://www.isc.org/software/dhcp/

`;

const FOOTER = `If you think you have received this message due to a bug rather
than a configuration issue please read the section on submitting
bugs on either our web page at www.isc.org or in the README file
before submitting a bug.  These pages explain the proper
process and the information we find helpful for debugging.

exiting.
`;

const tries = 6;
const firstWaitUs = 3_000_000;
const usPerSecond = 1_000_000;
/** half of the lease that the machine's network gives */
const RENEWAL_SECONDS = 43_200;

/** It says all to syslog, and with -v on standard error too (dhclient(8)). */
function* logged(sys: Sys, text: string): Blocking<void> {
  for (const message of text.split("\n")) if (message !== "") yield* syslog(sys, { identifier: "dhclient", facility: FACILITY.daemon, priority: PRIORITY.info, message, withPid: true });
}

interface Settings {
  readonly verbose: boolean;
  readonly once: boolean;
  readonly release: boolean;
  readonly six: boolean;
  readonly pidFile: string;
  readonly leaseFile: string;
  readonly interfaces: readonly string[];
}

function settingsOf(argv: readonly string[]): Settings {
  let verbose = false;
  let once = false;
  let release = false;
  let six = false;
  let pidFile = "/run/dhclient.pid";
  let leaseFile = "/var/lib/dhcp/dhclient.leases";
  const interfaces: string[] = [];
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (word === "-v") verbose = true;
    else if (word === "-1") once = true;
    else if (word === "-r" || word === "-x") release = true;
    else if (word === "-6") six = true;
    else if (word === "-pf") pidFile = argv[++at] ?? pidFile;
    else if (word === "-lf") leaseFile = argv[++at] ?? leaseFile;
    else if (word === "-df" || word === "-cf" || word === "-sf" || word === "-e" || word === "-nc" || word === "-p" || word === "-s") at++;
    else if (!word.startsWith("-")) interfaces.push(word);
  }
  return { verbose, once, release, six, pidFile, leaseFile, interfaces };
}

function linkOf(sys: Sys, name: string) {
  return sys.rtnetlink({ op: "link-list" }).find((link) => link.name === name);
}

const prefixOf = (netmask: string): number => netmask.split(".").reduce((bits, part) => bits + Number(part).toString(2).replaceAll("0", "").length, 0);

function broadcastOf(address: string, prefix: number): string {
  const value = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const hosts = 2 ** (32 - prefix) - 1;
  const result = value - (value % (hosts + 1)) + hosts;
  return [24, 16, 8, 0].map((shift) => Math.floor(result / 2 ** shift) % 256).join(".");
}

/** Broadcast answers reach every client of the network: ours name our card (RFC 2131, chaddr). */
function* receive(sys: Sys, fd: number, mac: string, transaction: number, untilUs: number): Blocking<DhcpMessage | undefined> {
  for (;;) {
    const leftUs = untilUs - sys.clockUs("monotonic");
    if (leftUs <= 0) return undefined;
    const ready = yield* sys.poll([{ fd, events: 1 }], leftUs);
    if (ready.length === 0) return undefined;
    const { bytes } = yield* sys.recvfrom(fd, 2048);
    const message = decodeDhcp(bytes);
    if (message?.transaction === transaction && message.mac === mac && (message.type === "offer" || message.type === "ack" || message.type === "nak")) return message;
  }
}

function* apply(sys: Sys, name: string, ack: DhcpMessage): Blocking<void> {
  const link = linkOf(sys, name);
  if (link === undefined) return;
  const prefixLength = prefixOf(ack.netmask ?? "255.255.255.0");
  for (const old of sys.rtnetlink({ op: "address-list" })) {
    if (old.linkIndex === link.index && old.family === "inet" && old.dynamic && old.address !== ack.yourAddress) sys.rtnetlink({ op: "address-delete", linkIndex: link.index, address: old.address, prefixLength: old.prefixLength });
  }
  try {
    sys.rtnetlink({ op: "address-add", linkIndex: link.index, address: ack.yourAddress, prefixLength, broadcast: broadcastOf(ack.yourAddress, prefixLength), dynamic: true, validLifetimeSeconds: ack.leaseSeconds ?? 3600 });
    if (ack.router !== undefined) sys.rtnetlink({ op: "route-replace", destination: "default", gateway: ack.router, linkIndex: link.index });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  if (ack.nameServer !== undefined) yield* writeText(sys, "/etc/resolv.conf", `${ack.domain === undefined ? "" : `domain ${ack.domain}\nsearch ${ack.domain}\n`}nameserver ${ack.nameServer}\n`);
}

function* writeText(sys: Sys, path: string, content: string, append = false): Blocking<void> {
  try {
    const fd = yield* sys.open(path, O.WRONLY | O.CREAT | (append ? O.APPEND : O.TRUNC), 0o644);
    yield* sys.write(fd, encode(content));
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

/** A second as dhclient.leases(5) writes it: the day of the week, the date, the time. */
function dateText(at: number): string {
  const { year, month, day, hour, minute, second, weekday } = civilFromSeconds(at);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${weekday} ${year}/${two(month)}/${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

const nowSeconds = (sys: Sys): number => Math.floor(sys.clockUs("realtime") / usPerSecond);

function leaseText(sys: Sys, name: string, ack: DhcpMessage): string {
  const seconds = nowSeconds(sys);
  const lease = ack.leaseSeconds ?? 3600;
  const lines = [
    `  interface "${name}";`, `  fixed-address ${ack.yourAddress};`, `  option subnet-mask ${ack.netmask ?? "255.255.255.0"};`, ...(ack.router === undefined ? [] : [`  option routers ${ack.router};`]), `  option dhcp-lease-time ${lease};`,
    "  option dhcp-message-type 5;", ...(ack.nameServer === undefined ? [] : [`  option domain-name-servers ${ack.nameServer};`]), `  option dhcp-server-identifier ${ack.server ?? ""};`,
    `  renew ${dateText(seconds + Math.floor(lease / 2))};`, `  rebind ${dateText(seconds + Math.floor((lease * 7) / 8))};`, `  expire ${dateText(seconds + lease)};`,
  ];
  return `lease {\n${lines.join("\n")}\n}\n`;
}

interface FormerLease {
  readonly text: string;
  readonly address: string;
  readonly server: string | undefined;
  readonly holds: boolean;
}

/** The last lease of the file. */
function* formerLease(sys: Sys, file: string): Blocking<FormerLease | undefined> {
  const content = (yield* readTextFile(sys, file)) ?? "";
  const at = content.lastIndexOf("lease {");
  const last = at < 0 ? "" : content.slice(at);
  const address = /fixed-address ([\d.]+);/.exec(last)?.[1];
  if (address === undefined) return undefined;
  const expiry = /expire (\d .*);/.exec(last)?.[1];
  // the date sorts as text behind the day of the week
  return { text: last, address, server: /dhcp-server-identifier ([\d.]+);/.exec(last)?.[1], holds: expiry === undefined || expiry.slice(2) > dateText(nowSeconds(sys)).slice(2) };
}

/** A lease given back ends now. */
const ended = (sys: Sys, lease: FormerLease): string => lease.text.replace(/(renew|rebind|expire) \d [^;]*;/g, (_, word: string) => `${word} ${dateText(nowSeconds(sys))};`);

/** The client that the pid file names gives way. */
function* endOther(sys: Sys, io: Io, settings: Settings): Blocking<void> {
  const pid = Number(((yield* readTextFile(sys, settings.pidFile)) ?? "").trim());
  if (!(pid > 0)) return;
  try {
    sys.kill(pid, SIGNALS.TERM);
    yield* io.stderr("Killed old client process\n");
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr("Removed stale PID file\n");
  }
  try {
    sys.unlink(settings.pidFile);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

/** DHCPv6: nobody on the network answers. */
function* client6(sys: Sys, io: Io, settings: Settings, name: string): Blocking<number> {
  if (settings.release) return 0;
  if (settings.verbose) yield* io.stderr(`Listening on Socket/${name}\nSending on   Socket/${name}\n`);
  for (let waitMs = 1000, elapsedMs = 0; !settings.once || elapsedMs < 60_000; elapsedMs += waitMs, waitMs = Math.min(waitMs * 2, 120_000)) {
    if (settings.verbose) yield* io.stderr(`XMT: Solicit on ${name}, interval ${waitMs}ms.\n`);
    yield* sys.sleep(waitMs * 1000);
  }
  if (settings.verbose) yield* io.stderr("Unable to obtain a lease on first try.  Exiting.\n");
  return 2;
}

function* client(sys: Sys, io: Io, settings: Settings, name: string, atBoot: boolean, onSettled?: () => Blocking<void>): Blocking<number> {
  const link = linkOf(sys, name);
  if (link === undefined) {
    yield* io.stderr(`${settings.verbose ? "" : `Cannot find device "${name}"\n`}Failed to get interface index: No such device\n\n${FOOTER}`);
    return 1;
  }
  const say = function* (text: string): Blocking<void> {
    yield* logged(sys, text);
    if (settings.verbose) yield* io.stderr(`${text}\n`);
  };
  sys.rtnetlink({ op: "link-set", index: link.index, up: true });
  const fd = sys.socket("inet", "dgram");
  sys.setsockopt(fd, "broadcast", 1);
  sys.setsockopt(fd, "reuseaddr", 1);
  sys.setsockopt(fd, "bindtodevice", link.index);
  sys.bind(fd, { family: "inet", address: "0.0.0.0", port: DHCP_CLIENT_PORT });
  const hostname = sys.uname().nodename.split(".")[0];
  const random = sys.random(4);
  const transaction = (((random[0] ?? 0) << 24) | ((random[1] ?? 0) << 16) | ((random[2] ?? 0) << 8) | (random[3] ?? 0)) >>> 0;
  const base = { transaction, mac: link.mac, clientAddress: "0.0.0.0", yourAddress: "0.0.0.0", hostname, clientId: `01:${link.mac}` };
  const send = function* (message: DhcpMessage, to = "255.255.255.255"): Blocking<void> {
    try {
      yield* sys.sendto(fd, encodeDhcp(message), { family: "inet", address: to, port: DHCP_SERVER_PORT });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  };
  const former = yield* formerLease(sys, settings.leaseFile);
  if (settings.release) {
    yield* say(`Listening on LPF/${name}/${link.mac}\nSending on   LPF/${name}/${link.mac}\nSending on   Socket/fallback`);
    const address = sys.rtnetlink({ op: "address-list" }).find((one) => one.linkIndex === link.index && one.family === "inet");
    if (address !== undefined) {
      if (former?.address === address.address && former.holds) {
        yield* say(`DHCPRELEASE of ${address.address} on ${name} to ${former.server ?? "255.255.255.255"} port 67`);
        yield* writeText(sys, settings.leaseFile, ended(sys, former), true);
      }
      yield* send({ ...base, type: "release", clientAddress: address.address });
      sys.rtnetlink({ op: "address-delete", linkIndex: link.index, address: address.address, prefixLength: address.prefixLength });
    }
    return 0;
  }
  yield* say(`Listening on LPF/${name}/${link.mac}\nSending on   LPF/${name}/${link.mac}\nSending on   Socket/fallback`);
  let ack: DhcpMessage | undefined;
  let settled = false;
  const address = former?.address;
  // the machine came up with the address of a lease that still holds
  if (atBoot && former !== undefined && address !== undefined && sys.rtnetlink({ op: "address-list" }).some((one) => one.linkIndex === link.index && one.address === address)) {
    yield* writeText(sys, settings.pidFile, `${sys.getpid()}\n`);
    yield* say(`DHCPREQUEST for ${address} on ${name} to 255.255.255.255 port 67\nDHCPACK of ${address} from ${former.server ?? ""}\nbound to ${address} -- renewal in ${RENEWAL_SECONDS} seconds.`);
    yield* sys.sleep(RENEWAL_SECONDS * usPerSecond);
  }
  let remembered = former?.holds === true ? former.address : undefined;
  for (;;) {
    let waitUs = firstWaitUs;
    if (remembered !== undefined) {
      // RFC 2131, 3.2: the network is asked to confirm an address known from before
      yield* say(`DHCPREQUEST for ${remembered} on ${name} to 255.255.255.255 port 67`);
      yield* send({ ...base, type: "request", requested: remembered });
      const answer = yield* receive(sys, fd, link.mac, transaction, sys.clockUs("monotonic") + waitUs);
      if (answer?.type === "ack") ack = answer;
      else if (answer?.type === "nak") yield* say(`DHCPNAK from ${answer.server ?? ""}`);
      remembered = undefined;
    }
    for (let attempt = 0; attempt < tries && ack === undefined; attempt++, waitUs = Math.min(waitUs * 2, 15 * usPerSecond)) {
      yield* say(`DHCPDISCOVER on ${name} to 255.255.255.255 port 67 interval ${Math.floor(waitUs / usPerSecond)}`);
      yield* send({ ...base, type: "discover" });
      const offer = yield* receive(sys, fd, link.mac, transaction, sys.clockUs("monotonic") + waitUs);
      if (offer?.type !== "offer") continue;
      yield* say(`DHCPOFFER of ${offer.yourAddress} from ${offer.server ?? ""}\nDHCPREQUEST for ${offer.yourAddress} on ${name} to 255.255.255.255 port 67`);
      yield* send({ ...base, type: "request", requested: offer.yourAddress, server: offer.server });
      const answer = yield* receive(sys, fd, link.mac, transaction, sys.clockUs("monotonic") + waitUs);
      if (answer?.type === "ack") ack = answer;
    }
    if (ack === undefined) {
      yield* say("No DHCPOFFERS received.");
      if (settings.once) {
        yield* say("Unable to obtain a lease on first try.  Exiting.");
        return 2;
      }
      yield* say("No working leases in persistent database - sleeping.");
    } else {
      yield* say(`DHCPACK of ${ack.yourAddress} from ${ack.server ?? ""}`);
      yield* apply(sys, name, ack);
      yield* writeText(sys, settings.leaseFile, leaseText(sys, name, ack), true);
      yield* say(`bound to ${ack.yourAddress} -- renewal in ${Math.floor((ack.leaseSeconds ?? 3600) / 2)} seconds.`);
    }
    if (!settled) {
      settled = true;
      yield* writeText(sys, settings.pidFile, `${sys.getpid()}\n`);
      if (onSettled !== undefined) yield* onSettled();
    }
    const restUs = ack === undefined ? 300 * usPerSecond : Math.floor((ack.leaseSeconds ?? 3600) / 2) * usPerSecond;
    yield* sys.sleep(restUs);
    remembered = ack?.yourAddress;
    ack = undefined;
  }
}

export default program(
  {
    name: "dhclient", showsHelp: true, path: "/sbin/dhclient", summary: "DHCP client", synopsis: ["[-4|-6] [-r] [-v] [-1] [-d] [-pf FILE] [-lf FILE] [INTERFACE...]"],
    options: [
      flag(["-4"], "use DHCPv4"), flag(["-1"], "try once"), flag(["-r"], "give the lease back"), flag(["-v"], "say what is done"), flag(["-d"], "stay in the foreground"), flag(["-i"], "use a DUID"), flag(["-I"], "use standard DDNS"),
      text(["-pf"], "FILE", "the process id goes there"), text(["-lf"], "FILE", "leases are kept there"), text(["-df"], "FILE", "leases whose DUID is used"),
    ],
    operands: "none",
  },
  function* dhclient(sys: Sys, argv: readonly string[], io: Io) {
    const settings = settingsOf(argv);
    if (settings.release) yield* endOther(sys, io, settings);
    yield* logged(sys, BANNER.trimEnd());
    if (settings.verbose) yield* io.stderr(BANNER);
    const [name = sys.rtnetlink({ op: "link-list" }).find((link) => link.kind !== "loopback")?.name ?? ""] = settings.interfaces;
    if (settings.six) return yield* client6(sys, io, settings, name);
    // the boot starts it as a daemon that is one already: a session of its own, no descriptor
    const atBoot = sys.descriptors().length === 0;
    if (settings.release || atBoot || argv.includes("-d") || linkOf(sys, name) === undefined) return yield* client(sys, io, settings, name, atBoot);
    // In the foreground until there is a lease: a pipe tells the parent.
    const [read, write] = sys.pipe();
    sys.fork(function* daemon(child) {
      child.close(read);
      child.setsid();
      return yield* client(child, io, settings, name, false, function* bound() {
        yield* child.write(write, encode("."));
        for (const fd of [0, 1, 2, write]) if (child.descriptors().includes(fd)) child.close(fd);
      });
    });
    sys.close(write);
    const told = yield* sys.read(read, 1);
    // it ended without one
    return told.length === 0 ? 2 : 0;
  },
);
