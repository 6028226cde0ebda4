// Snapshots of domains: inside qcow2 images, with the hypervisor's token when the domain runs; external ones as overlays.
import { type Blocking, O, type Sys, SysError } from "../../../kernel/sys.ts";
import { exists, makeDirectories, writeFile } from "../../systemd/api/files.ts";
import { type Call, handlers } from "../call.ts";
import { diskSource, disksOf } from "../domain-xml.ts";
import { type Domain, isRunning, shownXml, type Snapshot } from "../engine.ts";
import { VirError } from "../error.ts";
import { askAgent } from "../guest-agent.ts";
import { mergeImage, withoutDisk } from "./block-job-handlers.ts";
import { plainDomain } from "../plain-domain.ts";
import { writeSaveImage } from "../save-image.ts";
import { saveStatus, startDomain, stopDomain } from "../start-domain.ts";
import { parseXml, Xml } from "../api/xml.ts";

function* image(sys: Sys, argv: readonly string[]): Blocking<boolean> {
  const pid = sys.fork(function* tool(child) {
    for (const fd of child.descriptors()) child.close(fd);
    yield* child.open("/dev/null", O.RDWR);
    child.dup(0);
    child.dup(0);
    try {
      return yield* child.exec("/usr/bin/qemu-img", ["qemu-img", ...argv], new Map([["PATH", "/usr/bin:/bin"]]));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 127;
    }
  });
  const waited = yield* sys.waitpid(pid);
  return waited?.status.kind === "exited" && waited.status.status === 0;
}

const imagesIn = (xml: Xml): readonly Xml[] => disksOf(xml).filter((disk) => disk.get("device") === "disk" && disk.find("readonly") === undefined && diskSource(disk) !== undefined);
const ownDisks = (domain: Domain): readonly Xml[] => imagesIn(shownXml(domain));

/** Where an internal one lies: the disks that the domain had then, whatever overlays it has now. */
const disksThen = (domain: Domain, { xml }: Snapshot): readonly Xml[] => imagesIn(xml.find("domain") ?? shownXml(domain)).filter((disk) => xml.find("disks")?.all("disk").find((one) => one.get("name") === disk.at("target", "dev"))?.get("snapshot") !== "no");

function found(domain: Domain, name: string): Snapshot {
  const snapshot = domain.snapshots.get(name);
  if (snapshot === undefined) throw new VirError("no-snapshot", `no domain snapshot with matching name '${name}'`);
  return snapshot;
}

function summary(domain: Domain, snapshot: Snapshot): Readonly<Record<string, unknown>> {
  const children = (name: string): Snapshot[] => [...domain.snapshots.values()].filter((one) => one.parent === name);
  const descendants = (name: string): number => children(name).reduce((sum, one) => sum + 1 + descendants(one.name), 0);
  return { name: snapshot.name, domain: domain.name, current: domain.currentSnapshot === snapshot.name, state: snapshot.state, external: snapshot.external, parent: snapshot.parent ?? "", children: children(snapshot.name).length, descendants: descendants(snapshot.name), seconds: snapshot.seconds, description: snapshot.xml.textOf("description") ?? "" };
}

function* save(sys: Sys, domain: Domain, snapshot: Snapshot): Blocking<void> {
  makeDirectories(sys, `${domain.paths.snapshots}/${domain.name}`);
  const xml = snapshot.xml.clone();
  if (domain.currentSnapshot === snapshot.name) xml.children.push(new Xml("active", {}, "1"));
  yield* writeFile(sys, `${domain.paths.snapshots}/${domain.name}/${snapshot.name}.xml`, xml.format(), 0o600);
}

/** Both their files say which is the current one. */
function* makeCurrent(sys: Sys, domain: Domain, name: string | undefined): Blocking<void> {
  const before = domain.snapshots.get(domain.currentSnapshot ?? "");
  domain.currentSnapshot = name;
  if (before !== undefined && before.name !== name) yield* save(sys, domain, before);
  const now = domain.snapshots.get(name ?? "");
  if (now !== undefined) yield* save(sys, domain, now);
}

