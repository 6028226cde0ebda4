// What virsh asks of the agent inside a guest (virsh(1)); layouts are those of virsh-domain.c.
import { dateTimeText } from "../../../kernel/sys.ts";
import { numberAt, record, rows, textAt } from "../../../daemons/libvirt/api.ts";
import { type Verb, verb, type VshCall, VshError } from "../_virsh.ts";

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function exclusive(call: VshCall, first: string, second: string): void {
  if (call.has(first) && call.has(second)) throw new VshError(`Options --${first} and --${second} are mutually exclusive`);
}

/** Numbers as libvirt's bitmaps are written: 0-2,5. */
export function ranges(numbers: readonly number[]): string {
  const parts: [first: number, last: number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const open = parts.at(-1);
    if (open !== undefined && open[1] + 1 >= number) open[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(",");
}

const largestSet = 16_384;

/** The other way; ^N takes one out. Undefined when it is no such list. */
export function numbersOf(text: string): readonly number[] | undefined {
  const found = new Set<number>();
  for (const part of text.split(",")) {
    const match = /^(\^?)(\d{1,6})(?:-(\d{1,6}))?$/.exec(part);
    if (match === null) return undefined;
    const [first, last] = [Number(match[2]), Number(match[3] ?? match[2])];
    if (last < first || last >= largestSet || (match[1] === "^" && match[3] !== undefined)) return undefined;
    for (let number = first; number <= last; number++) {
      if (match[1] === "^") found.delete(number);
      else found.add(number);
    }
  }
  return [...found];
}

/** yajl's beautified form, as libvirt asks for it: two spaces, an empty container over two line ends. */
export function prettyJson(value: unknown, indent = ""): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const parts = Array.isArray(value) ? value.map((one) => inner + prettyJson(one, inner)) : Object.entries(value).map(([name, one]) => `${inner}${JSON.stringify(name)}: ${prettyJson(one, inner)}`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return `${open}\n${parts.join(",\n")}\n${indent}${close}`;
}

const mountPoints = (call: VshCall): { readonly mountpoints?: string } => (call.has("mountpoint") ? { mountpoints: call.all("mountpoint").join("\n") } : {});

const domhostname = verb("domhostname", "monitor", "print the domain's hostname", "domain:data source:string", function* (call) {
  const domain = yield* call.domain();
  const source = call.get("source");
  if (source !== undefined && source !== "lease" && source !== "agent") throw new VshError(`Unknown data source '${source}'`);
  yield* call.print(`${String(yield* call.act("agentHostName", { domain, source }, "failed to get hostname"))}\n`);
});

const domtime = verb("domtime", "monitor", "domain time", "domain:data now pretty sync time:string", function* (call) {
  exclusive(call, "time", "now");
  exclusive(call, "time", "sync");
  exclusive(call, "now", "sync");
  const domain = yield* call.domain();
  if (call.has("time") && !/^\d{1,12}$/.test(call.text("time"))) throw new VshError(`Numeric value '${call.text("time")}' for <time> option is malformed or out of range`);
  if (call.has("now") || call.has("time") || call.has("sync")) {
    yield* call.act("agentSetTime", { domain, sync: call.has("sync"), seconds: call.has("time") ? Number(call.text("time")) : Math.floor(call.sys.clockUs("realtime") / 1e6) });
    return;
  }
  const seconds = Number(yield* call.act("agentTime", { domain }));
  yield* call.print(`Time: ${call.has("pretty") ? dateTimeText(seconds) : seconds}`);
});

const domfsfreeze = verb("domfsfreeze", "domain", "Freeze domain's mounted filesystems.", "domain:data mountpoint:rest", function* (call) {
  const domain = yield* call.domain();
  yield* call.extra(`Froze ${String(yield* call.act("agentFreeze", { domain, ...mountPoints(call) }, "Unable to freeze filesystems"))} filesystem(s)\n`);
});

const domfsthaw = verb("domfsthaw", "domain", "Thaw domain's mounted filesystems.", "domain:data mountpoint:rest", function* (call) {
  const domain = yield* call.domain();
  yield* call.extra(`Thawed ${String(yield* call.act("agentThaw", { domain, ...mountPoints(call) }, "Unable to thaw filesystems"))} filesystem(s)\n`);
});

const domfstrim = verb("domfstrim", "domain", "give the guest's unused blocks back to the disk (fstrim)", "domain:data minimum:string mountpoint:string", function* (call) {
  const domain = yield* call.domain();
  yield* call.act("agentTrim", { domain, minimum: Number(call.get("minimum") ?? 0), mountpoint: call.get("mountpoint") }, "Unable to invoke fstrim");
});

const domfsinfo = verb("domfsinfo", "monitor", "file systems that the guest has mounted", "domain:data", function* (call) {
  const found = rows(yield* call.act("agentFileSystems", { domain: yield* call.domain() }, "Unable to get filesystem information"));
  if (found.length === 0) {
    yield* call.warn("No filesystems are mounted in the domain");
    return;
  }
  const targets = (one: ReadonlyMap<string, unknown>): string => rows(one.get("disks")).map((disk) => textAt(disk, "target")).filter((target) => target !== "").join(",");
  yield* call.table(["Mountpoint", "Name", "Type", "Target"], found.map((one) => [textAt(one, "mountpoint"), textAt(one, "name"), textAt(one, "type"), targets(one)]));
});

const kinds = ["user", "os", "timezone", "hostname", "filesystem", "disk", "interface"] as const;
const osFields = ["id", "name", "pretty-name", "version", "version-id", "machine", "variant", "variant-id", "kernel-release", "kernel-version"];

/** The names are those of virDomainGetGuestInfo. */
function* guestFields(answers: ReadonlyMap<string, unknown>): Generator<readonly [name: string, value: unknown]> {
  if (answers.has("user")) {
    const users = rows(answers.get("user"));
    yield ["user.count", users.length];
    for (const [index, one] of users.entries()) yield* [[`user.${index}.name`, textAt(one, "user")], [`user.${index}.login-time`, Math.floor(numberAt(one, "login-time") * 1000)]] as const;
  }
  if (answers.has("os")) {
    const os = record(answers.get("os"));
    for (const field of osFields) if (os.has(field)) yield [`os.${field}`, textAt(os, field)];
  }
  if (answers.has("timezone")) {
    const zone = record(answers.get("timezone"));
    yield* [["timezone.name", textAt(zone, "zone")], ["timezone.offset", numberAt(zone, "offset")]] as const;
  }
  if (answers.has("hostname")) yield ["hostname", textAt(record(answers.get("hostname")), "host-name")];
  if (answers.has("filesystem")) {
    const found = rows(answers.get("filesystem"));
    yield ["fs.count", found.length];
    for (const [index, one] of found.entries()) {
      const own = `fs.${index}`;
      const disks = rows(one.get("disks"));
      yield* [[`${own}.name`, textAt(one, "name")], [`${own}.mountpoint`, textAt(one, "mountpoint")], [`${own}.fstype`, textAt(one, "type")], [`${own}.total-bytes`, numberAt(one, "total")], [`${own}.used-bytes`, numberAt(one, "used")], [`${own}.disk.count`, disks.length]] as const;
      for (const [number, disk] of disks.entries()) yield* [[`${own}.disk.${number}.alias`, textAt(disk, "target")], [`${own}.disk.${number}.device`, textAt(disk, "device")]] as const;
    }
  }
  if (answers.has("disk")) {
    const disks = rows(answers.get("disk"));
    yield ["disk.count", disks.length];
    for (const [index, one] of disks.entries()) {
      const dependencies = list(one.get("dependencies"));
      yield* [[`disk.${index}.name`, textAt(one, "name")], [`disk.${index}.partition`, one.get("partition") === true ? "yes" : "no"]] as const;
      if (dependencies.length > 0) yield [`disk.${index}.dependency.count`, dependencies.length];
      for (const [number, name] of dependencies.entries()) yield [`disk.${index}.dependency.${number}.name`, name];
      if (textAt(one, "alias") !== "") yield [`disk.${index}.alias`, textAt(one, "alias")];
    }
  }
  if (answers.has("interface")) {
    const cards = rows(answers.get("interface"));
    yield ["if.count", cards.length];
    for (const [index, card] of cards.entries()) {
      const addresses = list(card.get("addresses")).map(String);
      yield* [[`if.${index}.name`, textAt(card, "name")], [`if.${index}.hwaddr`, textAt(card, "mac")], [`if.${index}.addr.count`, addresses.length]] as const;
      for (const [number, address] of addresses.entries()) {
        const slash = address.indexOf("/");
        yield* [[`if.${index}.addr.${number}.type`, address.includes(":") ? "ipv6" : "ipv4"], [`if.${index}.addr.${number}.addr`, address.slice(0, slash)], [`if.${index}.addr.${number}.prefix`, address.slice(slash + 1)]] as const;
      }
    }
  }
}

const guestinfo = verb("guestinfo", "monitor", "what the guest tells of itself (by the agent)", "domain:data user os timezone hostname filesystem disk interface", function* (call) {
  const domain = yield* call.domain();
  const answers = record(yield* call.act("agentGuestInfo", { domain, kinds: kinds.filter((kind) => call.has(kind)).join(" ") }));
  yield* call.print([...guestFields(answers)].map(([name, value]) => `${name.padEnd(20)}: ${String(value)}\n`).join(""));
});

const guestvcpus = verb("guestvcpus", "domain", "CPUs online in the guest: read or change (by the agent)", "domain:data cpulist:string enable disable", function* (call) {
  exclusive(call, "enable", "disable");
  for (const option of ["enable", "disable"]) if (call.has(option) && !call.has("cpulist")) throw new VshError(`Option --cpulist is required by option --${option}`);
  if (call.has("cpulist") && !call.has("enable") && !call.has("disable")) throw new VshError("One of options --enable or --disable is required by option --cpulist");
  const domain = yield* call.domain();
  if (call.has("cpulist")) {
    const wanted = numbersOf(call.text("cpulist"));
    if (wanted === undefined) throw new VshError(`invalid argument: Failed to parse bitmap '${call.text("cpulist")}'`);
    yield* call.act("agentSetVcpus", { domain, vcpus: JSON.stringify(wanted), on: call.has("enable") });
    return;
  }
  const found = record(yield* call.act("agentVcpus", { domain }));
  yield* call.print(["vcpus", "online", "offlinable"].map((name) => `${name.padEnd(15)}: ${ranges(list(found.get(name)).map(Number))}\n`).join(""));
});

const setUserPassword = verb("set-user-password", "domain", "give a user of the guest another password", "domain:data user:data password:data encrypted", function* (call) {
  const domain = yield* call.domain();
  yield* call.act("agentPassword", { domain, user: call.text("user"), password: call.text("password"), crypted: call.has("encrypted") });
  yield* call.extra(`\nPassword set successfully for ${call.text("user")} in ${domain}`);
});

const agentCommand = verb("qemu-agent-command", "domain", "QEMU Guest Agent Command", "domain:data timeout:named async block pretty cmd:rest", function* (call) {
  const domain = yield* call.domain();
  const command = call.all("cmd").join(" ");
  if (command === "") throw new VshError("internal error: missing command");
  const timeout = call.get("timeout");
  if (timeout !== undefined && !/^-?\d{1,9}$/.test(timeout)) throw new VshError(`Numeric value '${timeout}' for <timeout> option is malformed or out of range`);
  if (timeout !== undefined && Number(timeout) < 1) throw new VshError("timeout must be positive");
  if ([timeout !== undefined, call.has("async"), call.has("block")].filter((given) => given).length > 1) throw new VshError("timeout, async and block options are exclusive");
  const answer = String(yield* call.act("agentCommand", { domain, command, timeoutSeconds: Number(timeout ?? 0) }));
  yield* call.print(call.has("pretty") ? `${prettyJson(JSON.parse(answer))}\n\n` : `${answer}\n`);
});

export const guestAgentVerbs: readonly Verb[] = [domhostname, domtime, domfsfreeze, domfsthaw, domfstrim, domfsinfo, guestinfo, guestvcpus, setUserPassword, agentCommand];
