// What `virsh` says of domains, against its files, its processes, its images, what QEMU says and what the guest sees of itself.
import { parseXml } from "../../sim/daemons/libvirt/api/xml.ts";
import type { GuestView } from "../../sim/machine/view.ts";
import { type Host, linesOf } from "./host.ts";

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly state: string;
}

export class Comparison {
  readonly problems: string[] = [];

  same(what: string, a: unknown, b: unknown): void {
    if (JSON.stringify(a) !== JSON.stringify(b)) this.problems.push(`${what}: ${JSON.stringify(a)} is not ${JSON.stringify(b)}`);
  }

  holds(what: string, truth: boolean): void {
    if (!truth) this.problems.push(what);
  }
}

/** Of a table without its header. */
function rowsOf(lines: readonly string[]): readonly (readonly string[])[] {
  return lines.map((line) => line.trim().split(/\s+/));
}

/** `Key:   value` lines. */
function fieldsOf(lines: readonly string[]): ReadonlyMap<string, string> {
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]));
}

function listOf(host: Host): readonly Listed[] {
  return host.lines("virsh -q list --all").map((line) => /^\s*(\S+)\s+(\S+)\s+(.+)$/.exec(line)).map((match) => ({ id: match?.[1] ?? "", name: match?.[2] ?? "", state: (match?.[3] ?? "").trim() }));
}

const sizeOf = (path: string): string => `qemu-img info -U --output json ${path} 2>/dev/null | jq -r '."virtual-size"'`;

/** What its own system knows, once it has come up. */
function insideProblems(host: Host, guest: GuestView, targets: readonly string[], macs: readonly (string | undefined)[]): readonly string[] {
  const { name, inside } = guest;
  const is = new Comparison();
  if (inside === undefined) return [];
  for (const card of inside.interfaces) if (card.kind === "ether") is.holds(`${name}: its own system has a card ${card.mac}`, macs.includes(card.mac));
  const blocks = (inside.file("/sys/block")?.entries ?? []).filter((entry) => /^[sv]d/.test(entry));
  if (blocks.length > 0) for (const target of targets) is.holds(`${name}: its own system has ${blocks.join(" ")}, not ${target}`, blocks.includes(target));
  for (const block of blocks) is.holds(`${name}: its own system has ${block}, its definition ${targets.join(" ")}`, targets.includes(block));
  // one that is plugged in stays off until somebody in the guest switches it on
  is.holds(`${name}: processors`, inside.hardware.cpuCount <= guest.cpuCount);
  for (const block of blocks) {
    const path = guest.disks.find((disk) => disk.target === block)?.path;
    if (path !== undefined && path !== "") is.same(`${name}: size of ${block}`, String(Number(inside.file(`/sys/block/${block}/size`)?.text ?? "0") * 512), host.text(sizeOf(path)).trim());
  }
  return is.problems;
}

