import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "exim4-base", version: "4.96-15+deb12u10", section: "mail", source: "exim4", maintainer: "Exim4 Maintainers <pkg-exim4-maintainers@lists.alioth.debian.org>", homepage: "https://www.exim.org/", installedSizeKiB: 1671, downloadSizeBytes: 1_118_412,
  depends: "adduser, cron | cron-daemon | anacron | systemd-sysv, exim4-config (>= 4.94) | exim4-config-2, netbase, debconf (>= 0.5) | debconf-2.0, libc6 (>= 2.34), libdb5.3", recommends: "bsd-mailx | mailx, psmisc", suggests: "file, openssl, mail-reader", summary: "files that every daemon of Exim needs",
  files: [
    { path: "/etc/default/exim4", text: "# Settings of Exim's service: combined, no, separate, ppp, nodaemon or queueonly.\nQUEUERUNNER='combined'\n# How often the queue is run.\nQUEUEINTERVAL='30m'\n# More options, for all of them and for each.\nCOMMONOPTIONS=''\nQUEUERUNNEROPTIONS=''\nQFLAGS=''\nSMTPLISTENEROPTIONS=''\n" },
    { path: "/etc/logrotate.d/exim4-base", text: "/var/log/exim4/mainlog /var/log/exim4/rejectlog {\n\tdaily\n\tmissingok\n\trotate 10\n\tcompress\n\tdelaycompress\n\tnotifempty\n\tnocreate\n}\n", conffile: true },
    { path: "/etc/logrotate.d/exim4-paniclog", text: "/var/log/exim4/paniclog {\n\tsize 10M\n\tmissingok\n\trotate 10\n\tcompress\n\tdelaycompress\n\tnotifempty\n\tnocreate\n}\n", conffile: true },
    // Debian has only the init script; this is what systemd's generator makes of it
    { path: "/lib/systemd/system/exim4.service", text: "[Unit]\nDescription=LSB: exim Mail Transport Agent\nDocumentation=man:systemd-sysv-generator(8)\nAfter=network-online.target remote-fs.target nss-lookup.target\nWants=network-online.target\nConflicts=postfix.service\n\n[Service]\nType=forking\nPIDFile=/run/exim4/exim.pid\nEnvironmentFile=-/etc/default/exim4\nExecStartPre=/usr/sbin/update-exim4.conf\nExecStart=/usr/sbin/exim4 -bd -q${QUEUEINTERVAL} $COMMONOPTIONS $SMTPLISTENEROPTIONS\nExecReload=/usr/sbin/update-exim4.conf\nExecReload=/bin/kill -HUP $MAINPID\nKillMode=process\n\n[Install]\nWantedBy=multi-user.target\n" },
  ],
  postInstall: [{ addGroup: "Debian-exim", system: true }, { addUser: "Debian-exim", group: "Debian-exim", home: "/var/spool/exim4", shell: "/usr/sbin/nologin" }, { run: "for d in '' /db /input /msglog; do mkdir -p /var/spool/exim4$d; chown Debian-exim:Debian-exim /var/spool/exim4$d; chmod 750 /var/spool/exim4$d; done\nmkdir -p /var/log/exim4; chown Debian-exim:adm /var/log/exim4; chmod 2750 /var/log/exim4" }],
} satisfies DebianPackage;
