import type { DebianPackage } from "../kit/package.ts";

const denied = "alias backup bin daemon ftp games gnats guest irc lp mail man nobody operator proxy qmaild qmaill qmailp qmailq qmailr qmails sync sys www-data";

export default {
  name: "at", summary: "runs commands later, once",
  files: [
    { path: "/etc/at.deny", text: `${denied.replaceAll(" ", "\n")}\n`, mode: 0o640, group: "daemon", conffile: true },
    { path: "/etc/pam.d/atd", text: "# PAM for at's jobs\nauth\trequired\tpam_env.so\n@include common-auth\n@include common-account\nsession\trequired\tpam_loginuid.so\n@include common-session-noninteractive\nsession\trequired\tpam_limits.so\n", conffile: true },
    { path: "/var/spool/cron", directory: true },
    { path: "/var/spool/cron/atjobs", directory: true, mode: 0o1770, owner: "daemon", group: "daemon" },
    { path: "/var/spool/cron/atspool", directory: true, mode: 0o1770, owner: "daemon", group: "daemon" },
    { path: "/lib/systemd/system/atd.service", text: "[Unit]\nDescription=Deferred execution scheduler\nDocumentation=man:atd(8)\nAfter=remote-fs.target nss-user-lookup.target\n\n[Service]\nExecStartPre=-find /var/spool/cron/atjobs -type f -name \"=*\" -delete\nExecStart=/usr/sbin/atd -f\nIgnoreSIGPIPE=false\nKillMode=process\nRestart=on-failure\n\n[Install]\nWantedBy=multi-user.target\n" },
  ],
  postInstall: [{ enable: "atd.service" }, { start: "atd.service" }],
} satisfies DebianPackage;
