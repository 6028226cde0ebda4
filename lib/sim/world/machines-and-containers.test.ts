// Random sequences of virsh and docker commands: what the tools say, the files, the processes, namespaces, cgroups and networks of the host and its guests agree at every stop, a replay
// gives the same bytes, and a snapshot brings back the same guest.
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseXml } from "../daemons/libvirt/api/xml.ts";
import { decode } from "../kernel/sys.ts";
import { createWorld, type World } from "./world.ts";

const images = "/var/lib/libvirt/images";
const names = ["v1", "v2", "v3"] as const;
const containers = ["c1", "c2", "c3", "c4"] as const;

class Host {
  readonly world: World = createWorld({ host: "debian-12-virt", packages: ["docker.io", "containerd", "runc"], seed: 5, epochUs: 1_795_295_310_000_000 });

  constructor() {
    this.world.step(3_000_000, 1e9);
    this.run("virsh -q net-start default; docker pull -q alpine; docker network create -d bridge extra");
    for (const [index, name] of names.entries()) {
      this.run(`qemu-img create -q -f qcow2 -b ${images}/guest.qcow2 -F qcow2 ${images}/${name}.qcow2; qemu-img create -q -f qcow2 ${images}/${name}-data.qcow2 64M`);
      this.run(`virt-install --name ${name} --memory 160 --import --disk ${images}/${name}.qcow2 --osinfo debian11 --network default,mac=52:54:00:00:00:0${index + 1} --graphics none --noautoconsole --print-xml > /root/${name}.xml; virsh -q define /root/${name}.xml`);
    }
  }

  run(command: string): string {
    const result = this.world.runProgram({ argv: ["bash", "-c", command], directory: "/root", limitUs: 400_000_000, maxSteps: 1e9 });
    if (result.status === undefined) throw new Error(`does not end: ${command}`);
    return decode(result.stdout) + decode(result.stderr);
  }
}

// ---- commands

const domain = fc.constantFrom(...names);
const container = fc.constantFrom(...containers);
const seconds = fc.integer({ min: 0, max: 12 });

const virsh = fc.oneof(
  { weight: 4, arbitrary: domain.map((name) => `virsh start ${name}`) },
  { weight: 2, arbitrary: domain.map((name) => `virsh destroy ${name}`) },
  { weight: 2, arbitrary: domain.map((name) => `virsh shutdown ${name}`) },
  fc.tuple(fc.constantFrom("suspend", "resume", "reset", "reboot", "managedsave", "autostart", "undefine", "managedsave-remove", "domtime"), domain).map(([what, name]) => `virsh ${what} ${name}`),
  domain.map((name) => `virsh undefine --managed-save --snapshots-metadata ${name}`),
  { weight: 2, arbitrary: domain.map((name) => `virsh define /root/${name}.xml`) },
  domain.map((name) => `virsh create /root/${name}.xml`),
  domain.map((name) => `virsh attach-disk ${name} ${images}/${name}-data.qcow2 vdb --subdriver qcow2`),
  fc.tuple(domain, fc.constantFrom("", " --config", " --live", " --persistent")).map(([name, how]) => `virsh detach-disk ${name} vdb${how}`),
  fc.tuple(domain, fc.integer({ min: 5, max: 7 })).map(([name, last]) => `virsh attach-interface ${name} network default --model virtio --mac 52:54:00:00:0${last}:0${name.slice(1)}`),
  fc.tuple(domain, fc.integer({ min: 5, max: 7 })).map(([name, last]) => `virsh detach-interface ${name} network --mac 52:54:00:00:0${last}:0${name.slice(1)}`),
  domain.map((name) => `virsh setmem ${name} 100M`),
  fc.tuple(domain, fc.constantFrom("s1", "s2")).map(([name, label]) => `virsh snapshot-create-as ${name} ${label}`),
  fc.tuple(domain, fc.constantFrom("s1", "s2")).map(([name, label]) => `virsh snapshot-revert ${name} ${label}`),
  fc.tuple(domain, fc.constantFrom("s1", "s2")).map(([name, label]) => `virsh snapshot-delete ${name} ${label}`),
  fc.constantFrom("virsh net-destroy default", "virsh net-start default", "systemctl restart libvirtd", "pkill -9 -o qemu"),
);

