import type { DebianPackage } from "../kit/package.ts";

const dpkg: DebianPackage = {
  name: "dpkg",
  summary: "unpacks, configures and removes packages",
  files: [
    ...["/etc/alternatives", "/etc/dpkg/dpkg.cfg.d", "/var/lib/dpkg", "/var/lib/dpkg/alternatives", "/var/lib/dpkg/info", "/var/lib/dpkg/parts", "/var/lib/dpkg/triggers", "/var/lib/dpkg/updates"].map((path) => ({ path, directory: true }) as const),
    { path: "/etc/dpkg/dpkg.cfg", text: "# Settings of dpkg (dpkg.cfg(5)).\n\n# Do not start a pager.\nno-debsig\n\n# What happened is written here.\nlog /var/log/dpkg.log\n", conffile: true },
    { path: "/etc/alternatives/README", text: "Links here are made by update-alternatives(1).\n", conffile: true },
    { path: "/etc/logrotate.d/dpkg", text: "/var/log/dpkg.log {\n\tmonthly\n\trotate 12\n\tcompress\n\tdelaycompress\n\tmissingok\n\tnotifempty\n\tcreate 644 root root\n}\n", conffile: true },
    { path: "/etc/logrotate.d/alternatives", text: "/var/log/alternatives.log {\n\tmonthly\n\trotate 12\n\tcompress\n\tdelaycompress\n\tmissingok\n\tnotifempty\n\tcreate 644 root root\n}\n", conffile: true },
    { path: "/etc/cron.daily/dpkg", text: "#!/bin/sh\n\n# Under systemd a timer does this.\nif [ -d /run/systemd/system ]; then\n  exit 0\nfi\n\n/usr/libexec/dpkg/dpkg-db-backup\n", mode: 0o755, conffile: true },
    { path: "/var/lib/dpkg/available", text: "" },
    { path: "/var/lib/dpkg/diversions", text: "" },
    { path: "/var/lib/dpkg/statoverride", text: "" },
    { path: "/var/lib/dpkg/lock", text: "", mode: 0o640 },
    { path: "/var/lib/dpkg/lock-frontend", text: "", mode: 0o640 },
    { path: "/lib/systemd/system/dpkg-db-backup.service", text: "[Unit]\nDescription=Daily dpkg database backup service\nDocumentation=man:dpkg(1)\n\n[Service]\nType=oneshot\nExecStart=/bin/true\n" },
    { path: "/lib/systemd/system/dpkg-db-backup.timer", text: "[Unit]\nDescription=Daily dpkg database backup timer\nDocumentation=man:dpkg(1)\n\n[Timer]\nOnCalendar=daily\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n" },
  ],
  postInstall: [{ enable: "dpkg-db-backup.timer" }],
};

export default dpkg;
