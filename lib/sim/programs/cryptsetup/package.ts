import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "cryptsetup", summary: "opens encrypted disks at boot",
  files: [
    { path: "/etc/crypttab", text: "# <target name>\t<source device>\t\t<key file>\t<options>\n", conffile: true },
    // on a real machine a generator of systemd makes a unit for each line
    { path: "/lib/systemd/system/crypttab-volumes.service", text: "[Unit]\nDescription=Encrypted volumes of /etc/crypttab\nDocumentation=man:crypttab(5)\nDefaultDependencies=no\nBefore=cryptsetup.target local-fs-pre.target shutdown.target\nConflicts=shutdown.target\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=-/sbin/cryptdisks_start --boot\n\n[Install]\nWantedBy=sysinit.target\n" },
  ],
  postInstall: [{ enable: "crypttab-volumes.service" }],
} satisfies DebianPackage;
