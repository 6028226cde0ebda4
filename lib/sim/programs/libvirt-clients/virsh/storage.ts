// Pools and volumes.
import { O, SysError, type Blocking } from "../../../kernel/sys.ts";
import { flagAt, numberAt, record, rows, textAt } from "../../../daemons/libvirt/api.ts";
import { pair, scaled, type Verb, verb, type VshCall, VshError } from "../_virsh.ts";

function pretty(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let value = bytes;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${value.toFixed(2)} ${units[unit]}`;
}

const word = (value: boolean): string => (value ? "yes" : "no");

const list = verb("pool-list", "pool", "list pools", "inactive all transient persistent autostart no-autostart type:string details uuid name", function* (call) {
  const shown = rows(yield* call.act("listPools")).filter((one) => (call.has("all") || (call.has("inactive") ? !flagAt(one, "active") : flagAt(one, "active"))) && (!call.has("persistent") || flagAt(one, "persistent")) && (!call.has("transient") || !flagAt(one, "persistent")) && (!call.has("autostart") || flagAt(one, "autostart")) && (!call.has("no-autostart") || !flagAt(one, "autostart")) && (!call.has("type") || call.text("type").split(",").includes(textAt(one, "type"))));
  if (call.has("name") || call.has("uuid")) {
    for (const one of shown) yield* call.print(`${[...(call.has("uuid") ? [textAt(one, "uuid")] : []), ...(call.has("name") ? [textAt(one, "name").padEnd(20)] : [])].join(" ")}\n`);
    return;
  }
  if (call.has("details")) {
    const size = (one: ReadonlyMap<string, unknown>, key: string): string => (flagAt(one, "active") ? pretty(numberAt(one, key)) : "-");
    yield* call.table(["Name", "State", "Autostart", "Persistent", "Capacity", "Allocation", "Available"], shown.map((one) => [textAt(one, "name"), flagAt(one, "active") ? "running" : "inactive", word(flagAt(one, "autostart")), word(flagAt(one, "persistent")), size(one, "capacity"), size(one, "allocation"), size(one, "available")]));
    return;
  }
  yield* call.table(["Name", "State", "Autostart"], shown.map((one) => [textAt(one, "name"), flagAt(one, "active") ? "active" : "inactive", word(flagAt(one, "autostart"))]));
});

const act = (name: string, help: string, procedure: string, failing: string, done: string, options = ""): Verb =>
  verb(name, "pool", help, `pool:data ${options}`, function* (call) {
    const pool = yield* call.pool();
    yield* call.act(procedure, { pool, build: call.has("build") }, `Failed to ${failing} pool ${pool}`);
    yield* call.extra(`Pool ${pool} ${done}\n`);
  });

const poolXml = (call: VshCall): string => `<pool type='${call.text("type")}'><name>${call.text("name")}</name>${call.has("source-dev") || call.has("source-host") || call.has("source-path") ? `<source>${call.has("source-host") ? `<host name='${call.text("source-host")}'/>` : ""}${call.has("source-path") ? `<dir path='${call.text("source-path")}'/>` : ""}${call.has("source-dev") ? `<device path='${call.text("source-dev")}'/>` : ""}</source>` : ""}<target>${call.has("target") ? `<path>${call.text("target")}</path>` : ""}</target></pool>`;
const asOptions = "name:data type:data print-xml source-host:string source-path:string source-dev:string source-name:string target:string source-format:string auth-type:string auth-username:string secret-usage:string secret-uuid:string adapter-name:string adapter-wwnn:string adapter-wwpn:string adapter-parent:string";

const fromArguments = (name: string, help: string, procedure: string, failing: string, done: string, more = ""): Verb =>
  verb(name, "pool", help, `${asOptions} ${more}`, function* (call) {
    const xml = poolXml(call);
    if (call.has("print-xml")) {
      yield* call.print(`${xml}\n`);
      return;
    }
    yield* call.act(procedure, { xml, build: call.has("build") }, `Failed to ${failing} pool ${call.text("name")}`);
    yield* call.extra(`Pool ${call.text("name")} ${done}\n`);
  });

const fromFile = (name: string, help: string, procedure: string, failing: string, done: string, more = ""): Verb =>
  verb(name, "pool", help, `file:data ${more}`, function* (call) {
    const xml = yield* call.file(call.text("file"));
    const pool = yield* call.act(procedure, { xml, build: call.has("build") }, `Failed to ${failing} pool from ${call.text("file")}`);
    yield* call.extra(`Pool ${String(pool)} ${done} from ${call.text("file")}\n`);
  });

const autostart = verb("pool-autostart", "pool", "autostart a pool", "pool:data disable", function* (call) {
  const pool = yield* call.pool();
  const off = call.has("disable");
  yield* call.act("poolAutostart", { pool, on: !off }, `failed to ${off ? "unmark" : "mark"} pool ${pool} as autostarted`);
  yield* call.extra(`Pool ${pool} ${off ? "unmarked" : "marked"} as autostarted\n`);
});

const info = verb("pool-info", "pool", "storage pool information", "pool:data bytes", function* (call) {
  const one = record(yield* call.act("poolLookup", { pool: yield* call.pool() }));
  const size = (key: string): string => (call.has("bytes") ? `${numberAt(one, key)}` : pretty(numberAt(one, key)));
  yield* call.print(pair("Name", textAt(one, "name")) + pair("UUID", textAt(one, "uuid")) + pair("State", flagAt(one, "active") ? "running" : "inactive") + pair("Persistent", word(flagAt(one, "persistent"))) + pair("Autostart", word(flagAt(one, "autostart"))) + (flagAt(one, "active") ? pair("Capacity", size("capacity")) + pair("Allocation", size("allocation")) + pair("Available", size("available")) : ""));
});

const dumpxml = verb("pool-dumpxml", "pool", "pool information in XML", "pool:data inactive xpath:string wrap", function* (call) {
  yield* call.print(String(yield* call.act("poolXml", { pool: yield* call.pool() })));
});

const poolName = verb("pool-name", "pool", "name of a pool, from its UUID", "pool:data", function* (call) {
  try {
    yield* call.print(`${yield* call.pool()}\n`);
  } catch (error) {
    if (error instanceof VshError) throw new VshError(error.lines[0] ?? "");
    throw error;
  }
});

const poolUuid = verb("pool-uuid", "pool", "UUID of a pool, from its name", "pool:data", function* (call) {
  yield* call.print(`${textAt(record(yield* call.act("poolLookup", { pool: yield* call.pool() })), "uuid")}\n`);
});

// ---- volumes

function* volume(call: VshCall, option = "vol"): Blocking<ReadonlyMap<string, unknown>> {
  const wanted = call.text(option);
  const given = call.get("pool");
  const pool = given === undefined ? undefined : yield* call.pool();
  return record(yield* call.act("volumeLookup", { volume: wanted, pool }, `failed to get vol '${wanted}'${given === undefined && !wanted.startsWith("/") ? ", specifying --pool might help" : ""}`));
}

const volParams = (one: ReadonlyMap<string, unknown>): { readonly volume: string; readonly pool: string } => ({ volume: textAt(one, "name"), pool: textAt(one, "pool") });

const volList = verb("vol-list", "volume", "list vols", "pool:data details", function* (call) {
  const found = rows(yield* call.act("listVolumes", { pool: yield* call.pool() }, "Failed to list volumes"));
  yield* (call.has("details") ? call.table(["Name", "Path", "Type", "Capacity", "Allocation"], found.map((one) => [textAt(one, "name"), textAt(one, "path"), "file", pretty(numberAt(one, "capacity")), pretty(numberAt(one, "allocation"))])) : call.table(["Name", "Path"], found.map((one) => [textAt(one, "name"), textAt(one, "path")])));
});

const volInfo = verb("vol-info", "volume", "storage vol information", "vol:data pool:string bytes physical", function* (call) {
  const found = yield* volume(call);
  yield* call.print(pair("Name", textAt(found, "name")));
  const one = record(yield* call.act("volumeInfo", volParams(found)));
  const size = (key: string): string => (call.has("bytes") ? `${numberAt(one, key)} bytes` : pretty(numberAt(one, key)));
  yield* call.print(pair("Type", "file") + pair("Capacity", size("capacity")) + (call.has("physical") ? pair("Physical", size("physical")) : pair("Allocation", size("allocation"))));
});

const volCreateAs = verb("vol-create-as", "volume", "make a volume, described by options", "pool:data name:data capacity:data allocation:string format:string backing-vol:string backing-vol-format:string prealloc-metadata print-xml", function* (call) {
  const pool = yield* call.pool();
  const capacity = scaled(call.text("capacity"), 1);
  if (capacity === undefined) throw new VshError(`Malformed size ${call.text("capacity")}`);
  const allocation = call.has("allocation") ? scaled(call.text("allocation"), 1) : undefined;
  if (call.has("allocation") && allocation === undefined) throw new VshError(`Malformed size ${call.text("allocation")}`);
  yield* call.act("volumeCreate", { pool, name: call.text("name"), capacity, allocation, format: call.get("format"), backing: call.get("backing-vol"), backingFormat: call.get("backing-vol-format") }, `Failed to create vol ${call.text("name")}`);
  yield* call.extra(`Vol ${call.text("name")} created\n`);
});

const volCreate = verb("vol-create", "volume", "make a volume, as an XML file says", "pool:data file:data prealloc-metadata reflink", function* (call) {
  const pool = yield* call.pool();
  const xml = yield* call.file(call.text("file"));
  const name = /<name>([^<]*)<\/name>/.exec(xml)?.[1] ?? "";
  const capacity = /<capacity(?: unit=['"](\w+)['"])?>(\d+)<\/capacity>/.exec(xml);
  yield* call.act("volumeCreate", { pool, name, capacity: scaled(`${capacity?.[2] ?? "0"}${capacity?.[1] ?? ""}`, 1), format: /<format type=['"](\w+)['"]/.exec(xml)?.[1] }, `Failed to create vol from ${call.text("file")}`);
  yield* call.extra(`Vol ${name} created from ${call.text("file")}\n`);
});

const volClone = verb("vol-clone", "volume", "clone a volume.", "vol:data newname:data pool:string prealloc-metadata reflink print-xml", function* (call) {
  const found = yield* volume(call);
  yield* call.act("volumeClone", { ...volParams(found), name: call.text("newname") }, `Failed to clone vol from ${call.text("vol")}`);
  yield* call.extra(`Vol ${call.text("newname")} cloned from ${call.text("vol")}\n`);
});

const volDelete = verb("vol-delete", "volume", "delete a vol", "vol:data pool:string delete-snapshots", function* (call) {
  const found = yield* volume(call);
  yield* call.act("volumeDelete", volParams(found), `Failed to delete vol ${call.text("vol")}`);
  yield* call.extra(`Vol ${call.text("vol")} deleted\n`);
});

const volResize = verb("vol-resize", "volume", "resize a vol", "vol:data capacity:data pool:string allocate delta shrink", function* (call) {
  const found = yield* volume(call);
  const text = call.text("capacity");
  const negative = text.startsWith("-");
  const bytes = scaled(text.replace(/^-/, ""), 1);
  if (bytes === undefined) throw new VshError(`Malformed size ${text}`);
  const delta = call.has("delta");
  yield* call.act("volumeResize", { ...volParams(found), bytes: negative ? -bytes : bytes, delta, shrink: call.has("shrink") }, `Failed to change size of volume '${call.text("vol")}' ${delta ? "by" : "to"} ${text}`);
  yield* call.extra(`Size of volume '${call.text("vol")}' successfully changed ${delta ? "by" : "to"} ${text}\n`);
});

const volText = (name: string, help: string, key: string): Verb =>
  verb(name, "volume", help, `vol:data${name === "vol-path" || name === "vol-key" ? " pool:string" : name === "vol-pool" ? " uuid" : ""}`, function* (call) {
    yield* call.print(`${textAt(yield* volume(call), key)}\n`);
  });

const volDump = verb("vol-dumpxml", "volume", "vol information in XML", "vol:data pool:string xpath:string wrap", function* (call) {
  yield* call.print(String(yield* call.act("volumeXml", volParams(yield* volume(call)))));
});

const volWipe = verb("vol-wipe", "volume", "wipe a vol", "vol:data pool:string algorithm:string", function* (call) {
  yield* call.act("volumeWipe", volParams(yield* volume(call)), `Failed to wipe vol ${call.text("vol")}`);
  yield* call.extra(`Vol ${call.text("vol")} wiped\n`);
});

function* copy(call: VshCall, from: string, to: string): Blocking<void> {
  const { sys } = call;
  try {
    const source = yield* sys.open(from, O.RDONLY);
    const target = yield* sys.open(to, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
    for (;;) {
      const bytes = yield* sys.read(source, 1 << 20);
      if (bytes.length === 0) break;
      yield* sys.write(target, bytes);
    }
    sys.close(source);
    sys.close(target);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new VshError(`cannot open ${from}: ${error.message}`);
  }
}

const volUpload = verb("vol-upload", "volume", "fill a volume with what a file holds", "vol:data file:data pool:string offset:string length:string sparse", function* (call) {
  yield* copy(call, call.text("file"), textAt(yield* volume(call), "path"));
});

const volDownload = verb("vol-download", "volume", "write what a volume holds to a file", "vol:data file:data pool:string offset:string length:string sparse", function* (call) {
  yield* copy(call, textAt(yield* volume(call), "path"), call.text("file"));
});

export const storage: readonly Verb[] = [
  autostart, act("pool-build", "build a pool", "poolBuild", "build", "built", "no-overwrite overwrite"), fromArguments("pool-create-as", "start a pool, described by options; it is gone when it stops", "poolCreateXml", "create", "created", "build no-overwrite overwrite"), fromFile("pool-create", "start a pool that an XML file describes; it is gone when it stops", "poolCreateXml", "create", "created", "build no-overwrite overwrite"),
  fromArguments("pool-define-as", "define a pool, described by options", "poolDefine", "define", "defined"), fromFile("pool-define", "define a pool as an XML file says, without starting it", "poolDefine", "define", "defined", "validate"), act("pool-delete", "delete a pool", "poolDelete", "delete", "deleted"), act("pool-destroy", "destroy (stop) a pool", "poolDestroy", "destroy", "destroyed"),
  dumpxml, info, list, poolName, act("pool-refresh", "refresh a pool", "poolRefresh", "refresh", "refreshed"), act("pool-start", "start a pool that is defined", "poolStart", "start", "started", "build no-overwrite overwrite"), act("pool-undefine", "undefine an inactive pool", "poolUndefine", "undefine", "has been undefined"), poolUuid,
  volClone, volCreateAs, volCreate, volDelete, volDownload, volDump, volInfo, volText("vol-key", "key of a volume, from its name or path", "path"), volList, volText("vol-name", "name of a volume, from its key or path", "name"), volText("vol-path", "path of a volume, from its name or key", "path"), volText("vol-pool", "pool of a volume, from its key or path", "pool"), volResize, volUpload, volWipe,
];
