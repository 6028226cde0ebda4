// Block jobs of running domains: commit, pull, copy. The work is done when the job is asked for; what remains open is only the pivot. While images change under it, QEMU lets go
// of the disk for a moment: its device model reads nothing from it meanwhile.
import { type Blocking, O, type Sys, SysError } from "../../../kernel/sys.ts";
import { exists } from "../../systemd/api/files.ts";
import { record, rows, textAt } from "../api.ts";
import type { Xml } from "../api/xml.ts";
import { type Call, handlers } from "../call.ts";
import { diskSource, disksOf } from "../domain-xml.ts";
import type { Domain } from "../engine.ts";
import type { QemuMonitor } from "../qemu-monitor.ts";
import { changedSince, checkpointsOf } from "./checkpoint-handlers.ts";
import { VirError } from "../error.ts";
import { diskAlias, giveBack, qemuAccount, saveStatus } from "../start-domain.ts";

/** What lies above one image goes into the one below it: what deleting an external snapshot is. Errors: VirError. */
export function* mergeImage(call: Call, domain: Domain, disk: Xml, overlay: string): Blocking<void> {
  const { sys } = call;
  const path = diskSource(disk) ?? "";
  const images = yield* chain(sys, path);
  const at = images.findIndex((one) => one.path === overlay);
  const [top, below] = [images[at], images[at + 1]];
  const above = at > 0 ? images[at - 1] : undefined;
  if (at < 0 || top === undefined || below === undefined) throw new VirError("operation-failed", `snapshot VM disk source and parent disk source are not the same`);
  const work = function* (): Blocking<void> {
    yield* tool(sys, ["commit", "-q", "-d", "-f", top.format, "-b", below.path, top.path]);
    if (above !== undefined) yield* tool(sys, ["rebase", "-u", "-f", above.format, "-b", below.path, "-F", below.format, above.path]);
    sys.unlink(top.path);
  };
  const after = above === undefined ? below : { path, format: disk.at("driver", "type") ?? "raw" };
  if (domain.monitor === undefined) yield* work();
  else yield* withoutDisk(call, domain, disk, after, work);
  if (above === undefined) yield* setSource(call, domain, disk, below);
}

/** Runs qemu-img. Errors: VirError with what it said. */
function* tool(sys: Sys, argv: readonly string[]): Blocking<string> {
  const [read, write] = sys.pipe();
  const pid = sys.fork(function* run(child) {
    child.dup2(write, 1);
    child.dup2(write, 2);
    for (const fd of child.descriptors()) if (fd > 2) child.close(fd);
    try {
      return yield* child.exec("/usr/bin/qemu-img", ["qemu-img", ...argv], new Map([["PATH", "/usr/bin:/bin"]]));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 127;
    }
  });
  sys.close(write);
  let said = "";
  for (;;) {
    const bytes = yield* sys.read(read, 4096);
    if (bytes.length === 0) break;
    said += String.fromCharCode(...bytes);
  }
  sys.close(read);
  const waited = yield* sys.waitpid(pid);
  if (waited?.status.kind !== "exited" || waited.status.status !== 0) throw new VirError("internal", `unable to execute QEMU command 'block-job': ${said.trim().replace(/^qemu-img: /, "")}`);
  return said;
}

interface Link {
  readonly path: string;
  readonly format: string;
}

/** The images of a disk, the active one first. */
function* chain(sys: Sys, path: string): Blocking<readonly Link[]> {
  const parsed: unknown = JSON.parse(yield* tool(sys, ["info", "-U", "--backing-chain", "--output=json", path]));
  return rows(parsed).map((one) => ({ path: textAt(one, "filename"), format: textAt(one, "format") }));
}

function diskNamed(domain: Domain, wanted: string): Xml {
  const disk = domain.live === undefined ? undefined : disksOf(domain.live).find((one) => one.at("target", "dev") === wanted || diskSource(one) === wanted);
  if (disk === undefined) throw new VirError("argument", `disk '${wanted}' not found in domain`);
  return disk;
}

const targetOf = (disk: Xml): string => disk.at("target", "dev") ?? "";