const docker = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(container, fc.constantFrom("", " --network extra", " --network none", " -p 8081:80", " --restart always", " --pid host", " -v data:/data", " --rm")).map(([name, how]) => `docker run -d --name ${name}${how} alpine sleep 1000`) },
  fc.tuple(fc.constantFrom("stop -t 1", "start", "kill", "rm -f", "rm", "pause", "unpause", "restart -t 1", "network connect extra", "network disconnect extra", "network disconnect bridge"), container).map(([what, name]) => `docker ${what} ${name}`),
  container.map((name) => `docker exec -d ${name} sleep 5`),
  fc.tuple(container, container).map(([name, other]) => `docker run -d --name ${name} --network container:${other} alpine sleep 1000`),
  container.map((name) => `kill -9 $(docker inspect -f '{{.State.Pid}}' ${name})`),
  fc.constantFrom("docker container prune -f", "docker network rm extra", "docker network create extra", "docker volume prune -f", "systemctl restart docker", "docker run --rm alpine true"),
);

const command = fc.oneof({ weight: 5, arbitrary: virsh }, { weight: 4, arbitrary: docker }, { weight: 1, arbitrary: seconds.map((count) => `sleep ${count}`) });

// ---- what must hold

interface Problem {
  readonly after: string;
  readonly what: string;
}

/** What the kernel itself shows. */
function kernelProblems({ world }: Host): readonly string[] {
  const problems: string[] = [];
  const { kernel } = world.machine();
  const alive = [...kernel.processes.values()].filter((process) => process.runState !== "zombie");
  const hypervisors = alive.filter((process) => process.comm === "qemu-system-x86" && process.threadOf === undefined);
  const owners = new Set([...kernel.guests.running].map((guest) => guest.look.owner));
  for (const process of hypervisors) if (!owners.has(process)) problems.push(`process ${process.pid} runs no guest`);
  for (const owner of owners) if (!hypervisors.includes(owner)) problems.push(`a guest without a process: ${owner.pid} ${owner.comm} ${owner.runState}`);
  for (const process of alive) if (process.pid !== 1 && !process.kernelThread && process.threadOf === undefined && (process.parent === undefined || !kernel.processes.has(process.parent.pid))) problems.push(`process ${process.pid} ${process.comm} has no parent`);
  for (const group of kernel.cgroups.root.descendants()) if (/docker-[0-9a-f]{64}\.scope$|machine-qemu/.test(group.name) && !group.populated) problems.push(`cgroup ${group.path} is empty`);
  return problems;
}

