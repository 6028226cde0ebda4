import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "aptitude",
  summary: "package manager with a full-screen interface",
  files: [
    { path: "/var/lib/aptitude", directory: true },
    { path: "/etc/logrotate.d/aptitude", text: "/var/log/aptitude {\n  rotate 6\n  monthly\n  compress\n  missingok\n  notifempty\n  create 640 root adm\n}\n", conffile: true },
  ],
} satisfies DebianPackage;
