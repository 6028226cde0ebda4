// The host, the monitor, secrets, filters.
import { encode } from "../../../kernel/sys.ts";
import { base64Of, bytesOfBase64 } from "../../kit/base64.ts";
import { flagAt, numberAt, record, rows, textAt } from "../../../daemons/libvirt/api.ts";
import { connection, pair, type Verb, verb, type VshCall, VshError } from "../_virsh.ts";
import { guestAgentVerbs } from "./guest-agent.ts";

const kib = (value: number): string => `${value} KiB`;

const host: readonly Verb[] = [
  verb("uri", "host", "print the hypervisor canonical URI", "", function* (call) {
    yield* connection(call.session);
    yield* call.print(`${call.session.uri}\n`);
  }),
  verb("hostname", "host", "print the hypervisor hostname", "", function* (call) {
    yield* call.print(`${textAt(record(yield* call.act("nodeFacts")), "hostname")}\n`);
  }),
  verb("version", "host", "show version", "daemon", function* (call) {
    yield* connection(call.session);
    yield* call.print(`Compiled against library: libvirt 9.0.0\nUsing library: libvirt 9.0.0\nUsing API: QEMU 9.0.0\nRunning hypervisor: QEMU 7.2.22\n${call.has("daemon") ? "Running against daemon: 9.0.0\n" : ""}`);
  }),
  verb("nodeinfo", "host", "node information", "", function* (call) {
    const node = record(yield* call.act("nodeFacts"));
    yield* call.print(pair("CPU model", "x86_64", 21) + pair("CPU(s)", textAt(node, "cpus"), 21) + pair("CPU frequency", `${textAt(node, "mhz")} MHz`, 21) + pair("CPU socket(s)", "1", 21) + pair("Core(s) per socket", textAt(node, "cpus"), 21) + pair("Thread(s) per core", "1", 21) + pair("NUMA cell(s)", "1", 21) + pair("Memory size", kib(numberAt(node, "memoryKib")), 21));
  }),
  verb("freecell", "host", "NUMA free memory", "cellno:string all", function* (call) {
    const node = record(yield* call.act("nodeFacts"));
    if (call.has("all")) yield* call.print(`    0: ${kib(numberAt(node, "freeKib"))}\n${"-".repeat(20)}\nTotal: ${kib(numberAt(node, "freeKib"))}\n`);
    else yield* call.print(`Total: ${kib(numberAt(node, "freeKib"))}\n`);
  }),
  verb("nodememstats", "host", "memory of the host, used and free", "cell:string", function* (call) {
    const node = record(yield* call.act("nodeFacts"));
    for (const [label, key] of [["total", "memoryKib"], ["free", "freeKib"], ["buffers", "buffersKib"], ["cached", "cachedKib"]] as const) yield* call.print(`${label.padEnd(7)}: ${String(numberAt(node, key)).padStart(20)} KiB\n`);
  }),
  verb("nodecpumap", "host", "node cpu map", "pretty", function* (call) {
    const cpus = numberAt(record(yield* call.act("nodeFacts")), "cpus");
    yield* call.print(`CPUs present:   ${cpus}\nCPUs online:    ${cpus}\nCPU map:        ${"y".repeat(cpus)}\n`);
  }),
  verb("nodecpustats", "host", "how busy the host's processors are", "cpu:string percent", function* (call) {
    const node = record(yield* call.act("nodeFacts"));
    if (call.has("cpu") && Number(call.text("cpu")) >= numberAt(node, "cpus")) throw new VshError("Unable to get node cpu stats", "Invalid cpuNum in virHostCPUGetStatsLinux");
    for (const label of ["user", "system", "idle", "iowait"]) yield* call.print(`${`${label}:`.padEnd(15)}${String(numberAt(node, label) * 10_000_000).padStart(20)}\n`);
  }),
  verb("capabilities", "host", "capabilities", "xpath:string wrap", function* (call) {
    yield* call.print(String(yield* call.act("capabilities", {}, "failed to get capabilities")));
  }),
  verb("domcapabilities", "host", "domain capabilities", "virttype:string emulatorbin:string arch:string machine:string xpath:string wrap", function* (call) {
    yield* call.print(String(yield* call.act("domainCapabilities", { virttype: call.get("virttype"), arch: call.get("arch"), machine: call.get("machine") }, "failed to get emulator capabilities")));
  }),
  verb("maxvcpus", "host", "connection vcpu maximum", "type:string", function* (call) {
    const node = record(yield* call.act("nodeFacts"));
    if (call.get("type") === "kvm" && !flagAt(node, "kvm")) throw new VshError("Unable to open /dev/kvm: No such file or directory");
    yield* call.print("255\n");
  }),
  verb("sysinfo", "host", "print the hypervisor sysinfo", "", function* (call) {
    yield* connection(call.session);
    throw new VshError("failed to get sysinfo", "unsupported configuration: Host SMBIOS information is not available");
  }),
  verb("cpu-models", "host", "CPU models", "arch:data", function* (call) {
    yield* connection(call.session);
    if (call.text("arch") !== "x86_64" && call.text("arch") !== "i686") throw new VshError("failed to get CPU model names", `invalid argument: cannot find architecture ${call.text("arch")}`);
    yield* call.print(`${["486", "pentium", "pentium2", "pentium3", "pentiumpro", "coreduo", "n270", "core2duo", "qemu32", "kvm32", "cpu64-rhel5", "cpu64-rhel6", "qemu64", "kvm64", "Conroe", "Penryn", "Nehalem", "Westmere", "SandyBridge", "IvyBridge", "Haswell", "Broadwell", "Skylake-Client", "Skylake-Server", "Cascadelake-Server", "Icelake-Server", "athlon", "phenom", "Opteron_G1", "Opteron_G2", "Opteron_G3", "Opteron_G4", "Opteron_G5", "EPYC", "EPYC-Rome", "EPYC-Milan"].join("\n")}\n`);
  }),
  verb("nodesuspend", "host", "put the host to sleep for some time", "target:data duration:required", function* (call) {
    yield* connection(call.session);
    throw new VshError("The host was not suspended", "operation failed: Suspend-to-RAM");
  }),
];

