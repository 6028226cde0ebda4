// Migration, backups and checkpoints (virsh-domain.c, virsh-backup.c, virsh-checkpoint.c).
import { type Blocking, dateTimeText } from "../../../kernel/sys.ts";
import { type LibvirtClient, LibvirtError, numberAt, type Params, record, rows, textAt } from "../../../daemons/libvirt/api.ts";
import { connection, pair, type Session, type Verb, verb, type VshCall, VshError } from "../_virsh.ts";

const migrate = verb("migrate", "domain", "migrate domain to another host", "domain:data desturi:data live offline p2p direct tunnelled persistent undefinesource suspend copy-storage-all copy-storage-inc change-protection unsafe verbose compressed auto-converge rdma-pin-all abort-on-error postcopy postcopy-after-precopy migrateuri:string graphicsuri:string listen-address:string dname:string timeout:string timeout-suspend timeout-postcopy xml:string migrate-disks:string disks-port:string disks-uri:string comp-methods:string postcopy-bandwidth:string bandwidth:string parallel parallel-connections:string tls zerocopy", function* (call) {
  const domain = yield* call.domain();
  const far = yield* destination(call);
  const ask = function* (name: string, params: Params): Blocking<ReadonlyMap<string, unknown>> {
    try {
      return record(yield* far.client.call(name, params));
    } catch (error) {
      if (!(error instanceof LibvirtError)) throw error;
      throw new VshError(error.message);
    }
  };
  try {
    const copyStorage = call.has("copy-storage-all") || call.has("copy-storage-inc");
    const offline = call.has("offline");
    const file = call.get("xml");
    const begun = record(yield* call.act("migrationBegin", { domain, otherHost: far.hostname, offline, persistent: call.has("persistent"), unsafe: call.has("unsafe"), copyStorage, dname: call.get("dname"), xml: file === undefined ? undefined : yield* call.file(file) }));
    const xml = textAt(begun, "xml");
    const name = textAt(begun, "name");
    if (offline) yield* ask("domainDefine", { xml });
    else {
      const given = call.get("migrateuri");
      const prepared = yield* ask("migrationPrepare", { xml, disks: textAt(begun, "disks"), migrateuri: given });
      const uri = given === undefined ? textAt(prepared, "uri") : /:\d+\/?$/.test(given) ? given : `${given.replace(/\/$/, "")}:${numberAt(prepared, "port")}`;
      try {
        yield* call.act("migrationPerform", { domain, uri, copyStorage, bandwidth: Number(call.get("bandwidth") ?? 0) });
      } catch (error) {
        if (error instanceof VshError) yield* ask("migrationFinish", { name, cancelled: true });
        throw error;
      }
      yield* ask("migrationFinish", { name, persistent: call.has("persistent"), suspend: call.has("suspend") });
    }
    yield* call.act("migrationConfirm", { domain, undefineSource: call.has("undefinesource") });
  } finally {
    far.client.close();
  }
  if (call.has("verbose")) yield* call.progress("Migration");
});

/** The daemon at the other end. */
function* destination(call: VshCall): Blocking<{ readonly client: LibvirtClient; readonly hostname: string }> {
  const far: Session = { ...call.session, uri: call.text("desturi"), client: undefined };
  try {
    const client = yield* connection(far);
    return { client, hostname: textAt(record(yield* client.call("nodeFacts")), "hostname") };
  } catch (error) {
    if (error instanceof VshError) throw new VshError(...error.lines.filter((line) => line !== "failed to connect to the hypervisor"));
    if (error instanceof LibvirtError) throw new VshError(error.message);
    throw error;
  }
}

/** Errors: VshError as libvirt refuses what needs a running domain. */
function* running(call: VshCall): Blocking<string> {
  const domain = yield* call.domainRecord();
  if (numberAt(domain, "id") < 0) throw new VshError("Requested operation is not valid: domain is not running");
  return textAt(domain, "name");
}

const settings: readonly Verb[] = [
  verb("migrate-setmaxdowntime", "domain", "set maximum tolerable downtime", "domain:data downtime:data", function* (call) {
    yield* running(call);
    if (!/^[1-9]\d*$/.test(call.text("downtime"))) throw new VshError("migrate: Invalid downtime");
  }),
  verb("migrate-getmaxdowntime", "domain", "get maximum tolerable downtime", "domain:data", function* (call) {
    yield* running(call);
    yield* call.print("300\n");
  }),
  verb("migrate-compcache", "domain", "get/set compression cache size", "domain:data size:string", function* (call) {
    yield* running(call);
    yield* call.print("Compression cache: 64.000 MiB\n");
  }),
  verb("migrate-setspeed", "domain", "Set the maximum migration bandwidth", "domain:data bandwidth:data postcopy", function* (call) {
    yield* call.domain();
    if (!/^\d+$/.test(call.text("bandwidth"))) throw new VshError(`Numeric value '${call.text("bandwidth")}' for <bandwidth> option is malformed or out of range`);
  }),
  verb("migrate-getspeed", "domain", "Get the maximum migration bandwidth", "domain:data postcopy", function* (call) {
    yield* call.domain();
    yield* call.print("8796093022207\n");
  }),
  verb("migrate-postcopy", "domain", "let a migrating domain run on at the other host already", "domain:data", function* (call) {
    yield* running(call);
    throw new VshError("Requested operation is not valid: post-copy can only be started while outgoing migration is in progress");
  }),
];

