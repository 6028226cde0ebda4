// Random sequences of virsh and docker commands: what the tools say, the files, the processes, namespaces, cgroups and networks of the host and its guests agree at every stop, a replay
// gives the same bytes, and a snapshot brings back the same guest. `npm run consistency` plays more of them.
import fc from "fast-check";
import { expect, test } from "vitest";
import { sequenceOf } from "./commands.ts";
import { Host } from "./host.ts";
import { play } from "./play.ts";

test.each([1, 2])("XML, states, files, processes, namespaces and networks agree after any sixty commands, seed %i", (seed) => {
  expect(play(sequenceOf(seed), { checks: true }).problems).toEqual([]);
}, 600_000);

/** What earlier seeds found, made short. */
const found: Readonly<Record<string, readonly string[]>> = {
  "a disk plugged in, a snapshot, its revert": ["virsh start v2", "virsh attach-disk v2 /var/lib/libvirt/images/v2-data.qcow2 vdb --subdriver qcow2 --live", "virsh snapshot-create-as v2 s2", "virsh snapshot-revert v2 s2 --running"],
  "dockerd killed": ["docker run -d --name c3 --network extra -p 8081:80 alpine sleep 1000", "pkill -9 dockerd; sleep 3"],
  "the host's processes in a container, dockerd anew": ["docker run -d --name c4 --pid host alpine sh -c 'echo one; sleep 1000'", "systemctl restart docker"],
  "a container between two runs": ["docker run -d --name c4 --restart unless-stopped alpine false", "docker network connect extra c4", "docker rm -f c4"],
  "datagrams published": ["docker run -d --name c1 -p 8082:80/udp -p 127.0.0.1:8083:81 alpine sleep 1000"],
  "processes of another user in docker top": ["docker run -d --name c2 --user 1000 alpine sleep 1000"],
  "a transient network, libvirtd anew": ["virsh net-create lab.xml", "systemctl restart libvirtd"],
  "dnsmasq killed": ["virsh net-create lab.xml", "pkill -9 dnsmasq; sleep 1; systemctl restart libvirtd"],
  "undefined while it runs": ["virsh snapshot-create-as v1 s1", "virsh start v1", "virsh undefine --snapshots-metadata v1", "virsh destroy v1"],
  "QEMU stopped, libvirtd anew": ["virsh start --paused v2", "kill -STOP $(cat /run/libvirt/qemu/v2.pid)", "systemctl restart libvirtd", "kill -CONT $(cat /run/libvirt/qemu/v2.pid)"],
  "a transient domain's snapshot, libvirtd anew": ["virsh undefine v2", "virsh create /root/v2.xml", "virsh snapshot-create-as v2 s1", "systemctl restart libvirtd"],
  "an internal snapshot below an external one": ["virsh snapshot-create-as v3 s2", "virsh snapshot-create-as v3 x1 --disk-only", "virsh snapshot-revert v3 s2", "virsh snapshot-delete v3 s2"],
  "an overlay committed, libvirtd anew": ["virsh snapshot-create-as v3 x1 --disk-only", "virsh start v3", "virsh blockcommit v3 vda --base /var/lib/libvirt/images/v3.qcow2 --active --pivot --wait", "systemctl restart libvirtd"],
  "a card for a process that is stopped": ["virsh start v2", "kill -STOP $(cat /run/libvirt/qemu/v2.pid)", "virsh attach-interface v2 network default --model virtio --mac 52:54:00:00:05:02"],
  "a processor more, a domain renamed": ["virsh start v2", "virsh setvcpus v2 2 --live", "virsh autostart v1", "virsh domrename v1 v9"],
};

test.each(Object.entries(found))("%s", (_, commands) => {
  expect(play(commands, { checks: true, every: commands.length }).problems).toEqual([]);
}, 600_000);

test("the same commands give the same bytes", () => {
  const commands = sequenceOf(7);
  expect(play(commands, { checks: false }).digest).toBe(play(commands, { checks: false }).digest);
}, 600_000);

test("a snapshot and its revert: the same guest", () => {
  const inner = fc.oneof(fc.constantFrom("virsh reboot v1", "virsh reset v1", "virsh suspend v1", "virsh resume v1", "virsh destroy v1; virsh start v1", "virsh setmem v1 100M", "docker run --rm alpine true", "virsh managedsave v1; virsh start v1"), fc.integer({ min: 0, max: 12 }).map((count) => `sleep ${count}`));
  fc.assert(fc.property(fc.array(inner, { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 12 }), (commands, wait) => {
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