function overlayName(path: string, name: string): string {
  const slash = path.lastIndexOf("/");
  const dot = path.lastIndexOf(".");
  return `${dot > slash ? path.slice(0, dot) : path}.${name}`;
}

function* create(call: Call): Blocking<string> {
  const { sys, engine } = call;
  const domain = engine.domain(call.text("domain"));
  const given = parseXml(call.text("xml"));
  const seconds = Math.floor(sys.clockUs("realtime") / 1e6);
  const name = given.textOf("name") ?? String(seconds);
  if (domain.snapshots.has(name)) throw new VirError("operation-failed", `domain moment ${name} already exists`);
  const memoryFile = given.find("memory")?.get("snapshot") === "external" ? given.at("memory", "file") : undefined;
  const specified = given.find("disks")?.all("disk") ?? [];
  const unknown = specified.find((one) => !disksOf(shownXml(domain)).some((disk) => disk.at("target", "dev") === one.get("name") || diskSource(disk) === one.get("name")));
  if (unknown !== undefined) throw new VirError("argument", `no disk named '${unknown.get("name") ?? ""}'`);
  const diskOnly = call.flag("diskOnly") || memoryFile !== undefined || given.find("disks")?.all("disk").some((disk) => disk.get("snapshot") === "external") === true;
  const disks = ownDisks(domain).filter((disk) => specified.find((one) => one.get("name") === disk.at("target", "dev"))?.get("snapshot") !== "no");
  if (memoryFile !== undefined && call.flag("diskOnly")) throw new VirError("argument", "Flags 'VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY' and memory state cannot be used together");
  if (memoryFile !== undefined && !isRunning(domain)) throw new VirError("unsupported", "memory state cannot be saved with offline or disk-only snapshot");
  if (call.flag("quiesce") && !diskOnly) throw new VirError("argument", "Flag 'VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY' is required by flag 'VIR_DOMAIN_SNAPSHOT_CREATE_QUIESCE'");
  if (!diskOnly) for (const disk of disks) if (disk.at("driver", "type") !== "qcow2") throw new VirError("unsupported", `internal snapshot for disk ${disk.at("target", "dev")} unsupported for storage type ${disk.at("driver", "type")}`);
  const running = isRunning(domain);
  const diskList: Xml[] = [];
  const before = plainDomain(shownXml(domain));
  const quiesced = running && call.flag("quiesce");
  if (quiesced) yield* askAgent(sys, domain, "guest-fsfreeze-freeze");
  if (memoryFile !== undefined && running) {
    const stream = `${domain.paths.state}/domain-${domain.id}-${domain.name.slice(0, 20)}/snapshot.stream`;
    yield* domain.monitor.execute(sys, "migrate", { uri: `exec:cat > ${stream}` });
    yield* writeSaveImage(sys, memoryFile, before.format(), domain.state === "running", stream);
    sys.unlink(stream);
  }
  if (diskOnly) {
    for (const disk of disks) {
      const path = diskSource(disk) ?? "";
      const overlay = given.find("disks")?.all("disk").find((one) => one.get("name") === disk.at("target", "dev"))?.at("source", "file") ?? overlayName(path, name);
      const make = function* (): Blocking<void> {
        if (!(yield* image(sys, ["create", "-q", "-f", "qcow2", "-b", path, "-F", disk.at("driver", "type") ?? "raw", overlay]))) throw new VirError("operation-failed", `failed to create image file '${overlay}'`);
      };
      try {
        if (exists(sys, overlay) && !call.flag("reuse")) throw new VirError("unsupported", `external snapshot file for disk ${disk.at("target", "dev")} already exists and is not a block device: ${overlay}`);
        if (running) yield* withoutDisk(call, domain, disk, { path: overlay, format: "qcow2" }, make);
        else yield* make();
      } catch (error) {
        if (quiesced) yield* askAgent(sys, domain, "guest-fsfreeze-thaw");
        throw error;
      }
      diskList.push(new Xml("disk", { name: disk.at("target", "dev"), snapshot: "external", type: "file" }, [new Xml("driver", { type: "qcow2" }), new Xml("source", { file: overlay })]));
      for (const xml of [domain.definition, domain.live]) {
        const target = xml === undefined ? undefined : disksOf(xml).find((one) => one.at("target", "dev") === disk.at("target", "dev"));
        target?.find("source")?.set("file", overlay);
        target?.find("driver")?.set("type", "qcow2");
      }
    }
    yield* engine.saveDomain(sys, domain);
    yield* saveStatus(sys, domain);
    if (quiesced) yield* askAgent(sys, domain, "guest-fsfreeze-thaw");
  } else {
    for (const disk of disks) diskList.push(new Xml("disk", { name: disk.at("target", "dev"), snapshot: "internal" }));
    if (running) {
      yield* domain.monitor.execute(sys, "snapshot-save", { name, "vm-state": 12_582_912 });
    } else for (const disk of disks) if (!(yield* image(sys, ["snapshot", "-c", name, diskSource(disk) ?? ""]))) throw new VirError("internal", `Child process (/usr/bin/qemu-img snapshot -c ${name} ${diskSource(disk)}) unexpected exit status 1`);
  }
  const state = diskOnly && memoryFile === undefined ? (running ? "disk-snapshot" : "shutoff") : domain.state === "running" ? "running" : domain.state === "paused" ? "paused" : "shutoff";
  const description = given.textOf("description");
  const xml = new Xml("domainsnapshot", {}, [
    new Xml("name", {}, name), description === undefined ? undefined : new Xml("description", {}, description), new Xml("state", {}, state), domain.currentSnapshot === undefined ? undefined : new Xml("parent", {}, [new Xml("name", {}, domain.currentSnapshot)]), new Xml("creationTime", {}, String(seconds)),
    new Xml("memory", memoryFile !== undefined ? { snapshot: "external", file: memoryFile } : { snapshot: running && !diskOnly ? "internal" : "no" }), new Xml("disks", {}, diskList), before, running && domain.definition !== undefined ? inactive(domain.definition) : undefined, new Xml("cookie", {}, [new Xml("cpu", { mode: "custom", match: "exact", check: "none" }, [new Xml("model", { fallback: "forbid" }, "qemu64")])]),
  ]);
  const snapshot: Snapshot = { name, xml, parent: domain.currentSnapshot, state, seconds, external: diskOnly };
  if (call.flag("halt") && running) yield* stopDomain(sys, domain, "from snapshot");
  if (call.flag("noMetadata")) return name;
  domain.snapshots.set(name, snapshot);
  yield* makeCurrent(sys, domain, name);
  return name;
}

