// Migration (src/qemu/qemu_migration.c): Begin and Perform on the source, Prepare and Finish on the destination, Confirm on the source, called in that order by the client. The guest's
// state and, when asked, its disks go over a connection of their own, from the source's daemon to a port of the destination.
import { type Blocking, decode, encode, O, POLL, type Sys, SysError } from "../../../kernel/sys.ts";
import { lookUpHost, ResolveError } from "../../resolver/api.ts";
import { exists } from "../../systemd/api/files.ts";
import { type Call, handlers } from "../call.ts";
import { cardsOf, diskSource, disksOf } from "../domain-xml.ts";
import { type Domain, type Engine, isRunning, shownXml } from "../engine.ts";
import { VirError } from "../error.ts";
import { plainDomain } from "../plain-domain.ts";
import { bridgeOf, startDomain, stopDomain } from "../start-domain.ts";
import { parseXml, type Xml } from "../api/xml.ts";
import { checkHost } from "./domain-handlers.ts";

/** qemu.conf, migration_port_min. */
const firstPort = 49_152;
const lastPort = 49_215;
/** What the link carries when nobody says less (migrate-setspeed, --bandwidth), and what of a guest's memory changes while it is sent. */
const usualBytesPerSecond = 125_000_000;
const dirtyFraction = 0.03;
const waitUs = 60_000_000;
const chunkBytes = 1 << 16;
const longestHead = 1 << 20;

interface Extent {
  readonly at: number;
  readonly length: number;
}

interface SentFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly extents: readonly Extent[];
}

interface Arrival {
  /** the destination's socket */
  readonly fd: number;
  error: string | undefined;
  done: boolean;
}

const arrivals = new WeakMap<Engine, Map<string, Arrival>>();

function arrivalsOf(engine: Engine): Map<string, Arrival> {
  const found = arrivals.get(engine) ?? new Map<string, Arrival>();
  arrivals.set(engine, found);
  return found;
}

/** Those that are the guest's own. */
const ownDisks = (xml: Xml): readonly string[] => disksOf(xml).flatMap((disk) => {
  const path = diskSource(disk);
  return path === undefined || disk.find("readonly") !== undefined ? [] : [path];
});

function* writeAll(sys: Sys, fd: number, bytes: Uint8Array): Blocking<void> {
  for (let done = 0; done < bytes.length;) done += yield* sys.write(fd, bytes.subarray(done));
}

function* readExactly(sys: Sys, fd: number, count: number): Blocking<Uint8Array> {
  const whole = new Uint8Array(count);
  for (let at = 0; at < count;) {
    const bytes = yield* sys.read(fd, Math.min(chunkBytes, count - at));
    if (bytes.length === 0) throw new VirError("operation-failed", "migration out job: unexpectedly failed");
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}

const number32 = (value: number): Uint8Array => Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
const value32 = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);

/** Where a file has bytes. */
function extentsOf(sys: Sys, fd: number): readonly Extent[] {
  const found: Extent[] = [];
  const { sizeBytes } = sys.fstat(fd);
  for (let at = 0; at < sizeBytes;) {
    try {
      const start = sys.lseek(fd, at, "data");
      const end = sys.lseek(fd, start, "hole");
      found.push({ at: start, length: end - start });
      at = end;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      break;
    }
  }
  return found;
}

// ---- the destination

function listenSomewhere(sys: Sys): { readonly fd: number; readonly port: number } {
  for (let port = firstPort; port <= lastPort; port++) {
    const fd = sys.socket("inet", "stream");
    try {
      sys.setsockopt(fd, "reuseaddr", 1);
      sys.bind(fd, { family: "inet", address: "0.0.0.0", port });
      sys.listen(fd, 1);
      return { fd, port };
    } catch (error) {
      sys.close(fd);
      if (!(error instanceof SysError)) throw error;
    }
  }
  throw new VirError("internal", `Unable to find an unused port in range 'migration' (${firstPort}-${lastPort})`);
}

