import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "lvm2", summary: "flexible volumes on disks: the Logical Volume Manager",
  files: [
    // on a real machine udev's rules start this for each volume group that is complete
    { path: "/lib/systemd/system/lvm2-activation.service", text: "[Unit]\nDescription=Activation of LVM2 logical volumes\nDocumentation=man:vgchange(8)\nDefaultDependencies=no\nBefore=local-fs-pre.target shutdown.target\nConflicts=shutdown.target\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/sbin/vgchange -aay\n\n[Install]\nWantedBy=sysinit.target\n" },
    { path: "/etc/lvm", directory: true },
    { path: "/etc/lvm/lvm.conf", text: "# Configuration of LVM. The simulated tools keep to their built-in settings.\ndevices {\n\tdir = \"/dev\"\n}\n", conffile: true },
    { path: "/etc/lvm/archive", directory: true, mode: 0o700 }, { path: "/etc/lvm/backup", directory: true, mode: 0o700 },
  ],
  postInstall: [{ enable: "lvm2-activation.service" }],
} satisfies DebianPackage;
