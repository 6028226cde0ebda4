// What a booting and a stopping Debian says on a serial console beside the kernel's own messages (systemd's status lines).

const reached = [
  "Created slice system-getty.slice - Slice /system/getty.", "Created slice system-serial\\x2dgetty.slice - Slice /system/serial-getty.", "Created slice user.slice - User and Session Slice.", "Reached target cryptsetup.target - Local Encrypted Volumes.",
  "Reached target paths.target - Path Units.", "Reached target remote-fs.target - Remote File Systems.", "Reached target slices.target - Slice Units.", "Reached target swap.target - Swaps.", "Listening on systemd-journald.socket - Journal Socket.",
  "Listening on systemd-udevd-kernel.socket - udev Kernel Socket.", "Started systemd-journald.service - Journal Service.", "Finished systemd-remount-fs.service - Remount Root and Kernel File Systems.", "Finished systemd-sysctl.service - Apply Kernel Variables.",
  "Reached target local-fs.target - Local File Systems.", "Finished systemd-tmpfiles-setup.service - Create Volatile Files and Directories.", "Reached target sysinit.target - System Initialization.", "Reached target basic.target - Basic System.",
  "Started cron.service - Regular background program processing daemon.", "Started dbus.service - D-Bus System Message Bus.", "Started systemd-logind.service - User Login Management.", "Finished networking.service - Raise network interfaces.",
  "Reached target network.target - Network.", "Started ssh.service - OpenBSD Secure Shell server.", "Started getty@tty1.service - Getty on tty1.", "Started serial-getty@ttyS0.service - Serial Getty on ttyS0.", "Reached target getty.target - Login Prompts.",
  "Reached target multi-user.target - Multi-User System.", "Reached target graphical.target - Graphical Interface.",
];
const green = "\u001b[0;32m";
const plain = "\u001b[0m";

export function bootMessages(root: string): string {
  const check = `Begin: Will now check root file system ... fsck from util-linux 2.38.1\n[/sbin/fsck.ext4 (1) -- /dev/${root}] fsck.ext4 -a -C0 /dev/${root} \n/dev/${root}: clean\ndone.\ndone.\n\nWelcome to ${"\u001b[1m"}Debian GNU/Linux 12 (bookworm)${plain}!\n\n`;
  return check + reached.map((line) => `[${green}  OK  ${plain}] ${line}\n`).join("");
}

const endings = { reboot: "reboot: Restarting system", poweroff: "reboot: Power down", halt: "reboot: System halted", panic: "---[ end Kernel panic - not syncing ]---" } as const;

export function stopMessages(nowUs: number, how: keyof typeof endings): string {
  return `[${(nowUs / 1e6).toFixed(6).padStart(12)}] ${endings[how]}\n`;
}
