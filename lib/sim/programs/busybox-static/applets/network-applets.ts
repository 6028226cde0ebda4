// ip, ifconfig, route, ping, wget, nslookup, nc, netstat: busybox's forms.
// (More than 400 lines: applets of a few dozen lines each.)

import { type Blocking, type Link, O, POLL, SIGNALS, type SocketInfo, type Sys, SysError, encode } from "../../../kernel/sys.ts";
import { ResolveError, lookUpHost } from "../../../daemons/resolver/api.ts";
import { readTextFile } from "../../kit/accounts.ts";
import { EchoProbe } from "../../kit/echo-probe.ts";
import { execSearching } from "../../kit/exec-path.ts";
import { HttpBody, HttpReader, type Url, connectStream, headerOf, hostHeader, parseUrl, resolveUrl, sendText } from "../../kit/http-message.ts";
import { type AppletIo, applet, appletOptions } from "../_applet.ts";

// ---- ip -------------------------------------------------------------------------------------------------------------------------------------

export function linkFlags(link: Link): string {
  const flags: string[] = [];
  if (link.up && !link.carrier) flags.push("NO-CARRIER");
  if (link.kind === "loopback") flags.push("LOOPBACK");
  else if (link.kind === "tun") flags.push("POINTOPOINT", "MULTICAST", "NOARP");
  else flags.push("BROADCAST", "MULTICAST");
  if (link.promiscuous) flags.push("PROMISC");
  if (link.up) flags.push("UP");
  if (link.up && link.carrier) flags.push("LOWER_UP");
  if (link.peerIndex !== undefined) flags.push("M-DOWN");
  return flags.filter((flag) => flag !== "M-DOWN").join(",");
}

function linkLine(link: Link, links: readonly Link[]): string {
  const peer = link.peerIndex === undefined ? "" : `@${link.peerNamespace === undefined ? (links.find((one) => one.index === link.peerIndex)?.name ?? `if${link.peerIndex}`) : `if${link.peerIndex}`}`;
  const queue = link.kind === "loopback" || link.kind === "veth" || link.kind === "bridge" ? "noqueue" : link.up ? "fq_codel" : "noop";
  const master = link.master === undefined ? "" : ` master ${links.find((one) => one.index === link.master)?.name ?? link.master}`;
  return `${link.index}: ${link.name}${peer}: <${linkFlags(link)}> mtu ${link.mtu} qdisc ${queue}${master} ${link.kind === "loopback" || !link.up ? "" : ""}${link.queueLength > 0 ? `qlen ${link.queueLength}` : ""}`.trimEnd();
}

