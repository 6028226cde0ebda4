import { flagAt, numberAt, record, rows, textAt } from "../../../daemons/libvirt/api.ts";
import { pair, type Verb, verb, type VshCall, VshError } from "../_virsh.ts";
import { type Blocking, dateTimeText } from "../../../kernel/sys.ts";

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function* make(call: VshCall, xml: string, from: string): Blocking<void> {
  const domain = yield* call.domain();
  const name = yield* call.act("snapshotCreate", { domain, xml, diskOnly: call.has("disk-only"), quiesce: call.has("quiesce"), reuse: call.has("reuse-external"), halt: call.has("halt"), noMetadata: call.has("no-metadata") });
  yield* call.extra(`Domain snapshot ${String(name)} created${from}`);
}

const createAs = verb("snapshot-create-as", "snapshot", "make a snapshot, described by options", "domain:data name:string description:string print-xml no-metadata halt disk-only reuse-external quiesce atomic live validate memspec:string diskspec:rest", function* (call) {
  const disks = call.all("diskspec").map((spec) => {
    const [name = "", ...words] = spec.split(",");
    const given = new Map(words.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]));
    return `<disk name='${name}'${given.has("snapshot") ? ` snapshot='${given.get("snapshot")}'` : ""}>${given.has("file") ? `<source file='${given.get("file")}'/>` : ""}</disk>`;
  });
  const memspec = new Map((call.get("memspec") ?? "").split(",").map((word) => (word.includes("=") ? [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] : ["file", word])));
  const memory = call.has("memspec") ? `<memory snapshot='${memspec.get("snapshot") ?? "external"}'${memspec.get("file") === undefined ? "" : ` file='${memspec.get("file")}'`}/>` : "";
  const xml = `<domainsnapshot>${call.has("name") ? `<name>${escape(call.text("name"))}</name>` : ""}${call.has("description") ? `<description>${escape(call.text("description"))}</description>` : ""}${memory}${disks.length > 0 ? `<disks>${disks.join("")}</disks>` : ""}</domainsnapshot>`;
  if (call.has("print-xml")) {
    yield* call.print(`${xml}\n`);
    return;
  }
  yield* make(call, xml, "");
});

const create = verb("snapshot-create", "snapshot", "Create a snapshot from XML", "domain:data xmlfile:string redefine current no-metadata halt disk-only reuse-external quiesce atomic live validate", function* (call) {
  const file = call.get("xmlfile");
  yield* make(call, file === undefined ? "<domainsnapshot/>" : yield* call.file(file), file === undefined ? "" : ` from '${file}'`);
});

const list = verb("snapshot-list", "snapshot", "List snapshots for a domain", "domain:data parent roots leaves no-leaves metadata no-metadata inactive active disk-only internal external tree from:string descendants current name topological", function* (call) {
  const all = rows(yield* call.act("listSnapshots", { domain: yield* call.domain() }));
  const shown = all.filter((one) => (!call.has("roots") || textAt(one, "parent") === "") && (!call.has("leaves") || numberAt(one, "children") === 0) && (!call.has("internal") || !flagAt(one, "external")) && (!call.has("external") || flagAt(one, "external")) && (!call.has("inactive") || textAt(one, "state") === "shutoff") && (!call.has("active") || ["running", "paused"].includes(textAt(one, "state"))) && (!call.has("disk-only") || textAt(one, "state") === "disk-snapshot"));
  if (call.has("tree")) {
    const draw = (one: ReadonlyMap<string, unknown>, prefix: string, last: boolean, depth: number): string => {
      const children = shown.filter((child) => textAt(child, "parent") === textAt(one, "name"));
      const own = depth === 0 ? `${textAt(one, "name")}\n` : `${prefix}+- ${textAt(one, "name")}\n`;
      const inner = depth === 0 ? "  " : `${prefix}${last ? "    " : "|   "}`.replace(/^ {2}\|/, "  |");
      const lines = children.length > 0 ? `${inner}|\n${children.map((child, index) => draw(child, inner, index === children.length - 1, depth + 1)).join("")}` : depth > 0 && last ? `${prefix}    \n` : "";
      return own + lines;
    };
    for (const root of shown.filter((one) => !shown.some((other) => textAt(other, "name") === textAt(one, "parent")))) yield* call.print(`${draw(root, "", true, 0)}\n`);
    return;
  }
  if (call.has("name")) {
    for (const one of shown) yield* call.print(`${textAt(one, "name")}\n`);
    return;
  }
  yield* call.table(["Name", "Creation Time", "State", ...(call.has("parent") ? ["Parent"] : [])], shown.map((one) => [textAt(one, "name"), `${dateTimeText(numberAt(one, "seconds"))} +0000`, textAt(one, "state"), ...(call.has("parent") ? [textAt(one, "parent")] : [])]));
});

