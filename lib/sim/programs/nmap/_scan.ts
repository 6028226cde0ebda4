// What nmap asks the network: who is there, which ports are open, what speaks behind them.
import { type Blocking, POLL, type SocketAddress, type Sys, SysError, decode, encode } from "../../kernel/sys.ts";
import { EchoProbe } from "../kit/echo-probe.ts";

export type PortState = "open" | "closed" | "filtered" | "open|filtered";

export interface Version {
  /** a better name of the service than its port's */
  readonly service: string | undefined;
  readonly text: string;
  readonly system: string | undefined;
}

const firstWaitUs = 1_000_000;
const laterWaitUs = 120_000;

const addressTo = (address: string, port: number): SocketAddress => (address.includes(":") ? { family: "inet6", address, port } : { family: "inet", address, port });

/** The time of the answer in seconds; undefined when nobody answers. */
export function* isUp(sys: Sys, address: string): Blocking<number | undefined> {
  const startUs = sys.clockUs("monotonic");
  const spent = (): number => (sys.clockUs("monotonic") - startUs) / 1e6;
  try {
    const probe = new EchoProbe(sys, address);
    try {
      yield* probe.send(1, 0);
      for (;;) {
        const answer = yield* probe.receive(startUs + firstWaitUs);
        if (answer === undefined || answer.kind === "error") break;
        if (answer.from === address) return spent();
      }
    } finally {
      probe.close();
    }
  } catch (error) {
    if (!(error instanceof SysError) || error.errno === "EINTR") throw error;
  }
  for (const port of [80, 443]) {
    const state = yield* connects(sys, address, port, laterWaitUs);
    if (state === "open" || state === "closed") return spent();
  }
  return undefined;
}

export function* connects(sys: Sys, address: string, port: number, waitUs = laterWaitUs): Blocking<PortState> {
  const to = addressTo(address, port);
  const fd = sys.socket(to.family, "stream");
  try {
    sys.setsockopt(fd, "sndtimeo", waitUs);
    yield* sys.connect(fd, to);
    return "open";
  } catch (error) {
    if (!(error instanceof SysError) || error.errno === "EINTR") throw error;
    return error.errno === "ECONNREFUSED" ? "closed" : "filtered";
  } finally {
    sys.close(fd);
  }
}

export function* datagrams(sys: Sys, address: string, port: number): Blocking<PortState> {
  const to = addressTo(address, port);
  const fd = sys.socket(to.family, "dgram");
  try {
    yield* sys.connect(fd, to);
    yield* sys.sendto(fd, new Uint8Array(0));
    const ready = yield* sys.poll([{ fd, events: POLL.IN }], laterWaitUs);
    if (ready.length === 0) return "open|filtered";
    yield* sys.recvfrom(fd, 2048);
    return "open";
  } catch (error) {
    if (!(error instanceof SysError) || error.errno === "EINTR") throw error;
    return error.errno === "ECONNREFUSED" ? "closed" : "filtered";
  } finally {
    sys.close(fd);
  }
}

/** What comes within the time, after what was said. */
function* conversation(sys: Sys, address: string, port: number, says: string, waitUs: number): Blocking<string> {
  const to = addressTo(address, port);
  const fd = sys.socket(to.family, "stream");
  let text = "";
  try {
    sys.setsockopt(fd, "sndtimeo", laterWaitUs);
    yield* sys.connect(fd, to);
    if (says !== "") yield* sys.write(fd, encode(says));
    const untilUs = sys.clockUs("monotonic") + waitUs;
    for (;;) {
      const leftUs = untilUs - sys.clockUs("monotonic");
      if (leftUs <= 0 || (yield* sys.poll([{ fd, events: POLL.IN }], leftUs)).length === 0) break;
      const bytes = yield* sys.read(fd, 4096);
      if (bytes.length === 0) break;
      text += decode(bytes);
      if (text.length > 16_384) break;
    }
  } catch (error) {
    if (!(error instanceof SysError) || error.errno === "EINTR") throw error;
  }
  sys.close(fd);
  return text;
}

const LINUX = "OS: Linux; CPE: cpe:/o:linux:linux_kernel";

function ofBanner(banner: string): Version | undefined {
  const ssh = /^SSH-([\d.]+)-OpenSSH_(\S+)(?: (\S+))?/.exec(banner);
  if (ssh !== null) return { service: "ssh", text: `OpenSSH ${ssh[2] ?? ""}${ssh[3] === undefined ? "" : ` ${ssh[3].replace("-", " ")}`} (protocol ${ssh[1] ?? ""})`, system: LINUX };
  const smtp = /^220 (\S+) ESMTP(?: (\S+))?/.exec(banner);
  if (smtp !== null) return { service: "smtp", text: smtp[2] === "Postfix" ? "Postfix smtpd" : (smtp[2] ?? ""), system: `Host:  ${smtp[1] ?? ""}` };
  return undefined;
}

function ofHttp(answer: string): Version | undefined {
  if (!answer.startsWith("HTTP/")) return undefined;
  const server = /^Server: *(.*?)\r?$/im.exec(answer)?.[1] ?? "";
  const apache = /^Apache\/(\S+)(?: (\(.*\)))?/.exec(server);
  const python = /^SimpleHTTP\/(\S+) Python\/(\S+)/.exec(server);
  const [name = "", version = ""] = server.split("/");
  return { service: "http", text: apache !== null ? `Apache httpd ${apache[1] ?? ""}${apache[2] === undefined ? "" : ` (${apache[2]})`}` : python !== null ? `SimpleHTTPServer ${python[1] ?? ""} (Python ${python[2] ?? ""})` : version === "" ? name : `${name} ${version}`, system: undefined };
}

/** Waits for a greeting, then asks as a browser does, then as a client of Redis. */
export function* versionOf(sys: Sys, address: string, port: number): Blocking<Version | undefined> {
  const banner = yield* conversation(sys, address, port, "", 2_000_000);
  const greeted = ofBanner(banner);
  if (greeted !== undefined || banner !== "") return greeted;
  const http = ofHttp(yield* conversation(sys, address, port, "GET / HTTP/1.0\r\n\r\n", 2_000_000));
  if (http !== undefined) return http;
  const redis = /redis_version:(\S+)/.exec(yield* conversation(sys, address, port, "INFO server\r\n", 1_000_000));
  return redis === null ? undefined : { service: "redis", text: `Redis key-value store ${redis[1] ?? ""}`, system: undefined };
}
