import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "grub-pc", version: "2.06-13+deb12u2", architecture: "amd64", section: "admin", priority: "optional", source: "grub2", maintainer: "GRUB Maintainers <pkg-grub-devel@alioth-lists.debian.net>", homepage: "https://www.gnu.org/software/grub/", installedSizeKiB: 551, downloadSizeBytes: 136_516,
  depends: "debconf (>= 0.5) | debconf-2.0, grub-common (= 2.06-13+deb12u2), grub2-common (= 2.06-13+deb12u2), grub-pc-bin (= 2.06-13+deb12u2)",
  summary: "GRand Unified Bootloader, version 2 (PC/BIOS version)",
  files: [
    { path: "/boot/grub", directory: true },
    { path: "/etc/default/grub", text: "# Settings of grub-mkconfig. After a change: update-grub.\n\nGRUB_DEFAULT=0\nGRUB_TIMEOUT=5\nGRUB_DISTRIBUTOR=`lsb_release -i -s 2> /dev/null || echo Debian`\nGRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\nGRUB_CMDLINE_LINUX=\"\"\n\n# No menu at all: hidden\n#GRUB_TIMEOUT_STYLE=menu\n\n# A terminal on the serial line too\n#GRUB_TERMINAL=console\n\n# Names of devices instead of UUIDs\n#GRUB_DISABLE_LINUX_UUID=true\n\n# No entries for recovery\n#GRUB_DISABLE_RECOVERY=\"true\"\n\n# Other systems are looked for when this is false\n#GRUB_DISABLE_OS_PROBER=false\n", conffile: true },
  ],
  postInstall: [{ run: "grub-install /dev/vda; update-grub" }],
} satisfies DebianPackage;