function inactive(definition: Xml): Xml {
  const copy = definition.clone();
  copy.name = "inactiveDomain";
  return copy;
}

function* revert(call: Call): Blocking<undefined> {
  const { sys, engine } = call;
  const domain = engine.domain(call.text("domain"));
  const snapshot = found(domain, call.text("snapshot"));
  if (snapshot.external) throw new VirError("unsupported", "revert to external snapshot not supported yet");
  if (isRunning(domain)) yield* stopDomain(sys, domain, "from snapshot");
  for (const disk of disksThen(domain, snapshot)) yield* image(sys, ["snapshot", "-a", snapshot.name, diskSource(disk) ?? ""]);
  const then = snapshot.xml.find("domain")?.clone();
  const definition = snapshot.xml.find("inactiveDomain")?.clone() ?? then?.clone();
  if (definition !== undefined && domain.definition !== undefined) {
    definition.name = "domain";
    definition.attributes.delete("id");
    domain.definition = definition;
    yield* engine.saveDomain(sys, domain);
  }
  const wantsRunning = (snapshot.state === "running" || snapshot.state === "paused" || call.flag("running") || call.flag("paused"));
  const started = snapshot.state === "shutoff" ? domain.definition : then;
  if (wantsRunning && started !== undefined) yield* startDomain(sys, engine, domain, started, { loadSnapshot: snapshot.state === "shutoff" ? undefined : snapshot.name, reason: "from snapshot", paused: call.flag("paused") || (snapshot.state === "paused" && !call.flag("running")) });
  else domain.reason = "from snapshot";
  yield* makeCurrent(sys, domain, snapshot.name);
  return undefined;
}

