import { expect, test } from "vitest";
import { type Blocking, type DiskPiece, encode, POLL, type Sys } from "../kernel/sys.ts";
import { createWorld, type World } from "../world/world.ts";
import { guestDisk } from "./images/guest-disk.ts";

const epochUs = 1_795_295_310_000_000;

/** Types commands as root and lets time pass. */
function run(world: World, script: string): void {
  const { status, stderr } = world.runProgram({ argv: ["bash", "-c", script], limitUs: 60_000_000, maxSteps: 1e9 });
  expect(new TextDecoder().decode(stderr)).toBe("");
  expect(status).toBe(0);
  world.step(world.nowUs + 2_000_000, 1e9);
}

test("a host without Docker: its card and nothing else", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs });
  world.step(20_000_000, 1e9);
  expect(world.picture()).toMatchObject({
    name: "debian", system: "Debian GNU/Linux 12 (bookworm)", docker: "absent", containers: [], guests: [], images: [], volumes: [],
    networks: [{ id: "enp1s0", kind: "outside", addresses: ["10.0.2.15/24"], up: true }],
  });
});

test("docker run, network and volume change it, and what is stopped or removed goes", () => {
  const world = createWorld({ host: "debian-12-docker", seed: 1, epochUs });
  world.step(20_000_000, 1e9);
  run(world, "docker network create shop >/dev/null; docker volume create data >/dev/null; docker run -d --name web -p 8080:80 -m 64m --network shop -v data:/srv nginx >/dev/null; docker network connect bridge web");
  run(world, "docker run --name once alpine sh -c 'exit 3' || true; docker run -d --name shared --network host nginx >/dev/null");
  const { containers, networks, volumes, images } = world.picture();
  expect(networks.map(({ id, kind, addresses }) => [id, kind, addresses])).toEqual([["enp1s0", "outside", ["10.0.2.15/24"]], ["bridge", "bridge", ["172.17.0.1/16"]], ["shop", "bridge", ["172.18.0.1/16"]]]);
  const web = containers.find((one) => one.name === "web");
  expect(web).toMatchObject({
    image: "nginx", state: "running", ports: [{ hostPort: 8080, containerPort: 80, protocol: "tcp" }], mounts: [{ source: "data", target: "/srv", kind: "volume" }], memoryLimitBytes: 64 * 1024 ** 2,
    attachments: [{ network: "shop", address: "172.18.0.2" }, { network: "bridge", address: "172.17.0.2" }], hostNetwork: false,
  });
  expect(web?.processes[0]).toMatchObject({ pidInside: 1, command: "nginx: master process nginx -g daemon off;" });
  expect(web?.processes[0]?.pid).toBeGreaterThan(1);
  expect(containers.find((one) => one.name === "once")).toMatchObject({ state: "exited", exitCode: 3, processes: [] });
  expect(containers.find((one) => one.name === "shared")).toMatchObject({ state: "running", hostNetwork: true });
  expect(volumes).toEqual([{ name: "data", users: [{ container: "web", target: "/srv" }] }]);
  expect(images.find((image) => image.tags.includes("nginx:latest"))?.containers.toSorted()).toEqual(["shared", "web"]);
  run(world, "docker rm -f web once shared >/dev/null; docker network rm shop >/dev/null; docker volume rm data >/dev/null");
  expect(world.picture()).toMatchObject({ containers: [], volumes: [] });
  expect(world.picture().networks.map(({ id }) => id)).toEqual(["enp1s0", "bridge"]);
});

test("named network namespaces and where their cables lead", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs });
  world.step(20_000_000, 1e9);
  run(world, `ip netns add red; ip netns add blue; ip link add br0 type bridge; ip link set br0 up
    ip link add veth0 type veth peer name eth0 netns red; ip link set veth0 master br0 up; ip -n red addr add 10.0.0.2/24 dev eth0; ip -n red link set eth0 up
    ip -n red link add one type veth peer name two netns blue`);
  const { namespaces } = world.picture();
  expect(namespaces).toEqual([
    { name: "blue", interfaces: [{ name: "two", up: false, addresses: [], peer: "red: one" }], attachments: [] },
    { name: "red", interfaces: [{ name: "eth0", up: true, addresses: ["10.0.0.2/24"], peer: "veth0" }, { name: "one", up: false, addresses: [], peer: "blue: two" }], attachments: [{ network: "br0", address: "10.0.0.2" }] },
  ]);
  run(world, "ip netns del red; ip netns del blue");
  expect(world.picture().namespaces).toEqual([]);
});