function lines(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

/** What `virsh` says, against its files and processes. */
function domainProblems(host: Host): readonly string[] {
  const problems: string[] = [];
  const same = (what: string, a: unknown, b: unknown): void => {
    if (JSON.stringify(a) !== JSON.stringify(b)) problems.push(`${what}: ${JSON.stringify(a)} is not ${JSON.stringify(b)}`);
  };
  const listed = lines(host.run("virsh -q list --all")).map((line) => /^\s*(\S+)\s+(\S+)\s+(.+)$/.exec(line)).map((match) => ({ id: match?.[1] ?? "", name: match?.[2] ?? "", state: (match?.[3] ?? "").trim() }));
  const taps: string[] = [];
  for (const { id, name, state } of listed) {
    const xml = parseXml(host.run(`virsh dumpxml ${name}`));
    const info = new Map(lines(host.run(`virsh dominfo ${name}`)).map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]));
    same(`${name} state`, lines(host.run(`virsh domstate ${name}`))[0], state);
    same(`${name} state in dominfo`, info.get("State"), state);
    same(`${name} uuid`, info.get("UUID"), xml.textOf("uuid"));
    same(`${name} memory`, info.get("Max memory"), `${xml.textOf("memory") ?? ""} KiB`);
    same(`${name} processors`, info.get("CPU(s)"), xml.textOf("vcpu"));
    same(`${name} id`, xml.get("id") ?? "-", id);
    const devices = xml.find("devices");
    const disks = devices?.all("disk").map((disk) => `${disk.at("target", "dev") ?? ""} ${disk.at("source", "file") ?? "-"}`) ?? [];
    same(`${name} disks`, lines(host.run(`virsh -q domblklist ${name}`)).map((line) => line.trim().split(/\s+/).join(" ")), disks);
    const macs = devices?.all("interface").map((card) => card.at("mac", "address")) ?? [];
    const cards = lines(host.run(`virsh -q domiflist ${name}`)).map((line) => line.trim().split(/\s+/));
    same(`${name} cards`, cards.map((card) => card[4]), macs);
    const pid = host.run(`cat /run/libvirt/qemu/${name}.pid 2>/dev/null`).trim();
    if (state === "shut off") {
      same(`${name} pid file of a machine that is off`, [pid, host.run(`ls /run/libvirt/qemu/${name}.xml 2>/dev/null`)], ["", ""]);
      continue;
    }
    taps.push(...cards.map((card) => card[0] ?? ""));
    const argv = host.run(`tr '\\0' '\\n' < /proc/${pid}/cmdline`);
    if (!argv.includes(`guest=${name},`) || !argv.includes(info.get("UUID") ?? "?")) problems.push(`${name}: process ${pid} is not it`);
    const { kernel } = host.world.machine();
    const guest = [...kernel.guests.running].find((one) => String(one.look.owner.pid) === pid);
    same(`${name} state of the hypervisor`, guest?.state, state === "paused" ? "paused" : state === "crashed" ? "crashed" : state === "in shutdown" ? guest?.state : "running");
    const inside = host.world.view().guests.find((one) => one.uuid === info.get("UUID"))?.inside;
    for (const card of inside?.interfaces ?? []) if (card.kind === "ether" && !macs.includes(card.mac)) problems.push(`${name}: its own system has a card ${card.mac}`);
  }
  same("taps on the host", lines(host.run("ls /sys/class/net")).filter((name) => name.startsWith("vnet")).sort(), taps.filter((name) => name.startsWith("vnet")).sort());
  const running = listed.filter(({ state }) => state !== "shut off");
  same("processes", lines(host.run("pgrep -c qemu-system"))[0], String(running.length));
  same("pid files", [...lines(host.run("cd /run/libvirt/qemu; ls *.pid 2>/dev/null"))].sort(), running.map(({ name }) => `${name}.pid`).sort());
  const leases = lines(host.run("virsh -q net-dhcp-leases default")).filter((line) => line.includes("ipv4")).map((line) => line.trim().split(/\s+/));
  const addresses = leases.map((fields) => fields[4]);
  if (new Set(addresses).size !== addresses.length) problems.push(`an address is leased twice: ${addresses.join(" ")}`);
  for (const fields of leases) if (!(fields[2] ?? "").startsWith("52:54:00:00:0")) problems.push(`a lease for ${fields[2] ?? ""}`);
  return problems;
}