function oneDomain(host: Host, is: Comparison, { id, name, state }: Listed, taps: string[]): void {
  const xml = parseXml(host.text(`virsh dumpxml ${name}`));
  const info = fieldsOf(host.lines(`virsh dominfo ${name}`));
  const running = state !== "shut off";
  // a stopped process answers nobody
  const stopped = running && host.text(`cat /proc/$(cat /run/libvirt/qemu/${name}.pid)/stat`).includes(") T ");
  is.same(`${name} state`, host.lines(`virsh domstate ${name}`)[0], state);
  is.same(`${name} state in dominfo`, info.get("State"), state);
  is.same(`${name} uuid`, info.get("UUID"), xml.textOf("uuid"));
  is.same(`${name} memory`, info.get("Max memory"), `${xml.textOf("memory") ?? ""} KiB`);
  if (!running) is.same(`${name} processors`, info.get("CPU(s)"), xml.find("vcpu")?.get("current") ?? xml.textOf("vcpu"));
  is.same(`${name} id`, xml.get("id") ?? "-", id);

  const devices = xml.find("devices");
  const targets = devices?.all("disk").map((disk) => disk.at("target", "dev") ?? "") ?? [];
  const disks = devices?.all("disk").map((disk) => `${disk.at("target", "dev") ?? ""} ${disk.at("source", "file") ?? "-"}`) ?? [];
  is.same(`${name} disks`, rowsOf(host.lines(`virsh -q domblklist ${name}`)).map((row) => row.join(" ")), disks);
  const macs = devices?.all("interface").map((card) => card.at("mac", "address")) ?? [];
  const cards = rowsOf(host.lines(`virsh -q domiflist ${name}`));
  is.same(`${name} cards`, cards.map((card) => card[4]), macs);
  for (const disk of devices?.all("disk") ?? []) {
    const path = disk.at("source", "file") ?? "";
    const size = host.text(sizeOf(path)).trim();
    if (!stopped) is.same(`${name} capacity of ${path}`, fieldsOf(host.lines(`virsh domblkinfo ${name} ${disk.at("target", "dev") ?? ""}`)).get("Capacity"), size);
    if (running) is.same(`${name} owner of ${path}`, host.text(`stat -c %U ${path}`).trim(), "libvirt-qemu");
  }

  const persistent = info.get("Persistent") === "yes";
  is.same(`${name} definition in its file`, host.run(`test -e /etc/libvirt/qemu/${name}.xml`).status === 0, persistent);
  is.same(`${name} autostart`, host.run(`test -L /etc/libvirt/qemu/autostart/${name}.xml`).status === 0, info.get("Autostart") === "enable");
  is.same(`${name} saved`, host.run(`test -e /var/lib/libvirt/qemu/save/${name}.save`).status === 0, info.get("Managed save") === "yes");
  if (persistent) {
    const kept = parseXml(host.text(`virsh dumpxml --inactive ${name}`));
    const file = parseXml(host.text(`cat /etc/libvirt/qemu/${name}.xml`));
    for (const key of ["uuid", "name", "memory", "currentMemory", "vcpu"]) is.same(`${name} ${key} in its file`, file.textOf(key), kept.textOf(key));
    const cardsOf = (tree: typeof kept) => tree.find("devices")?.all("interface").map((card) => card.at("mac", "address"));
    const disksOf = (tree: typeof kept) => tree.find("devices")?.all("disk").map((disk) => disk.at("source", "file"));
    is.same(`${name} cards in its file`, cardsOf(file), cardsOf(kept));
    is.same(`${name} disks in its file`, disksOf(file), disksOf(kept));
  }

  const snapshots = host.lines(`virsh snapshot-list --name ${name}`);
  // a transient one that went with the machine leaves files to the next of that name
  const kept = host.lines(`cd /var/lib/libvirt/qemu/snapshot/${name} 2>/dev/null && ls`);
  for (const snapshot of snapshots) is.holds(`${name}: snapshot ${snapshot} has no file`, kept.includes(`${snapshot}.xml`));
  for (const snapshot of host.lines(`virsh snapshot-list --name --internal ${name}`)) {
    const first = parseXml(host.text(`virsh snapshot-dumpxml ${name} ${snapshot}`)).find("domain/devices/disk")?.at("source", "file") ?? "";
    is.holds(`${name}: snapshot ${snapshot} is not in ${first}`, host.lines(`qemu-img snapshot -U -l ${first} 2>/dev/null`).some((line) => line.split(/\s+/)[1] === snapshot));
  }
  const current = host.run(`virsh snapshot-current --name ${name}`);
  if (current.status === 0) is.holds(`${name}: current snapshot ${current.text.trim()} is not listed`, snapshots.includes(current.text.trim()));

  const pid = host.text(`cat /run/libvirt/qemu/${name}.pid 2>/dev/null`).trim();
  if (!running) {
    is.same(`${name} files of a machine that is off`, [pid, host.text(`ls /run/libvirt/qemu/${name}.xml 2>/dev/null`)], ["", ""]);
    return;
  }
  taps.push(...cards.map((card) => card[0] ?? ""));
  for (const card of cards) {
    const bridge = host.text(`virsh net-info ${card[2] ?? ""} | sed -n 's/^Bridge: *//p'`).trim();
    const active = host.run(`virsh -q net-list --name | grep -qx ${card[2] ?? ""}`).status === 0;
    const master = host.text(`basename $(readlink /sys/class/net/${card[0] ?? ""}/master) 2>/dev/null`).trim();
    if (master !== "" || !active) is.same(`${name}: bridge of ${card[0] ?? ""}`, master, active ? bridge : "");
  }
  const argv = host.text(`tr '\\0' '\\n' < /proc/${pid}/cmdline`);
  is.holds(`${name}: process ${pid} is not it`, argv.includes(`guest=${name},`) && argv.includes(info.get("UUID") ?? "?"));
  is.holds(`${name}: process ${pid} is in another cgroup`, /machine-qemu/.test(host.text(`cat /proc/${pid}/cgroup`)));
  const guest = [...host.world.machine().kernel.guests.running].find((one) => String(one.look.owner.pid) === pid);
  // one that waits to be switched on is paused too
  is.same(`${name} state of the hypervisor`, guest?.state === "off" ? "paused" : guest?.state, state === "paused" ? "paused" : state === "crashed" ? "crashed" : state === "in shutdown" ? guest?.state : "running");
  if (!stopped) is.same(`${name} status that QEMU says`, /paused|running|shutdown|internal-error|guest-panicked/.exec(host.text(`virsh qemu-monitor-command --hmp ${name} 'info status'`))?.[0], state === "in shutdown" ? "shutdown" : state === "crashed" ? "guest-panicked" : state);
  const seen = host.world.view().guests.find((one) => one.uuid === info.get("UUID"));
  if (seen === undefined) is.problems.push(`${name}: not in the picture`);
  else is.same(`${name} in the picture`, [seen.name, ...seen.disks.map((disk) => disk.target), ...seen.cards.map((card) => card.mac), seen.state === "running" && state === "in shutdown" ? state : seen.state], [name, ...targets, ...macs, state]);
  if (seen !== undefined && state === "running") is.problems.push(...insideProblems(host, seen, targets, macs));
}

