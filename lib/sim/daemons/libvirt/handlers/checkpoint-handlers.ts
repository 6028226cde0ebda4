// Checkpoints of running domains (src/qemu/qemu_checkpoint.c): from each on QEMU notes which clusters of the disks change, for backups of those alone. The notes last as long as the
// process; what a checkpoint is called and when it was made is kept in a file.
import type { Blocking, Sys } from "../../../kernel/sys.ts";
import { exists, makeDirectories, names, tryReadFile, writeFile } from "../../systemd/api/files.ts";
import { parseXml, Xml } from "../api/xml.ts";
import { type Call, handlers } from "../call.ts";
import { diskSource, disksOf } from "../domain-xml.ts";
import { type Domain, isRunning } from "../engine.ts";
import { VirError } from "../error.ts";
import { plainDomain } from "../plain-domain.ts";
import { diskAlias } from "../start-domain.ts";


interface Checkpoint {
  readonly name: string;
  readonly xml: Xml;
  readonly parent: string;
  readonly seconds: number;
}

/** In the order in which they were made. */
export function* checkpointsOf(sys: Sys, domain: Pick<Domain, "name" | "paths">): Blocking<readonly Checkpoint[]> {
  const found: Checkpoint[] = [];
  for (const file of names(sys, `${domain.paths.checkpoints}/${domain.name}`)) {
    const xml = parseXml((yield* tryReadFile(sys, `${domain.paths.checkpoints}/${domain.name}/${file}`)) ?? "<domaincheckpoint/>");
    found.push({ name: xml.textOf("name") ?? file.replace(/\.xml$/, ""), xml, parent: xml.textOf("parent/name") ?? "", seconds: Number(xml.textOf("creationTime") ?? 0) });
  }
  // each is behind its parent
  const sorted: Checkpoint[] = [];
  for (let left = found; left.length > 0;) {
    const next = left.filter((one) => !left.some((other) => other.name === one.parent));
    if (next.length === 0) break;
    sorted.push(...next);
    left = left.filter((one) => !next.includes(one));
  }
  return sorted;
}

function* named(call: Call, domain: Domain): Blocking<readonly [one: Checkpoint, all: readonly Checkpoint[]]> {
  const all = yield* checkpointsOf(call.sys, domain);
  const name = call.text("checkpoint");
  const one = all.find((each) => each.name === name);
  if (one === undefined) throw new VirError("plain", `Domain checkpoint not found: no domain checkpoint with matching name '${name}'`);
  return [one, all];
}

function* save(sys: Sys, domain: Domain, { name, xml }: Checkpoint): Blocking<void> {
  makeDirectories(sys, `${domain.paths.checkpoints}/${domain.name}`);
  yield* writeFile(sys, `${domain.paths.checkpoints}/${domain.name}/${name}.xml`, xml.format(), 0o600);
}

/** The disks whose changes it notes, as they are called in the domain. */
const noted = (checkpoint: Checkpoint): readonly string[] => checkpoint.xml.find("disks")?.all("disk").filter((disk) => disk.get("checkpoint") === "bitmap").map((disk) => disk.get("name") ?? "") ?? [];

/** Bytes that changed since; undefined when nobody noted it. */
export function* changedSince(sys: Sys, domain: Domain, disk: Xml, name: string): Blocking<number | undefined> {
  if (!isRunning(domain)) return undefined;
  yield* domain.monitor.execute(sys, "flush");
  const answer = yield* domain.monitor.execute(sys, "x-query-dirty", { id: diskAlias(disk), name });
  return typeof answer === "object" && answer !== null && "bytes" in answer ? Number(answer.bytes) : undefined;
}

const summary = (one: Checkpoint, all: readonly Checkpoint[]): Readonly<Record<string, unknown>> => {
  const children = (name: string): readonly Checkpoint[] => all.filter((other) => other.parent === name);
  const descendants = (name: string): number => children(name).reduce((sum, child) => sum + 1 + descendants(child.name), 0);
  return { name: one.name, parent: one.parent, seconds: one.seconds, children: children(one.name).length, descendants: descendants(one.name) };
};

