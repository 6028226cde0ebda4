import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "initramfs-tools",
  summary: "generic modular initramfs generator (automation)",
  files: [
    { path: "/etc/initramfs-tools/modules", text: "# Modules that the image holds and loads whatever the hardware is: one name a line, then its parameters (initramfs-tools(7)).\n", conffile: true },
    { path: "/etc/initramfs-tools/update-initramfs.conf", text: "# Whether update-initramfs may do something: yes, no or all (update-initramfs.conf(5)).\nupdate_initramfs=yes\n\n# Whether the old image is kept.\nbackup_initramfs=no\n", conffile: true },
  ],
} satisfies DebianPackage;