function* chosen(call: VshCall, domain: string): Blocking<string> {
  if (call.has("current")) return String(yield* call.act("snapshotCurrent", { domain }));
  const name = call.get("snapshotname");
  if (name === undefined) throw new VshError("--<snapshotname> or --current is required");
  return name;
}

const info = verb("snapshot-info", "snapshot", "snapshot information", "domain:data snapshotname:string current", function* (call) {
  const domain = yield* call.domain();
  const one = record(yield* call.act("snapshotLookup", { domain, snapshot: yield* chosen(call, domain) }));
  yield* call.print(
    pair("Name", textAt(one, "name")) + pair("Domain", domain) + pair("Current", flagAt(one, "current") ? "yes" : "no") + pair("State", textAt(one, "state")) + pair("Location", flagAt(one, "external") ? "external" : "internal") + pair("Parent", textAt(one, "parent") === "" ? "-" : textAt(one, "parent"))
    + pair("Children", textAt(one, "children")) + pair("Descendants", textAt(one, "descendants")) + pair("Metadata", "yes"),
  );
});

const current = verb("snapshot-current", "snapshot", "tell which snapshot is the current one, or choose it", "domain:data name security-info snapshotname:string", function* (call) {
  const domain = yield* call.domain();
  const name = String(yield* call.act("snapshotCurrent", { domain }));
  if (call.has("name")) yield* call.print(name);
  else yield* call.print(String(yield* call.act("snapshotXml", { domain, snapshot: name })));
});

const parent = verb("snapshot-parent", "snapshot", "the snapshot that a snapshot builds on", "domain:data snapshotname:string current", function* (call) {
  const domain = yield* call.domain();
  const name = yield* chosen(call, domain);
  const one = record(yield* call.act("snapshotLookup", { domain, snapshot: name }));
  if (textAt(one, "parent") === "") throw new VshError(`snapshot '${name}' has no parent`);
  yield* call.print(textAt(one, "parent"));
});

const dumpxml = verb("snapshot-dumpxml", "snapshot", "XML of a snapshot of a domain", "domain:data snapshotname:data security-info xpath:string wrap", function* (call) {
  yield* call.print(String(yield* call.act("snapshotXml", { domain: yield* call.domain(), snapshot: call.text("snapshotname") })));
});

const revert = verb("snapshot-revert", "snapshot", "take a domain back to a snapshot", "domain:data snapshotname:string current running paused force reset-nvram", function* (call) {
  const domain = yield* call.domain();
  const name = yield* chosen(call, domain);
  yield* call.act("snapshotRevert", { domain, snapshot: name, running: call.has("running"), paused: call.has("paused") });
  yield* call.extra(`Domain snapshot ${name} reverted\n`);
});

const remove = verb("snapshot-delete", "snapshot", "Delete a domain snapshot", "domain:data snapshotname:string current children children-only metadata", function* (call) {
  const domain = yield* call.domain();
  const name = yield* chosen(call, domain);
  yield* call.act("snapshotLookup", { domain, snapshot: name });
  yield* call.act("snapshotDelete", { domain, snapshot: name, children: call.has("children"), childrenOnly: call.has("children-only"), metadata: call.has("metadata") }, `Failed to delete snapshot ${name}`);
  yield* call.extra(call.has("children-only") ? `Domain snapshot ${name} children deleted\n` : `Domain snapshot ${name} deleted\n`);
});

export const snapshots: readonly Verb[] = [create, createAs, current, remove, dumpxml, info, list, parent, revert];