export const checkpointHandlers = handlers({
  *listCheckpoints(call) {
    const all = yield* checkpointsOf(call.sys, call.engine.domain(call.text("domain")));
    return all.map((one) => summary(one, all));
  },
  *checkpointLookup(call) {
    const [one, all] = yield* named(call, call.engine.domain(call.text("domain")));
    return summary(one, all);
  },
  *checkpointXml(call) {
    const domain = call.engine.domain(call.text("domain"));
    const [one] = yield* named(call, domain);
    const xml = one.xml.clone();
    if (call.flag("noDomain")) xml.children = xml.children.filter((child) => child.name !== "domain");
    if (call.flag("size")) {
      if (!isRunning(domain)) throw new VirError("operation-invalid", "domain is not running");
      for (const disk of xml.find("disks")?.all("disk") ?? []) {
        const live = disksOf(domain.live).find((each) => each.at("target", "dev") === disk.get("name"));
        const bytes = live === undefined || disk.get("checkpoint") !== "bitmap" ? undefined : yield* changedSince(call.sys, domain, live, one.name);
        if (bytes !== undefined) disk.set("size", String(bytes));
      }
    }
    return xml.format();
  },
}, {
  *checkpointCreate(call) {
    const { sys, engine } = call;
    const domain = engine.domain(call.text("domain"));
    const given = parseXml(call.text("xml"));
    if (!isRunning(domain)) throw new VirError("operation-invalid", "cannot create checkpoint for inactive domain");
    if (domain.snapshots.size > 0) throw new VirError("plain", "Operation not supported: cannot create checkpoint while snapshot exists");
    const seconds = Math.floor(sys.clockUs("realtime") / 1e6);
    const name = given.textOf("name") ?? String(seconds);
    const all = yield* checkpointsOf(sys, domain);
    if (all.some((one) => one.name === name)) throw new VirError("operation-failed", `domain moment ${name} already exists`);
    const wanted = given.find("disks")?.all("disk") ?? [];
    for (const disk of wanted) if (!disksOf(domain.live).some((one) => one.at("target", "dev") === disk.get("name"))) throw new VirError("unsupported", `no disk named '${disk.get("name") ?? ""}'`);
    const disks = disksOf(domain.live).map((disk) => {
      const target = disk.at("target", "dev") ?? "";
      const own = wanted.find((one) => one.get("name") === target);
      const off = disk.find("readonly") !== undefined || diskSource(disk) === undefined || own?.get("checkpoint") === "no" || (wanted.length > 0 && own === undefined);
      if (!off && disk.at("driver", "type") !== "qcow2") throw new VirError("unsupported", `checkpoint for disk ${target} unsupported for storage type ${disk.at("driver", "type") ?? "raw"}`);
      return { disk, off, bitmap: own?.get("bitmap") ?? name, target };
    });
    if (disks.every((one) => one.off)) throw new VirError("unsupported", "no disks selected for checkpoint");
    // what was written before is not a change
    yield* domain.monitor.execute(sys, "flush");
    for (const { disk, off } of disks) if (!off) yield* domain.monitor.execute(sys, "block-dirty-bitmap-add", { node: diskAlias(disk), name });
    const parent = all.findLast((one) => !all.some((other) => other.parent === one.name))?.name;
    const description = given.textOf("description");
    const xml = new Xml("domaincheckpoint", {}, [
      new Xml("name", {}, name), description === undefined ? undefined : new Xml("description", {}, description), parent === undefined ? undefined : new Xml("parent", {}, [new Xml("name", {}, parent)]), new Xml("creationTime", {}, String(seconds)),
      new Xml("disks", {}, disks.map(({ off, bitmap, target }) => new Xml("disk", { name: target, checkpoint: off ? "no" : "bitmap", bitmap: off ? undefined : bitmap }))), plainDomain(domain.live),
    ]);
    yield* save(sys, domain, { name, xml, parent: parent ?? "", seconds });
    return name;
  },
  /** Its children become those of its parent. */
  *checkpointDelete(call) {
    const { sys } = call;
    const domain = call.engine.domain(call.text("domain"));
    const [one, all] = yield* named(call, domain);
    if (!isRunning(domain) && !call.flag("metadata")) throw new VirError("operation-invalid", "cannot delete checkpoint for inactive domain");
    const below = (name: string): readonly Checkpoint[] => all.filter((other) => other.parent === name).flatMap((child) => [child, ...below(child.name)]);
    const gone = call.flag("childrenOnly") ? below(one.name) : call.flag("children") ? [one, ...below(one.name)] : [one];
    for (const each of gone) {
      if (isRunning(domain) && !call.flag("metadata")) {
        for (const disk of disksOf(domain.live)) if (noted(each).includes(disk.at("target", "dev") ?? "")) yield* domain.monitor.execute(sys, "block-dirty-bitmap-remove", { node: diskAlias(disk), name: each.name });
      }
      const path = `${domain.paths.checkpoints}/${domain.name}/${each.name}.xml`;
      if (exists(sys, path)) sys.unlink(path);
    }
    if (gone.length === 1 && gone[0] === one) {
      for (const child of all.filter((other) => other.parent === one.name)) {
        child.xml.children = child.xml.children.filter((part) => part.name !== "parent");
        if (one.parent !== "") child.xml.children.splice(1, 0, new Xml("parent", {}, [new Xml("name", {}, one.parent)]));
        yield* save(sys, domain, child);
      }
    }
    return undefined;
  },
});
