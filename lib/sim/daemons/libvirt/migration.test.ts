// A guest moves to another host, which is itself a guest here: what is refused, what arrives, what stays.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

/** A machine that installs libvirt, and a machine in it: on a busy computer that takes its time. */
const slowMs = 240_000;

test("live with its disk, cold, and back", () => {
  const world = createWorld({ host: "debian-12-kvm", seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e8);
  const run = (command: string): string => {
    const result = world.runProgram({ argv: ["bash", "-c", command], environment: new Map([["HOME", "/root"]]), limitUs: 600_000_000, maxSteps: 1e9 });
    return (decode(result.stdout) + decode(result.stderr)).replace(/^Warning: Permanently added[^\n]*\n/gm, "").replace(/^\r?\n/gm, "");
  };
  run("virsh net-start default; ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519; cp /srv/images/debian-12-genericcloud-amd64.qcow2 /var/lib/libvirt/images/l1.qcow2; virsh -q net-update default add ip-dhcp-host \"<host mac='52:54:00:00:00:51' ip='192.168.122.51'/>\" --live; echo 192.168.122.51 l1 >> /etc/hosts; printf 'Host l1\\n StrictHostKeyChecking no\\n' > /root/.ssh/config");
  run("virt-install --name l1 --memory 1024 --vcpus 2 --cpu host-passthrough --disk /var/lib/libvirt/images/l1.qcow2 --import --osinfo debian11 --network default,mac=52:54:00:00:00:51 --graphics none --cloud-init root-ssh-key=/root/.ssh/id_ed25519.pub --noautoconsole --quiet; sleep 30; ssh l1 'apt-get update; apt-get install -y qemu-system-x86 libvirt-daemon-system virtinst'");
  run("virt-install --name web --memory 256 --disk /var/lib/libvirt/images/guest.qcow2 --import --osinfo debian11 --network default --graphics none --noautoconsole --quiet; sleep 20; virsh qemu-agent-command web '{\"execute\":\"guest-file-open\",\"arguments\":{\"path\":\"/run/marker\",\"mode\":\"w\"}}'");
  const migrate = "virsh migrate --live --copy-storage-all web qemu+ssh://root@l1/system";
  // one obstacle after the other
  expect(run(`virsh migrate --live web qemu+ssh://root@l1/system; ${migrate}; ssh l1 'hostnamectl set-hostname l1; virsh net-dumpxml default | sed s/192.168.122/192.168.123/g > n.xml; virsh -q net-define n.xml; systemctl restart libvirtd'; ${migrate}; ssh l1 'virsh -q net-start default'; ${migrate}`)).toBe(
    "error: Unsafe migration: Migration without shared storage is unsafe\nerror: internal error: hostname on destination resolved to localhost, but migration requires an FQDN\nerror: Requested operation is not valid: network 'default' is not active\nerror: Storage pool not found: no storage pool with matching target path '/var/lib/libvirt/images'\n",
  );
  // the agent has the file still open that it opened before
  expect(run(`virsh domstate web; ssh l1 'virsh -q list --all; virsh -q pool-create-as default dir --target /var/lib/libvirt/images'; ${migrate}; virsh domstate web --reason; ssh l1 'virsh -q list --all; virsh domstate web --reason'; ssh l1 "virsh -q qemu-agent-command web '{\\"execute\\":\\"guest-file-open\\",\\"arguments\\":{\\"path\\":\\"/run/marker\\"}}'"`)).toBe(
    "running\nshut off (migrated)\n 1    web    running\nrunning (migrated)\n{\"return\":1001}\n".replace(" 1    web    running", " 1   web   running"),
  );
  expect(run("virsh migrate --offline --persistent web qemu+ssh://root@l1/system; ssh l1 'virsh -q destroy web; virsh -q list --all'; virsh -q start web; sleep 5; virsh migrate --live --unsafe --undefinesource --persistent web qemu+ssh://root@l1/system --migrateuri tcp://192.168.122.51; virsh -q list --all --name; ssh l1 'virsh -q list --all; virsh dominfo web | grep Persistent'")).toBe(
    " -   web   shut off\nl1\n 2   web   running\nPersistent:     yes\n",
  );
  expect(run("virsh migrate --live l1 qemu+ssh://root@nohost/system; virsh migrate l1 qemu:///system --unsafe; virsh migrate --live --unsafe l1 qemu+ssh://root@l1/system --migrateuri tcp://nowhere")).toContain("error: internal error: Attempt to migrate guest to the same host debian\n");
}, slowMs);