/** While `work` runs, the disk is nobody's; then QEMU opens what the disk is from now on. */
export function* withoutDisk(call: Call, domain: Domain, disk: Xml, after: Link, work: () => Blocking<void>): Blocking<void> {
  const { sys } = call;
  const monitor = domain.monitor;
  if (monitor === undefined) throw new VirError("operation-invalid", "domain is not running");
  const before = { path: diskSource(disk) ?? "", format: disk.at("driver", "type") ?? "raw" };
  yield* monitor.execute(sys, "stop");
  yield* monitor.execute(sys, "x-release-image", { id: diskAlias(disk) });
  let open = before;
  try {
    yield* work();
    open = after;
  } finally {
    const { uid, gid } = yield* qemuAccount(sys);
    if (exists(sys, open.path)) sys.chown(open.path, uid, gid);
    yield* monitor.execute(sys, "x-open-image", { id: diskAlias(disk), filename: open.path, driver: open.format });
    if (domain.state === "running") yield* monitor.execute(sys, "cont");
  }
}

/** The disk is another file, in what runs and in what is stored. */
function* setSource(call: Call, domain: Domain, disk: Xml, to: Link): Blocking<void> {
  const target = targetOf(disk);
  const from = diskSource(disk) ?? "";
  for (const xml of [domain.live, domain.definition]) {
    const one = xml === undefined ? undefined : disksOf(xml).find((each) => targetOf(each) === target);
    const source = one?.find("source");
    if (one === undefined || source === undefined || (xml === domain.definition && diskSource(one) !== from)) continue;
    source.set("file", to.path);
    one.find("driver")?.set("type", to.format);
  }
  yield* call.engine.saveDomain(call.sys, domain);
  yield* saveStatus(call.sys, domain);
  if (from !== to.path && exists(call.sys, from)) giveBack(call.sys, from);
}

function idle(domain: Domain, disk: Xml): void {
  if (domain.jobs.has(targetOf(disk))) throw new VirError("operation-failed", `disk '${targetOf(disk)}' already in active block job`);
}

function* done(call: Call, domain: Domain, disk: Xml, kind: string, how = "Completed"): Blocking<void> {
  yield* call.engine.events.domain(call.sys, domain.name, `${kind} for ${diskSource(disk) ?? ""} ${how}`, "block-job");
}

function* commit(call: Call): Blocking<{ readonly ready: boolean }> {
  const { sys } = call;
  const domain = call.engine.running(call.text("domain"));
  const disk = diskNamed(domain, call.text("path"));
  idle(domain, disk);
  const path = diskSource(disk) ?? "";
  const target = targetOf(disk);
  const images = yield* chain(sys, path);
  const topGiven = call.optional("top");
  const at = (wanted: string): number => {
    const index = images.findIndex((one) => one.path === wanted);
    const numbered = /^[a-z]+\[(\d+)\]$/.exec(wanted)?.[1];
    const found = numbered === undefined ? index : Number(numbered);
    if (found < 0 || found >= images.length) throw new VirError("argument", `could not find image '${wanted}' in chain for '${path}'`);
    return found;
  };
  const topAt = topGiven === undefined ? 0 : at(topGiven);
  const baseAt = call.flag("shallow") ? topAt + 1 : call.optional("base") === undefined ? images.length - 1 : at(call.text("base"));
  const top = images[topAt];
  const base = images[baseAt];
  if (top === undefined || topAt + 1 >= images.length) throw new VirError("argument", `top '${top?.path ?? path}' in chain for '${target}' has no backing file`);
  if (topAt === 0 && !call.flag("active")) throw new VirError("argument", `commit of '${target}' active layer requires active flag`);
  if (topAt !== 0 && call.flag("active")) throw new VirError("argument", `active commit requested but '${top.path}' is not active`);
  if (base === undefined || baseAt <= topAt) throw new VirError("argument", `could not find base '${base?.path ?? ""}' below '${top.path}' in chain for '${target}'`);
  if (topAt === 0) {
    domain.jobs.set(target, { kind: "Active Block Commit", target: base.path, format: base.format });
    yield* done(call, domain, disk, "Active Block Commit", "Ready");
    return { ready: true };
  }
  const above = images[topAt - 1];
  yield* withoutDisk(call, domain, disk, { path, format: disk.at("driver", "type") ?? "raw" }, function* work() {
    yield* tool(sys, ["commit", "-q", "-d", "-f", top.format, "-b", base.path, top.path]);
    if (above !== undefined) yield* tool(sys, ["rebase", "-u", "-f", above.format, "-b", base.path, "-F", base.format, above.path]);
    if (call.flag("delete")) for (const one of images.slice(topAt, baseAt)) sys.unlink(one.path);
  });
  yield* done(call, domain, disk, "Block Commit");
  return { ready: false };
}