/** Takes what comes, and starts the guest paused. */
function* receive(sys: Sys, engine: Engine, arrival: Arrival, domain: Domain, xml: Xml): Blocking<void> {
  const stream = `${domain.paths.state}/${domain.name}.incoming`;
  try {
    const ready = yield* sys.poll([{ fd: arrival.fd, events: POLL.IN }], waitUs);
    if (ready.length === 0) throw new VirError("operation-failed", "migration timed out");
    const { fd } = yield* sys.accept(arrival.fd);
    try {
      const length = value32(yield* readExactly(sys, fd, 4));
      if (length > longestHead) throw new VirError("internal", "received a malformed migration stream");
      const head: { readonly files: readonly SentFile[]; readonly stateBytes: number } = JSON.parse(decode(yield* readExactly(sys, fd, length)));
      for (const file of head.files) {
        const to = yield* sys.open(file.path, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
        for (const { at, length: bytes } of file.extents) {
          for (let done = 0; done < bytes;) {
            const part = yield* readExactly(sys, fd, Math.min(chunkBytes, bytes - done));
            for (let written = 0; written < part.length;) written += yield* sys.pwrite(to, part.subarray(written), at + done + written);
            done += part.length;
          }
        }
        sys.ftruncate(to, file.sizeBytes);
        sys.close(to);
      }
      const to = yield* sys.open(stream, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
      for (let done = 0; done < head.stateBytes;) {
        const part = yield* readExactly(sys, fd, Math.min(chunkBytes, head.stateBytes - done));
        yield* writeAll(sys, to, part);
        done += part.length;
      }
      sys.close(to);
      yield* startDomain(sys, engine, domain, xml, { restore: { path: stream, at: 0 }, paused: true, reason: "migrated" });
      yield* writeAll(sys, fd, encode("ok\n"));
    } catch (error) {
      if (error instanceof VirError) yield* writeAll(sys, fd, encode(`${error.message}\n`));
      throw error;
    } finally {
      sys.close(fd);
    }
  } catch (error) {
    if (!(error instanceof VirError || error instanceof SysError || error instanceof SyntaxError)) throw error;
    arrival.error = error.message;
    if (domain.definition === undefined && !isRunning(domain)) engine.domains.delete(domain.name);
  }
  if (exists(sys, stream)) sys.unlink(stream);
  sys.close(arrival.fd);
  arrival.done = true;
}

// ---- the source

/** Errors: VirError with getaddrinfo's or the kernel's words. */
function* connectTo(sys: Sys, uri: string): Blocking<number> {
  const match = /^(?:tcp|rdma):(?:\/\/)?(\[[^\]]*\]|[^:/]*)(?::(\d+))?\/?$/.exec(uri);
  if (match === null) throw new VirError("argument", `unable to parse URI: ${uri}`);
  const [, host = "", port = String(firstPort)] = match;
  let addresses: readonly string[];
  try {
    addresses = /^[\d.]+$/.test(host) ? [host] : yield* lookUpHost(sys, host);
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    throw new VirError("plain", `Unable to resolve address '${host}' service '${port}': ${error.message}`);
  }
  let failure = "No route to host";
  for (const address of addresses) {
    const fd = sys.socket(address.includes(":") ? "inet6" : "inet", "stream");
    try {
      yield* sys.connect(fd, { family: address.includes(":") ? "inet6" : "inet", address, port: Number(port) });
      return fd;
    } catch (error) {
      sys.close(fd);
      if (!(error instanceof SysError)) throw error;
      failure = error.message;
    }
  }
  throw new VirError("plain", `unable to connect to server at '${host}:${port}': ${failure}`);
}

/** Memory is sent while the guest runs; then it stands still for what changed meanwhile, its state and its disks. */
function* send(call: Call, domain: Domain & { monitor: NonNullable<Domain["monitor"]>; live: Xml }, fd: number): Blocking<void> {
  const { sys } = call;
  const limit = call.number("bandwidth") * 1024 ** 2;
  const bytesPerSecond = Math.min(usualBytesPerSecond, limit > 0 ? limit : usualBytesPerSecond);
  const answer = yield* domain.monitor.execute(sys, "query-guest");
  const resident = typeof answer === "object" && answer !== null && "residentBytes" in answer ? Number(answer.residentBytes) : 0;
  yield* sys.sleep(Math.ceil((resident / bytesPerSecond) * 1e6));
  const wasRunning = domain.state === "running";
  const stream = `${domain.paths.state}/domain-${domain.id}-${domain.name.slice(0, 20)}/migrate.stream`;
  yield* domain.monitor.execute(sys, "stop");
  try {
    yield* sys.sleep(Math.ceil(((resident * dirtyFraction) / bytesPerSecond) * 1e6));
    yield* domain.monitor.execute(sys, "migrate", { uri: `exec:cat > ${stream}` });
    const sent: (SentFile & { readonly fd: number })[] = [];
    if (call.flag("copyStorage")) {
      for (const path of ownDisks(domain.live)) {
        const from = yield* sys.open(path, O.RDONLY);
        sent.push({ path, sizeBytes: sys.fstat(from).sizeBytes, extents: extentsOf(sys, from), fd: from });
      }
    }
    const state = yield* sys.open(stream, O.RDONLY);
    const head = encode(JSON.stringify({ files: sent.map(({ fd: _, ...file }) => file), stateBytes: sys.fstat(state).sizeBytes }));
    yield* writeAll(sys, fd, number32(head.length));
    yield* writeAll(sys, fd, head);
    for (const file of sent) {
      for (const { at, length } of file.extents) for (let done = 0; done < length;) {
        const part = yield* sys.pread(file.fd, Math.min(chunkBytes, length - done), at + done);
        if (part.length === 0) break;
        yield* writeAll(sys, fd, part);
        done += part.length;
      }
      sys.close(file.fd);
    }
    for (let part = yield* sys.read(state, chunkBytes); part.length > 0; part = yield* sys.read(state, chunkBytes)) yield* writeAll(sys, fd, part);
    sys.close(state);
    let said = "";
    for (let part = yield* sys.read(fd, chunkBytes); part.length > 0; part = yield* sys.read(fd, chunkBytes)) said += decode(part);
    if (said !== "ok\n") throw new VirError("plain", said === "" ? "operation failed: migration out job: unexpectedly failed" : said.trim());
  } catch (error) {
    if (wasRunning) yield* domain.monitor.execute(sys, "cont");
    throw error;
  } finally {
    if (exists(sys, stream)) sys.unlink(stream);
  }
}

export const migrationHandlers = handlers({}, {
  *migrationBegin(call) {
    const { sys, engine } = call;
    const domain = engine.domain(call.text("domain"));
    yield* sys.preempt();
    if (!isRunning(domain)) {
      if (!call.flag("offline")) throw new VirError("operation-invalid", "domain is not running");
      if (!call.flag("persistent")) throw new VirError("operation-invalid", "offline migration cannot be specified without the persistent flag set");
    } else if (call.flag("offline")) throw new VirError("operation-invalid", "domain is already running");
    else if (!call.flag("unsafe") && !call.flag("copyStorage") && ownDisks(domain.live).length > 0) throw new VirError("plain", "Unsafe migration: Migration without shared storage is unsafe");
    if (call.text("otherHost") === sys.uname().nodename) throw new VirError("internal", `Attempt to migrate guest to the same host ${call.text("otherHost")}`);
    const name = call.optional("dname") ?? domain.name;
    const given = call.optional("xml");
    const xml = given !== undefined ? parseXml(given) : isRunning(domain) ? plainDomain(domain.live) : shownXml(domain, true).clone();
    const title = xml.find("name");
    if (title !== undefined) title.text = name;
    return { xml: xml.format(), name, disks: isRunning(domain) && call.flag("copyStorage") ? ownDisks(domain.live).join("\n") : "" };
  },
  *migrationPrepare(call) {
    const { sys, engine } = call;
    const xml = parseXml(call.text("xml"));
    const name = xml.textOf("name") ?? "";
    const hostname = sys.uname().nodename;
    if (hostname.startsWith("localhost") && call.optional("migrateuri") === undefined) throw new VirError("internal", "hostname on destination resolved to localhost, but migration requires an FQDN");
    checkHost(call, xml, xml);
    const present = engine.domains.get(name);
    if (present !== undefined && isRunning(present)) throw new VirError("operation-failed", `domain '${name}' is already active`);
    if (present !== undefined && present.uuid !== xml.textOf("uuid")) throw new VirError("operation-failed", `domain '${name}' already exists with uuid ${present.uuid}`);
    for (const card of cardsOf(xml)) bridgeOf(engine, card);
    const copied = new Set(call.text("disks").split("\n").filter((path) => path !== ""));
    for (const disk of disksOf(xml)) {
      const path = diskSource(disk);
      if (path === undefined || exists(sys, path)) continue;
      // volumes are made where a pool knows the directory
      const directory = path.slice(0, path.lastIndexOf("/"));
      const pooled = [...engine.pools.values()].some((pool) => pool.active && pool.xml.textOf("target/path") === directory);
      if (copied.has(path) && !pooled) throw new VirError("no-pool", `no storage pool with matching target path '${directory}'`);
      if (!copied.has(path)) throw new VirError("plain", `Cannot access storage file '${path}': No such file or directory`);
    }
    const domain = present ?? engine.newDomain(name, xml.textOf("uuid") ?? engine.newUuid(sys));
    engine.domains.set(name, domain);
    const { fd, port } = listenSomewhere(sys);
    const arrival: Arrival = { fd, error: undefined, done: false };
    arrivalsOf(engine).set(name, arrival);
    engine.main.fork(function* incoming(thread) {
      yield* receive(thread, engine, arrival, domain, xml);
      return 0;
    }, { thread: true });
    return { uri: `tcp:${hostname}:${port}`, port };
  },
  *migrationPerform(call) {
    const domain = call.engine.running(call.text("domain"));
    const fd = yield* connectTo(call.sys, call.text("uri"));
    try {
      yield* send(call, domain, fd);
    } finally {
      call.sys.close(fd);
    }
    return undefined;
  },
  /** `cancelled`: the source has given up. */
  *migrationFinish(call) {
    const { sys, engine } = call;
    const name = call.text("name");
    const arrival = arrivalsOf(engine).get(name);
    arrivalsOf(engine).delete(name);
    if (call.flag("cancelled")) {
      if (arrival?.done === false) sys.shutdown(arrival.fd, "both");
      return undefined;
    }
    for (let waited = 0; arrival?.done === false && waited < 1000; waited++) yield* sys.sleep(10_000);
    if (arrival?.error !== undefined) throw new VirError("plain", arrival.error);
    const domain = engine.running(name);
    if (call.flag("persistent")) {
      domain.definition = plainDomain(domain.live);
      yield* engine.saveDomain(sys, domain);
    }
    if (!call.flag("suspend")) {
      yield* domain.monitor.execute(sys, "cont");
      domain.state = "running";
      domain.reason = "migrated";
      yield* engine.events.domain(sys, name, "Resumed Migrated");
    }
    return undefined;
  },
  *migrationConfirm(call) {
    const { sys, engine } = call;
    const domain = engine.domain(call.text("domain"));
    if (isRunning(domain)) yield* stopDomain(sys, domain, "migrated");
    if (call.flag("undefineSource") && domain.definition !== undefined) {
      const path = `/etc/libvirt/qemu/${domain.name}.xml`;
      if (exists(sys, path)) sys.unlink(path);
      engine.domains.delete(domain.name);
      yield* engine.events.domain(sys, domain.name, "Undefined Removed");
    }
    return undefined;
  },
});
