import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("what a guest writes goes where its disk is: overlay, base after a commit, copy after a pivot", () => {
  const world = createWorld({ host: "debian-12-virt", seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e8);
  const run = (command: string): string => {
    const result = world.runProgram({ argv: ["bash", "-c", command], limitUs: 300_000_000, maxSteps: 2e8 });
    return decode(result.stdout) + decode(result.stderr);
  };
  const typed = (text: string): string => run(`(sleep 1; echo; sleep 1; echo '${text}'; sleep 8; sleep 14) | timeout 14 script -qec 'virsh console web' /dev/null`);
  run("virt-install --name web --memory 256 --disk /var/lib/libvirt/images/guest.qcow2 --import --osinfo debian11 --network none --graphics none --noautoconsole --quiet; sleep 30; (sleep 1; echo root; sleep 1; echo root; sleep 2; sleep 8) | timeout 8 script -qec 'virsh console web' /dev/null");
  expect(run("cd /var/lib/libvirt/images; virsh -q snapshot-create-as web one --disk-only; virsh -q domblklist web | awk '{print $2}'; stat -c %U guest.one")).toBe("/var/lib/libvirt/images/guest.one\nlibvirt-qemu\n");
  typed("echo first > /root/first");
  expect(run("qemu-img map -U --output=json /var/lib/libvirt/images/guest.one | grep -c '\"depth\": 0'")).not.toBe("0\n");
  expect(run("virsh -q blockcommit web vda --active --pivot --wait; virsh -q domblklist web | awk '{print $2}'")).toBe("\nSuccessfully pivoted/var/lib/libvirt/images/guest.qcow2\n");
  typed("echo second > /root/second");
  expect(run("virsh -q blockcopy web vda --dest /var/lib/libvirt/images/copy.qcow2 --wait; virsh -q blockjob web vda --pivot; virsh -q domblklist web | awk '{print $2}'; stat -c %U /var/lib/libvirt/images/{guest,copy}.qcow2")).toBe("\nNow in mirroring phase/var/lib/libvirt/images/copy.qcow2\nroot\nlibvirt-qemu\n");
  run("virsh -q destroy web; virsh -q start web; sleep 30; (sleep 1; echo root; sleep 1; echo root; sleep 2; sleep 8) | timeout 8 script -qec 'virsh console web' /dev/null");
  expect(typed("cat /root/first /root/second")).toMatch(/first\r\nsecond\r\n/);
  expect(run("virsh blockcommit web vda; virsh blockjob web vda; virsh blockpull web vdz")).toBe("\nNo current block job for vda\n\nerror: invalid argument: top '/var/lib/libvirt/images/copy.qcow2' in chain for 'vda' has no backing file\nerror: invalid argument: disk 'vdz' not found in domain\n");
});
