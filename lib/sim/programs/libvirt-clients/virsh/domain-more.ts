// What else virsh does with a domain: dumps, native command lines, keys and screens, devices by alias, the agent's keys (virsh-domain.c).
import { type Blocking, dateTimeText, encode, O, SysError } from "../../../kernel/sys.ts";
import { numberAt, record, textAt } from "../../../daemons/libvirt/api.ts";
import { type Verb, verb, type VshCall, VshError } from "../_virsh.ts";
import { editXml } from "../_virsh-edit.ts";

const notSupported = (api: string): VshError => new VshError(`this function is not supported by the connection driver: ${api}`);

/** Errors: VshError. */
function* running(call: VshCall): Blocking<string> {
  const domain = yield* call.domainRecord();
  if (numberAt(domain, "id") < 0) throw new VshError("Requested operation is not valid: domain is not running");
  return textAt(domain, "name");
}

const absolute = (call: VshCall, file: string): string => (file.startsWith("/") ? file : `${call.sys.getcwd().replace(/\/$/, "")}/${file}`);

/** input-event-codes.h: those of a usual keyboard. */
const row = (keys: string, first: number): readonly (readonly [string, number])[] => [...keys].map((key, index) => [key, first + index] as const);
const otherCodes: readonly (readonly [string, number])[] = [
  ["ESC", 1], ["MINUS", 12], ["EQUAL", 13], ["BACKSPACE", 14], ["TAB", 15], ["LEFTBRACE", 26], ["RIGHTBRACE", 27], ["ENTER", 28], ["LEFTCTRL", 29], ["SEMICOLON", 39], ["APOSTROPHE", 40], ["GRAVE", 41], ["LEFTSHIFT", 42], ["BACKSLASH", 43], ["COMMA", 51], ["DOT", 52], ["SLASH", 53], ["RIGHTSHIFT", 54], ["LEFTALT", 56], ["SPACE", 57], ["CAPSLOCK", 58],
  ["NUMLOCK", 69], ["SCROLLLOCK", 70], ["KPMINUS", 74], ["KPPLUS", 78], ["KPENTER", 96], ["RIGHTCTRL", 97], ["SYSRQ", 99], ["RIGHTALT", 100], ["HOME", 102], ["UP", 103], ["PAGEUP", 104], ["LEFT", 105], ["RIGHT", 106], ["END", 107], ["DOWN", 108], ["PAGEDOWN", 109], ["INSERT", 110], ["DELETE", 111], ["MUTE", 113], ["VOLUMEDOWN", 114], ["VOLUMEUP", 115], ["POWER", 116], ["PAUSE", 119], ["LEFTMETA", 125], ["RIGHTMETA", 126],
];
const keypad = [82, 79, 80, 81, 75, 76, 77, 71, 72, 73];
const everyKey: readonly (readonly [string, number])[] = [
  ...row("QWERTYUIOP", 16), ...row("ASDFGHJKL", 30), ...row("ZXCVBNM", 44), ...row("1234567890", 2), ...otherCodes, ...Array.from({ length: 10 }, (_, index) => [`F${index + 1}`, 59 + index] as const), ["F11", 87], ["F12", 88], ...Array.from({ length: 12 }, (_, index) => [`F${index + 13}`, 183 + index] as const), ...keypad.map((code, index) => [`KP${index}`, code] as const),
];
const keyCodes = new Map(everyKey.map(([name, code]) => [`KEY_${name}`, code]));
const qemuNames = new Map([[29, "ctrl"], [97, "ctrl"], [56, "alt"], [100, "alt"], [111, "delete"], [83, "delete"]]);

