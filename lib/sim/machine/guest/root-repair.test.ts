// A guest whose initramfs lacks the driver of its disk does not find its root: seen on its console, and repaired from the host, by the old bus, and from its own prompt.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

function host(): (command: string) => string {
  const world = createWorld({ host: "debian-12-kvm", packages: ["libguestfs-tools", "guestfs-tools", "guestfish", "libguestfs0"], seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e8);
  const run = (command: string): string => {
    const result = world.runProgram({ argv: ["bash", "-c", command], environment: new Map([["HOME", "/root"]]), limitUs: 600_000_000, maxSteps: 1e9 });
    return (decode(result.stdout) + decode(result.stderr)).replace(/^Warning: Permanently added[^\n]*\n/gm, "").replace(/^\n/gm, "");
  };
  run("ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519; printf 'Host web\\n HostName 192.168.122.50\\n User root\\n StrictHostKeyChecking no\\n UserKnownHostsFile /dev/null\\n' > /root/.ssh/config; virsh -q net-start default; virsh -q net-update default add ip-dhcp-host \"<host mac='52:54:00:00:00:50' ip='192.168.122.50'/>\" --live");
  run("virt-install --name web --memory 256 --disk /var/lib/libvirt/images/guest.qcow2,bus=sata --import --osinfo debian11 --network default,mac=52:54:00:00:00:50 --graphics none --noautoconsole --quiet; sleep 15; (sleep 1; echo; sleep 1; echo root; sleep 1; echo root; sleep 1; echo \"mkdir -m 700 .ssh; echo $(cat /root/.ssh/id_ed25519.pub) > .ssh/authorized_keys\"; sleep 1; sleep 8) | timeout 8 script -qec 'virsh console web' /dev/null");
  return run;
}

const bus = (dev: string, name: string): string => `virsh dumpxml --inactive web | sed "/<disk/,/<.disk/{/<address/d}; s/<target dev='[sv]da' bus='[a-z]*'/<target dev='${dev}' bus='${name}'/" > w.xml; virsh -q define w.xml`;
const toVirtio = bus("vda", "virtio");
const toSata = bus("sda", "sata");
/** An initramfs with the drivers of the present hardware only, then off. */
const onlyWhatIsThere = "ssh web 'sed -i s/MODULES=most/MODULES=dep/ /etc/initramfs-tools/initramfs.conf; update-initramfs -u; poweroff'; sleep 5";
const start = "virsh -q start web; sleep 15";
const disks = "ssh web 'lsblk -n -o NAME,MOUNTPOINTS'";
const prompt = (commands: string): string => `(sleep 50; echo; sleep 1; echo '${commands}'; sleep 4; sleep 56) | timeout 56 script -qec 'virsh console web' /dev/null | tr -d '\\r' | sed -n '/Gave up/,$p'`;

test("the disk moves to virtio without its driver in the initramfs: the prompt says what is missing; the old bus brings the guest back", () => {
  const run = host();
  run(`${onlyWhatIsThere}; ${toVirtio}; virsh -q start web`);
  const console = run(prompt("ls /dev/vd* /dev/sd*; lsmod | grep -c virtio; dmesg | grep -c systemd"));
  expect(console).toContain("Gave up waiting for root file system device.  Common problems:\n - Boot args (cat /proc/cmdline)\n   - Check rootdelay= (did the system wait long enough?)\n - Missing modules (cat /proc/modules; ls /dev)\nALERT!  UUID=7a2f1c64-0c5b-4b52-9d53-3f2d6c1e8a01 does not exist.  Dropping to a shell!\n");
  expect(console).toContain("ls: /dev/vd*: No such file or directory\nls: /dev/sd*: No such file or directory\n0\n0\n");
  // nobody there answers the power button
  expect(run("virsh -q shutdown web; sleep 10; virsh domstate web; virsh -q destroy web")).toBe("running\n");
  expect(run(`${toSata}; ${start}; ${disks}; ssh web 'sed -i s/MODULES=dep/MODULES=most/ /etc/initramfs-tools/initramfs.conf; update-initramfs -u; poweroff' 2>/dev/null; sleep 5; ${toVirtio}; ${start}; ${disks}`)).toBe("sda    \n└─sda1 /\nupdate-initramfs: Generating /boot/initrd.img-6.1.0-56-amd64\nvda    \n└─vda1 /\n");
});

test("from the host: virt-customize or guestfish make a new initramfs in the stopped guest", () => {
  const run = host();
  run(`${onlyWhatIsThere}; ${toVirtio}`);
  expect(run(`virt-customize -q -d web --run-command "sed -i s/MODULES=dep/MODULES=most/ /etc/initramfs-tools/initramfs.conf" --run-command "update-initramfs -u"; ${start}; ${disks}`)).toBe("vda    \n└─vda1 /\n");
  // the other way round, with a module by name
  run(`${onlyWhatIsThere}; ${toSata}`);
  expect(run(`guestfish --ro -d web -i command "lsinitramfs /boot/initrd.img-6.1.0-56-amd64" | grep -c ahci; guestfish -d web -i write-append /etc/initramfs-tools/modules "ahci
sd_mod
" : command "update-initramfs -u"; ${start}; ${disks}`)).toBe("0\nupdate-initramfs: Generating /boot/initrd.img-6.1.0-56-amd64\nsda    \n└─sda1 /\n");
});

test("a rescue system with the disk beside its own: chroot and update-initramfs", () => {
  const run = host();
  run(`${onlyWhatIsThere}; ${toVirtio}; cp /srv/images/debian-12-genericcloud-amd64.qcow2 /var/lib/libvirt/images/rescue.qcow2`);
  run("virsh dumpxml --inactive web > web.xml; virsh undefine web; virt-install --name rescue --memory 256 --disk /var/lib/libvirt/images/rescue.qcow2 --disk /var/lib/libvirt/images/guest.qcow2 --import --osinfo debian11 --network default,mac=52:54:00:00:00:50 --graphics none --cloud-init root-ssh-key=/root/.ssh/id_ed25519.pub --noautoconsole --quiet; sleep 20");
  expect(run(`ssh web 'lsblk -n -o NAME,MOUNTPOINTS | grep vd; mount /dev/vdb1 /mnt; for d in dev proc sys; do mount --bind /$d /mnt/$d; done; chroot /mnt sed -i s/MODULES=dep/MODULES=most/ /etc/initramfs-tools/initramfs.conf; chroot /mnt update-initramfs -u; umount /mnt/dev /mnt/proc /mnt/sys /mnt; poweroff' 2>/dev/null; sleep 5; virsh -q define web.xml; ${start}; ${disks}`)).toBe(
    "vda    \n└─vda1 /\nvdb    \n└─vdb1 \nupdate-initramfs: Generating /boot/initrd.img-6.1.0-56-amd64\nvda    \n└─vda1 /\n",
  );
});