/** A full copy of each disk as it is now; what it is called is in the XML or made of the disk's name and the time. */
const backupBegin = verb("backup-begin", "backup", "back up the disks of a running domain", "domain:data backupxml:string checkpointxml:string reuse-external", function* (call) {
  const domain = yield* call.domain();
  const file = call.get("backupxml");
  const xml = file === undefined ? "" : yield* call.file(file);
  if (/<backup[^>]*mode=['"]pull['"]/.test(xml)) throw new VshError("backups that a client pulls over NBD are not simulated: use mode='push'");
  const incremental = /<incremental>([^<]*)<\/incremental>/.exec(xml)?.[1];
  const checkpointFile = call.get("checkpointxml");
  const checkpointXml = checkpointFile === undefined ? undefined : yield* call.file(checkpointFile);
  const given = [...xml.matchAll(/<disk name=['"]([^'"]+)['"][^>]*?(?:\/>|>([\s\S]*?)<\/disk>)/g)].map((match) => ({ name: match[1] ?? "", skip: /backup=['"]no['"]/.test(match[0]), target: /<target file=['"]([^'"]+)['"]/.exec(match[2] ?? "")?.[1], format: /<driver type=['"](\w+)['"]/.exec(match[2] ?? "")?.[1] }));
  yield* call.act("backupBegin", { domain, disks: JSON.stringify(given), reuse: call.has("reuse-external"), incremental });
  if (checkpointXml !== undefined) yield* call.act("checkpointCreate", { domain, xml: checkpointXml });
  yield* call.print("Backup started\n");
});

const backupDumpxml = verb("backup-dumpxml", "backup", "XML of the backup that is going on", "domain:data xpath:string wrap", function* (call) {
  yield* call.domain();
  throw new VshError("Domain backup job id not found: no domain backup job present");
});

// ---- checkpoints

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function* makeCheckpoint(call: VshCall, xml: string, from: string): Blocking<void> {
  const domain = yield* call.domain();
  const name = yield* call.act("checkpointCreate", { domain, xml });
  yield* call.extra(`Domain checkpoint ${String(name)} created${from}`);
}

/** Errors: VshError as for a checkpoint that is not there. */
function* checkpointNamed(call: VshCall): Blocking<readonly [domain: string, one: ReadonlyMap<string, unknown>]> {
  const domain = yield* call.domain();
  return [domain, record(yield* call.act("checkpointLookup", { domain, checkpoint: call.text("checkpointname") }))];
}

const checkpoints: readonly Verb[] = [
  verb("checkpoint-create", "checkpoint", "Create a checkpoint from XML", "domain:data xmlfile:string redefine redefine-validate quiesce", function* (call) {
    const file = call.get("xmlfile");
    yield* makeCheckpoint(call, file === undefined ? "<domaincheckpoint/>" : yield* call.file(file), file === undefined ? "" : ` from '${file}'`);
  }),
  verb("checkpoint-create-as", "checkpoint", "make a checkpoint, described by options", "domain:data name:string description:string print-xml quiesce diskspec:rest", function* (call) {
    const disks = call.all("diskspec").map((spec) => {
      const [name = "", ...words] = spec.split(",");
      return `    <disk name='${name}'${words.map((word) => ` ${word.slice(0, word.indexOf("="))}='${word.slice(word.indexOf("=") + 1)}'`).join("")}/>\n`;
    });
    const xml = `<domaincheckpoint>\n${call.has("name") ? `  <name>${escaped(call.text("name"))}</name>\n` : ""}${call.has("description") ? `  <description>${escaped(call.text("description"))}</description>\n` : ""}${disks.length === 0 ? "" : `  <disks>\n${disks.join("")}  </disks>\n`}</domaincheckpoint>\n`;
    if (call.has("print-xml")) yield* call.print(xml);
    else yield* makeCheckpoint(call, xml, "");
  }),
  verb("checkpoint-delete", "checkpoint", "Delete a domain checkpoint", "domain:data checkpointname:data children children-only metadata", function* (call) {
    const [domain, one] = yield* checkpointNamed(call);
    const name = textAt(one, "name");
    yield* call.act("checkpointDelete", { domain, checkpoint: name, children: call.has("children"), childrenOnly: call.has("children-only"), metadata: call.has("metadata") }, `Failed to delete checkpoint ${name}`);
    yield* call.extra(call.has("children-only") ? `Domain checkpoint ${name} children deleted\n` : `Domain checkpoint ${name} deleted\n`);
  }),
  verb("checkpoint-dumpxml", "checkpoint", "XML of a checkpoint of a domain", "domain:data checkpointname:data security-info no-domain size xpath:string wrap", function* (call) {
    const [domain, one] = yield* checkpointNamed(call);
    yield* call.print(String(yield* call.act("checkpointXml", { domain, checkpoint: textAt(one, "name"), noDomain: call.has("no-domain"), size: call.has("size") })));
  }),
  verb("checkpoint-edit", "checkpoint", "edit XML for a checkpoint", "domain:data checkpointname:data", function* (call) {
    yield* checkpointNamed(call);
    throw new VshError("editing a checkpoint is not simulated: delete it and create another");
  }),
  verb("checkpoint-info", "checkpoint", "checkpoint information", "domain:data checkpointname:data", function* (call) {
    const [domain, one] = yield* checkpointNamed(call);
    yield* call.print(pair("Name", textAt(one, "name")) + pair("Domain", domain) + pair("Parent", textAt(one, "parent") === "" ? "-" : textAt(one, "parent")) + pair("Children", textAt(one, "children")) + pair("Descendants", textAt(one, "descendants")));
  }),
  verb("checkpoint-parent", "checkpoint", "the checkpoint that a checkpoint builds on", "domain:data checkpointname:data", function* (call) {
    const [, one] = yield* checkpointNamed(call);
    if (textAt(one, "parent") === "") throw new VshError(`checkpoint '${textAt(one, "name")}' has no parent`);
    yield* call.print(textAt(one, "parent"));
  }),
  verb("checkpoint-list", "checkpoint", "List checkpoints for a domain", "domain:data parent roots leaves no-leaves tree from:string descendants name topological", function* (call) {
    const all = rows(yield* call.act("listCheckpoints", { domain: yield* call.domain() }));
    const from = call.get("from");
    const below = (name: string): readonly string[] => all.filter((one) => textAt(one, "parent") === name).flatMap((one) => [textAt(one, "name"), ...(call.has("descendants") ? below(textAt(one, "name")) : [])]);
    const wanted = from === undefined ? undefined : new Set(below(from));
    const shown = all.filter((one) => (wanted === undefined || wanted.has(textAt(one, "name"))) && (!call.has("roots") || textAt(one, "parent") === "") && (!call.has("leaves") || numberAt(one, "children") === 0) && (!call.has("no-leaves") || numberAt(one, "children") > 0));
    if (call.has("name")) {
      for (const one of shown) yield* call.print(`${textAt(one, "name")}\n`);
      return;
    }
    if (call.has("tree")) {
      const draw = (one: ReadonlyMap<string, unknown>, indent: string): string => {
        const children = shown.filter((child) => textAt(child, "parent") === textAt(one, "name"));
        return `${textAt(one, "name")}\n${children.map((child) => `${indent}  |\n${indent}  +- ${draw(child, `${indent}      `)}`).join("")}`;
      };
      for (const root of shown.filter((one) => textAt(one, "parent") === "")) yield* call.print(`${draw(root, "")}\n`);
      return;
    }
    yield* call.table(["Name", "Creation Time", ...(call.has("parent") ? ["Parent"] : [])], shown.map((one) => [textAt(one, "name"), `${dateTimeText(numberAt(one, "seconds"))} +0000`, ...(call.has("parent") ? [textAt(one, "parent")] : [])]));
  }),
];

// ---- jobs

const domjobinfo = verb("domjobinfo", "monitor", "domain job information", "domain:data completed keep-completed anystats rawstats", function* (call) {
  yield* call.domain();
  yield* call.print(pair("Job type", "None", 18).replace("\n", "        \n"));
});

const domjobabort = verb("domjobabort", "domain", "abort active domain job", "domain:data postcopy", function* (call) {
  yield* running(call);
  throw new VshError("Requested operation is not valid: no job is active on the domain");
});

const cpuStats = verb("cpu-stats", "domain", "show domain cpu statistics", "domain:data total start:string count:string", function* (call) {
  const domain = yield* running(call);
  const info = record(yield* call.act("domainInfo", { domain }));
  const cpus = numberAt(record(yield* call.act("nodeFacts")), "cpus");
  const seconds = (us: number): string => `${(us / 1e6).toFixed(9)} seconds`.padStart(27);
  const total = numberAt(info, "cpuUs");
  if (!call.has("total")) {
    const start = Number(call.get("start") ?? 0);
    const count = Math.min(cpus - start, Number(call.get("count") ?? cpus));
    for (let cpu = start; cpu < start + count; cpu++) yield* call.print(`CPU${cpu}:\n\tcpu_time ${seconds(total / cpus)}\n`);
  }
  if (call.has("total") || (!call.has("start") && !call.has("count"))) yield* call.print(`Total:\n\tcpu_time ${seconds(total)}\n\tuser_time ${seconds(total * 0.9).slice(1)}\n\tsystem_time ${seconds(total * 0.1).slice(3)}\n`);
});

export const migrationVerbs: readonly Verb[] = [migrate, ...settings, backupBegin, backupDumpxml, ...checkpoints, domjobinfo, domjobabort, cpuStats];
