// Domains from definition to end, and their states.
import type { Blocking } from "../../../kernel/sys.ts";
import { flagAt, LibvirtClient, LibvirtError, numberAt, record, rows, textAt } from "../../../daemons/libvirt/api.ts";
import { editXml } from "../_virsh-edit.ts";
import { pair, verb, VshError, type Verb, type VshCall } from "../_virsh.ts";

const simple = (name: string, help: string, options: string, procedure: string, doing: string, done: string, extra: (call: VshCall) => Readonly<Record<string, string | number | boolean | undefined>> = () => ({})): Verb =>
  verb(name, "domain", help, `domain:data ${options}`, function* (call) {
    const domain = yield* call.domain();
    yield* call.act(procedure, { domain, ...extra(call) }, `Failed to ${doing} domain '${domain}'`);
    yield* call.extra(`Domain '${domain}' ${done}\n`);
  });

const shownState = (domain: ReadonlyMap<string, unknown>, managed: boolean): string => (managed && flagAt(domain, "managedSave") && textAt(domain, "state") === "shut off" ? "saved" : textAt(domain, "state"));

export const list = verb("list", "monitor", "list domains", "inactive all transient persistent with-snapshot without-snapshot with-checkpoint without-checkpoint state-running state-paused state-shutoff state-other autostart no-autostart with-managed-save without-managed-save uuid name id table managed-save title", function* (call) {
  const wantsShape = call.has("uuid") || call.has("name") || call.has("id");
  if (call.has("table") && wantsShape) throw new VshError("Only one argument from --table, --name and --uuid may be specified.");
  const all = rows(yield* call.act("listDomains", {}, "Failed to list domains"));
  const active = (domain: ReadonlyMap<string, unknown>): boolean => numberAt(domain, "id") >= 0;
  const states = (["running", "paused", "shutoff", "other"] as const).filter((state) => call.has(`state-${state}`));
  const shown = all.filter((domain) => {
    if (!call.has("all") && (call.has("inactive") ? active(domain) : !active(domain)) && states.length === 0) return false;
    const state = textAt(domain, "state");
    if (states.length > 0 && !states.some((one) => (one === "shutoff" ? state === "shut off" : one === "other" ? !["running", "paused", "shut off"].includes(state) : state === one))) return false;
    const check = (yes: string, no: string, value: boolean): boolean => (!call.has(yes) || value) && (!call.has(no) || !value);
    return check("persistent", "transient", flagAt(domain, "persistent")) && check("autostart", "no-autostart", flagAt(domain, "autostart")) && check("with-snapshot", "without-snapshot", numberAt(domain, "snapshots") > 0) && check("with-managed-save", "without-managed-save", flagAt(domain, "managedSave")) && !call.has("with-checkpoint");
  });
  if (wantsShape) {
    for (const domain of shown) {
      const cells = [...(call.has("id") ? [active(domain) ? textAt(domain, "id") : "-"] : []), ...(call.has("uuid") ? [textAt(domain, "uuid").padEnd(call.has("name") ? 36 : 0)] : []), ...(call.has("name") ? [textAt(domain, "name")] : [])];
      yield* call.print(`${cells.join(" ")}\n`);
    }
    return;
  }
  const cells = shown.map((domain) => [active(domain) ? textAt(domain, "id") : "-", textAt(domain, "name"), shownState(domain, call.has("managed-save")), ...(call.has("title") ? [textAt(domain, "title")] : [])]);
  yield* call.table(["Id", "Name", "State", ...(call.has("title") ? ["Title"] : [])], cells);
});

export const define = verb("define", "domain", "define a domain as an XML file says, without starting it", "file:data validate", function* (call) {
  const xml = yield* call.file(call.text("file"));
  const name = yield* call.act("domainDefine", { xml }, `Failed to define domain from ${call.text("file")}`);
  yield* call.extra(`Domain '${String(name)}' defined from ${call.text("file")}\n`);
});

export const create = verb("create", "domain", "start a domain that an XML file describes; it is gone when it stops", "file:data console paused autodestroy pass-fds:string validate reset-nvram", function* (call) {
  const xml = yield* call.file(call.text("file"));
  const name = yield* call.act("domainCreateXml", { xml, paused: call.has("paused") }, `Failed to create domain from ${call.text("file")}`);
  yield* call.extra(`Domain '${String(name)}' created from ${call.text("file")}\n`);
});

export const start = verb("start", "domain", "start a (previously defined) inactive domain", "domain:data console paused autodestroy bypass-cache force-boot pass-fds:string reset-nvram", function* (call) {
  const domain = yield* call.domainRecord();
  const name = textAt(domain, "name");
  if (numberAt(domain, "id") >= 0) throw new VshError("Domain is already active");
  const fds = call.get("pass-fds");
  if (fds !== undefined && !/^\d+(,\d+)*$/.test(fds)) throw new VshError(`Unable to parse FD number '${fds}'`);
  yield* call.act("domainStart", { domain: name, paused: call.has("paused"), forceBoot: call.has("force-boot") }, `Failed to start domain '${name}'`);
  yield* call.extra(`Domain '${name}' started\n`);
  if (call.has("console")) yield* runConsole(call, name, undefined);
});

