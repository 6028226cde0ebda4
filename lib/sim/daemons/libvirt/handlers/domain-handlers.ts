// Life and looks of domains.
// (More than 400 lines: a table of short answers, one a call of the remote protocol's domain part.)
import { type Blocking, encode, O, POLL, type Sys, SysError } from "../../../kernel/sys.ts";
import { exists, makeDirectories, tryReadFile } from "../../systemd/api/files.ts";
import { type Call, handlers } from "../call.ts";
import { cardsOf, diskSource, disksOf, memoryOf, normaliseDomain, vcpusOf } from "../domain-xml.ts";
import { type Domain, type Engine, isRunning, managedSavePath, shownXml } from "../engine.ts";
import { VirError } from "../error.ts";
import { kvmUsable } from "../host-cpu.ts";
import { leaveByAgent } from "../guest-agent.ts";
import { plainDomain } from "../plain-domain.ts";
import { changeSaveImage, readSaveImage, writeSaveImage } from "../save-image.ts";
import { nativeCommand, saveStatus, startDomain, stopDomain } from "../start-domain.ts";
import { parseXml, Xml } from "../api/xml.ts";
import { checkpointsOf } from "./checkpoint-handlers.ts";

export function defaultsOf(call: Call): { uuid: () => string; mac: () => string } {
  return {
    uuid: () => call.engine.newUuid(call.sys),
    mac: () => `52:54:00:${[...call.sys.random(3)].map((byte) => byte.toString(16).padStart(2, "0")).join(":")}`,
  };
}

