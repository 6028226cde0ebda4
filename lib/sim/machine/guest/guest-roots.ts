// Root file systems that disk images name: what guests boot. Each is a host description; the image of a disk carries only what differs from it.
import type { HostDescription } from "../host-description.ts";
import { basePackages } from "../hosts/base-packages.ts";
import { qemuQ35 } from "../hosts/qemu-q35.ts";
import { personKey } from "../rootfs/host-keys.ts";
import { offerTree } from "../rootfs/root-image.ts";

const interfaces = `# Interfaces and when they come up (interfaces(5)).

source /etc/network/interfaces.d/*

auto lo
iface lo inet loopback

# cards by the names that their places give them
${["enp1s0", "enp2s0", "enp3s0", "enp4s0", "enp5s0", "enp6s0", "enp7s0", "enp8s0", "ens2", "ens3", "ens4", "ens5", "ens6", "ens7", "ens8"].map((name) => `allow-hotplug ${name}\niface ${name} inet dhcp\n`).join("\n")}`;

const guestFiles = (hostname: string): HostDescription["files"] => [
  { path: "/etc/network/interfaces", text: interfaces },
  { path: "/etc/fstab", text: "# File systems: device, directory, type, options, dump, pass (fstab(5)).\nUUID=7a2f1c64-0c5b-4b52-9d53-3f2d6c1e8a01 / ext4 errors=remount-ro 0 1\n" },
  { path: "/etc/hosts", text: `127.0.0.1\tlocalhost\n127.0.1.1\t${hostname}\n::1\t\tlocalhost ip6-localhost ip6-loopback\nff02::1\t\tip6-allnodes\nff02::2\t\tip6-allrouters\n` },
];

/** UUID of every guest root's file system: images made from one template share it until somebody changes it. */
export const guestRootUuid = "7a2f1c64-0c5b-4b52-9d53-3f2d6c1e8a01";

/** Of root on the host that the template belongs to. */
export const templateOwnerKey = personKey("template-owner", "root@debian");

const base: Omit<HostDescription, "name" | "summary" | "hostname" | "files"> = {
  hardware: qemuQ35, packages: basePackages, users: [{ name: "root", uid: 0, password: "root", groups: [] }],
};

const guestRoots: readonly HostDescription[] = [
  { ...base, name: "guest-debian-12", summary: "a small Debian 12 guest that answers at once", hostname: "guest", files: guestFiles("guest") },
  {
    ...base, name: "guest-debian-12-template", summary: "a Debian 12 guest that others are cloned from", hostname: "template",
    files: [...guestFiles("template"), { path: "/root/.ssh", directory: true, mode: 0o700 }, { path: "/root/.ssh/authorized_keys", ...templateOwnerKey.openFile, mode: 0o600 }],
  },
  { ...base, name: "guest-debian-12-cloud", summary: "Debian 12 for clouds", hostname: "localhost", files: guestFiles("localhost") },
];

for (const root of guestRoots) offerTree(root);