/** What `docker` says, against processes, cgroups, namespaces, mounts and cables. */
function containerProblems(host: Host): readonly string[] {
  const problems: string[] = [];
  const listed = lines(host.run("docker ps -aq --no-trunc | xargs -r docker inspect -f '{{.Id}} {{.Name}} {{.State.Status}} {{.State.Pid}} {{.HostConfig.NetworkMode}} {{range $n, $e := .NetworkSettings.Networks}}{{$n}}={{$e.IPAddress}},{{end}}'")).map((line) => line.split(" "));
  const hostNetwork = host.run("readlink /proc/1/ns/net");
  const groups = new Set(lines(host.run("ls -d /sys/fs/cgroup/system.slice/docker-*.scope 2>/dev/null")).map((path) => path.slice(-70, -6)));
  let cables = 0;
  for (const [id = "", name = "", state = "", pid = "", mode = "", networks = ""] of listed) {
    const up = state === "running" || state === "paused";
    if (up !== (pid !== "0")) problems.push(`${name} is ${state} with process ${pid}`);
    if (up !== groups.delete(id)) problems.push(`${name} is ${state}, its cgroup is ${up ? "not " : ""}there`);
    if (!up) continue;
    if (!host.run(`cat /proc/${pid}/cgroup`).includes(id)) problems.push(`${name}: process ${pid} is in another cgroup`);
    if (host.run(`readlink /proc/${pid}/ns/net`) === hostNetwork) problems.push(`${name} has the host's network`);
    if (state === "paused" && !host.run(`cat /sys/fs/cgroup/system.slice/docker-${id}.scope/cgroup.events`).includes("frozen 1")) problems.push(`${name} is paused and not frozen`);
    if (mode.startsWith("container:")) continue;
    for (const network of networks.split(",").filter((one) => one !== "" && !one.startsWith("none"))) {
      cables++;
      const address = network.slice(network.indexOf("=") + 1);
      if (!host.run(`nsenter -t ${pid} -n ip -br addr`).includes(`${address}/`)) problems.push(`${name} does not have ${network}`);
    }
  }
  if (groups.size > 0) problems.push(`cgroups without a container: ${[...groups].join(" ")}`);
  const veths = lines(host.run("ls /sys/class/net")).filter((name) => name.startsWith("veth")).length;
  if (veths !== cables) problems.push(`${veths} cables on the host, ${cables} wanted`);
  const mounted = lines(host.run("grep -c 'overlay2/.*/merged' /proc/mounts"))[0];
  const wanted = listed.filter(([, , state]) => state === "running" || state === "paused").length;
  if (mounted !== String(wanted)) problems.push(`${mounted ?? ""} root file systems mounted, ${wanted} wanted`);
  return problems;
}

const checkEvery = 12;

function play(commands: readonly string[], withChecks: boolean): { readonly problems: readonly Problem[]; readonly digest: string } {
  const host = new Host();
  const problems: Problem[] = [];
  commands.forEach((text, index) => {
    host.run(`${text} > /dev/null 2>&1`);
    host.run("sleep 2.5");
    if (!withChecks) return;
    const found = [...kernelProblems(host), ...((index + 1) % checkEvery === 0 ? [...domainProblems(host), ...containerProblems(host)] : [])];
    for (const what of found) problems.push({ after: commands.slice(0, index + 1).join("\n"), what });
  });
  return { problems: problems.slice(0, 3), digest: host.world.digest() };
}

test("XML, states, files, processes, namespaces and networks agree after any sixty commands", () => {
  fc.assert(fc.property(fc.array(command, { minLength: 60, maxLength: 60 }), (commands) => {
    expect(play(commands, true).problems).toEqual([]);
  }), { numRuns: 2, seed: 20_261_122, endOnFailure: true });
}, 600_000);

test("the same commands give the same bytes", () => {
  fc.assert(fc.property(fc.array(command, { minLength: 60, maxLength: 60 }), (commands) => {
    const first = play(commands, false).digest;
    expect(play(commands, false).digest).toBe(first);
  }), { numRuns: 1, seed: 7, endOnFailure: true });
}, 600_000);

test("a snapshot and its revert: the same guest", () => {
  const inner = fc.oneof(fc.constantFrom("virsh reboot v1", "virsh reset v1", "virsh suspend v1", "virsh resume v1", "virsh destroy v1; virsh start v1", "virsh setmem v1 100M", "docker run --rm alpine true", "virsh managedsave v1; virsh start v1"), seconds.map((count) => `sleep ${count}`));
  fc.assert(fc.property(fc.array(inner, { minLength: 1, maxLength: 6 }), seconds, (commands, wait) => {
    const host = new Host();
    const digest = (): string | undefined => [...host.world.machine().kernel.guests.running][0]?.digest();
    host.run(`virsh -q start v1; sleep ${wait}.3; virsh -q suspend v1; virsh -q snapshot-create-as v1 s1`);
    const before = digest();
    host.run(`virsh -q resume v1; ${commands.join("; ")} > /dev/null 2>&1`);
    host.run("virsh -q snapshot-revert v1 s1");
    expect(before).toBeDefined();
    expect(digest()).toBe(before);
  }), { numRuns: 4, seed: 3, endOnFailure: true });
}, 600_000);
