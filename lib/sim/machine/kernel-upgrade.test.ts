// A kernel that was installed, chosen in GRUB's menu, booted, and removed: the messages are those of linux-base 4.12.1, initramfs-tools 0.142 and GRUB 2.06.
import { expect, test } from "vitest";
import { decode } from "../kernel/sys.ts";
import { createWorld } from "../world/world.ts";

test("upgrade, reboot, GRUB's choice, removal", () => {
  const world = createWorld({ host: "debian-12-dated", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 600_000_000, maxSteps: 500_000_000 }).stdout);
  const reboot = (): void => {
    output("systemctl reboot");
    world.step(world.nowUs + 60_000_000, 50_000_000);
  };
  expect(output("uname -rv; linux-version list; readlink /vmlinuz /vmlinuz.old; apt-get -qq update; apt-get -qq -y install grub-pc > /dev/null 2>&1; apt-get -q -y install --no-install-recommends linux-image-amd64 2>&1 | sed '1,/^Setting up linux-image-6/d'; readlink /vmlinuz /initrd.img.old; apt-get -q -y autoremove | grep -e '^  ' -e ^Removing; uname -r")).toBe(`6.1.0-50-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.176-1 (2026-07-02)
6.1.0-47-amd64
6.1.0-50-amd64
boot/vmlinuz-6.1.0-50-amd64
boot/vmlinuz-6.1.0-47-amd64
I: /vmlinuz.old is now a symlink to boot/vmlinuz-6.1.0-50-amd64
I: /initrd.img.old is now a symlink to boot/initrd.img-6.1.0-50-amd64
I: /vmlinuz is now a symlink to boot/vmlinuz-6.1.0-56-amd64
I: /initrd.img is now a symlink to boot/initrd.img-6.1.0-56-amd64
/etc/kernel/postinst.d/initramfs-tools:
update-initramfs: Generating /boot/initrd.img-6.1.0-56-amd64
/etc/kernel/postinst.d/zz-update-grub:
Generating grub configuration file ...
Found linux image: /boot/vmlinuz-6.1.0-56-amd64
Found initrd image: /boot/initrd.img-6.1.0-56-amd64
Found linux image: /boot/vmlinuz-6.1.0-50-amd64
Found initrd image: /boot/initrd.img-6.1.0-50-amd64
Found linux image: /boot/vmlinuz-6.1.0-47-amd64
Found initrd image: /boot/initrd.img-6.1.0-47-amd64
Warning: os-prober will not be executed to detect other bootable partitions.
Systems on them will not be added to the GRUB boot configuration.
Check GRUB_DISABLE_OS_PROBER documentation entry.
done
Setting up linux-image-amd64 (6.1.192-2) ...
boot/vmlinuz-6.1.0-56-amd64
boot/initrd.img-6.1.0-50-amd64
  linux-image-6.1.0-47-amd64
Removing linux-image-6.1.0-47-amd64 (6.1.170-3) ...
6.1.0-50-amd64
`);
  reboot();
  expect(output("uname -a; cat /proc/version /proc/cmdline; dmesg | head -1; modinfo -F vermagic ext4; insmod /lib/modules/6.1.0-50-amd64/kernel/drivers/net/dummy.ko; dmesg | tail -1 | cut -d] -f2; grub-reboot '1>2'")).toBe(`Linux debian 6.1.0-56-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-16) x86_64 GNU/Linux
Linux version 6.1.0-56-amd64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) #1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-16)
BOOT_IMAGE=/boot/vmlinuz-6.1.0-56-amd64 root=UUID=3f0c9a55-6a1e-4d0f-9d57-6f2f6d1b7c02 ro quiet
[    0.000000] Linux version 6.1.0-56-amd64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) #1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-16)
6.1.0-56-amd64 SMP preempt mod_unload modversions 
insmod: ERROR: could not insert module /lib/modules/6.1.0-50-amd64/kernel/drivers/net/dummy.ko: Invalid module format
 dummy: version magic '6.1.0-50-amd64 SMP preempt mod_unload modversions ' should be '6.1.0-56-amd64 SMP preempt mod_unload modversions '
`);
  reboot();
  expect(output("uname -r; grep -c next_entry /boot/grub/grubenv; apt-get -qq -y remove linux-image-6.1.0-50-amd64 < /dev/null 2>&1 | sed '1,/^Abort kernel/d'; export DEBIAN_FRONTEND=noninteractive; apt-get -qq -y purge linux-image-6.1.0-50-amd64 2>&1 | grep -e ^W: -e ^I: -e Deleting -e ^Purging; ls /boot /lib/modules; sed -i 's/^GRUB_CMDLINE_LINUX=.*/GRUB_CMDLINE_LINUX=\"systemd.unit=rescue.target\"/' /etc/default/grub; update-grub 2> /dev/null")).toBe(`6.1.0-50-amd64
0
dpkg: error processing package linux-image-6.1.0-50-amd64 (--remove):
 installed linux-image-6.1.0-50-amd64 package pre-removal script subprocess returned error exit status 1
Errors were encountered while processing:
 linux-image-6.1.0-50-amd64
E: Sub-process /usr/bin/dpkg returned an error code (1)
W: Removing the running kernel
I: /vmlinuz.old is now a symlink to boot/vmlinuz-6.1.0-56-amd64
I: /initrd.img.old is now a symlink to boot/initrd.img-6.1.0-56-amd64
update-initramfs: Deleting /boot/initrd.img-6.1.0-50-amd64
Purging configuration files for linux-image-6.1.0-50-amd64 (6.1.176-1) ...
/boot:
System.map-6.1.0-56-amd64
config-6.1.0-56-amd64
grub
initrd.img-6.1.0-56-amd64
vmlinuz-6.1.0-56-amd64

/lib/modules:
6.1.0-56-amd64
`);
  reboot();
  expect(output("cat /proc/cmdline; runlevel; systemctl is-active rescue.target ssh.service cron.service")).toBe(`BOOT_IMAGE=/boot/vmlinuz-6.1.0-56-amd64 root=UUID=3f0c9a55-6a1e-4d0f-9d57-6f2f6d1b7c02 ro systemd.unit=rescue.target quiet
N 1
active
inactive
inactive
`);
});