const sendKey = verb("send-key", "domain", "Send keycodes to the guest", "domain:data codeset:named holdtime:named keycode:rest", function* (call) {
  const domain = yield* call.domain();
  const codeset = call.get("codeset") ?? "linux";
  if (!["linux", "xt", "atset1", "atset2", "atset3", "os_x", "xt_kbd", "usb", "win32", "qnum"].includes(codeset)) throw new VshError(`unknown codeset: '${codeset}'`);
  const codes: number[] = [];
  for (const key of call.all("keycode")) {
    const code = /^(?:\d+|0x[0-9a-f]+)$/i.test(key) ? Number(key) : keyCodes.get(key);
    if (code === undefined || code > 255) throw new VshError(`invalid keycode: '${key}'`);
    codes.push(code);
  }
  yield* call.act("domainSendKey", { domain, keys: codes.map((code) => qemuNames.get(code) ?? String(code)).join("-") });
});

const injectNmi = verb("inject-nmi", "domain", "Inject NMI to the guest", "domain:data", function* (call) {
  yield* running(call);
});

/** A screen that nothing is drawn on: QEMU's text mode, 720 by 400, black. */
const screenHeader = "P6\n720 400\n255\n";

const screenshot = verb("screenshot", "domain", "save what the screen of a domain shows as an image", "domain:data file:string screen:string", function* (call) {
  const { sys } = call;
  const domain = yield* call.domain();
  const shot = record(yield* call.act("domainScreenshot", { domain }, `could not take a screenshot of ${domain}`));
  const type = textAt(shot, "type");
  const file = call.get("file") ?? `${domain}-${dateTimeText(Math.floor(sys.clockUs("realtime") / 1e6)).replace(" ", "-")}${type === "image/png" ? ".png" : ".ppm"}`;
  try {
    const fd = yield* sys.open(file, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
    yield* sys.write(fd, encode(screenHeader));
    sys.ftruncate(fd, screenHeader.length + 720 * 400 * 3);
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new VshError(`cannot create file ${file}: ${error.message}`);
  }
  yield* call.print(`Screenshot saved to ${file}, with type of ${type}`);
});

const dump = verb("dump", "domain", "write a domain's memory to a file, to look for errors in it", "domain:data file:data live crash bypass-cache reset verbose memory-only format:string", function* (call) {
  const domain = yield* call.domain();
  const file = call.text("file");
  yield* call.act("domainCoreDump", { domain, file: absolute(call, file), crash: call.has("crash"), reset: call.has("reset") }, `Failed to core dump domain '${domain}' to ${file}`);
  if (call.has("verbose")) yield* call.progress("Dump");
  yield* call.extra(`\nDomain '${domain}' dumped to ${file}\n`);
});

const toNative = verb("domxml-to-native", "domain", "turn a domain's XML into the hypervisor's own configuration", "format:data domain:string xml:string", function* (call) {
  const file = call.get("xml");
  if (call.has("domain") && file !== undefined) throw new VshError("Options --domain and --xml are mutually exclusive");
  if (!call.has("domain") && file === undefined) throw new VshError("need either domain or domain XML");
  yield* call.print(String(yield* call.act("domainToNative", { format: call.text("format"), domain: call.has("domain") ? yield* call.domain() : undefined, xml: file === undefined ? undefined : yield* call.file(file) })));
});

const fromNative = verb("domxml-from-native", "domain", "turn the hypervisor's own configuration into XML", "format:data config:data", function* (call) {
  yield* call.file(call.text("config"));
  yield* call.act("nodeFacts");
  throw notSupported("virConnectDomainXMLFromNative");
});

const refused = (name: string, help: string, options: string, api: string): Verb =>
  verb(name, "domain", help, options, function* (call) {
    if (call.has("domain")) yield* call.domain();
    else yield* call.act("nodeFacts");
    throw notSupported(api);
  });

const updateDevice = verb("update-device", "domain", "change a device as an XML file says", "domain:data file:data persistent config live current force", function* (call) {
  const domain = yield* call.domain();
  const xml = yield* call.file(call.text("file"));
  yield* call.act("deviceUpdate", { domain, xml, ...call.scope }, `Failed to update device from ${call.text("file")}`);
  yield* call.extra("Device updated successfully\n");
});

const detachAlias = verb("detach-device-alias", "domain", "detach device from an alias", "domain:data alias:data config live current", function* (call) {
  const domain = yield* call.domain();
  const alias = call.text("alias");
  yield* call.act("deviceDetachAlias", { domain, alias, ...call.scope }, `Failed to detach device with alias ${alias}`);
  yield* call.extra("Device detach request sent successfully\n");
});

const updateMemory = verb("update-memory-device", "domain", "change the size that a memory device offers", "domain:data print-xml alias:string node:string requested-size:string config live current", function* (call) {
  yield* call.domain();
  throw new VshError("no memory device found");
});

const setvcpu = verb("setvcpu", "domain", "plug single virtual CPUs in or out", "domain:data vcpulist:data enable disable config live current", function* (call) {
  const domain = yield* call.domain();
  if (call.has("enable") === call.has("disable")) throw new VshError(call.has("enable") ? "Options --enable and --disable are mutually exclusive" : "option --enable or --disable is required");
  const info = record(yield* call.act("domainInfo", { domain }));
  const wanted = call.text("vcpulist").split(",").map(Number);
  if (wanted.some((one) => !Number.isInteger(one))) throw new VshError(`invalid argument: Failed to parse bitmap '${call.text("vcpulist")}'`);
  const live = numberAt(info, "vcpus");
  if (wanted.some((one) => one >= numberAt(info, "maximumVcpus"))) throw new VshError(`invalid argument: vcpu '${Math.max(...wanted)}' is not present in domain definition`);
  if (wanted.includes(0) && call.has("disable")) throw new VshError("invalid argument: vCPU '0' can't be modified");
  const count = call.has("enable") ? Math.max(live, ...wanted.map((one) => one + 1)) : Math.min(live, ...wanted);
  yield* call.act("domainSetVcpus", { domain, count, ...call.scope });
});

const metadata = verb("metadata", "domain", "read or write the XML metadata that applications keep with a domain", "domain:data uri:data live config current edit key:string set:string remove", function* (call) {
  const domain = yield* call.domain();
  const uri = call.text("uri");
  const value = call.get("set");
  if (value !== undefined && call.has("remove")) throw new VshError("Options --set and --remove are mutually exclusive");
  if ((value !== undefined || call.has("edit")) && !call.has("key")) throw new VshError("namespace key is required when modifying metadata");
  if (call.has("edit")) {
    yield* editXml(call, {
      *read() {
        try {
          return String(yield* call.act("domainMetadata", { domain, uri, ...call.scope }));
        } catch (error) {
          if (!(error instanceof VshError)) throw error;
          return "\n";
        }
      },
      define: (xml) => call.act("domainMetadata", { domain, uri, key: call.text("key"), xml, ...call.scope }), unchanged: "Metadata not changed", edited: "Metadata modified",
    });
    return;
  }
  const answer = yield* call.act("domainMetadata", { domain, uri, key: call.get("key"), xml: value, remove: call.has("remove"), ...call.scope });
  if (value !== undefined) yield* call.extra("Metadata modified");
  else if (call.has("remove")) yield* call.extra("Metadata removed");
  else yield* call.print(String(answer));
});

const threshold = verb("domblkthreshold", "domain", "how full a disk must be for the event block-threshold", "domain:data dev:data threshold:data", function* (call) {
  yield* running(call);
});

const dirtyRate = verb("domdirtyrate-calc", "domain", "measure how fast a domain changes its memory", "domain:data seconds:string mode:string", function* (call) {
  yield* running(call);
  yield* call.print("Start to calculate domain's memory dirty rate successfully.\n");
});

const launchInfo = verb("domlaunchsecinfo", "domain", "Get domain launch security info", "domain:data", function* (call) {
  yield* running(call);
});

const pmSuspend = verb("dompmsuspend", "domain", "ask the guest to put itself to sleep", "domain:data target:data duration:string", function* (call) {
  const domain = yield* call.domain();
  const target = call.text("target");
  if (!["mem", "disk", "hybrid"].includes(target)) throw new VshError("Invalid target");
  yield* call.act("agentReady", { domain }, `Domain '${domain}' could not be suspended`);
  const xml = String(yield* call.act("domainXml", { domain }));
  const state = target === "disk" ? "disk" : "mem";
  if (xml.includes(`<suspend-to-${state} enabled='no'/>`)) throw new VshError(`Domain '${domain}' could not be suspended`, `Requested operation is not valid: S${state === "mem" ? 3 : 4} state is disabled for this domain`);
  throw new VshError(`Domain '${domain}' could not be suspended`, "operation failed: sleep states of guests are not simulated");
});

const pmWakeup = verb("dompmwakeup", "domain", "wake a guest that put itself to sleep", "domain:data", function* (call) {
  const domain = yield* call.domainRecord();
  const name = textAt(domain, "name");
  throw new VshError(`Domain '${name}' could not be woken up`, numberAt(domain, "id") < 0 ? "Requested operation is not valid: domain is not running" : "Requested operation is not valid: Domain is not suspended");
});

const agentTimeout = verb("guest-agent-timeout", "domain", "Set the guest agent timeout", "domain:data timeout:string", function* (call) {
  yield* call.domain();
  const timeout = call.get("timeout");
  if (timeout !== undefined && !/^-?\d+$/.test(timeout)) throw new VshError(`Numeric value '${timeout}' for <timeout> option is malformed or out of range`);
});

const monitorEvent = verb("qemu-monitor-event", "domain", "QEMU Monitor Events", "domain:string event:string pretty loop timeout:string regex no-case timestamp", function* (call) {
  if (call.has("domain")) yield* call.domain();
  const timeout = call.get("timeout");
  if (timeout === undefined) throw new VshError("events of the monitor are not simulated without --timeout: use `event`");
  yield* call.sys.sleep(Number(timeout) * 1_000_000);
  yield* call.print("event loop timed out\nevents received: 0\n");
  throw new VshError();
});

const keysOf = (user: string, keys: string): string => JSON.stringify({ execute: keys === "" ? "guest-ssh-get-authorized-keys" : "guest-ssh-add-authorized-keys", arguments: { username: user, ...(keys === "" ? {} : { keys: keys.trim().split("\n") }) } });

const getKeys = verb("get-user-sshkeys", "domain", "SSH keys that may log in as a user of the guest (by the agent)", "domain:data user:data", function* (call) {
  const domain = yield* call.domain();
  const answer = record(JSON.parse(String(yield* call.act("agentCommand", { domain, command: keysOf(call.text("user"), "") }))));
  const keys = record(answer.get("return")).get("keys");
  yield* call.print((Array.isArray(keys) ? keys : []).map((key) => `${String(key)}\n`).join(""));
});

const setKeys = verb("set-user-sshkeys", "domain", "add or remove SSH keys of a user of the guest (by the agent)", "domain:data user:data file:string reset remove", function* (call) {
  const domain = yield* call.domain();
  const file = call.get("file");
  if (file === undefined && !call.has("reset")) throw new VshError("Option --file is required unless --reset is given");
  yield* call.act("agentCommand", { domain, command: keysOf(call.text("user"), file === undefined ? "\n" : yield* call.file(file)) });
});

export const domainMore: readonly Verb[] = [
  sendKey, injectNmi, screenshot, dump, toNative, fromNative, updateDevice, detachAlias, updateMemory, setvcpu, metadata, threshold, dirtyRate, launchInfo, pmSuspend, pmWakeup, agentTimeout, monitorEvent, getKeys, setKeys,
  refused("domsetlaunchsecstate", "Set domain launch security state", "domain:data secrethdr:data secret:data set-address:string", "virDomainSetLaunchSecurityState"), refused("send-process-signal", "Send signals to processes", "domain:data pid:data signame:data", "virDomainSendProcessSignal"),
  refused("lxc-enter-namespace", "LXC Guest Enter Namespace", "domain:data noseclabel cmd:rest", "virDomainLxcOpenNamespace"), refused("qemu-attach", "QEMU Attach", "pid:data", "virDomainQemuAttach"), refused("dom-fd-associate", "hand an open file to a domain, for its disks", "domain:data name:data pass-fds:data seclabel-writable seclabel-restore", "virDomainFDAssociate"),
];
