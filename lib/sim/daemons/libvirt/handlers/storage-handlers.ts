// Storage pools of type dir (and fs, netfs as directories), and the volumes in them: files that qemu-img makes.
import { type Blocking, O, S, type Sys, SysError } from "../../../kernel/sys.ts";
import { exists, makeDirectories, names } from "../../systemd/api/files.ts";
import { type Call, handlers } from "../call.ts";
import { disksOf, diskSource } from "../domain-xml.ts";
import { type Pool, shownXml } from "../engine.ts";
import { VirError } from "../error.ts";
import { parseXml, Xml } from "../api/xml.ts";

const types = new Set(["dir", "fs", "netfs", "logical", "disk", "iscsi", "iscsi-direct", "scsi", "mpath", "rbd", "sheepdog", "gluster", "zfs", "vstorage"]);
const formats = new Set(["raw", "qcow2", "qcow", "vmdk", "vdi", "vpc", "qed", "dir", "bochs", "cloop", "dmg", "iso", "cow"]);

const targetOf = (pool: Pool): string => pool.xml.textOf("target/path") ?? "";

function* refresh(sys: Sys, pool: Pool): Blocking<void> {
  const path = targetOf(pool);
  try {
    sys.readdir(path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new VirError("plain", `cannot open directory '${path}': ${error.message}`);
  }
  pool.volumes = names(sys, path).filter((name) => (sys.stat(`${path}/${name}`).mode & S.IFMT) === S.IFREG).sort();
  if (sys.charge(10 + pool.volumes.length)) yield* sys.preempt();
}

function summary(sys: Sys, pool: Pool): Readonly<Record<string, unknown>> {
  let space = {};
  if (pool.active) {
    try {
      const { blocks, blocksAvailable, blockSizeBytes } = sys.statfs(targetOf(pool));
      space = { capacity: blocks * blockSizeBytes, available: blocksAvailable * blockSizeBytes, allocation: (blocks - blocksAvailable) * blockSizeBytes };
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  return { name: pool.name, uuid: pool.uuid, active: pool.active, persistent: pool.persistent, autostart: pool.autostart, path: targetOf(pool), type: pool.xml.get("type"), ...space };
}

/** Errors: VirError. */
function define(call: Call, persistent: boolean): Pool {
  const given = parseXml(call.text("xml"));
  const type = given.get("type") ?? "";
  if (!types.has(type)) throw new VirError("xml", `Invalid value for attribute 'type' in element 'pool': '${type}'.`);
  const name = given.textOf("name") ?? "";
  let path = given.textOf("target/path");
  if (path === undefined || path === "") throw new VirError("xml", "missing storage pool target path");
  path = path.replace(/(.)\/+$/, "$1");
  const present = call.engine.pools.get(name);
  if (present !== undefined && given.textOf("uuid") !== present.uuid) throw new VirError("operation-failed", `pool '${name}' already exists with uuid ${present.uuid}`);
  for (const other of call.engine.pools.values()) if (other !== present && targetOf(other) === path) throw new VirError("operation-failed", `Storage source conflict with pool: '${other.name}'`);
  const uuid = given.textOf("uuid") ?? call.engine.newUuid(call.sys);
  const xml = new Xml("pool", { type }, [new Xml("name", {}, name), new Xml("uuid", {}, uuid), new Xml("capacity", { unit: "bytes" }, "0"), new Xml("allocation", { unit: "bytes" }, "0"), new Xml("available", { unit: "bytes" }, "0"), given.find("source")?.clone() ?? new Xml("source"), new Xml("target", {}, [new Xml("path", {}, path), given.find("target/permissions")?.clone()])]);
  return { name, uuid, xml, active: false, persistent, autostart: false, volumes: [] };
}

function build(sys: Sys, pool: Pool): void {
  const path = targetOf(pool);
  if (!path.startsWith("/")) throw new VirError("argument", `path '${path}' is not absolute`);
  const parent = path.slice(0, path.lastIndexOf("/"));
  makeDirectories(sys, parent === "" ? "/" : parent);
  try {
    sys.mkdir(path, 0o711);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (error.errno !== "EEXIST") throw new VirError("plain", `cannot create path '${path}': ${error.message}`);
  }
}

interface ImageFacts {
  readonly format: string;
  readonly capacity: number;
  readonly allocation: number;
  readonly physical: number;
  readonly backing: string | undefined;
}

/** What libvirt's own probe of the first bytes finds (virStorageFileProbe). */
function* imageFacts(sys: Sys, path: string): Blocking<ImageFacts> {
  const fd = yield* sys.open(path, O.RDONLY);
  try {
    const { sizeBytes, blocks } = sys.fstat(fd);
    const head = yield* sys.pread(fd, 1024, 0);
    const u32 = (at: number): number => (head[at] ?? 0) * 2 ** 24 + (head[at + 1] ?? 0) * 65_536 + (head[at + 2] ?? 0) * 256 + (head[at + 3] ?? 0);
    const shared = { allocation: blocks * 512, physical: sizeBytes };
    if (u32(0) === 0x514649fb) {
      const nameAt = u32(12);
      const length = Math.min(u32(16), 1023);
      const backing = nameAt > 0 && length > 0 ? String.fromCharCode(...(yield* sys.pread(fd, length, nameAt))) : undefined;
      return { format: "qcow2", capacity: u32(24) * 2 ** 32 + u32(28), backing, ...shared };
    }
    if (String.fromCharCode(...head.subarray(0, 4)) === "KDMV") return { format: "vmdk", capacity: sizeBytes, backing: undefined, ...shared };
    return { format: "raw", capacity: sizeBytes, backing: undefined, ...shared };
  } finally {
    sys.close(fd);
  }
}

function* runTool(sys: Sys, argv: readonly string[]): Blocking<string | undefined> {
  const [read, write] = sys.pipe();
  const pid = sys.fork(function* tool(child) {
    child.dup2(write, 2);
    child.close(1);
    yield* child.open("/dev/null", O.WRONLY);
    for (const fd of child.descriptors()) if (fd > 2) child.close(fd);
    child.umask(0o077);
    try {
      return yield* child.exec(`/usr/bin/${argv[0] ?? ""}`, argv, new Map([["PATH", "/usr/bin:/bin"]]));
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
  return waited?.status.kind === "exited" && waited.status.status === 0 ? undefined : said;
}

function activePool(call: Call): Pool {
  const pool = call.engine.pool(call.text("pool"));
  if (!pool.active) throw new VirError("operation-invalid", `storage pool '${pool.name}' is not active`);
  return pool;
}

/** A volume by name in a pool, or by path in any. */
function findVolume(call: Call): { readonly pool: Pool; readonly name: string; readonly path: string } {
  const wanted = call.text("volume");
  const poolName = call.optional("pool");
  const pools = poolName === undefined ? [...call.engine.pools.values()].filter((pool) => pool.active) : [activePool(call)];
  for (const pool of pools) {
    const target = targetOf(pool);
    for (const name of pool.volumes) if ((poolName !== undefined && name === wanted) || `${target}/${name}` === wanted) return { pool, name, path: `${target}/${name}` };
  }
  throw new VirError("no-volume", `no storage vol with matching path '${wanted}'`);
}

function* volumeRecord(sys: Sys, pool: Pool, name: string): Blocking<Readonly<Record<string, unknown>>> {
  const path = `${targetOf(pool)}/${name}`;
  if (!exists(sys, path)) throw new VirError("no-volume", `no storage vol with matching path '${path}'`);
  return { name, path, pool: pool.name, type: "file", ...(yield* imageFacts(sys, path)) };
}

function permissions(sys: Sys, path: string): Xml {
  const { mode, uid, gid } = sys.stat(path);
  return new Xml("permissions", {}, [new Xml("mode", {}, `0${(mode & 0o777).toString(8).padStart(3, "0")}`), new Xml("owner", {}, String(uid)), new Xml("group", {}, String(gid))]);
}

function timestamps(sys: Sys, path: string): Xml {
  const facts = sys.stat(path);
  const time = (us: number): string => `${Math.floor(us / 1e6)}.${String((us % 1e6) * 1000).padStart(9, "0")}`;
  return new Xml("timestamps", {}, [new Xml("atime", {}, time(facts.atimeUs)), new Xml("mtime", {}, time(facts.mtimeUs)), new Xml("ctime", {}, time(facts.ctimeUs)), new Xml("btime", {}, time(facts.btimeUs))]);
}

export const storageHandlers = handlers({
  *listPools({ engine, sys }) {
    yield* sys.preempt();
    return [...engine.pools.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map((pool) => summary(sys, pool));
  },
  *poolLookup(call) {
    yield* call.sys.preempt();
    return summary(call.sys, call.engine.pool(call.text("pool")));
  },
  *poolXml(call) {
    const pool = call.engine.pool(call.text("pool"));
    yield* call.sys.preempt();
    const xml = pool.xml.clone();
    const facts = new Map(Object.entries(summary(call.sys, pool)));
    for (const key of ["capacity", "allocation", "available"]) {
      const element = xml.find(key);
      if (element !== undefined) element.text = String(facts.get(key) ?? 0);
    }
    const target = xml.find("target");
    const path = targetOf(pool);
    if (pool.active && target !== undefined && target.find("permissions") === undefined && exists(call.sys, path)) target.children.push(permissions(call.sys, path));
    // an empty source is written as a pair of tags
    return xml.format().replace("  <source/>\n", "  <source>\n  </source>\n");
  },
  *imageInfo(call) {
    try {
      return yield* imageFacts(call.sys, call.text("path"));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new VirError("plain", `Cannot access storage file '${call.text("path")}': ${error.message}`);
    }
  },
  *listVolumes(call) {
    const pool = activePool(call);
    const found: unknown[] = [];
    for (const name of pool.volumes) if (exists(call.sys, `${targetOf(pool)}/${name}`)) found.push(yield* volumeRecord(call.sys, pool, name));
    return found;
  },
  *volumeLookup(call) {
    const { pool, name, path } = findVolume(call);
    yield* call.sys.preempt();
    return { name, path, pool: pool.name };
  },
  *volumeInfo(call) {
    const { pool, name } = findVolume(call);
    return yield* volumeRecord(call.sys, pool, name);
  },
  *volumeXml(call) {
    const { pool, name, path } = findVolume(call);
    const { sys } = call;
    yield* volumeRecord(sys, pool, name);
    const facts = yield* imageFacts(sys, path);
    const target = new Xml("target", {}, [new Xml("path", {}, path), new Xml("format", { type: facts.format }), permissions(sys, path), timestamps(sys, path)]);
    const behind = facts.backing === undefined ? undefined : facts.backing.startsWith("/") ? facts.backing : `${targetOf(pool)}/${facts.backing}`;
    const backing = behind === undefined || !exists(sys, behind) ? undefined : new Xml("backingStore", {}, [new Xml("path", {}, behind), new Xml("format", { type: (yield* imageFacts(sys, behind)).format }), permissions(sys, behind), timestamps(sys, behind)]);
    return new Xml("volume", { type: "file" }, [
      new Xml("name", {}, name), new Xml("key", {}, path), new Xml("capacity", { unit: "bytes" }, String(facts.capacity)), new Xml("allocation", { unit: "bytes" }, String(facts.allocation)), new Xml("physical", { unit: "bytes" }, String(facts.physical)), target, backing,
    ]).format();
  },
}, {
  *poolDefine(call) {
    const pool = define(call, true);
    call.engine.pools.set(pool.name, pool);
    yield* call.engine.savePool(call.sys, pool);
    return pool.name;
  },
  *poolCreateXml(call) {
    const pool = define(call, false);
    if (call.flag("build")) build(call.sys, pool);
    yield* refresh(call.sys, pool);
    pool.active = true;
    call.engine.pools.set(pool.name, pool);
    return pool.name;
  },
  *poolBuild(call) {
    const pool = call.engine.pool(call.text("pool"));
    yield* call.sys.preempt();
    if (pool.active) throw new VirError("operation-invalid", `storage pool '${pool.name}' is already active`);
    build(call.sys, pool);
    return undefined;
  },
  *poolStart(call) {
    const pool = call.engine.pool(call.text("pool"));
    if (pool.active) throw new VirError("operation-invalid", `storage pool '${pool.name}' is already active`);
    if (call.flag("build")) build(call.sys, pool);
    yield* refresh(call.sys, pool);
    pool.active = true;
    return undefined;
  },
  *poolRefresh(call) {
    yield* refresh(call.sys, activePool(call));
    return undefined;
  },
  *poolDestroy(call) {
    const pool = activePool(call);
    yield* call.sys.preempt();
    pool.active = false;
    pool.volumes = [];
    if (!pool.persistent) call.engine.pools.delete(pool.name);
    return undefined;
  },
  *poolDelete(call) {
    const pool = call.engine.pool(call.text("pool"));
    yield* call.sys.preempt();
    if (pool.active) throw new VirError("operation-invalid", `storage pool '${pool.name}' is still active`);
    try {
      call.sys.rmdir(targetOf(pool));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new VirError("plain", `failed to remove pool '${targetOf(pool)}': ${error.message}`);
    }
    return undefined;
  },
  *poolUndefine(call) {
    const pool = call.engine.pool(call.text("pool"));
    yield* call.sys.preempt();
    if (pool.active) throw new VirError("operation-invalid", `storage pool '${pool.name}' is still active`);
    for (const path of [`${call.engine.paths.storage}/${pool.name}.xml`, `${call.engine.paths.storage}/autostart/${pool.name}.xml`]) {
      try {
        call.sys.unlink(path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    call.engine.pools.delete(pool.name);
    return undefined;
  },
  *poolAutostart(call) {
    const pool = call.engine.pool(call.text("pool"));
    yield* call.sys.preempt();
    if (!pool.persistent) throw new VirError("internal", "pool has no config file");
    const link = `${call.engine.paths.storage}/autostart/${pool.name}.xml`;
    makeDirectories(call.sys, `${call.engine.paths.storage}/autostart`);
    try {
      call.sys.unlink(link);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    pool.autostart = call.flag("on");
    if (pool.autostart) call.sys.symlink(`${call.engine.paths.storage}/${pool.name}.xml`, link);
    return undefined;
  },
  *volumeCreate(call) {
    const pool = activePool(call);
    const name = call.text("name");
    const format = call.optional("format") ?? "raw";
    if (!formats.has(format)) throw new VirError("unsupported", `unknown volume format type ${format}`);
    const path = `${targetOf(pool)}/${name}`;
    if (pool.volumes.includes(name) || exists(call.sys, path)) throw new VirError("plain", `storage volume '${name}' exists already`);
    const capacity = call.number("capacity");
    const allocation = call.optional("allocation") === undefined ? (format === "raw" ? capacity : 0) : call.number("allocation");
    const backing = call.optional("backing");
    const backingPath = backing === undefined ? undefined : backing.startsWith("/") ? backing : `${targetOf(pool)}/${backing}`;
    if (format === "raw") {
      const fd = yield* call.sys.open(path, O.WRONLY | O.CREAT | O.EXCL, 0o600);
      call.sys.fchmod(fd, 0o600);
      const bytes = Math.min(allocation, capacity);
      try {
        call.sys.ftruncate(fd, capacity);
        if (bytes > 0) call.sys.fallocate(fd, 0, bytes, "allocate");
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        call.sys.unlink(path);
        throw new VirError("plain", `cannot allocate ${bytes} bytes in file '${path}': ${error.message}`);
      } finally {
        call.sys.close(fd);
      }
    } else {
      const said = yield* runTool(call.sys, ["qemu-img", "create", "-q", "-f", format, ...(backingPath === undefined ? [] : ["-b", backingPath, "-F", call.optional("backingFormat") ?? "raw"]), path, ...(capacity > 0 || backingPath === undefined ? [`${Math.ceil(capacity / 1024)}K`] : [])]);
      if (said !== undefined) throw new VirError("internal", `Child process (/usr/bin/qemu-img create -f ${format} ${path} ${Math.ceil(capacity / 1024)}K) unexpected exit status 1: ${said.trim()}`);
      call.sys.chmod(path, 0o600);
    }
    pool.volumes = [...pool.volumes, name].sort();
    return path;
  },
  *volumeClone(call) {
    const { pool, name, path } = findVolume(call);
    const copy = call.text("name");
    const target = `${targetOf(pool)}/${copy}`;
    if (pool.volumes.includes(copy)) throw new VirError("plain", `storage volume '${copy}' exists already`);
    const { format } = yield* imageFacts(call.sys, path);
    const said = yield* runTool(call.sys, ["qemu-img", "convert", "-f", format, "-O", format, path, target]);
    if (said !== undefined) throw new VirError("internal", said.trim());
    call.sys.chmod(target, 0o600);
    pool.volumes = [...pool.volumes, copy].sort();
    return name;
  },
  *volumeDelete(call) {
    const { pool, name, path } = findVolume(call);
    yield* call.sys.preempt();
    try {
      call.sys.unlink(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno !== "ENOENT") throw new VirError("plain", `cannot unlink file '${path}': ${error.message}`);
    }
    pool.volumes = pool.volumes.filter((one) => one !== name);
    return undefined;
  },
  *volumeResize(call) {
    const { path } = findVolume(call);
    const { format, capacity } = yield* imageFacts(call.sys, path);
    const wanted = call.flag("delta") ? capacity + call.number("bytes") : call.number("bytes");
    if (wanted < capacity && !call.flag("shrink")) throw new VirError("argument", "Can't shrink capacity below current capacity unless shrink flag explicitly specified");
    const said = yield* runTool(call.sys, ["qemu-img", "resize", ...(call.flag("shrink") ? ["--shrink"] : []), "-f", format, path, String(wanted)]);
    if (said !== undefined) throw new VirError("internal", said.trim());
    return undefined;
  },
  *volumeWipe(call) {
    const { path } = findVolume(call);
    const { sizeBytes } = call.sys.stat(path);
    const fd = yield* call.sys.open(path, O.WRONLY);
    call.sys.fallocate(fd, 0, Math.max(1, sizeBytes), "zero-range");
    call.sys.close(fd);
    return undefined;
  },
  *volumeUsers(call) {
    const path = call.text("path");
    yield* call.sys.preempt();
    return [...call.engine.domains.values()].filter((domain) => disksOf(shownXml(domain)).some((disk) => diskSource(disk) === path)).map((domain) => domain.name);
  },
});