const knownModes = ["acpi", "agent", "initctl", "signal", "paravirt"];

/** Errors: VshError at a word that is no mode. */
function powerModes(call: VshCall): { readonly mode: string | undefined } {
  const mode = call.get("mode");
  for (const one of mode?.split(",") ?? []) if (!knownModes.includes(one)) throw new VshError(`Unknown mode ${one} value, expecting 'acpi', 'agent', 'initctl', 'signal', or 'paravirt'`);
  return { mode };
}

export const destroy = simple("destroy", "destroy (stop) a domain", "graceful remove-logs", "domainDestroy", "destroy", "destroyed");
export const shutdown = simple("shutdown", "gracefully shutdown a domain", "mode:string", "domainShutdown", "shutdown", "is being shutdown", powerModes);
export const reboot = simple("reboot", "reboot a domain", "mode:string", "domainReboot", "reboot", "is being rebooted", powerModes);
export const reset = simple("reset", "reset a domain", "", "domainReset", "reset", "was reset");
export const suspend = simple("suspend", "suspend a domain", "", "domainSuspend", "suspend", "suspended");
export const resume = simple("resume", "resume a domain", "", "domainResume", "resume", "resumed");

export const undefine = verb("undefine", "domain", "undefine a domain", "domain:data managed-save storage:string remove-all-storage delete-storage-volume-snapshots wipe-storage snapshots-metadata checkpoints-metadata nvram keep-nvram tpm keep-tpm", function* (call) {
  const domain = yield* call.domain();
  const chosen = call.get("storage")?.split(",");
  const disks = call.has("remove-all-storage") || chosen !== undefined ? rows(yield* call.act("domainBlocks", { domain })) : [];
  yield* call.act("domainUndefine", { domain, managedSave: call.has("managed-save"), snapshotsMetadata: call.has("snapshots-metadata"), checkpointsMetadata: call.has("checkpoints-metadata") }, `Failed to undefine domain '${domain}'`);
  yield* call.extra(`Domain '${domain}' has been undefined\n`);
  for (const disk of disks) {
    const source = textAt(disk, "source");
    const target = textAt(disk, "target");
    if (source === "-" || (chosen !== undefined && !chosen.includes(target) && !chosen.includes(source))) continue;
    try {
      yield* call.act("volumeDelete", { volume: source });
      yield* call.extra(`Volume '${target}'(${source}) removed.\n`);
    } catch (error) {
      if (!(error instanceof VshError)) throw error;
      yield* call.warn(`Storage volume '${target}'(${source}) is not managed by libvirt. Remove it manually.`);
    }
  }
});

export const autostart = verb("autostart", "domain", "autostart a domain", "domain:data disable once", function* (call) {
  const domain = yield* call.domain();
  const off = call.has("disable");
  yield* call.act("domainAutostart", { domain, on: !off }, `Failed to ${off ? "unmark" : "mark"} domain '${domain}' as autostarted`);
  yield* call.extra(`Domain '${domain}' ${off ? "unmarked" : "marked"} as autostarted\n`);
});

export const domrename = verb("domrename", "domain", "rename a domain", "domain:data new-name:data", function* (call) {
  const domain = yield* call.domain();
  yield* call.act("domainRename", { domain, name: call.text("new-name") });
  yield* call.extra("Domain successfully renamed\n");
});

export const domid = verb("domid", "monitor", "id of a domain, from its name or UUID", "domain:data", function* (call) {
  const domain = yield* call.domainRecord();
  yield* call.print(`${numberAt(domain, "id") < 0 ? "-" : textAt(domain, "id")}\n`);
});

export const domuuid = verb("domuuid", "domain", "UUID of a domain, from its name or id", "domain:data", function* (call) {
  yield* call.print(`${textAt(yield* call.domainRecord(), "uuid")}\n`);
});

export const domname = verb("domname", "domain", "name of a domain, from its id or UUID", "domain:data", function* (call) {
  yield* call.print(`${yield* call.domain()}\n`);
});

export const domstate = verb("domstate", "monitor", "domain state", "domain:data reason", function* (call) {
  const domain = yield* call.domainRecord();
  yield* call.printWord(textAt(domain, "state"));
  yield* call.print(`${call.has("reason") ? ` (${textAt(domain, "reason")})` : ""}\n`);
});

