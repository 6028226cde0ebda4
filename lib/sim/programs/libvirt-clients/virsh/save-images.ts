// Domains put to sleep in files, and what those files say.
import type { Blocking } from "../../../kernel/sys.ts";
import { numberAt, textAt } from "../../../daemons/libvirt/api.ts";
import { type Verb, verb, type VshCall, VshError } from "../_virsh.ts";
import { editXml } from "../_virsh-edit.ts";

const absolute = (call: VshCall, file: string): string => (file.startsWith("/") ? file : `${call.sys.getcwd().replace(/\/$/, "")}/${file}`);

/** --running and --paused exclude each other. */
function* stateFlags(call: VshCall): Blocking<{ readonly running: boolean; readonly paused: boolean }> {
  yield* call.sys.preempt();
  if (call.has("running") && call.has("paused")) throw new VshError("Options --running and --paused are mutually exclusive");
  return { running: call.has("running"), paused: call.has("paused") };
}

function* givenXml(call: VshCall, option = "xml"): Blocking<string | undefined> {
  const file = call.get(option);
  return file === undefined ? undefined : yield* call.file(file);
}

const save = verb("save", "domain", "write the running state of a domain to a file and stop it", "domain:data file:data bypass-cache xml:string running paused verbose", function* (call) {
  const domain = yield* call.domain();
  const state = yield* stateFlags(call);
  const file = call.text("file");
  yield* call.act("domainSave", { domain, file: absolute(call, file), xml: yield* givenXml(call), ...state }, `Failed to save domain '${domain}' to ${file}`);
  if (call.has("verbose")) yield* call.progress("Save");
  yield* call.extra(`\nDomain '${domain}' saved to ${file}\n`);
});

const restore = verb("restore", "domain", "let a domain go on from the file that save wrote", "file:data bypass-cache xml:string running paused reset-nvram", function* (call) {
  const state = yield* stateFlags(call);
  const file = call.text("file");
  yield* call.act("domainRestore", { file: absolute(call, file), xml: yield* givenXml(call), ...state }, `Failed to restore domain from ${file}`);
  yield* call.extra(`Domain restored from ${file}\n`);
});

const managedsave = verb("managedsave", "domain", "save a domain's state where start finds it", "domain:data bypass-cache running paused verbose", function* (call) {
  const domain = yield* call.domain();
  yield* call.act("domainManagedSave", { domain, ...(yield* stateFlags(call)) }, `Failed to save domain '${domain}' state`);
  if (call.has("verbose")) yield* call.progress("Managedsave");
  yield* call.extra(`\nDomain '${domain}' state saved by libvirt\n`);
});

const managedsaveRemove = verb("managedsave-remove", "domain", "forget the state that managedsave kept", "domain:data", function* (call) {
  const domain = yield* call.domain();
  const had = yield* call.act("domainManagedSaveRemove", { domain });
  yield* call.extra(had === true ? `Removed managedsave image for domain '${domain}'` : `Domain '${domain}' has no manage save image; removal skipped`);
});

const imageDumpxml = verb("save-image-dumpxml", "domain", "XML of the domain in a saved state", "file:data security-info xpath:string wrap", function* (call) {
  yield* call.print(String(yield* call.act("domainSavedXml", { file: absolute(call, call.text("file")) })));
});

const imageDefine = verb("save-image-define", "domain", "replace the XML in a saved state", "file:data xml:data running paused", function* (call) {
  const state = yield* stateFlags(call);
  const file = call.text("file");
  yield* call.act("domainSavedDefine", { file: absolute(call, file), xml: yield* givenXml(call), ...state }, `Failed to update ${file}`);
  yield* call.extra(`State file ${file} updated.\n`);
});

const imageEdit = verb("save-image-edit", "domain", "open the XML of a saved state in an editor", "file:data running paused", function* (call) {
  const state = yield* stateFlags(call);
  const shown = call.text("file");
  const file = absolute(call, shown);
  yield* editXml(call, {
    *read() {
      return String(yield* call.act("domainSavedXml", { file }));
    },
    define: (xml) => call.act("domainSavedDefine", { file, xml, ...state }), unchanged: `Saved image ${shown} XML configuration not changed.\n`, edited: `State file ${shown} edited.\n`, defineAnyway: Object.values(state).includes(true),
  });
});

function* managedXml(call: VshCall): Blocking<{ readonly domain: string; readonly xml: string }> {
  const found = yield* call.domainRecord();
  const domain = textAt(found, "name");
  if (numberAt(found, "id") >= 0) throw new VshError("Requested operation is not valid: domain does not have managed save image");
  return { domain, xml: String(yield* call.act("domainManagedSaveXml", { domain })) };
}

const managedDumpxml = verb("managedsave-dumpxml", "domain", "XML of the domain in what managedsave kept", "domain:data security-info xpath:string wrap", function* (call) {
  yield* call.print((yield* managedXml(call)).xml);
});

const managedDefine = verb("managedsave-define", "domain", "replace the XML that managedsave kept", "domain:data xml:data running paused", function* (call) {
  const domain = yield* call.domain();
  const state = yield* stateFlags(call);
  yield* call.act("domainSavedDefine", { domain, xml: yield* givenXml(call), ...state }, `Failed to update ${domain} XML configuration`);
  yield* call.extra(`Managed save state file of domain '${domain}' updated.\n`);
});

const managedEdit = verb("managedsave-edit", "domain", "open the XML of what managedsave kept in an editor", "domain:data running paused", function* (call) {
  const state = yield* stateFlags(call);
  const { domain } = yield* managedXml(call);
  yield* editXml(call, {
    *read() {
      return (yield* managedXml(call)).xml;
    },
    define: (xml) => call.act("domainSavedDefine", { domain, xml, ...state }), unchanged: `Managed save image of domain '${domain}' XML configuration not changed.\n`, edited: `Managed save image of Domain '${domain}' XML configuration edited.\n`, defineAnyway: Object.values(state).includes(true),
  });
});

export const saveImages: readonly Verb[] = [save, restore, managedsave, managedsaveRemove, managedDumpxml, managedDefine, managedEdit, imageDumpxml, imageDefine, imageEdit];