const ip = applet("ip", function* (sys, args, io: AppletIo) {
  let family: "inet" | "inet6" | undefined;
  let oneLine = false;
  const words = [...args];
  while (words[0]?.startsWith("-")) {
    const option = words.shift() ?? "";
    if (option === "-4") family = "inet";
    else if (option === "-6") family = "inet6";
    else if (option === "-o" || option === "-oneline") oneLine = true;
    else if (option === "-f" || option === "-family") family = words.shift() === "inet6" ? "inet6" : "inet";
    else if (option !== "-s") io.usage();
  }
  const object = words.shift() ?? io.usage();
  const starts = (word: string | undefined, full: string): boolean => word !== undefined && word !== "" && full.startsWith(word);
  const links = sys.rtnetlink({ op: "link-list" });
  const named = (name: string | undefined): Link => links.find((one) => one.name === name) ?? io.die(`can't find device '${name ?? ""}'`);
  const after = (key: string): string | undefined => {
    const at = words.indexOf(key);
    return at < 0 ? undefined : words[at + 1];
  };
  const attempt = function* (work: () => void): Blocking<number> {
    try {
      work();
      return 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`ip: RTNETLINK answers: ${error.message}\n`);
      return 2;
    }
  };
  const device = after("dev");
  if (starts(object, "address") || starts(object, "link")) {
    const addresses = starts(object, "address") && object !== "l";
    const action = words[0];
    if (action === undefined || starts(action, "show") || starts(action, "list")) {
      const only = device ?? words[1];
      const wanted = only !== undefined && only !== "up" ? [named(only)] : links;
      const all = sys.rtnetlink({ op: "address-list" });
      for (const link of wanted) {
        const own = all.filter((one) => one.linkIndex === link.index && (family === undefined || one.family === family));
        if (addresses && (family !== undefined || oneLine) && own.length === 0) continue;
        if (!oneLine || !addresses) {
          io.out.put(`${linkLine(link, links)}${oneLine ? "\\" : "\n"}`);
          if (family === undefined) io.out.put(`    link/${link.kind === "loopback" ? "loopback" : "ether"} ${link.mac} brd ${link.kind === "loopback" ? "00:00:00:00:00:00" : "ff:ff:ff:ff:ff:ff"}\n`);
        }
        if (addresses) for (const one of own) {
          const broadcast = one.broadcast === undefined ? "" : ` brd ${one.broadcast}`;
          const flags = `${one.dynamic ? " dynamic" : ""}`;
          const text = `${one.family} ${one.address}/${one.prefixLength}${broadcast} scope ${one.scope}${flags} ${one.family === "inet" ? (one.label ?? link.name) : ""}`.trimEnd();
          const life = one.validLifetimeSeconds === undefined ? "forever" : `${one.validLifetimeSeconds}sec`;
          if (oneLine) io.out.put(`${link.index}: ${link.name}    ${text}${one.family === "inet" ? "" : " "}\\       valid_lft ${life} preferred_lft ${life}\n`);
          else io.out.put(`    ${text}${one.family === "inet" ? "" : " "}\n       valid_lft ${life} preferred_lft ${life}\n`);
        }
      }
      return undefined;
    }
    if (addresses && (action === "add" || action === "del" || action === "delete")) {
      const [address = "", prefix] = (words.find((word) => /^[0-9a-f:.]+(\/\d+)?$/i.test(word) && word !== action && word !== "add") ?? "").split("/");
      const link = named(device);
      const prefixLength = prefix === undefined ? (address.includes(":") ? 128 : 32) : Number(prefix);
      return yield* attempt(() => {
        if (action === "add") sys.rtnetlink({ op: "address-add", linkIndex: link.index, address, prefixLength });
        else sys.rtnetlink({ op: "address-delete", linkIndex: link.index, address, prefixLength });
      });
    }
    if (action === "set") {
      const link = named(device ?? words[1]);
      return yield* attempt(() => {
        const name = after("name");
        const mtu = after("mtu");
        void mtu;
        sys.rtnetlink({ op: "link-set", index: link.index, ...(words.includes("up") && { up: true }), ...(words.includes("down") && { up: false }), ...(name !== undefined && { name }) });
      });
    }
    if (action === "add") {
      const type = after("type");
      const name = after("name") ?? words[1] ?? "";
      return yield* attempt(() => {
        const peerName = type === "veth" ? words[words.lastIndexOf("name") + 1] : undefined;
        sys.rtnetlink({ op: "link-add", name, kind: type === "bridge" || type === "veth" || type === "dummy" ? type : "dummy", ...(peerName !== undefined && words.includes("peer") && { peer: { name: peerName } }) });
      });
    }
    if (action === "del" || action === "delete") return yield* attempt(() => sys.rtnetlink({ op: "link-delete", index: named(device ?? words[1]).index }));
    io.usage();
  }
  if (starts(object, "route")) {
    const action = words[0];
    if (action === undefined || starts(action, "show") || starts(action, "list")) {
      for (const route of sys.rtnetlink({ op: "route-list", family: family ?? "inet", table: "main" })) {
        const link = links.find((one) => one.index === route.linkIndex)?.name ?? "";
        if (device !== undefined && device !== link) continue;
        const gateway = route.gateway === undefined ? "" : ` via ${route.gateway}`;
        io.out.put(`${route.destination}${gateway} dev ${link}${route.gateway === undefined && route.scope === "link" ? " scope link " : ""}${route.source === undefined ? "" : ` src ${route.source}`}${route.metric === undefined ? "" : ` metric ${route.metric}`} \n`);
      }
      return undefined;
    }
    const destination = words[1] ?? "";
    const gateway = after("via");
    const via = gateway === undefined ? {} : { gateway };
    const linkIndex = device === undefined ? {} : { linkIndex: named(device).index };
    if (action === "add" || action === "replace") return yield* attempt(() => sys.rtnetlink({ op: action === "add" ? "route-add" : "route-replace", destination, ...via, ...linkIndex }));
    if (action === "del" || action === "delete") return yield* attempt(() => sys.rtnetlink({ op: "route-delete", destination, ...via, ...linkIndex }));
    if (action === "get") {
      try {
        const route = sys.rtnetlink({ op: "route-get", address: destination });
        io.out.put(`${destination}${route.gateway === undefined ? "" : ` via ${route.gateway}`} dev ${links.find((one) => one.index === route.linkIndex)?.name ?? ""}  src ${route.preferredSource} \n`);
        return undefined;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`ip: RTNETLINK answers: ${error.message}\n`);
        return 2;
      }
    }
    io.usage();
  }
  if (starts(object, "neigh") || object === "neighbour" || object === "neighbor") {
    for (const one of sys.rtnetlink({ op: "neighbour-list" })) io.out.put(`${one.address} dev ${links.find((link) => link.index === one.linkIndex)?.name ?? ""}${one.mac === undefined ? "" : ` lladdr ${one.mac}`}  used 0/0/0 probes 0 ${one.state}\n`);
    return undefined;
  }
  io.usage();
});