const uuid = "c7a5fdbd-edaf-9455-926a-d65c16db1809";
const domain = (name: string, id: string) => `<domain type='kvm'>
  <name>${name}</name>
  <uuid>${id}</uuid>
  <memory unit='KiB'>262144</memory>
  <vcpu placement='static'>2</vcpu>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='/var/lib/libvirt/images/${name}.qcow2'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <interface type='network'>
      <mac address='52:54:00:aa:bb:01'/>
      <source network='default'/>
      <model type='virtio'/>
    </interface>
  </devices>
</domain>
`;

/** The first bytes of a qcow2 image of 1 GiB on `backing`. */
function qcow2Header(backing: string): Uint8Array {
  const bytes = new Uint8Array(104 + backing.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x514649fb);
  view.setUint32(4, 3);
  view.setBigUint64(8, backing === "" ? 0n : 104n);
  view.setUint32(16, backing.length);
  view.setBigUint64(24, 2n ** 30n);
  bytes.set(encode(backing), 104);
  return bytes;
}

test("virtual machines: libvirt's definitions, the process that runs one, its disks' chain and what is inside", () => {
  const world = createWorld({ host: "debian-12", seed: 7, epochUs });
  world.step(1_000_000, 1e7);
  const file = (path: string, bytes: Uint8Array) => ({ path, bytes });
  world.runProgram({
    argv: ["true"], limitUs: 1_000_000, maxSteps: 1e8,
    files: [
      ...["/etc/libvirt", "/etc/libvirt/qemu", "/etc/libvirt/qemu/networks", "/var/lib/libvirt", "/var/lib/libvirt/images"].map((path) => ({ path, directory: true as const })),
      file("/etc/libvirt/qemu/one.xml", encode(domain("one", uuid))), file("/etc/libvirt/qemu/two.xml", encode(domain("two", uuid.replace("c7", "d8")))),
      file("/etc/libvirt/qemu/networks/default.xml", encode("<network>\n  <name>default</name>\n  <forward mode='nat'/>\n  <bridge name='virbr0' stp='on' delay='0'/>\n</network>\n")),
      file("/var/lib/libvirt/images/one.qcow2", qcow2Header("base.qcow2")), file("/var/lib/libvirt/images/base.qcow2", qcow2Header("")),
    ],
  });
  run(world, "ip link add virbr0 type bridge; ip address add 192.168.122.1/24 dev virbr0; ip link set virbr0 up");
  const pieces = [...guestDisk("guest-debian-12", 2 * 1024 ** 3).pieces()].flatMap((piece): DiskPiece[] => (piece.data instanceof Uint8Array ? [{ start: piece.start, bytes: piece.data }] : []));
  world.machine().kernel.spawn({
    argv: ["qemu-system-x86_64", "-name", "guest=one"],
    entry: function* qemu(sys: Sys): Blocking<number> {
      const fd = sys.createGuest({
        accelerator: "tcg",
        hardware: {
          machine: "pc-q35-7.2", uuid, cpuCount: 2, cpuModel: "qemu64", cpuFlags: [], memoryBytes: 256 * 1024 ** 2, channels: [], serialPorts: 1, pci: [],
          disks: [{ id: "virtio-disk0", bus: "virtio", index: 0, sizeBytes: 2 * 1024 ** 3, readOnly: false, rom: false, serial: "", pieces, bootOrder: 1 }],
          cards: [{ id: "net0", model: "virtio", mac: "52:54:00:aa:bb:01", slot: "0000:01:00.0" }],
        },
      });
      sys.guest(fd, { op: "power-on" });
      for (;;) {
        yield* sys.poll([{ fd, events: POLL.IN }], null);
        sys.guest(fd, { op: "take-events" });
      }
    },
  });
  world.step(world.nowUs + 60_000_000, 1e9);
  const { guests, networks } = world.picture();
  expect(networks.at(-1)).toMatchObject({ id: "virbr0", name: "default", kind: "bridge", addresses: ["192.168.122.1/24"], docker: false });
  expect(guests).toMatchObject([
    {
      name: "one", state: "running", cpus: 2, memoryBytes: 256 * 1024 ** 2, attachments: [{ network: "virbr0" }],
      disks: [{ target: "vda", path: "/var/lib/libvirt/images/one.qcow2", format: "qcow2", sizeBytes: 2 ** 30, backing: ["/var/lib/libvirt/images/base.qcow2"] }],
      inside: { name: "guest", docker: "absent", guests: [], cpus: 2 },
    },
    { name: "two", state: "off", pid: 0, inside: undefined },
  ]);
  expect(guests[0]?.pid).toBeGreaterThan(1);
  expect(guests[0]?.inside?.kernel).toMatch(/^6\.1\.0-/);
});