export function domainProblems(host: Host): readonly string[] {
  const is = new Comparison();
  const listed = listOf(host);
  const taps: string[] = [];
  for (const domain of listed) oneDomain(host, is, domain, taps);
  is.same("taps on the host", host.lines("ls /sys/class/net").filter((name) => name.startsWith("vnet")).sort(), taps.filter((name) => name.startsWith("vnet")).sort());
  const running = listed.filter(({ state }) => state !== "shut off");
  is.same("processes", host.lines("pgrep -c qemu-system")[0], String(running.length));
  is.same("pid files", [...host.lines("cd /run/libvirt/qemu; ls *.pid 2>/dev/null")].sort(), running.map(({ name }) => `${name}.pid`).sort());
  is.same("cgroups of machines", host.lines("ls -d /sys/fs/cgroup/machine.slice/machine-qemu* 2>/dev/null").length, running.length);
  is.same("definitions", host.lines("cd /etc/libvirt/qemu; ls *.xml 2>/dev/null").map((file) => file.slice(0, -4)), [...host.lines("virsh list --all --persistent --name")].sort());
  return [...is.problems, ...networkProblems(host), ...poolProblems(host)];
}

function networkProblems(host: Host): readonly string[] {
  const is = new Comparison();
  const networks = rowsOf(host.lines("virsh -q net-list --all")).map(([name = "", state = "", autostart = "", persistent = ""]) => ({ name, state, autostart, persistent }));
  for (const { name, state, autostart, persistent } of networks) {
    const xml = parseXml(host.text(`virsh net-dumpxml ${name}`));
    const bridge = xml.at("bridge", "name") ?? "";
    const active = state === "active";
    is.same(`network ${name}: its bridge`, host.run(`test -d /sys/class/net/${bridge}/bridge`).status === 0, active);
    is.same(`network ${name}: its address`, host.text(`ip -br addr show dev ${bridge} 2>/dev/null`).includes(`${xml.at("ip", "address") ?? ""}/24`), active);
    is.same(`network ${name}: dnsmasq`, host.lines(`pgrep -f 'dnsmasq.*/${name}.conf'`).length > 0, active);
    is.same(`network ${name}: its rules`, host.text("iptables -S LIBVIRT_INP 2>/dev/null").includes(`-i ${bridge} `), active);
    is.same(`network ${name}: its file`, host.run(`test -e /etc/libvirt/qemu/networks/${name}.xml`).status === 0, persistent === "yes");
    is.same(`network ${name}: autostart`, host.run(`test -L /etc/libvirt/qemu/networks/autostart/${name}.xml`).status === 0, autostart === "yes");
    const leases = rowsOf(host.lines(`virsh -q net-dhcp-leases ${name}`).filter((line) => line.includes("ipv4")));
    const addresses = leases.map((fields) => fields[4]);
    is.same(`network ${name}: addresses leased once`, new Set(addresses).size, addresses.length);
    const prefix = (xml.at("ip", "address") ?? "").replace(/\d+$/, "");
    for (const address of addresses) is.holds(`network ${name}: a lease of ${address ?? ""}`, address?.startsWith(prefix) === true);
  }
  is.same("bridges of libvirt", host.lines("ls /sys/class/net").filter((name) => /^virbr\d+$/.test(name)).length, networks.filter(({ state }) => state === "active").length);
  return is.problems;
}

function poolProblems(host: Host): readonly string[] {
  const is = new Comparison();
  for (const [name = "", state = "", autostart = ""] of rowsOf(host.lines("virsh -q pool-list --all"))) {
    is.same(`pool ${name}: autostart`, host.run(`test -L /etc/libvirt/storage/autostart/${name}.xml`).status === 0, autostart === "yes");
    is.same(`pool ${name}: its file`, host.run(`test -e /etc/libvirt/storage/${name}.xml`).status === 0, fieldsOf(host.lines(`virsh pool-info ${name}`)).get("Persistent") === "yes");
    if (state !== "active") continue;
    const path = parseXml(host.text(`virsh pool-dumpxml ${name}`)).find("target")?.textOf("path") ?? "";
    // somebody took the directory away
    if (host.run(`test -d ${path}; virsh -q pool-refresh ${name} > /dev/null 2>&1`).status !== 0) continue;
    const volumes = rowsOf(host.lines(`virsh -q vol-list ${name}`)).map(([volume = ""]) => volume);
    is.same(`pool ${name}: its volumes`, [...volumes].sort(), [...linesOf(host.text(`find ${path} -maxdepth 1 -type f -printf '%f\\n'`))].sort());
    for (const volume of volumes) is.same(`pool ${name}: capacity of ${volume}`, parseXml(host.text(`virsh vol-dumpxml ${volume} --pool ${name}`)).textOf("capacity"), host.text(sizeOf(`${path}/${volume}`)).trim());
  }
  return is.problems;
}
