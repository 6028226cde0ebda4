// Guests that idle are put away and brought back: nobody can tell, inside or outside.
import { expect, test } from "vitest";
import type { GuestFactory } from "../../kernel/guest/guest-machine.ts";
import { decode, encode } from "../../kernel/sys.ts";
import debian12Virt from "../hosts/debian-12-virt.ts";
import { createMachine } from "../machine.ts";
import { makeGuestFactory } from "./guest-machine.ts";

const epochUs = 1_795_295_420_000_000;

const script = `virsh -q net-start default
cd /var/lib/libvirt/images
for i in 1 2 3; do
  qemu-img create -q -f qcow2 -b guest.qcow2 -F qcow2 g$i.qcow2
  virt-install -q --name g$i --memory 128 --import --disk $PWD/g$i.qcow2 --osinfo debian11 --network network=default,mac=52:54:00:00:00:0$i --graphics none --noautoconsole --print-xml > /root/g$i.xml
  virsh -q define /root/g$i.xml
done
virsh -q start g1; virsh -q start g2; sleep 110
virsh -q start g3; sleep 40
for i in 1 2 3; do virsh -q domifaddr g$i --source agent | grep -o '192.*'; virsh -q dominfo g$i | grep -v -i uuid; virsh -q domstats --cpu-total --interface g$i | grep -e cpu -e net.0; done
ping -c 2 -i 20 $(virsh -q domifaddr g1 | grep -o '192[0-9.]*')
sleep 60
for i in 1 2 3; do virsh qemu-agent-command g$i '{"execute":"guest-get-time"}'; virsh qemu-agent-command g$i '{"execute":"guest-get-users"}'; done
sleep 20; virsh -q suspend g1; virsh -q save g2 /root/g2.save; sleep 30; virsh -q resume g1; virsh -q restore /root/g2.save; sleep 30
virsh -q domifaddr g2 --source agent; virsh -q shutdown g3; sleep 20; virsh -q list --all; ip -s link show virbr0; ls -l g*.qcow2; sha256sum g*.qcow2; cat /proc/loadavg; date +%s.%N`;

function run(factory: GuestFactory, looks: boolean): { readonly said: string; readonly digest: string; readonly made: number } {
  let made = 0;
  const machine = createMachine(debian12Virt, { seed: 4, epochUs, guests: (plan, hooks) => {
    made++;
    return factory(plan, hooks);
  } });
  machine.step(3_000_000, 1e9);
  let said = "";
  const keep = (bytes: Uint8Array): void => {
    said += decode(bytes);
  };
  const task = machine.run({ argv: ["bash", "-c", script], stdin: encode("") }, keep, keep);
  while (!task.ended && machine.nowUs < 1_000_000_000) {
    machine.step(machine.nowUs + 5_000_000, 1e9, () => task.ended);
    if (looks) for (const guest of machine.view().guests) expect(guest.inside?.processes.length ?? 9).toBeGreaterThan(8);
  }
  return { said, digest: machine.digest(), made };
}

test("guests that are put away, looked at, and never put away are the same", () => {
  const factory = makeGuestFactory(debian12Virt);
  const always: GuestFactory = (plan, hooks) => Object.assign(factory(plan, hooks), { rest: () => undefined });
  const kept = run(always, false);
  const away = run(factory, false);
  const seen = run(factory, true);
  expect(kept.said).toContain("2 packets transmitted, 2 received, 0% packet loss");
  expect(kept.made).toBe(4);
  expect(away.made).toBeGreaterThan(8);
  expect(away.said.split("\n")).toEqual(kept.said.split("\n"));
  expect(away.digest).toBe(kept.digest);
  expect({ said: seen.said, digest: seen.digest }).toEqual({ said: away.said, digest: away.digest });
});