const monitor: readonly Verb[] = [
  verb("qemu-monitor-command", "domain", "QEMU Monitor Command", "domain:data cmd:rest hmp pretty return-value", function* (call) {
    const domain = yield* call.domain();
    yield* call.print(`${String(yield* call.act("domainMonitorCommand", { domain, command: call.all("cmd").join(" "), hmp: call.has("hmp") })).replaceAll("\r\n", "\n")}\n`);
  }),
  verb("ttyconsole", "domain", "tty console", "domain:data", function* (call) {
    const domain = yield* call.domainRecord();
    if (numberAt(domain, "id") < 0) throw new VshError();
    const path = /<console type='pty' tty='([^']+)'/.exec(String(yield* call.act("domainXml", { domain: textAt(domain, "name") })))?.[1];
    if (path === undefined) throw new VshError();
    yield* call.print(`${path}\n`);
  }),
  verb("vncdisplay", "domain", "vnc display", "domain:data", function* (call) {
    const domain = yield* call.domainRecord();
    if (numberAt(domain, "id") < 0) throw new VshError("Domain is not running");
    const port = /<graphics type='vnc' port='(\d+)'/.exec(String(yield* call.act("domainXml", { domain: textAt(domain, "name") })))?.[1];
    if (port === undefined) throw new VshError("Failed to get VNC port. Is this domain using VNC?");
    yield* call.print(`127.0.0.1:${Number(port) - 5900}\n\n`);
  }),
  verb("domdisplay", "domain", "domain display connection URI", "domain:data include-password type:string all", function* (call) {
    const domain = yield* call.domainRecord();
    if (numberAt(domain, "id") < 0) throw new VshError("Domain is not running");
    const port = /<graphics type='(vnc|spice)' port='(\d+)'/.exec(String(yield* call.act("domainXml", { domain: textAt(domain, "name") })));
    if (port === null) throw new VshError("No graphical display found");
    yield* call.print(`${port[1]}://127.0.0.1:${port[1] === "vnc" ? Number(port[2]) - 5900 : port[2]}`);
  }),
  verb("domblkerror", "monitor", "Show errors on block devices", "domain:data", function* (call) {
    yield* call.domain();
    yield* call.print("No errors found\n");
  }),
  verb("domstats", "monitor", "all statistics of domains", "state cpu-total balloon vcpu interface block perf iothread memory dirtyrate vm list-active list-inactive list-persistent list-transient list-running list-paused list-shutoff list-other raw enforce backing nowait domain:rest", function* (call) {
    const wanted = call.all("domain");
    for (const name of wanted) yield* call.act("domainLookup", { domain: name }, `failed to get domain '${name}'`);
    const everything = !["state", "cpu-total", "balloon", "vcpu", "interface", "block"].some((one) => call.has(one));
    const states = new Map([["running", 1], ["paused", 3], ["in shutdown", 4], ["shut off", 5], ["crashed", 6]]);
    for (const domain of rows(yield* call.act("listDomains"))) {
      const name = textAt(domain, "name");
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      if ((call.has("list-running") && textAt(domain, "state") !== "running") || (call.has("list-active") && numberAt(domain, "id") < 0) || (call.has("list-inactive") && numberAt(domain, "id") >= 0)) continue;
      const info = record(yield* call.act("domainInfo", { domain: name }));
      const lines = [`Domain: '${name}'`];
      if (everything || call.has("state")) lines.push(`  state.state=${states.get(textAt(domain, "state")) ?? 0}`, `  state.reason=${textAt(domain, "state") === "running" ? 1 : 0}`);
      if ((everything || call.has("cpu-total")) && numberAt(domain, "id") >= 0) lines.push(`  cpu.time=${numberAt(info, "cpuUs") * 1000}`, `  cpu.user=${Math.floor(numberAt(info, "cpuUs") * 900)}`, `  cpu.system=${Math.floor(numberAt(info, "cpuUs") * 100)}`);
      if (everything || call.has("balloon")) lines.push(`  balloon.current=${textAt(info, "currentKib")}`, `  balloon.maximum=${textAt(info, "maximumKib")}`);
      if (everything || call.has("vcpu")) lines.push(`  vcpu.current=${textAt(info, "vcpus")}`, `  vcpu.maximum=${textAt(info, "maximumVcpus")}`);
      const running = numberAt(domain, "id") >= 0;
      if (everything || call.has("interface")) {
        const cards = rows(yield* call.act("domainInterfaces", { domain: name }));
        lines.push(`  net.count=${cards.length}`);
        for (const [index, card] of cards.entries()) {
          const target = textAt(card, "target");
          if (!running || target === "-" || call.session.uri.startsWith("test:")) continue;
          const traffic = record(yield* call.act("domainInterfaceStats", { domain: name, interface: target }));
          lines.push(`  net.${index}.name=${target}`);
          for (const way of ["rx", "tx"]) lines.push(`  net.${index}.${way}.bytes=${numberAt(traffic, `${way}Bytes`)}`, `  net.${index}.${way}.pkts=${numberAt(traffic, `${way}Packets`)}`, `  net.${index}.${way}.errs=0`, `  net.${index}.${way}.drop=0`);
        }
      }
      if (everything || call.has("block")) {
        const disks = rows(yield* call.act("domainBlocks", { domain: name }));
        lines.push(`  block.count=${disks.length}`);
        for (const [index, disk] of disks.entries()) {
          const path = textAt(disk, "source");
          if (path === "-") {
            lines.push(`  block.${index}.name=${textAt(disk, "target")}`);
            continue;
          }
          const facts = record(yield* call.act("imageInfo", { path }));
          lines.push(`  block.${index}.name=${textAt(disk, "target")}`, `  block.${index}.path=${path}`);
          if (running && !call.session.uri.startsWith("test:")) {
            const work = record(yield* call.act("blockStats", { domain: name, path: textAt(disk, "target") }));
            lines.push(`  block.${index}.backingIndex=1`);
            for (const [way, requests, bytes, time] of [["rd", "readRequests", "readBytes", "readNs"], ["wr", "writeRequests", "writeBytes", "writeNs"], ["fl", "flushes", "", "flushNs"]] as const) lines.push(`  block.${index}.${way}.reqs=${numberAt(work, requests)}`, ...(bytes === "" ? [] : [`  block.${index}.${way}.bytes=${numberAt(work, bytes)}`]), `  block.${index}.${way}.times=${numberAt(work, time)}`);
          }
          lines.push(`  block.${index}.allocation=${numberAt(facts, "allocation")}`, `  block.${index}.capacity=${numberAt(facts, "capacity")}`, `  block.${index}.physical=${numberAt(facts, "physical")}`);
        }
      }
      yield* call.print(`${lines.join("\n")}\n`);
    }
  }),
  verb("perf", "domain", "Get or set perf event", "domain:data enable:string disable:string config live current", function* (call) {
    yield* call.domain();
    yield* call.print(["cmt", "mbmt", "mbml", "cache_misses", "cache_references", "instructions", "cpu_cycles"].map((name) => `${name.padEnd(15)}: disabled\n`).join(""));
  }),
];

