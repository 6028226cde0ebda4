// qemu:///session: a daemon of one's own, with its files below the home directory (libvirt's drvqemu page, "Location of configuration files").
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("an ordinary user's own machines", () => {
  const world = createWorld({ host: "debian-12-kvm", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const run = (user: string, script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], user, environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 400_000_000, maxSteps: 500_000_000 }).stdout).replace(/\n+/g, "\n");

  expect(run("root", "virsh uri; virsh -q -c qemu:///session net-list --all | tr -s ' '")).toBe("qemu:///system\n default inactive no yes\n");
  expect(run("student", "virsh uri; virsh list --all; virsh -c qemu:///system list; LIBVIRT_DEFAULT_URI=qemu:///system virsh uri | tail -1; ps -eo user,args | grep [l]ibvirtd; find .config .cache -type s -o -type f")).toBe(`qemu:///session
 Id   Name   State
--------------------
error: failed to connect to the hypervisor
error: authentication unavailable: no polkit agent available to authenticate action 'org.libvirt.unix.manage'
error: failed to connect to the hypervisor
error: authentication unavailable: no polkit agent available to authenticate action 'org.libvirt.unix.manage'
root     /usr/sbin/libvirtd --timeout 120
student  /usr/sbin/libvirtd --timeout=120
find: '.config': No such file or directory
.cache/libvirt/libvirt-sock
`.replace("'.config'", "\u2018.config\u2019"));
  expect(run("student", "virt-install --quiet --name t --memory 1024 --disk size=1 --import --osinfo debian11 --graphics none --noautoconsole; virsh -q domstate t; virsh -q pool-list | tr -s ' '; virsh -q vol-list default | tr -s ' '; virsh -q domiflist t | tr -s ' ' | cut -d' ' -f2-5; virsh dumpxml t | grep '<domain type'; ps -eo user,comm | grep [q]emu-; find .config -type f | sort")).toBe(`running
 default active yes
 t.qcow2 /home/student/.local/share/libvirt/images/t.qcow2
- user - virtio
<domain type='qemu' id='1'>
student  qemu-system-x86
.config/libvirt/qemu/t.xml
.config/libvirt/storage/default.xml
`);
  expect(run("student", "virsh managedsave t; ls .config/libvirt/qemu/save; virsh start t; virsh snapshot-create-as t a; virsh -q snapshot-list t --name; virsh destroy t; virsh undefine t --snapshots-metadata --remove-all-storage; virsh -q list --all; ls -A .local/share/libvirt/images; virsh net-define /dev/stdin <<< '<network><name>n</name><bridge name=\"virbr9\"/><ip address=\"192.168.9.1\" netmask=\"255.255.255.0\"/></network>'; virsh net-start n")).toBe(`
Domain 't' state saved by libvirt
t.save
Domain 't' started
Domain snapshot a created
a
Domain 't' destroyed
Domain 't' has been undefined
Volume 'vda'(/home/student/.local/share/libvirt/images/t.qcow2) removed.
Network n defined from /dev/stdin
error: Failed to start network n
error: error creating bridge interface virbr9: Operation not permitted
`);
  // nobody asks it any more
  expect(run("student", "sleep 250; ps -eo user,args | grep [l]ibvirtd; ls .cache/libvirt")).toBe("root     /usr/sbin/libvirtd --timeout 120\nqemu\n");
  // who is in the group has the system, but is not taken there
  expect(run("root", "adduser student libvirt > /dev/null; su - student -c 'virsh uri; virsh -q -c qemu:///system net-list --all' | tr -s ' '")).toBe("qemu:///session\n default inactive no yes\n");
});