function* pull(call: Call): Blocking<undefined> {
  const { sys } = call;
  const domain = call.engine.running(call.text("domain"));
  const disk = diskNamed(domain, call.text("path"));
  idle(domain, disk);
  const path = diskSource(disk) ?? "";
  const images = yield* chain(sys, path);
  const wanted = call.optional("base");
  const base = wanted === undefined ? undefined : images.slice(1).find((one) => one.path === wanted);
  if (wanted !== undefined && base === undefined) throw new VirError("argument", `could not find image '${wanted}' in chain for '${path}'`);
  const format = disk.at("driver", "type") ?? "raw";
  if (images.length > 1) {
    yield* withoutDisk(call, domain, disk, { path, format }, function* work() {
      yield* tool(sys, ["rebase", "-f", format, "-b", base?.path ?? "", ...(base === undefined ? [] : ["-F", base.format]), path]);
    });
  }
  yield* done(call, domain, disk, "Block Pull");
  return undefined;
}

function* copy(call: Call): Blocking<undefined> {
  const { sys } = call;
  const domain = call.engine.running(call.text("domain"));
  const disk = diskNamed(domain, call.text("path"));
  idle(domain, disk);
  const target = call.text("dest");
  const format = call.optional("format") ?? disk.at("driver", "type") ?? "raw";
  if (!target.startsWith("/")) throw new VirError("argument", `missing path for destination '${target}'`);
  if (!call.flag("reuse") && exists(sys, target) && sys.stat(target).sizeBytes > 0) throw new VirError("unsupported", `external destination file for disk ${targetOf(disk)} already exists and is not a block device: ${target}`);
  if (call.flag("reuse") && !exists(sys, target)) throw new VirError("plain", `missing destination file for disk ${targetOf(disk)}: ${target}: No such file or directory`);
  yield* mirror(call, domain, disk, { path: target, format });
  domain.jobs.set(targetOf(disk), { kind: "Block Copy", target, format });
  yield* done(call, domain, disk, "Block Copy", "Ready");
  return undefined;
}

/** What the disk holds now, in the copy. */
function* mirror(call: Call, domain: Domain, disk: Xml, to: Link): Blocking<void> {
  const path = diskSource(disk) ?? "";
  const format = disk.at("driver", "type") ?? "raw";
  yield* withoutDisk(call, domain, disk, { path, format }, function* work() {
    const fd = yield* call.sys.open(to.path, O.WRONLY | O.CREAT, 0o600);
    call.sys.close(fd);
    yield* tool(call.sys, ["convert", "-f", format, "-O", to.format, path, to.path]);
  });
}

/** blockjob --pivot, --abort: the end of a job that waits for it. */
function* end(call: Call): Blocking<undefined> {
  const { sys } = call;
  const domain = call.engine.running(call.text("domain"));
  const disk = diskNamed(domain, call.text("path"));
  const job = domain.jobs.get(targetOf(disk));
  const pivot = call.flag("pivot");
  if (job === undefined) throw new VirError("operation-invalid", `disk ${targetOf(disk)} does not have an active block job`);
  const path = diskSource(disk) ?? "";
  const to = { path: job.target, format: job.format };
  if (job.kind === "Block Copy") {
    yield* mirror(call, domain, disk, to);
    if (pivot) yield* withoutDisk(call, domain, disk, to, function* nothing() {
      yield* sys.preempt();
    });
  } else if (pivot) {
    yield* withoutDisk(call, domain, disk, to, function* work() {
      yield* tool(sys, ["commit", "-q", "-d", "-f", disk.at("driver", "type") ?? "raw", "-b", job.target, path]);
    });
  }
  if (pivot) yield* setSource(call, domain, disk, to);
  else if (exists(sys, job.target) && job.kind === "Block Copy") giveBack(sys, job.target);
  domain.jobs.delete(targetOf(disk));
  yield* done(call, domain, disk, job.kind, pivot || job.kind === "Block Copy" ? "Completed" : "Canceled");
  return undefined;
}

