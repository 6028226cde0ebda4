import type { DebianPackage } from "../kit/package.ts";

const configuration = `# Settings of rsyslogd (rsyslog.conf(5)).

module(load="imuxsock") # local messages, by way of the journal
module(load="imklog")   # the kernel's

# Messages over UDP: take away the marks.
#module(load="imudp")
#input(type="imudp" port="514")

$FileOwner root
$FileGroup adm
$FileCreateMode 0640
$DirCreateMode 0755
$Umask 0022

$WorkDirectory /var/spool/rsyslog

$IncludeConfig /etc/rsyslog.d/*.conf

# Where messages go: FACILITY.SEVERITY, then a file; a dash before it: not written at once.
auth,authpriv.*			/var/log/auth.log
*.*;auth,authpriv.none		-/var/log/syslog
cron.*				-/var/log/cron.log
kern.*				-/var/log/kern.log
mail.*				-/var/log/mail.log
user.*				-/var/log/user.log

# Emergencies go to everybody.
*.emerg				:omusrmsg:*
`;

export default {
  name: "rsyslog", summary: "writes the system's messages to files and to other hosts",
  files: [
    { path: "/etc/rsyslog.conf", text: configuration, conffile: true },
    { path: "/etc/rsyslog.d", directory: true },
    { path: "/var/spool/rsyslog", directory: true, mode: 0o700 },
    { path: "/usr/lib/rsyslog", directory: true },
    { path: "/usr/lib/rsyslog/rsyslog-rotate", text: "#!/bin/sh\n\nif [ -d /run/systemd/system ]; then\n    systemctl kill -s HUP rsyslog.service\nfi\n", mode: 0o755 },
    { path: "/etc/logrotate.d/rsyslog", text: "/var/log/syslog\n/var/log/mail.log\n/var/log/kern.log\n/var/log/auth.log\n/var/log/user.log\n/var/log/cron.log\n{\n\trotate 4\n\tweekly\n\tmissingok\n\tnotifempty\n\tcompress\n\tdelaycompress\n\tsharedscripts\n\tpostrotate\n\t\t/usr/lib/rsyslog/rsyslog-rotate\n\tendscript\n}\n", conffile: true },
    { path: "/lib/systemd/system/rsyslog.service", text: "[Unit]\nDescription=System Logging Service\nDocumentation=man:rsyslogd(8)\nDocumentation=man:rsyslog.conf(5)\nDocumentation=https://www.rsyslog.com/doc/\n\n[Service]\nType=notify\nExecStart=/usr/sbin/rsyslogd -n -iNONE\nStandardOutput=null\nRestart=on-failure\nLimitNOFILE=16384\n\n[Install]\nWantedBy=multi-user.target\nAlias=syslog.service\n" },
  ],
  postInstall: [{ enable: "rsyslog.service" }, { start: "rsyslog.service" }],
} satisfies DebianPackage;
