// What a host with twenty running guests costs: the boot of each, from virsh start to a login prompt and an address, and the memory of each when it idles.
import { decode, encode } from "../sim/kernel/sys.ts";
import { makeGuestFactory } from "../sim/machine/guest/guest-machine.ts";
import { viewInto } from "../sim/machine/guest/inner-views.ts";
import debian12Virt from "../sim/machine/hosts/debian-12-virt.ts";
import { createMachine, type Machine } from "../sim/machine/machine.ts";

const epochUs = Date.UTC(2026, 10, 21, 9) * 1000;
/** Twenty guests want more memory than the hosts of labs have. */
const memoryBytes = 16 * 1024 ** 3;

function bigHost(): Machine {
  const host = { ...debian12Virt, hardware: { ...debian12Virt.hardware, memoryBytes } };
  const machine = createMachine(host, { seed: 1, epochUs, guests: makeGuestFactory(host) });
  machine.step(5_000_000, Number.POSITIVE_INFINITY);
  return machine;
}

function run(machine: Machine, command: string): void {
  let said = "";
  const task = machine.run({ argv: ["bash", "-c", command], directory: "/root", stdin: encode("") }, () => undefined, (bytes) => {
    said += decode(bytes);
  });
  while (!task.ended) machine.step(machine.nowUs + 1_000_000, Number.POSITIVE_INFINITY, () => task.ended);
  if (task.status !== 0) throw new Error(`${command}: status ${String(task.status)}: ${said}`);
}

function define(machine: Machine, count: number): void {
  run(machine, "virsh -q net-start default");
  run(machine, `cd /var/lib/libvirt/images; for i in $(seq 1 ${count}); do qemu-img create -q -f qcow2 -b guest.qcow2 -F qcow2 g$i.qcow2; `
    + "virt-install --name g$i --memory 128 --import --disk $PWD/g$i.qcow2,bus=virtio --osinfo debian11 --network network=default,model=virtio --graphics none --noautoconsole --print-xml > /root/g$i.xml && virsh -q define /root/g$i.xml || exit 1; done");
}

/** It answers at its console and has its address. */
function isUp(machine: Machine): boolean {
  const guest = [...machine.kernel.guests.running].at(-1);
  const inside = guest && viewInto(guest.look.machine());
  return inside?.processes.some((process) => process.comm === "agetty") === true && inside.interfaces.some((card) => card.addresses.some((address) => address.startsWith("192.168.122.")));
}

/** Milliseconds of the processor for each boot. */
function boot(machine: Machine, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => {
    const start = process.cpuUsage();
    run(machine, `virsh -q start g${index + 1}`);
    do machine.step(machine.nowUs + 500_000, Number.POSITIVE_INFINITY);
    while (!isUp(machine));
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
}

export interface GuestCosts {
  readonly bootMs: readonly number[];
  readonly bytesEach: number;
  /** of the processor, for ten idle seconds of all of them */
  readonly idleMs: number;
}

export function guestCosts(count: number, heapBytes: () => number): GuestCosts {
  const warm = bigHost();
  define(warm, 8);
  boot(warm, 8);
  const machine = bigHost();
  define(machine, count);
  const before = heapBytes();
  const bootMs = boot(machine, count);
  machine.step(machine.nowUs + 30_000_000, Number.POSITIVE_INFINITY);
  const bytesEach = (heapBytes() - before) / count;
  const start = process.cpuUsage();
  machine.step(machine.nowUs + 10_000_000, Number.POSITIVE_INFINITY);
  const { user, system } = process.cpuUsage(start);
  if (machine.kernel.guests.running.size !== count) throw new Error(`${machine.kernel.guests.running.size} of ${count} guests run`);
  return { bootMs, bytesEach, idleMs: (user + system) / 1000 };
}