const mask = (length: number): string => [0, 8, 16, 24].map((shift) => (length <= shift ? 0 : length >= shift + 8 ? 255 : 256 - 2 ** (8 - (length - shift)))).join(".");

const ifconfig = applet("ifconfig", function* (sys, args, io: AppletIo) {
  const words = args.filter((arg) => arg !== "-a");
  const links = sys.rtnetlink({ op: "link-list" });
  const [name, ...rest] = words;
  if (name !== undefined && !links.some((one) => one.name === name)) io.die(`${name}: error fetching interface information: Device not found`);
  if (name !== undefined && rest.length > 0) {
    const link = links.find((one) => one.name === name);
    try {
      if (link) {
        const address = rest.find((word) => /^\d+\.\d+\.\d+\.\d+(\/\d+)?$/.test(word));
        const netmask = rest.includes("netmask") ? rest[rest.indexOf("netmask") + 1] : undefined;
        if (address !== undefined) {
          const [plain = "", prefix] = address.split("/");
          const fromMask = netmask?.split(".").reduce((sum, part) => sum + Number(part).toString(2).replaceAll("0", "").length, 0);
          sys.rtnetlink({ op: "address-add", linkIndex: link.index, address: plain, prefixLength: prefix !== undefined ? Number(prefix) : (fromMask ?? 24) });
        }
        sys.rtnetlink({ op: "link-set", index: link.index, up: !rest.includes("down") });
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      io.die(`SIOCSIFADDR: ${error.message}`);
    }
    return undefined;
  }
  const addresses = sys.rtnetlink({ op: "address-list" });
  for (const link of links) {
    if (name !== undefined ? link.name !== name : !link.up && !args.includes("-a")) continue;
    const own = addresses.filter((one) => one.linkIndex === link.index);
    io.out.put(link.kind === "loopback" ? `${link.name.padEnd(10)}Link encap:Local Loopback  \n` : `${link.name.padEnd(10)}Link encap:Ethernet  HWaddr ${link.mac.toUpperCase()}  \n`);
    for (const one of own) {
      if (one.family === "inet") io.out.put(`          inet addr:${one.address}${one.broadcast === undefined ? "" : `  Bcast:${one.broadcast}`}  Mask:${mask(one.prefixLength)}\n`);
      else io.out.put(`          inet6 addr: ${one.address}/${one.prefixLength} Scope:${one.scope === "link" ? "Link" : one.scope === "host" ? "Host" : "Global"}\n`);
    }
    io.out.put(`          ${[link.up ? "UP" : "", link.kind === "loopback" ? "LOOPBACK" : "BROADCAST", link.up && link.carrier ? "RUNNING" : "", link.kind === "loopback" ? "" : "MULTICAST"].filter((word) => word !== "").join(" ")}  MTU:${link.mtu}  Metric:1\n`);
    io.out.put(`          RX packets:${link.rxPackets} errors:0 dropped:0 overruns:0 frame:0\n          TX packets:${link.txPackets} errors:0 dropped:0 overruns:0 carrier:0\n          collisions:0 txqueuelen:${link.queueLength} \n`);
    io.out.put(`          RX bytes:${link.rxBytes} (${size(link.rxBytes)})  TX bytes:${link.txBytes} (${size(link.txBytes)})\n\n`);
  }
  return undefined;
});

const size = (bytes: number): string => (bytes < 1024 ? `${bytes.toFixed(1)} B` : bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1048576).toFixed(1)} MiB`);

const route = applet("route", function* (sys, args, io: AppletIo) {
  const action = args.find((arg) => !arg.startsWith("-"));
  const links = sys.rtnetlink({ op: "link-list" });
  if (action === "add" || action === "del") {
    const words = args.slice(args.indexOf(action) + 1).filter((word) => word !== "-net" && word !== "-host");
    const after = (key: string): string | undefined => (words.includes(key) ? words[words.indexOf(key) + 1] : undefined);
    const gateway = after("gw");
    const device = links.find((one) => one.name === after("dev"))?.index;
    try {
      const base = { destination: words[0] ?? "", ...(gateway !== undefined && { gateway }), ...(device !== undefined && { linkIndex: device }) };
      sys.rtnetlink(action === "add" ? { op: "route-add", ...base } : { op: "route-delete", ...base });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      io.die(`SIOC${action === "add" ? "ADD" : "DEL"}RT: ${error.message}`);
    }
    return undefined;
  }
  io.out.put("Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n");
  const numeric = args.includes("-n");
  for (const one of sys.rtnetlink({ op: "route-list", family: "inet", table: "main" })) {
    const [network = "0.0.0.0", prefix] = one.destination === "default" ? ["0.0.0.0", "0"] : one.destination.split("/");
    const length = Number(prefix ?? 32);
    const flags = `U${one.gateway === undefined ? "" : "G"}${length === 32 ? "H" : ""}`;
    io.out.put(`${(one.destination === "default" && !numeric ? "default" : network).padEnd(15)} ${(one.gateway ?? (numeric ? "0.0.0.0" : "*")).padEnd(15)} ${mask(length).padEnd(16)}${flags.padEnd(6)}${String(one.metric ?? 0).padEnd(6)} 0        0 ${links.find((link) => link.index === one.linkIndex)?.name ?? ""}\n`);
  }
  return undefined;
});

// ---- ping -----------------------------------------------------------------------------------------------------------------------------------

function* resolve(sys: Sys, io: AppletIo, host: string): Blocking<string> {
  if (host.includes(":")) return host;
  try {
    return (yield* lookUpHost(sys, host))[0] ?? io.die(`bad address '${host}'`);
  } catch (error) {
    if (error instanceof ResolveError) io.die(`bad address '${host}'`);
    throw error;
  }
}

const ping = applet("ping", function* (sys, args, io: AppletIo) {
  const options = appletOptions(args, "46qc:s:i:t:w:W:I:p:A");
  const host = options.operands[0] ?? io.usage();
  const address = yield* resolve(sys, io, host);
  const limit = options.value("c") === undefined ? undefined : Number(options.value("c"));
  const dataBytes = Number(options.value("s") ?? 56);
  const intervalUs = Number(options.value("i") ?? 1) * 1e6;
  const answerUs = Number(options.value("W") ?? 10) * 1e6;
  const deadline = options.value("w") === undefined ? undefined : sys.clockUs("monotonic") + Number(options.value("w")) * 1e6;
  let probe: EchoProbe;
  try {
    probe = new EchoProbe(sys, address);
  } catch (error) {
    if (error instanceof SysError) io.die("permission denied (are you root?)");
    throw error;
  }
  if (options.value("t") !== undefined) probe.setTtl(Number(options.value("t")));
  sys.sigaction(SIGNALS.INT, "catch");
  io.out.put(`PING ${host} (${address}): ${dataBytes} data bytes\n`);
  let sent = 0;
  let received = 0;
  const times: number[] = [];
  const millis = (us: number): string => `${Math.floor(us / 1000)}.${String(Math.floor(us) % 1000).padStart(3, "0")}`;
  let interrupted = false;
  while ((limit === undefined || sent < limit) && !interrupted) {
    const start = sys.clockUs("monotonic");
    if (deadline !== undefined && start >= deadline) break;
    try {
      yield* probe.send(sent, dataBytes);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      io.die(`sendto: ${error.message}`);
    }
    sent++;
    const last = limit !== undefined && sent === limit;
    const until = Math.min(start + (last ? answerUs : intervalUs), deadline ?? Number.POSITIVE_INFINITY);
    yield* io.out.flush();
    try {
      for (;;) {
        const answer = yield* probe.receive(until);
        if (!answer) break;
        if (answer.kind === "error") continue;
        received++;
        const took = sys.clockUs("monotonic") - answer.sentUs;
        times.push(took);
        if (!options.has("q")) io.out.put(`${answer.bytes} bytes from ${answer.from}: seq=${answer.sequence} ttl=${answer.ttl} time=${millis(took)} ms\n`);
        yield* io.out.flush();
        if (last && received >= sent) break;
      }
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      interrupted = true;
    }
  }
  probe.close();
  io.out.put(`\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${received} packets received, ${sent === 0 ? 0 : Math.floor(((sent - received) * 100) / sent)}% packet loss\n`);
  if (times.length > 0) io.out.put(`round-trip min/avg/max = ${millis(Math.min(...times))}/${millis(times.reduce((sum, time) => sum + time, 0) / times.length)}/${millis(Math.max(...times))} ms\n`);
  return received === 0 ? 1 : 0;
});

// ---- wget -----------------------------------------------------------------------------------------------------------------------------------

const wget = applet("wget", function* (sys, args, io: AppletIo) {
  const options = appletOptions(args, "cqSO:o:P:Y:U:T:h:d:F:Xn", { spider: "X", header: "h", "post-data": "d", "post-file": "F", "no-check-certificate": "n", quiet: "q", "output-document": "O" });
  const given = options.operands[0] ?? io.usage();
  const quiet = options.has("q");
  let url: Url = parseUrl(given) ?? io.die(`bad address '${given}'`);
  const timeoutUs = Number(options.value("T") ?? 900) * 1e6;
  const say = function* (text: string): Blocking<void> {
    if (!quiet) yield* io.stderr(text);
  };
  for (let redirects = 0; ; redirects++) {
    if (redirects > 10) io.die("too many redirections");
    const address = yield* resolve(sys, io, url.host);
    yield* say(`Connecting to ${url.host}${url.port === 80 ? `:80` : `:${url.port}`} (${address}:${url.port})\n`.replace(/^Connecting to (\S+?):80 /, `Connecting to ${url.host} `));
    let fd: number;
    try {
      fd = yield* connectStream(sys, address, url.port, timeoutUs);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      io.die(`can't connect to remote host (${address}): ${error.message}`);
    }
    const body = options.value("d") ?? (options.value("F") === undefined ? undefined : yield* readTextFile(sys, options.value("F") ?? ""));
    const extra = options.values("h").map((header) => `${header}\r\n`).join("");
    yield* sendText(sys, fd, `${body === undefined ? "GET" : "POST"} ${url.path} HTTP/1.1\r\nHost: ${hostHeader(url)}\r\nUser-Agent: ${options.value("U") ?? "Wget"}\r\nConnection: close\r\n${extra}${body === undefined ? "" : `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${encode(body).length}\r\n`}\r\n${body ?? ""}`);
    const reader = new HttpReader(sys, fd);
    const head = yield* reader.head();
    if (!head) io.die("error getting response");
    if (options.has("S")) yield* io.stderr(`  ${head.startLine}\n${head.headers.map(([name, value]) => `  ${name}: ${value}\n`).join("")}`);
    const status = Number(head.startLine.split(" ")[1]);
    if (status >= 300 && status < 400) {
      const location = headerOf(head, "Location");
      const next = location === undefined ? undefined : resolveUrl(url, location);
      sys.close(fd);
      if (!next) io.die(`bad redirection: ${location ?? ""}`);
      url = next;
      continue;
    }
    if (status !== 200 && status !== 206 && status !== 204) io.die(`server returned error: ${head.startLine}`);
    if (options.has("X")) {
      yield* say("remote file exists\n");
      sys.close(fd);
      return undefined;
    }
    const named = url.path.split("?")[0]?.split("/").at(-1) || "index.html";
    const output = options.value("O") ?? (options.value("P") === undefined ? named : `${options.value("P")}/${named}`);
    let to = 1;
    if (output !== "-") {
      try {
        to = yield* sys.open(output, O.WRONLY | O.CREAT | (options.value("O") === undefined ? O.EXCL : O.TRUNC), 0o666);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        io.die(`can't open '${output}': ${error.message}`);
      }
      yield* say(`saving to '${output}'\n`);
    } else yield* say("writing to stdout\n");
    const content = new HttpBody(reader, head);
    let total = 0;
    for (;;) {
      const part = yield* content.read();
      if (part.length === 0) break;
      total += part.length;
      for (let at = 0; at < part.length; ) at += yield* sys.write(to, part.subarray(at));
    }
    const label = (output === "-" ? "-" : output.split("/").at(-1) ?? output).padEnd(20).slice(0, 20);
    yield* say(`${label} 100% |${"*".repeat(32)}| ${String(total).padStart(5)}  0:00:00 ETA\n${output === "-" ? "written to stdout" : `'${output}' saved`}\n`);
    if (to !== 1) sys.close(to);
    sys.close(fd);
    return undefined;
  }
});

