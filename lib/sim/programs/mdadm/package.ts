import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "mdadm", summary: "makes and watches software RAID arrays (MD)",
  files: [
    { path: "/etc/mdadm", directory: true },
    { path: "/etc/mdadm/mdadm.conf", text: "# Arrays that are assembled at boot, see mdadm.conf(5). After a change: update-initramfs -u.\n#\n#DEVICE partitions containers\n\n# the host's name in arrays made here\nHOMEHOST <system>\n\n# who gets mail when an array degrades\nMAILADDR root\n\n# definitions of existing MD arrays\n", conffile: true },
    { path: "/etc/default/mdadm", text: "# Whether the arrays are checked each month.\nAUTOCHECK=true\n# Whether the monitor runs.\nSTART_DAEMON=true\nDAEMON_OPTIONS=\"--syslog\"\nVERBOSE=false\n", conffile: true },
    // on a real machine udev's rules assemble each array as its members appear
    { path: "/lib/systemd/system/mdadm-assemble.service", text: "[Unit]\nDescription=Assembly of MD arrays\nDocumentation=man:mdadm(8)\nDefaultDependencies=no\nBefore=local-fs-pre.target shutdown.target\nConflicts=shutdown.target\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=-/sbin/mdadm --assemble --scan --quiet\n\n[Install]\nWantedBy=sysinit.target\n" },
  ],
  postInstall: [{ enable: "mdadm-assemble.service" }],
} satisfies DebianPackage;
