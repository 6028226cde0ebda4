// Guests under KVM through virsh, and a guest on a guest: what each level says of itself, and what is refused where there is no KVM.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

function host(name: string): (command: string) => string {
  const world = createWorld({ host: name, seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e8);
  return (command) => {
    const result = world.runProgram({ argv: ["bash", "-c", command], environment: new Map([["HOME", "/root"]]), limitUs: 600_000_000, maxSteps: 1e9 });
    return decode(result.stdout) + decode(result.stderr);
  };
}

/** Machines in machines: on a busy computer they take their time. */
const slowMs = 240_000;

const setUp = `virsh -q net-start default; ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519; cp /srv/images/debian-12-genericcloud-amd64.qcow2 /var/lib/libvirt/images/l1.qcow2
printf 'Host l1\\n HostName 192.168.122.50\\n User root\\n StrictHostKeyChecking no\\n LogLevel ERROR\\n' > /root/.ssh/config
virsh -q net-update default add ip-dhcp-host "<host mac='52:54:00:00:00:50' ip='192.168.122.50'/>" --live >/dev/null`;
const install = (cpu: string): string => `virt-install --name l1 --memory 1024 --vcpus 2 --cpu ${cpu} --disk /var/lib/libvirt/images/l1.qcow2 --import --osinfo debian11 --network default,mac=52:54:00:00:00:50 --graphics none --cloud-init root-ssh-key=/root/.ssh/id_ed25519.pub --noautoconsole --quiet; sleep 30`;
const facts = "uname -r; systemd-detect-virt; cat /proc/1/cgroup; ps -p 1 -o comm=; lscpu | grep -E '^(Model name|Virtualization|Hypervisor vendor):' | tr -s ' '; lsmod | grep -c kvm; ls /dev/kvm 2>&1";

test("host-passthrough: a guest has guests of its own, on a network that is not its own host's", () => {
  const run = host("debian-12-kvm");
  run(setUp);
  run(install("host-passthrough"));
  expect(run(`${facts}; ssh l1 "${facts}"`)).toMatchInlineSnapshot(`
    "6.1.0-56-amd64
    kvm
    0::/init.scope
    systemd
    Model name: Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz
    Virtualization: VT-x
    Hypervisor vendor: KVM
    3
    /dev/kvm
    6.1.0-56-amd64
    kvm
    0::/init.scope
    systemd
    Model name: Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz
    Virtualization: VT-x
    Hypervisor vendor: KVM
    3
    /dev/kvm
    Warning: Permanently added '192.168.122.50' (ED25519) to the list of known hosts.
    "
  `);
  const start = "virt-install --name l2 --memory 256 --disk /var/lib/libvirt/images/guest.qcow2 --import --osinfo debian11 --network default --graphics none --noautoconsole --quiet 2>&1; sleep 20; virsh -q list; virsh dumpxml l2 | grep '<domain'; virsh domifaddr l2 | grep -o '192.168.123'";
  run("ssh l1 'apt-get update; apt-get install -y qemu-system-x86 libvirt-daemon-system virtinst'; scp -q /var/lib/libvirt/images/guest.qcow2 l1:/var/lib/libvirt/images/");
  expect(run("ssh l1 'virsh -q net-start default; virsh net-dumpxml default | sed s/192.168.122/192.168.123/ > n.xml; virsh -q net-define n.xml; sed -i s/192.168.122/192.168.123/ n.xml; virsh -q net-define n.xml && virsh -q net-start default'")).toMatchInlineSnapshot(`
    "error: Failed to start network default
    error: internal error: Network is already in use by interface enp1s0
    error: Failed to define network from n.xml
    error: internal error: range 192.168.123.2 - 192.168.122.254 is not entirely within network 192.168.123.1/24
    "
  `);
  expect(run(`ssh l1 "${start}; (sleep 1; echo; sleep 1; echo root; sleep 1; echo root; sleep 2; echo 'systemd-detect-virt; cat /proc/1/cgroup; ps -p 1 -o comm=; ls /dev/kvm; ping -c1 192.168.122.1 | grep -c ttl=63'; sleep 3; sleep 9) | timeout 9 script -qec 'virsh console l2' /dev/null | tail -n 5 | tr -d '\\r' | grep -xE '0::/init.scope|systemd|/dev/kvm|1'"`)).toMatchInlineSnapshot(`
    " 1   l2   running
    <domain type='kvm' id='1'>
    192.168.123
    0::/init.scope
    systemd
    /dev/kvm
    1
    "
  `);
  // what guests run on cannot go
  expect(run("lsmod | grep ^kvm_intel | tr -s ' '; modprobe -r kvm_intel; virsh -q destroy l1; modprobe -r kvm_intel; modprobe kvm_intel nested=0; cat /sys/module/kvm_intel/parameters/nested; virsh -q start l1; sleep 30; ssh l1 'lscpu | grep -c VT-x; grep -c vmx /proc/cpuinfo; ls /dev/kvm'")).toMatchInlineSnapshot(`
    "kvm_intel 380928 4
    N
    0
    0
    modprobe: FATAL: Module kvm_intel is in use.
    ls: cannot access '/dev/kvm': No such file or directory
    "
  `);
}, slowMs);

test("host-model names a model and passes VT-x on; a plain model has none, and what KVM is wanted for is refused there", () => {
  const run = host("debian-12-kvm");
  run(setUp);
  run(install("host-model"));
  expect(run("virsh dumpxml l1 | grep -E '<cpu|<model f|vmx'; virsh dumpxml --inactive l1 | grep '<cpu'; ssh l1 'grep -m1 \"model name\" /proc/cpuinfo; ls /dev/kvm'; virsh -q destroy l1; virsh -q undefine l1")).toMatchInlineSnapshot(`
    "  <cpu mode='custom' match='exact' check='full'>
        <model fallback='forbid'>Broadwell-IBRS</model>
        <feature policy='require' name='vmx'/>
      <cpu mode='host-model' check='partial'/>
    model name	: Intel Core Processor (Broadwell, IBRS)
    /dev/kvm
    Warning: Permanently added '192.168.122.50' (ED25519) to the list of known hosts.
    "
  `);
  run(install("qemu64"));
  expect(run(`ssh l1 "${facts}; apt-get update >/dev/null; apt-get install -y qemu-system-x86 >/dev/null 2>&1; modprobe kvm_intel; qemu-system-x86_64 -accel kvm -nographic"`)).toMatchInlineSnapshot(`
    "6.1.0-56-amd64
    kvm
    0::/init.scope
    systemd
    Model name: QEMU Virtual CPU version 2.5+
    Hypervisor vendor: KVM
    0
    ls: cannot access '/dev/kvm': No such file or directory
    modprobe: ERROR: could not insert 'kvm_intel': Operation not supported
    Could not access KVM kernel module: No such file or directory
    qemu-system-x86_64: -accel kvm: failed to initialize kvm: No such file or directory
    "
  `);
});

test("a container in a guest has the guest's kernel, and the guest sees its processes; the host sees neither", () => {
  const run = host("debian-12-kvm");
  run(setUp);
  run(install("host-passthrough"));
  run("ssh l1 'apt-get update; apt-get install -y docker.io; docker pull -q debian:12; docker run -d --name web debian:12 sleep 300'");
  expect(run("ssh l1 'docker exec web cat /proc/1/comm /proc/1/cgroup; docker exec web uname -r; pgrep -c sleep; systemd-detect-virt; nsenter -t $(pgrep sleep) -p -m ls /dev/kvm; docker run --rm --privileged debian:12 ls /dev/kvm'; pgrep -c sleep; pgrep -c qemu")).toMatchInlineSnapshot(`
    "sleep
    0::/
    6.1.0-56-amd64
    1
    kvm
    /dev/kvm
    0
    1
    ls: cannot access '/dev/kvm': No such file or directory
    "
  `);
});

test("without /dev/kvm: what is said when it is wanted all the same", () => {
  const run = host("debian-12-virt");
  run("virt-install --name l1 --memory 256 --disk /var/lib/libvirt/images/guest.qcow2 --import --osinfo debian11 --network none --graphics none --print-xml > l1.xml; sed 's/type=.qemu/type=\"kvm/' l1.xml > kvm.xml; sed 's/ machine=\"q35\"//' kvm.xml > machine.xml");
  expect(run("virsh -q define kvm.xml; virsh -q define machine.xml; virsh -q create kvm.xml; virt-install --name l1 --cpu host-passthrough --memory 256 --disk /var/lib/libvirt/images/guest.qcow2 --import --osinfo debian11 --network none --graphics none --noautoconsole --quiet; qemu-system-x86_64 -cpu host -nographic; virsh list --all --name")).toMatchInlineSnapshot(`
    "Domain installation does not appear to have been successful.
    If it was, you can restart your domain by running:
      virsh --connect qemu:///system start l1
    otherwise, please restart your installation.

    error: Failed to define domain from kvm.xml
    error: unsupported configuration: Emulator '/usr/bin/qemu-system-x86_64' does not support virt type 'kvm'
    error: Failed to define domain from machine.xml
    error: invalid argument: could not get preferred machine for /usr/bin/qemu-system-x86_64 type=kvm
    error: Failed to create domain from kvm.xml
    error: unsupported configuration: Emulator '/usr/bin/qemu-system-x86_64' does not support virt type 'kvm'
    ERROR    unsupported configuration: CPU mode 'host-passthrough' for x86_64 qemu domain on x86_64 host is not supported by hypervisor
    qemu-system-x86_64: CPU model 'host' requires KVM or HVF
    "
  `);
});

test("emulated processors are slower in the guest's own work", () => {
  const seconds = (name: string): number => {
    const run = host(name);
    run("virsh -q net-start default; virt-install --name web --memory 256 --disk /var/lib/libvirt/images/guest.qcow2 --import --osinfo debian11 --network none --graphics none --noautoconsole --quiet; sleep 40");
    const said = run("(sleep 1; echo; sleep 1; echo root; sleep 1; echo root; sleep 2; echo 'time for ((i = 0; i < 100000; i++)); do :; done'; sleep 20; sleep 26) | timeout 26 script -qec 'virsh console web' /dev/null");
    return Number(/real\s+0m([\d.]+)s/.exec(said)?.[1]);
  };
  const [emulated, virtual] = [seconds("debian-12-virt"), seconds("debian-12-kvm")];
  expect(emulated / virtual).toBeGreaterThan(3);
});