// ---- nslookup, nc, netstat --------------------------------------------------------------------------------------------------------------------

const nslookup = applet("nslookup", function* (sys, args, io: AppletIo) {
  const [host, givenServer] = args.filter((arg) => !arg.startsWith("-"));
  if (host === undefined) io.usage();
  const server = givenServer ?? /^nameserver\s+(\S+)/m.exec((yield* readTextFile(sys, "/etc/resolv.conf")) ?? "")?.[1] ?? "127.0.0.1";
  io.out.put(`Server:\t\t${server}\nAddress:\t${server}:53\n\n`);
  try {
    const found = yield* lookUpHost(sys, host);
    // a question for each family
    for (const six of [false, true]) io.out.put(`Non-authoritative answer:\n${found.filter((address) => address.includes(":") === six).map((address) => `Name:\t${host}\nAddress: ${address}\n`).join("")}\n`);
    return undefined;
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    io.out.put(error.code === "EAI_AGAIN" ? `;; connection timed out; no servers could be reached\n\n` : `** server can't find ${host}: NXDOMAIN\n\n`.repeat(2));
    return 1;
  }
});

function* relay(sys: Sys, fd: number): Blocking<void> {
  let input = true;
  for (;;) {
    const ready = yield* sys.poll([{ fd, events: POLL.IN }, ...(input ? [{ fd: 0, events: POLL.IN }] : [])], null);
    for (const one of ready) {
      const bytes = yield* sys.read(one.fd, 65536);
      if (one.fd === fd) {
        if (bytes.length === 0) return;
        yield* sys.write(1, bytes);
      } else if (bytes.length === 0) {
        input = false;
        sys.shutdown(fd, "write");
      } else yield* sys.write(fd, bytes);
    }
  }
}