function forget(call: Call, path: string): void {
  if (call.engine.mock) return;
  try {
    call.sys.unlink(path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function summary(domain: Domain): Readonly<Record<string, unknown>> {
  const xml = shownXml(domain);
  return {
    name: domain.name, uuid: domain.uuid, id: domain.id ?? -1, state: domain.state, reason: domain.reason, persistent: domain.definition !== undefined, autostart: domain.autostart, managedSave: domain.managedSave,
    snapshots: domain.snapshots.size, title: xml.textOf("title") ?? "",
  };
}

/** What was given, whole, and possible on this host (qemuValidateDomainDef). Errors: VirError. */
function given(call: Call): Xml {
  const text = call.text("xml");
  const xml = normaliseDomain(text, defaultsOf(call));
  checkHost(call, xml, parseXml(text));
  return xml;
}

/** `written`: as it was given, without what is usual. Errors: VirError. */
export function checkHost(call: Call, xml: Xml, written: Xml): void {
  if (call.engine.mock) return;
  const type = xml.get("type") ?? "";
  const emulator = xml.textOf("devices/emulator") ?? "";
  if (type === "kvm" && !kvmUsable(call.sys)) {
    if (written.at("os/type", "machine") === undefined) throw new VirError("argument", `could not get preferred machine for ${emulator} type=kvm`);
    throw new VirError("unsupported", `Emulator '${emulator}' does not support virt type 'kvm'`);
  }
  const mode = xml.at("cpu", "mode");
  if (type === "qemu" && mode === "host-passthrough") throw new VirError("unsupported", `CPU mode '${mode}' for x86_64 qemu domain on x86_64 host is not supported by hypervisor`);
}

/** Defines or, for a transient one, only registers. Errors: VirError. */
function define(call: Call, xml: Xml, persistent: boolean): Domain {
  const { engine } = call;
  const name = xml.textOf("name") ?? "";
  const uuid = xml.textOf("uuid") ?? "";
  const sameUuid = [...engine.domains.values()].find((one) => one.uuid === uuid);
  const sameName = engine.domains.get(name);
  if (sameUuid !== undefined && sameUuid.name !== name) throw new VirError("operation-failed", `domain '${sameUuid.name}' is already defined with uuid ${uuid}`);
  if (sameName !== undefined && sameName.uuid !== uuid) throw new VirError("operation-failed", `domain '${name}' already exists with uuid ${sameName.uuid}`);
  if (!persistent && sameName !== undefined && isRunning(sameName)) throw new VirError("operation-invalid", `domain '${name}' is already active`);
  const domain = sameName ?? engine.newDomain(name, uuid);
  if (persistent) domain.definition = xml;
  engine.domains.set(name, domain);
  return domain;
}

function* start(call: Call, domain: Domain, paused: boolean): Blocking<void> {
  const { engine, sys } = call;
  if (isRunning(domain)) throw new VirError("operation-invalid", "domain is already running");
  const definition = domain.definition ?? shownXml(domain);
  yield* startDefined(sys, engine, domain, definition, paused, call.flag("forceBoot"));
}

/** From its managed save image when there is one, which is used up by it. */
function* startDefined(sys: Sys, engine: Engine, domain: Domain, definition: Xml, paused: boolean, forceBoot: boolean): Blocking<void> {
  if (domain.managedSave) {
    const path = managedSavePath(domain);
    if (!forceBoot && exists(sys, path)) {
      const image = yield* readSaveImage(sys, path);
      yield* startDomain(sys, engine, domain, parseXml(image.xml), { restore: { path, at: image.streamAt }, reason: "restored", paused: paused || !image.running });
    } else yield* startDomain(sys, engine, domain, definition, { paused });
    domain.managedSave = false;
    if (exists(sys, path)) sys.unlink(path);
  } else yield* startDomain(sys, engine, domain, definition, { paused });
}

/** `xml`: what the image shall say of the domain; undefined: what it is. */
function* save(call: Call, domain: Domain, path: string): Blocking<void> {
  const { sys } = call;
  if (!isRunning(domain)) throw new VirError("operation-invalid", "domain is not running");
  const given = call.optional("xml");
  const wasRunning = call.flag("running") || (domain.state === "running" && !call.flag("paused"));
  const stream = `${domain.paths.state}/domain-${domain.id}-${domain.name.slice(0, 20)}/save.stream`;
  yield* domain.monitor.execute(sys, "stop");
  try {
    yield* domain.monitor.execute(sys, "migrate", { uri: `exec:cat > ${stream}` });
    const xml = given === undefined ? plainDomain(shownXml(domain)).format() : savedXml(given, domain.uuid).format();
    yield* writeSaveImage(sys, path, xml, wasRunning, stream);
  } catch (error) {
    if (domain.state === "running") yield* domain.monitor.execute(sys, "cont");
    throw error;
  } finally {
    if (exists(sys, stream)) sys.unlink(stream);
  }
  yield* stopDomain(sys, domain, "saved");
}

/** Errors: VirError when it is another domain's. */
function savedXml(text: string, uuid: string): Xml {
  const xml = parseXml(text);
  const given = xml.textOf("uuid");
  if (given !== undefined && given !== uuid) throw new VirError("unsupported", `Target domain uuid ${given} does not match source ${uuid}`);
  return xml;
}

/** What a command that concerns live, stored or both means for this domain. */
export function affected(call: Call, domain: Domain): { readonly live: boolean; readonly config: boolean } {
  const live = call.flag("live");
  const config = call.flag("config");
  const running = isRunning(domain);
  if (call.flag("persistent")) return { live: running, config: true };
  if (!live && !config) return { live: running, config: !running };
  if (live && !running) throw new VirError("operation-invalid", "domain is not running");
  if (config && domain.definition === undefined) throw new VirError("operation-invalid", "transient domains do not have any persistent config");
  return { live, config };
}

function setText(xml: Xml, name: string, text: string): void {
  const found = xml.find(name);
  if (found !== undefined) {
    if (text === "") xml.children.splice(xml.children.indexOf(found), 1);
    else found.text = text;
    return;
  }
  if (text === "") return;
  const after = xml.children.findIndex((child) => child.name === (name === "description" && xml.find("title") !== undefined ? "title" : "uuid"));
  xml.children.splice(after + 1, 0, new Xml(name, {}, text));
}

function* guestStatus(call: Call, domain: Domain): Blocking<ReadonlyMap<string, unknown>> {
  if (!isRunning(domain)) return new Map();
  // somebody stopped the process (SIGSTOP): what /proc tells does not wait for it (qemuGetSchedInfo)
  const stat = (yield* tryReadFile(call.sys, `/proc/${domain.pid}/stat`)) ?? "";
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "T") return new Map<string, unknown>([["booted", true], ["cpuUs", (Number(fields[11]) + Number(fields[12])) * 10_000], ["residentBytes", Number(fields[21]) * 4096]]);
  const answer = yield* domain.monitor.execute(call.sys, "query-guest");
  return new Map(typeof answer === "object" && answer !== null ? Object.entries(answer) : []);
}

/** Addresses as the leases of the networks tell them. */
function* leaseAddresses(call: Call, domain: Domain): Blocking<readonly unknown[]> {
  const found: unknown[] = [];
  if (!isRunning(domain)) throw new VirError("operation-invalid", "domain is not running");
  for (const card of cardsOf(domain.live)) {
    const mac = card.at("mac", "address");
    const network = call.engine.networks.get(card.at("source", "network") ?? "");
    const bridge = network?.xml.at("bridge", "name");
    if (bridge === undefined) continue;
    const text = (yield* tryReadFile(call.sys, `/var/lib/libvirt/dnsmasq/${bridge}.status`)) ?? "[]";
    const leases: unknown = JSON.parse(text === "" ? "[]" : text);
    const addresses: string[] = [];
    for (const lease of Array.isArray(leases) ? leases : []) if (typeof lease === "object" && lease !== null && "mac-address" in lease && lease["mac-address"] === mac && "ip-address" in lease) addresses.push(`${String(lease["ip-address"])}/${prefixOf(network?.xml.at("ip", "netmask") ?? "255.255.255.0", network?.xml.at("ip", "prefix"))}`);
    if (addresses.length > 0) found.push({ name: card.at("target", "dev") ?? "-", mac, addresses });
  }
  return found;
}

export function prefixOf(netmask: string, prefix?: string): number {
  return prefix === undefined ? netmask.split(".").reduce((bits, part) => bits + Number(part).toString(2).replaceAll("0", "").length, 0) : Number(prefix);
}

/** From here on the connection is a stream of events. */
function* openEvents(call: Call): Blocking<undefined> {
  const { sys, fd, engine } = call;
  yield* sys.write(fd, encode('{"result":true}\n'));
  engine.events.listen(sys, fd);
  try {
    for (;;) {
      yield* sys.poll([{ fd, events: POLL.IN }], null);
      if ((yield* sys.read(fd, 4096)).length === 0) return undefined;
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return undefined;
  } finally {
    engine.events.leave(fd);
  }
}

/** A two-way stream between the client and the serial line of a guest. */
function* openConsole(call: Call): Blocking<undefined> {
  const { sys, fd } = call;
  const domain = call.engine.running(call.text("domain"));
  const path = domain.live.at("devices/console", "tty") ?? domain.live.at("devices/serial/source", "path");
  const wanted = call.optional("device");
  if (path === undefined || path === "" || (wanted !== undefined && wanted !== "" && !/^(?:serial|console)0$/.test(wanted))) throw new VirError("internal", `cannot find character device ${wanted === undefined || wanted === "" ? "<null>" : wanted}`);
  const pty = yield* sys.open(path, O.RDWR | O.NOCTTY);
  yield* sys.write(fd, encode('{"result":true}\n'));
  const monitor = domain.monitor;
  try {
    for (;;) {
      const ready = yield* sys.poll([{ fd, events: POLL.IN }, { fd: pty, events: POLL.IN }], 500_000);
      if (ready.length === 0 && domain.monitor !== monitor) break;
      for (const one of ready) {
        if ((one.revents & POLL.IN) === 0 && (one.revents & POLL.HUP) !== 0) return undefined;
        const bytes = yield* sys.read(one.fd, 4096);
        if (bytes.length === 0) return undefined;
        yield* sys.write(one.fd === fd ? pty : fd, bytes);
      }
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  } finally {
    sys.close(pty);
  }
  throw new VirError("internal", "console closed");
}

function dumped(domain: Domain, inactive: boolean): string {
  return shownXml(domain, inactive).format();
}

function prefix(xml: Xml, key: string): void {
  xml.name = `${key}:${xml.name}`;
  for (const child of xml.children) prefix(child, key);
}

/** The other way: the namespace is the element's own. */
function strip(xml: Xml, uri?: string): void {
  xml.name = xml.name.slice(xml.name.indexOf(":") + 1);
  if (uri !== undefined) {
    for (const key of [...xml.attributes.keys()]) if (key.startsWith("xmlns:") && xml.get(key) === uri) xml.attributes.delete(key);
    xml.set("xmlns", uri);
  }
  for (const child of xml.children) strip(child);
}

function* copyFile(sys: Sys, from: string, to: string): Blocking<void> {
  const source = yield* sys.open(from, O.RDONLY);
  const target = yield* sys.open(to, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
  for (;;) {
    const bytes = yield* sys.read(source, 65_536);
    if (bytes.length === 0) break;
    for (let done = 0; done < bytes.length;) done += yield* sys.write(target, bytes.subarray(done));
  }
  sys.close(source);
  sys.close(target);
}

export const domainHandlers = handlers({
  *listDomains({ engine, sys }) {
    if (sys.charge(engine.domains.size)) yield* sys.preempt();
    const all = [...engine.domains.values()];
    const active = all.filter((one) => one.id !== undefined).sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
    const others = all.filter((one) => one.id === undefined).sort((a, b) => (a.name < b.name ? -1 : 1));
    return [...active, ...others].map(summary);
  },
  *domainLookup(call) {
    yield* call.sys.preempt();
    return summary(call.engine.domain(call.text("domain")));
  },
  *domainInfo(call) {
    const domain = call.engine.domain(call.text("domain"));
    const xml = shownXml(domain);
    const status = yield* guestStatus(call, domain);
    const { maximumKib, currentKib: wantedKib } = memoryOf(xml);
    // a balloon without a driver in the guest holds nothing back
    const currentKib = isRunning(domain) && !call.engine.mock && status.get("booted") !== true ? maximumKib : wantedKib;
    const vcpus = vcpusOf(xml);
    const stored = domain.definition === undefined ? vcpus : vcpusOf(domain.definition);
    return { ...summary(domain), type: xml.get("type"), osType: "hvm", maximumKib, currentKib, vcpus: vcpus.current, maximumVcpus: vcpus.maximum, storedVcpus: stored.current, storedMaximum: stored.maximum, cpuUs: status.get("cpuUs") ?? 0, rssKib: Math.floor(Number(status.get("residentBytes") ?? 0) / 1024), booted: status.get("booted") ?? false, agent: domain.agentConnected, pid: domain.pid };
  },
  *domainXml(call) {
    yield* call.sys.preempt();
    return dumped(call.engine.domain(call.text("domain")), call.flag("inactive"));
  },
  *domainBlocks(call) {
    const domain = call.engine.domain(call.text("domain"));
    const xml = shownXml(domain, call.flag("inactive"));
    yield* call.sys.preempt();
    return disksOf(xml).map((disk) => ({ target: disk.at("target", "dev"), source: diskSource(disk) ?? "-", type: disk.get("type"), device: disk.get("device"), alias: disk.at("alias", "name") ?? "", format: disk.at("driver", "type") }));
  },
  *domainBlockInfo(call) {
    const domain = call.engine.domain(call.text("domain"));
    if (!isRunning(domain)) return undefined;
    return yield* domain.monitor.execute(call.sys, "query-blocks");
  },
  *domainInterfaces(call) {
    const domain = call.engine.domain(call.text("domain"));
    yield* call.sys.preempt();
    const down = (card: Xml): boolean => card.at("link", "state") === "down";
    return cardsOf(shownXml(domain, call.flag("inactive"))).map((card) => ({ target: card.at("target", "dev") ?? "-", type: card.get("type"), source: card.at("source", "network") ?? card.at("source", "bridge") ?? card.at("source", "dev") ?? "-", model: card.at("model", "type") ?? "-", mac: card.at("mac", "address"), up: !down(card) }));
  },
  *domainAddresses(call) {
    return yield* leaseAddresses(call, call.engine.domain(call.text("domain")));
  },
  *domainInterfaceStats(call) {
    const domain = call.engine.running(call.text("domain"));
    const name = call.text("interface");
    yield* call.sys.preempt();
    const known = cardsOf(domain.live).some((card) => card.at("target", "dev") === name || card.at("mac", "address") === name);
    if (!known) throw new VirError("argument", `'${name}' is not a known interface`);
    const link = call.sys.rtnetlink({ op: "link-list" }).find((one) => one.name === name);
    return { rxBytes: link?.txBytes ?? 0, rxPackets: link?.txPackets ?? 0, txBytes: link?.rxBytes ?? 0, txPackets: link?.rxPackets ?? 0 };
  },
  *domainManagedSaveXml(call) {
    const domain = call.engine.domain(call.text("domain"));
    if (!domain.managedSave) throw new VirError("operation-invalid", "domain does not have managed save image");
    return (yield* readSaveImage(call.sys, managedSavePath(domain))).xml;
  },
  connectEvents: openEvents,
  *domainSavedXml(call) {
    return (yield* readSaveImage(call.sys, call.text("file"))).xml;
  },
}, {
  *domainDefine(call) {
    const xml = given(call);
    const known = call.engine.domains.get(xml.textOf("name") ?? "")?.definition !== undefined;
    const domain = define(call, xml, true);
    yield* call.engine.events.domain(call.sys, domain.name, `Defined ${known ? "Updated" : "Added"}`);
    makeDirectories(call.sys, call.engine.paths.config);
    yield* call.engine.saveDomain(call.sys, domain);
    return domain.name;
  },
  *domainCreateXml(call) {
    const xml = given(call);
    const known = call.engine.domains.has(xml.textOf("name") ?? "");
    const domain = define(call, xml, false);
    try {
      yield* startDomain(call.sys, call.engine, domain, xml, { paused: call.flag("paused") });
    } catch (error) {
      if (!known) call.engine.domains.delete(domain.name);
      throw error;
    }
    return domain.name;
  },
  *domainStart(call) {
    yield* start(call, call.engine.domain(call.text("domain")), call.flag("paused"));
    return undefined;
  },
  *domainDestroy(call) {
    const domain = call.engine.running(call.text("domain"));
    yield* stopDomain(call.sys, domain, "destroyed");
    return undefined;
  },
  *domainShutdown(call) {
    const domain = call.engine.running(call.text("domain"));
    if (yield* leaveByAgent(call, domain, "powerdown", false)) return undefined;
    yield* domain.monitor.execute(call.sys, "system_powerdown");
    return undefined;
  },
  *domainReboot(call) {
    const domain = call.engine.running(call.text("domain"));
    if (yield* leaveByAgent(call, domain, "reboot", true)) return undefined;
    yield* domain.monitor.execute(call.sys, "flush");
    yield* domain.monitor.execute(call.sys, "system_reset");
    return undefined;
  },
  *domainReset(call) {
    yield* call.engine.running(call.text("domain")).monitor.execute(call.sys, "system_reset");
    return undefined;
  },
  *domainSuspend(call) {
    const domain = call.engine.running(call.text("domain"));
    if (domain.state !== "paused") yield* domain.monitor.execute(call.sys, "stop");
    domain.state = "paused";
    domain.reason = "user";
    yield* saveStatus(call.sys, domain);
    yield* call.engine.events.domain(call.sys, domain.name, "Suspended Paused");
    return undefined;
  },
  *domainResume(call) {
    const domain = call.engine.running(call.text("domain"));
    if (domain.state === "running") throw new VirError("operation-invalid", "domain is already running");
    yield* domain.monitor.execute(call.sys, "cont");
    domain.state = "running";
    domain.reason = "unpaused";
    yield* saveStatus(call.sys, domain);
    yield* call.engine.events.domain(call.sys, domain.name, "Resumed Unpaused");
    return undefined;
  },
  *domainUndefine(call) {
    const { engine, sys } = call;
    const domain = engine.domain(call.text("domain"));
    yield* sys.preempt();
    if (domain.definition === undefined) throw new VirError("operation-invalid", "cannot undefine transient domain");
    if (domain.managedSave && !call.flag("managedSave")) throw new VirError("operation-invalid", "Refusing to undefine while domain managed save image exists");
    if (!isRunning(domain) && domain.snapshots.size > 0 && !call.flag("snapshotsMetadata")) throw new VirError("operation-invalid", `cannot delete inactive domain with ${domain.snapshots.size} snapshots`);
    const checkpoints = yield* checkpointsOf(sys, domain);
    if (!isRunning(domain) && checkpoints.length > 0 && !call.flag("checkpointsMetadata")) throw new VirError("operation-invalid", `cannot delete inactive domain with ${checkpoints.length} checkpoints`);
    if (!isRunning(domain)) for (const { name } of checkpoints) forget(call, `${domain.paths.checkpoints}/${domain.name}/${name}.xml`);
    if (domain.managedSave) forget(call, managedSavePath(domain));
    domain.managedSave = false;
    forget(call, `${call.engine.paths.config}/${domain.name}.xml`);
    forget(call, `${call.engine.paths.config}/autostart/${domain.name}.xml`);
    domain.autostart = false;
    domain.definition = undefined;
    // a running one keeps its snapshots until it ends
    if (!isRunning(domain)) yield* engine.forgetDomain(sys, domain);
    yield* engine.events.domain(sys, domain.name, "Undefined Removed");
    return undefined;
  },
  *domainAutostart(call) {
    const { sys } = call;
    const domain = call.engine.domain(call.text("domain"));
    yield* sys.preempt();
    if (domain.definition === undefined) throw new VirError("operation-invalid", "cannot set autostart for transient domain");
    const link = `${call.engine.paths.config}/autostart/${domain.name}.xml`;
    if (!call.engine.mock) makeDirectories(sys, `${call.engine.paths.config}/autostart`);
    forget(call, link);
    domain.autostart = call.flag("on");
    if (domain.autostart && !call.engine.mock) sys.symlink(`${call.engine.paths.config}/${domain.name}.xml`, link);
    return undefined;
  },
  *domainRename(call) {
    const { engine, sys } = call;
    const domain = engine.domain(call.text("domain"));
    const name = call.text("name");
    if (isRunning(domain)) throw new VirError("operation-invalid", "cannot rename active domain");
    if (domain.definition === undefined) throw new VirError("operation-invalid", "cannot rename a transient domain");
    if (domain.snapshots.size > 0) throw new VirError("operation-invalid", "cannot rename domain with snapshots");
    if (engine.domains.has(name)) throw new VirError("operation-invalid", name === domain.name ? "Can't rename domain to itself" : `domain with name '${name}' already exists`);
    if (name.includes("/")) throw new VirError("xml", `name ${name} cannot contain '/'`);
    if (domain.managedSave) throw new VirError("operation-invalid", "domain with a managed saved state can't be renamed");
    forget(call, `${call.engine.paths.config}/${domain.name}.xml`);
    if (domain.autostart) {
      forget(call, `${call.engine.paths.config}/autostart/${domain.name}.xml`);
      sys.symlink(`${call.engine.paths.config}/${name}.xml`, `${call.engine.paths.config}/autostart/${name}.xml`);
    }
    engine.domains.delete(domain.name);
    domain.name = name;
    setText(domain.definition, "name", name);
    engine.domains.set(name, domain);
    yield* engine.saveDomain(sys, domain);
    return undefined;
  },
  *domainDescribe(call) {
    const domain = call.engine.domain(call.text("domain"));
    const { live, config } = affected(call, domain);
    const label = call.text("label");
    if (live && domain.live !== undefined) setText(domain.live, label, call.text("text"));
    if (config && domain.definition !== undefined) {
      setText(domain.definition, label, call.text("text"));
      yield* call.engine.saveDomain(call.sys, domain);
    }
    return undefined;
  },
  *domainSetMemory(call) {
    const domain = call.engine.domain(call.text("domain"));
    const { live, config } = affected(call, domain);
    const kib = call.number("kib");
    if (call.flag("maximum")) {
      if (live) throw new VirError("operation-invalid", "cannot resize the maximum memory on an active domain");
      const xml = domain.definition;
      if (config && xml !== undefined) {
        setText(xml, "memory", String(kib));
        if (memoryOf(xml).currentKib > kib) setText(xml, "currentMemory", String(kib));
      }
    } else {
      for (const [wanted, xml] of [[live, domain.live], [config, domain.definition]] as const) {
        if (!wanted || xml === undefined) continue;
        if (kib > memoryOf(xml).maximumKib) throw new VirError("argument", "cannot set memory higher than max memory");
        setText(xml, "currentMemory", String(kib));
      }
      if (live && isRunning(domain)) {
        yield* domain.monitor.execute(call.sys, "balloon", { value: kib * 1024 });
        yield* call.engine.events.domain(call.sys, domain.name, `${kib}KiB`, "balloon-change");
      }
    }
    yield* call.engine.saveDomain(call.sys, domain);
    yield* saveStatus(call.sys, domain);
    return undefined;
  },
  *domainSetVcpus(call) {
    const domain = call.engine.domain(call.text("domain"));
    const count = call.number("count");
    if (!call.flag("live") && !call.flag("config") && !isRunning(domain)) throw new VirError("operation-invalid", "domain is not running");
    const { live, config } = affected(call, domain);
    const apply = (xml: Xml, maximum: boolean): void => {
      const vcpu = xml.find("vcpu");
      if (vcpu === undefined) return;
      const old = vcpusOf(xml);
      if (maximum) {
        vcpu.text = String(count);
        const current = Math.min(old.current, count);
        if (current === count) vcpu.attributes.delete("current");
        else vcpu.set("current", String(current));
      } else if (count === old.maximum) vcpu.attributes.delete("current");
      else vcpu.set("current", String(count));
    };
    if (call.flag("maximum")) {
      if (live) throw new VirError("argument", "maximum vcpu count of a live domain can't be modified");
      if (domain.definition !== undefined) apply(domain.definition, true);
    } else {
      for (const [wanted, xml, word] of [[live, domain.live, "live"], [config, domain.definition, "persistent"]] as const) {
        if (!wanted || xml === undefined) continue;
        const { maximum } = vcpusOf(xml);
        if (count > maximum) throw new VirError("argument", `requested vcpus is greater than max allowable vcpus for the ${word} domain: ${count} > ${maximum}`);
        apply(xml, false);
      }
      if (live && isRunning(domain)) yield* domain.monitor.execute(call.sys, "set-cpus", { count });
    }
    yield* saveStatus(call.sys, domain);
    yield* call.engine.saveDomain(call.sys, domain);
    return undefined;
  },
  *domainSave(call) {
    yield* save(call, call.engine.domain(call.text("domain")), call.text("file"));
    return undefined;
  },
  *domainManagedSave(call) {
    const domain = call.engine.domain(call.text("domain"));
    if (!isRunning(domain)) throw new VirError("operation-invalid", "domain is not running");
    if (domain.definition === undefined) throw new VirError("operation-invalid", "cannot do managed save for transient domain");
    makeDirectories(call.sys, call.engine.paths.saves);
    yield* save(call, domain, managedSavePath(domain));
    domain.managedSave = true;
    return undefined;
  },
  *domainManagedSaveRemove(call) {
    const domain = call.engine.domain(call.text("domain"));
    yield* call.sys.preempt();
    const had = domain.managedSave;
    domain.managedSave = false;
    forget(call, managedSavePath(domain));
    return had;
  },
  /** save-image-define and managedsave-define */
  *domainSavedDefine(call) {
    const wanted = call.optional("domain");
    let file = call.text("file");
    if (wanted !== undefined) {
      const domain = call.engine.domain(wanted);
      if (!domain.managedSave) throw new VirError("operation-invalid", "domain does not have managed save image");
      file = managedSavePath(domain);
    }
    const image = yield* readSaveImage(call.sys, file);
    const xml = savedXml(call.text("xml"), parseXml(image.xml).textOf("uuid") ?? "").format();
    const running = call.flag("running") || (image.running && !call.flag("paused"));
    if (xml === image.xml && running === image.running) return false;
    yield* changeSaveImage(call.sys, file, xml, running);
    return true;
  },
  *domainRestore(call) {
    const path = call.text("file");
    const image = yield* readSaveImage(call.sys, path);
    const given = call.optional("xml");
    const xml = given === undefined ? parseXml(image.xml) : savedXml(given, parseXml(image.xml).textOf("uuid") ?? "");
    const name = xml.textOf("name") ?? "";
    const existing = call.engine.domains.get(name);
    if (existing !== undefined && isRunning(existing)) throw new VirError("operation-invalid", `domain '${name}' is already active`);
    const domain = existing ?? call.engine.newDomain(name, xml.textOf("uuid") ?? call.engine.newUuid(call.sys));
    call.engine.domains.set(name, domain);
    try {
      yield* startDomain(call.sys, call.engine, domain, xml, { restore: { path, at: image.streamAt }, reason: "restored", paused: call.flag("paused") || (!image.running && !call.flag("running")) });
    } catch (error) {
      if (existing === undefined) call.engine.domains.delete(name);
      throw error;
    }
    return name;
  },
  /** dump: the machine's state beside what runs on. */
  *domainCoreDump(call) {
    const { sys } = call;
    const domain = call.engine.running(call.text("domain"));
    const stream = `${domain.paths.state}/domain-${domain.id}-${domain.name.slice(0, 20)}/dump.stream`;
    yield* domain.monitor.execute(sys, "migrate", { uri: `exec:cat > ${stream}` });
    try {
      yield* copyFile(sys, stream, call.text("file"));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new VirError("plain", `failed to create core file '${call.text("file")}': ${error.message}`);
    } finally {
      sys.unlink(stream);
    }
    if (call.flag("crash")) yield* stopDomain(sys, domain, "crashed");
    else if (call.flag("reset")) yield* domain.monitor.execute(sys, "system_reset");
    return undefined;
  },
  *domainSendKey(call) {
    const domain = call.engine.running(call.text("domain"));
    yield* domain.monitor.execute(call.sys, "send-key", { keys: call.text("keys") });
    return undefined;
  },
  *domainScreenshot(call) {
    yield* call.sys.preempt();
    const domain = call.engine.running(call.text("domain"));
    if (domain.live.find("devices")?.all("video").some((video) => video.at("model", "type") !== "none") !== true) throw new VirError("operation-invalid", "no screens to take screenshot from");
    return { type: "image/x-portable-pixmap" };
  },
  /** As libvirt's own checks go, from the domain to the other host. */
  *domainToNative(call) {
    const format = call.text("format");
    yield* call.sys.preempt();
    if (format !== "qemu-argv") throw new VirError("argument", `unsupported config type ${format}`);
    const wanted = call.optional("domain");
    const xml = wanted === undefined ? normaliseDomain(call.text("xml"), defaultsOf(call)) : shownXml(call.engine.domain(wanted), true).clone();
    return nativeCommand(xml);
  },
  *domainMetadata(call) {
    const domain = call.engine.domain(call.text("domain"));
    const { live, config } = affected(call, domain);
    const uri = call.text("uri");
    const isOurs = (one: Xml): boolean => [...one.attributes].some(([key, value]) => key.startsWith("xmlns") && value === uri);
    const value = call.optional("xml");
    if (value === undefined && !call.flag("remove")) {
      const found = shownXml(domain, config && !live).find("metadata")?.children.find(isOurs);
      if (found === undefined) throw new VirError("metadata", "Requested metadata element is not present");
      const plain = found.clone();
      strip(plain, uri);
      return plain.format();
    }
    for (const [chosen, xml] of [[live, domain.live], [config, domain.definition]] as const) {
      if (!chosen || xml === undefined) continue;
      let metadata = xml.find("metadata");
      if (metadata === undefined) {
        metadata = new Xml("metadata");
        xml.children.splice(xml.children.findIndex((child) => child.name === "memory"), 0, metadata);
      }
      metadata.children = metadata.children.filter((child) => !isOurs(child));
      if (value !== undefined) {
        const added = parseXml(value);
        prefix(added, call.text("key"));
        added.set(`xmlns:${call.text("key")}`, uri);
        metadata.children.push(added);
      }
      if (metadata.children.length === 0) xml.children.splice(xml.children.indexOf(metadata), 1);
    }
    yield* call.engine.saveDomain(call.sys, domain);
    return undefined;
  },
  *domainMonitorCommand(call) {
    const domain = call.engine.running(call.text("domain"));
    if (call.flag("hmp")) return yield* domain.monitor.execute(call.sys, "human-monitor-command", { "command-line": call.text("command") });
    let request: unknown;
    try {
      request = JSON.parse(call.text("command"));
    } catch {
      throw new VirError("internal", `cannot parse json ${call.text("command")}: lexical error: invalid char in json text.`);
    }
    const execute = typeof request === "object" && request !== null && "execute" in request ? String(request.execute) : "";
    const given = typeof request === "object" && request !== null && "arguments" in request && typeof request.arguments === "object" && request.arguments !== null ? Object.fromEntries(Object.entries(request.arguments)) : {};
    return JSON.stringify({ return: yield* domain.monitor.execute(call.sys, execute, given), id: "libvirt-400" });
  },
  domainOpenConsole: openConsole,
});

export function* autostart(sys: Sys, engine: Engine): Blocking<void> {
  for (const domain of engine.domains.values()) {
    if (!domain.autostart || isRunning(domain) || domain.definition === undefined) continue;
    try {
      yield* startDefined(sys, engine, domain, domain.definition, false, false);
    } catch (error) {
      if (!(error instanceof VirError)) throw error;
    }
  }
}
