// GRUB 2.06 on a machine that was started without it, and after it was installed.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("grub-install, update-grub, the settings", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 120_000_000, maxSteps: 50_000_000 }).stdout);
  expect(output("update-grub; apt-get install -y grub-pc > log 2>&1; echo $?; ls /boot/grub; grep -c ^menuentry /boot/grub/grub.cfg; grep '^### BEGIN' /boot/grub/grub.cfg")).toBe(`/usr/sbin/grub-mkconfig: 263: cannot create /boot/grub/grub.cfg.new: Directory nonexistent
0
fonts
grub.cfg
grubenv
i386-pc
locale
1
### BEGIN /etc/grub.d/00_header ###
### BEGIN /etc/grub.d/05_debian_theme ###
### BEGIN /etc/grub.d/10_linux ###
### BEGIN /etc/grub.d/20_linux_xen ###
### BEGIN /etc/grub.d/30_os-prober ###
### BEGIN /etc/grub.d/30_uefi-firmware ###
### BEGIN /etc/grub.d/40_custom ###
### BEGIN /etc/grub.d/41_custom ###
`);
  expect(output("sed -i 's/^GRUB_CMDLINE_LINUX=.*/GRUB_CMDLINE_LINUX=\"console=ttyS0\"/; s/TIMEOUT=5/TIMEOUT=9/' /etc/default/grub; printf 'menuentry \"Mine\" {\\n  true\\n}\\n' >> /etc/grub.d/40_custom; chmod -x /etc/grub.d/30_os-prober; update-grub; grep -E 'timeout=9|ro console|Mine' /boot/grub/grub.cfg; grub-install; grub-install /dev/nosuch; grub-install /dev/vda1; grub-install /dev/vda; grub-probe /; grub-probe -t drive /; grub-set-default 1; grub-reboot 0; grub-editenv - list; stat -c %s /boot/grub/grubenv; lsblk -no NAME /dev/vda; su student -c /usr/sbin/update-grub")).toBe(`Generating grub configuration file ...
Found linux image: /boot/vmlinuz-6.1.0-56-amd64
Found initrd image: /boot/initrd.img-6.1.0-56-amd64
done
    set timeout=9
    set timeout=9
	linux	/boot/vmlinuz-6.1.0-56-amd64 root=UUID=3f0c9a55-6a1e-4d0f-9d57-6f2f6d1b7c02 ro console=ttyS0 quiet
		linux	/boot/vmlinuz-6.1.0-56-amd64 root=UUID=3f0c9a55-6a1e-4d0f-9d57-6f2f6d1b7c02 ro console=ttyS0 quiet
menuentry "Mine" {
Installing for i386-pc platform.
grub-install: error: install device isn't specified.
Installing for i386-pc platform.
grub-install: error: cannot find a GRUB drive for /dev/nosuch.  Check your device.map.
Installing for i386-pc platform.
grub-install: warning: File system \`ext2' doesn't support embedding.
grub-install: warning: Embedding is not possible.  GRUB can only be installed in this setup by using blocklists.  However, blocklists are UNRELIABLE and their use is discouraged..
grub-install: error: will not proceed with blocklists.
Installing for i386-pc platform.
Installation finished. No error reported.
ext2
(hostdisk//dev/vda,msdos1)
saved_entry=1
next_entry=0
1024
vda
└─vda1
grub-mkconfig: You must run this as root
`);
});