export const dominfo = verb("dominfo", "monitor", "domain information", "domain:data", function* (call) {
  const name = yield* call.domain();
  const info = record(yield* call.act("domainInfo", { domain: name }));
  const running = numberAt(info, "id") >= 0;
  yield* call.print(
    pair("Id", running ? textAt(info, "id") : "-") + pair("Name", name) + pair("UUID", textAt(info, "uuid")) + pair("OS Type", "hvm") + pair("State", textAt(info, "state")) + pair("CPU(s)", textAt(info, "vcpus"))
    + (running ? pair("CPU time", `${(numberAt(info, "cpuUs") / 1e6).toFixed(1)}s`) : "") + pair("Max memory", `${textAt(info, "maximumKib")} KiB`) + pair("Used memory", `${textAt(info, "currentKib")} KiB`) + pair("Persistent", flagAt(info, "persistent") ? "yes" : "no")
    + pair("Autostart", flagAt(info, "autostart") ? "enable" : "disable") + pair("Managed save", flagAt(info, "managedSave") ? "yes" : "no") + pair("Security model", "none") + pair("Security DOI", "0"),
  );
});

export const domcontrol = verb("domcontrol", "monitor", "domain control interface state", "domain:data", function* (call) {
  const domain = yield* call.domainRecord();
  if (numberAt(domain, "id") < 0) throw new VshError("Requested operation is not valid: domain is not running");
  yield* call.print("ok\n");
});

export const desc = verb("desc", "domain", "read or write a domain's title and description", "domain:data live config current title edit new-desc:rest", function* (call) {
  const domain = yield* call.domain();
  const label = call.has("title") ? "title" : "description";
  const words = call.all("new-desc");
  if (words.length > 0) {
    yield* call.act("domainDescribe", { domain, label, text: words.join(" "), ...call.scope }, `Failed to set new domain ${label}`);
    yield* call.extra(`Domain ${label} updated successfully`);
    return;
  }
  const xml = String(yield* call.act("domainXml", { domain, inactive: call.has("config") }));
  const from = xml.indexOf(`\n  <${label}>`);
  const found = from < 0 ? undefined : xml.slice(from + label.length + 5, xml.indexOf(`</${label}>`, from));
  if (found === undefined) yield* call.extra(`No ${label} for domain: ${domain}`);
  else yield* call.print(`${found}\n`);
});

export const dumpxml = verb("dumpxml", "domain", "domain information in XML", "domain:data inactive security-info update-cpu migratable xpath:string wrap", function* (call) {
  const domain = yield* call.domain();
  yield* call.print(String(yield* call.act("domainXml", { domain, inactive: call.has("inactive") })));
});

export const edit = verb("edit", "domain", "open the XML of a domain in an editor", "domain:data skip-validate", function* (call) {
  const domain = yield* call.domain();
  yield* editXml(call, {
    *read() {
      return String(yield* call.act("domainXml", { domain, inactive: true }));
    },
    define: (xml) => call.act("domainDefine", { xml }), unchanged: `Domain '${domain}' XML configuration not changed.\n`, edited: `Domain '${domain}' XML configuration edited.\n`, relaxable: !call.has("skip-validate"),
  });
});

export const consoleVerb = verb("console", "domain", "connect to the guest console", "domain:data devname:string force resume safe", function* (call) {
  const domain = yield* call.domainRecord();
  const name = textAt(domain, "name");
  if (numberAt(domain, "id") < 0) throw new VshError("The domain is not running");
  if (!call.sys.isatty(0)) throw new VshError("Cannot run interactive console without a controlling TTY");
  yield* runConsole(call, name, call.get("devname"));
});

/** Raw until ^]. */
export function* runConsole(call: VshCall, domain: string, device: string | undefined): Blocking<void> {
  const { sys } = call;
  yield* call.print(`Connected to domain '${domain}'\nEscape character is ^] (Ctrl + ])\n`);
  const client = yield* LibvirtClient.connect(sys, call.session.readOnly, call.session.uri);
  try {
    yield* client.call("domainOpenConsole", { domain, device });
  } catch (error) {
    if (!(error instanceof LibvirtError)) throw error;
    throw new VshError(error.message);
  }
  const terminal = sys.isatty(0);
  const before = terminal ? sys.tcgetattr(0) : undefined;
  if (before !== undefined) yield* sys.tcsetattr(0, { ...before, flags: new Set([...before.flags].filter((flag) => !["icanon", "echo", "isig", "iexten", "icrnl", "ixon", "opost", "onlcr"].includes(flag))) });
  try {
    for (let open = true; open;) {
      for (const { fd } of yield* sys.poll([{ fd: 0, events: 1 }, { fd: client.fd, events: 1 }], null)) {
        const bytes = yield* sys.read(fd, 4096);
        if (bytes.length === 0) {
          open = false;
          break;
        }
        const escape = fd === 0 ? bytes.indexOf(0x1d) : -1;
        const kept = escape < 0 ? bytes : bytes.subarray(0, escape);
        if (kept.length > 0) yield* sys.write(fd === 0 ? client.fd : 1, kept);
        if (escape >= 0) {
          open = false;
          break;
        }
      }
    }
  } finally {
    if (before !== undefined) yield* sys.tcsetattr(0, before);
    client.close();
  }
  yield* call.print("\n");
}

export const domainLife: readonly Verb[] = [list, define, create, start, destroy, shutdown, reboot, reset, suspend, resume, undefine, autostart, domrename, domid, domuuid, domname, domstate, dominfo, domcontrol, desc, dumpxml, edit, consoleVerb];