const secretContext = (call: VshCall): string => `failed to get secret '${call.text("secret")}'`;

const others: readonly Verb[] = [
  verb("secret-list", "secret", "list secrets", "ephemeral no-ephemeral private no-private", function* (call) {
    const shown = rows(yield* call.act("listSecrets", {}, "Failed to count secrets")).filter((one) => (["ephemeral", "private"] as const).every((key) => (!call.has(key) || flagAt(one, key)) && (!call.has(`no-${key}`) || !flagAt(one, key))));
    yield* call.table(["UUID", "Usage"], shown.map((one) => [textAt(one, "uuid"), textAt(one, "usage")]));
  }),
  verb("secret-define", "secret", "define a secret as an XML file says", "file:data validate", function* (call) {
    const xml = yield* call.file(call.text("file"));
    yield* call.extra(`Secret ${String(yield* call.act("secretDefine", { xml }, `Failed to set attributes from ${call.text("file")}`))} created\n`);
  }),
  verb("secret-dumpxml", "secret", "secret attributes in XML", "secret:data", function* (call) {
    yield* call.print(String(yield* call.act("secretXml", { secret: call.text("secret") }, secretContext(call))));
  }),
  verb("secret-get-value", "secret", "Output a secret value", "secret:data plain", function* (call) {
    yield* call.act("secretXml", { secret: call.text("secret") }, secretContext(call));
    const value = String(yield* call.act("secretValue", { secret: call.text("secret") }));
    if (call.has("plain")) yield* call.sys.write(1, bytesOfBase64(value) ?? new Uint8Array(0));
    else yield* call.print(value);
  }),
  verb("secret-set-value", "secret", "set a secret value", "secret:data base64:string file:string plain interactive", function* (call) {
    yield* call.act("secretXml", { secret: call.text("secret") }, secretContext(call));
    if (call.has("base64")) yield* call.warn("Passing secret value as command-line argument is insecure!");
    const file = call.get("file");
    if (file !== undefined && call.has("base64")) throw new VshError("Options --file and --base64 are mutually exclusive");
    if (file === undefined && !call.has("base64")) throw new VshError("Input secret value is missing");
    const given = file === undefined ? call.text("base64") : (yield* call.file(file));
    const value = call.has("plain") ? base64Of(encode(given)) : given.trim();
    if (!call.has("plain") && !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) throw new VshError("Invalid base64 data");
    yield* call.act("secretSetValue", { secret: call.text("secret"), value });
    yield* call.extra("Secret value set");
  }),
  verb("secret-undefine", "secret", "undefine a secret", "secret:data", function* (call) {
    yield* call.act("secretUndefine", { secret: call.text("secret") }, secretContext(call));
    yield* call.extra(`Secret ${call.text("secret")} deleted\n`);
  }),
  verb("nwfilter-list", "filter", "list network filters", "", function* (call) {
    yield* call.table(["UUID", "Name"], rows(yield* call.act("listFilters", {}, "Failed to count network filters")).map((one) => [textAt(one, "uuid"), textAt(one, "name")]));
  }),
  verb("nwfilter-dumpxml", "filter", "network filter information in XML", "nwfilter:data", function* (call) {
    yield* call.print(String(yield* call.act("filterXml", { filter: call.text("nwfilter") }, `failed to get nwfilter '${call.text("nwfilter")}'`)));
  }),
  verb("nwfilter-define", "filter", "define a network filter as an XML file says", "file:data validate", function* (call) {
    const xml = yield* call.file(call.text("file"));
    yield* call.extra(`Network filter ${String(yield* call.act("filterDefine", { xml }))} defined from ${call.text("file")}\n`);
  }),
  verb("nwfilter-undefine", "filter", "undefine a network filter", "nwfilter:data", function* (call) {
    yield* call.act("filterXml", { filter: call.text("nwfilter") }, `failed to get nwfilter '${call.text("nwfilter")}'`);
    yield* call.act("filterUndefine", { filter: call.text("nwfilter") }, `Failed to undefine network filter ${call.text("nwfilter")}`);
    yield* call.extra(`Network filter ${call.text("nwfilter")} undefined\n`);
  }),
];

export const hostVerbs: readonly Verb[] = [...host, ...monitor, ...guestAgentVerbs, ...others];