const nc = applet("nc", function* (sys, args, io: AppletIo) {
  const options = appletOptions(args, "lknvuzp:w:e:i:s:", {}, true);
  const run = options.value("e");
  if (options.has("l")) {
    const port = Number(options.value("p") ?? options.operands.at(-1) ?? 0);
    const listener = sys.socket("inet", "stream");
    sys.setsockopt(listener, "reuseaddr", 1);
    sys.bind(listener, { family: "inet", address: "0.0.0.0", port });
    sys.listen(listener);
    const { fd } = yield* sys.accept(listener);
    sys.close(listener);
    if (run !== undefined) return yield* runOn(sys, io, fd, [run, ...options.operands]);
    yield* relay(sys, fd);
    return undefined;
  }
  const [host, port] = options.operands;
  if (host === undefined || port === undefined) io.usage();
  const address = yield* resolve(sys, io, host);
  let fd: number;
  try {
    fd = yield* connectStream(sys, address, Number(port), options.value("w") === undefined ? undefined : Number(options.value("w")) * 1e6);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (options.has("z") && !options.has("v")) return 1;
    io.die(`can't connect to remote host (${address}): ${error.message}`);
  }
  if (options.has("v")) yield* io.stderr(`${host} (${address}:${port}) open\n`);
  if (options.has("z")) return 0;
  if (run !== undefined) return yield* runOn(sys, io, fd, [run, ...options.operands.slice(2)]);
  yield* relay(sys, fd);
  return undefined;
});