function* remove(call: Call): Blocking<undefined> {
  const { sys, engine } = call;
  const domain = engine.domain(call.text("domain"));
  const snapshot = found(domain, call.text("snapshot"));
  const list: Snapshot[] = [];
  const collect = (name: string): void => {
    for (const one of domain.snapshots.values()) {
      if (one.parent !== name) continue;
      list.push(one);
      collect(one.name);
    }
  };
  if (call.flag("children") || call.flag("childrenOnly")) collect(snapshot.name);
  if (!call.flag("childrenOnly")) list.push(snapshot);
  for (const one of list) {
    if (!call.flag("metadata")) {
      if (one.external) {
        // its overlay goes back into the image below
        for (const disk of ownDisks(domain)) {
          const overlay = one.xml.find("disks")?.all("disk").find((each) => each.get("name") === disk.at("target", "dev") && each.get("snapshot") === "external")?.at("source", "file");
          if (overlay !== undefined) yield* mergeImage(call, domain, disk, overlay);
        }
      } else if (isRunning(domain)) yield* domain.monitor.execute(sys, "snapshot-delete", { name: one.name });
      else for (const disk of disksThen(domain, one)) yield* image(sys, ["snapshot", "-d", one.name, diskSource(disk) ?? ""]);
    }
    for (const child of [...domain.snapshots.values()]) {
      if (child.parent !== one.name) continue;
      const xml = child.xml.clone();
      const element = xml.find("parent/name");
      if (one.parent === undefined) xml.children = xml.children.filter((each) => each.name !== "parent");
      else if (element !== undefined) element.text = one.parent;
      const adopted = { ...child, xml, parent: one.parent };
      domain.snapshots.set(child.name, adopted);
      yield* save(sys, domain, adopted);
    }
    domain.snapshots.delete(one.name);
    if (domain.currentSnapshot === one.name) yield* makeCurrent(sys, domain, one.parent);
    try {
      sys.unlink(`${domain.paths.snapshots}/${domain.name}/${one.name}.xml`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return undefined;
}

/** snapshot-edit: its name, its description. */
function* redefine(call: Call): Blocking<undefined> {
  const domain = call.engine.domain(call.text("domain"));
  const before = found(domain, call.text("name"));
  const xml = parseXml(call.text("xml"));
  const name = xml.textOf("name") ?? before.name;
  if (name !== before.name) {
    if (!call.flag("rename") && !call.flag("clone")) throw new VirError("plain", "must specify either --rename or --clone to change snapshot name");
    if (domain.snapshots.has(name)) throw new VirError("operation-failed", `domain moment ${name} already exists`);
    // an internal one lies in the image under its name
    if (!before.external) throw new VirError("operation-failed", "the name of an internal snapshot is that in the image");
  }
  const after: Snapshot = { ...before, name, xml };
  if (name !== before.name && !call.flag("clone")) {
    domain.snapshots.delete(before.name);
    call.sys.unlink(`${domain.paths.snapshots}/${domain.name}/${before.name}.xml`);
    if (domain.currentSnapshot === before.name) domain.currentSnapshot = name;
  }
  domain.snapshots.set(name, after);
  yield* save(call.sys, domain, after);
  return undefined;
}

export const snapshotHandlers = handlers({
  *listSnapshots(call) {
    const domain = call.engine.domain(call.text("domain"));
    yield* call.sys.preempt();
    return [...domain.snapshots.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map((one) => summary(domain, one));
  },
  *snapshotLookup(call) {
    const domain = call.engine.domain(call.text("domain"));
    yield* call.sys.preempt();
    return summary(domain, found(domain, call.text("snapshot")));
  },
  *snapshotCurrent(call) {
    const domain = call.engine.domain(call.text("domain"));
    yield* call.sys.preempt();
    if (domain.currentSnapshot === undefined) throw new VirError("no-snapshot", "the domain does not have a current snapshot");
    return domain.currentSnapshot;
  },
  *snapshotXml(call) {
    const domain = call.engine.domain(call.text("domain"));
    yield* call.sys.preempt();
    return found(domain, call.text("snapshot")).xml.format();
  },
}, { snapshotCreate: create, snapshotRevert: revert, snapshotDelete: remove, snapshotRedefine: redefine });
