import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("checkpoints note what changes: lists, sizes, parents, and a backup of the changes alone", () => {
  const world = createWorld({ host: "debian-12-kvm", seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e8);
  const run = (command: string): string => {
    const result = world.runProgram({ argv: ["bash", "-c", command], limitUs: 300_000_000, maxSteps: 1e9 });
    return (decode(result.stdout) + decode(result.stderr)).replace(/^\n/gm, "");
  };
  run("virt-install --name web --memory 256 --disk /var/lib/libvirt/images/guest.qcow2 --import --osinfo debian11 --network none --graphics none --noautoconsole --quiet; sleep 20");
  const write = (name: string): string => `virsh -q qemu-agent-command web '{"execute":"guest-exec","arguments":{"path":"/usr/bin/dd","arg":["if=/dev/urandom","of=/root/${name}","bs=64k","count=4"]}}' >/dev/null; sleep 10`;
  const size = "virsh checkpoint-dumpxml web c1 --no-domain --size | grep -o \"size='[0-9]*'\" | tr -dc 0-9";
  run("virsh checkpoint-create-as web c1");
  const before = Number(run(size));
  run(write("f"));
  expect(Number(run(size)) - before).toBeGreaterThanOrEqual(4 * 65_536);
  expect(run("virsh checkpoint-create-as web c2 --description two; echo; virsh checkpoint-list web --parent | cut -c1-6,36-; virsh checkpoint-list web --tree; virsh checkpoint-info web c2; virsh checkpoint-parent web c2; echo; virsh checkpoint-parent web c1; virsh checkpoint-create-as web c2; virsh checkpoint-info web nosuch; virsh -q snapshot-list web; virsh checkpoint-create-as web --print-xml c9 --diskspec vda,checkpoint=no")).toMatchInlineSnapshot(`
    "Domain checkpoint c2 created
     Name  Parent
    ---------------
     c1    
     c2    c1
    c1
      |
      +- c2
    Name:           c2
    Domain:         web
    Parent:         c1
    Children:       0
    Descendants:    0
    c1
    <domaincheckpoint>
      <name>c9</name>
      <disks>
        <disk name='vda' checkpoint='no'/>
      </disks>
    </domaincheckpoint>
    error: checkpoint 'c1' has no parent
    error: operation failed: domain moment c2 already exists
    error: Domain checkpoint not found: no domain checkpoint with matching name 'nosuch'
    "
  `);
  const backup = (since: string, to: string): string => `echo "<domainbackup><incremental>${since}</incremental><disks><disk name='vda'><target file='/var/lib/libvirt/images/${to}'/><driver type='qcow2'/></disk></disks></domainbackup>" > b.xml; virsh backup-begin web b.xml`;
  expect(run(`${backup("c1", "since1.qcow2")}; ${backup("c2", "since2.qcow2")}; ${backup("c3", "since3.qcow2")}; cd /var/lib/libvirt/images; [ $(stat -c %b since1.qcow2) -gt $(stat -c %b since2.qcow2) ] && echo larger; stat -c '%U %n' since?.qcow2; qemu-img info since1.qcow2 | grep virtual; ls since3.qcow2`)).toMatchInlineSnapshot(`
    "Backup started
    Backup started
    larger
    root since1.qcow2
    root since2.qcow2
    virtual size: 64 MiB (67108864 bytes)
    error: Domain checkpoint not found: no domain checkpoint with matching name 'c3'
    ls: cannot access 'since3.qcow2': No such file or directory
    "
  `);
  expect(run("virsh checkpoint-delete web c1; virsh checkpoint-info web c2 | grep Parent; virsh -q destroy web; virsh checkpoint-create-as web c3; virsh checkpoint-delete web c2; virsh undefine web; virsh checkpoint-delete web c2 --metadata; virsh checkpoint-list web --name")).toMatchInlineSnapshot(`
    "Domain checkpoint c1 deleted
    Parent:         -
    Domain checkpoint c2 deleted
    error: Requested operation is not valid: cannot create checkpoint for inactive domain
    error: Failed to delete checkpoint c2
    error: Requested operation is not valid: cannot delete checkpoint for inactive domain
    error: Failed to undefine domain 'web'
    error: Requested operation is not valid: cannot delete inactive domain with 1 checkpoints
    "
  `);
});