/** Push mode: each disk as it is now goes to a file of its own. */
/** A backup of what changed since a checkpoint: an image with those clusters alone. Errors: VirError. */
function* copyChanges(sys: Sys, domain: Domain & { readonly monitor: QemuMonitor }, disk: Xml, to: Link, since: string): Blocking<void> {
  if ((yield* changedSince(sys, domain, disk, since)) === undefined) throw new VirError("argument", `missing or broken bitmap '${since}' for disk '${targetOf(disk)}'`);
  const blocks = rows(yield* domain.monitor.execute(sys, "query-blocks")).find((one) => textAt(one, "id") === diskAlias(disk));
  yield* tool(sys, ["create", "-q", "-f", to.format, to.path, textAt(blocks ?? new Map(), "virtual")]);
  const { uid, gid } = yield* qemuAccount(sys);
  sys.chown(to.path, uid, gid);
  yield* domain.monitor.execute(sys, "x-copy-dirty", { id: diskAlias(disk), name: since, filename: to.path, driver: to.format });
}

function* backup(call: Call): Blocking<undefined> {
  const { sys } = call;
  const domain = call.engine.running(call.text("domain"));
  const given = rows(JSON.parse(call.text("disks")));
  const seconds = Math.floor(sys.clockUs("realtime") / 1e6);
  const plan: { readonly disk: Xml; readonly to: Link }[] = [];
  for (const one of given) diskNamed(domain, textAt(one, "name"));
  for (const disk of disksOf(domain.live)) {
    const source = diskSource(disk);
    const wanted = given.find((one) => textAt(one, "name") === targetOf(disk));
    if (source === undefined || disk.find("readonly") !== undefined || wanted?.get("skip") === true || (given.length > 0 && wanted === undefined)) continue;
    idle(domain, disk);
    const path = wanted === undefined || textAt(wanted, "target") === "" ? `${source}.${seconds}` : textAt(wanted, "target");
    if (!call.flag("reuse") && exists(sys, path)) throw new VirError("unsupported", `store '${path}' for backup of '${targetOf(disk)}' exists`);
    plan.push({ disk, to: { path, format: wanted === undefined || textAt(wanted, "format") === "" ? "qcow2" : textAt(wanted, "format") } });
  }
  if (plan.length === 0) throw new VirError("unsupported", "no disks selected for backup");
  const since = call.optional("incremental");
  if (since !== undefined && !(yield* checkpointsOf(sys, domain)).some((one) => one.name === since)) throw new VirError("plain", `Domain checkpoint not found: no domain checkpoint with matching name '${since}'`);
  for (const { disk, to } of plan) {
    if (since === undefined) yield* mirror(call, domain, disk, to);
    else yield* copyChanges(sys, domain, disk, to, since);
    giveBack(sys, to.path);
    yield* done(call, domain, disk, "Backup");
  }
  return undefined;
}

export const blockJobHandlers = handlers({
  *blockJobInfo(call) {
    const domain = call.engine.running(call.text("domain"));
    yield* call.sys.preempt();
    const job = domain.jobs.get(targetOf(diskNamed(domain, call.text("path"))));
    return job === undefined ? undefined : { kind: job.kind, target: job.target };
  },
  *blockStats(call) {
    const domain = call.engine.running(call.text("domain"));
    const wanted = call.optional("path");
    const disk = wanted === undefined || wanted === "" ? undefined : diskNamed(domain, wanted);
    const stats = rows(yield* domain.monitor.execute(call.sys, "query-blockstats"));
    const chosen = disk === undefined ? stats : stats.filter((one) => textAt(one, "device") === diskAlias(disk));
    const total = (key: string): number => chosen.reduce((sum, one) => sum + Number(record(one.get("stats")).get(key) ?? 0), 0);
    return { readRequests: total("rd_operations"), readBytes: total("rd_bytes"), writeRequests: total("wr_operations"), writeBytes: total("wr_bytes"), flushes: total("flush_operations"), readNs: total("rd_total_time_ns"), writeNs: total("wr_total_time_ns"), flushNs: total("flush_total_time_ns") };
  },
}, { backupBegin: backup, blockCommit: commit, blockPull: pull, blockCopy: copy, blockJobEnd: end });