function* runOn(sys: Sys, io: AppletIo, fd: number, argv: readonly string[]): Blocking<number> {
  for (const own of [0, 1, 2]) sys.dup2(fd, own);
  const failure = yield* execSearching(sys, argv[0] ?? "", argv);
  yield* io.warn(`can't execute '${argv[0] ?? ""}': ${failure.message}`);
  return 127;
}

const netstat = applet("netstat", function* (sys, args, io: AppletIo) {
  const letters = args.join("");
  const all = letters.includes("a");
  const listening = letters.includes("l");
  const kinds = /[tux]/.test(letters) ? letters : `${letters}tux`;
  const where = (address: SocketInfo["remote"], family: string): string => (address === undefined || address.family === "unix" ? `${family === "inet6" ? "::" : "0.0.0.0"}:*` : `${address.address}:${address.port === 0 ? "*" : address.port}`);
  io.out.put(`Active Internet connections (${all ? "servers and established" : listening ? "only servers" : "w/o servers"})\nProto Recv-Q Send-Q Local Address           Foreign Address         State       \n`);
  const states = new Map([["ESTAB", "ESTABLISHED"], ["UNCONN", ""]]);
  for (const one of sys.rtnetlink({ op: "socket-list" })) {
    if (one.family !== "inet" && one.family !== "inet6") continue;
    const tcp = one.type === "stream";
    if (!kinds.includes(tcp ? "t" : "u")) continue;
    const server = one.state === "LISTEN" || one.state === "UNCONN";
    if (!all && server !== listening) continue;
    io.out.put(`${(tcp ? "tcp" : "udp").padEnd(5)} ${String(one.receiveQueueBytes).padStart(6)} ${String(one.sendQueueBytes).padStart(6)} ${where(one.local, one.family).padEnd(23)} ${where(one.remote, one.family).padEnd(23)} ${(states.get(one.state) ?? one.state).padEnd(12)}\n`);
  }
  return undefined;
});

export const networkApplets = [ip, ifconfig, route, ping, wget, nslookup, nc, netstat];
