import type { DebianPackage, PackageFile } from "../kit/package.ts";

const crontab = `# The system's own table of jobs: like a user's crontab, with the user's name in the sixth field (crontab(5)).
# cron notices changes by itself.

SHELL=/bin/sh
PATH=/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin

# .---------------- minute (0 - 59)
# |  .------------- hour (0 - 23)
# |  |  .---------- day of the month (1 - 31)
# |  |  |  .------- month (1 - 12) or jan,feb,mar...
# |  |  |  |  .---- day of the week (0 - 6, Sunday is 0 or 7) or sun,mon,tue...
# |  |  |  |  |
# *  *  *  *  * user command
17 *	* * *	root    cd / && run-parts --report /etc/cron.hourly
25 6	* * *	root	test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.daily; }
47 6	* * 7	root	test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.weekly; }
52 6	1 * *	root	test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.monthly; }
#
`;

const placeholder = (directory: string): readonly PackageFile[] => [
  { path: directory, directory: true },
  { path: `${directory}/.placeholder`, text: "# Keeps this directory in the package.\n", conffile: true },
];

const cron: DebianPackage = {
  name: "cron",
  summary: "runs commands at set times",
  files: [
    ...["/etc/cron.d", "/etc/cron.daily", "/etc/cron.hourly", "/etc/cron.monthly", "/etc/cron.weekly", "/etc/cron.yearly"].flatMap(placeholder),
    { path: "/etc/crontab", text: crontab, conffile: true },
    { path: "/etc/default/cron", text: "# Settings of cron.service.\n#EXTRA_OPTS=\"\"\n", conffile: true },
    { path: "/etc/pam.d/cron", text: "# PAM for cron's jobs\n@include common-auth\nsession    required     pam_loginuid.so\nsession       required   pam_env.so\nsession       required   pam_env.so envfile=/etc/default/locale\n@include common-account\n@include common-session-noninteractive\nsession    required   pam_limits.so\n", conffile: true },
    { path: "/var/spool/cron", directory: true },
    { path: "/var/spool/cron/crontabs", directory: true, mode: 0o1730, group: "crontab" },
    { path: "/lib/systemd/system/cron.service", text: "[Unit]\nDescription=Regular background program processing daemon\nDocumentation=man:cron(8)\nAfter=remote-fs.target nss-user-lookup.target\n\n[Service]\nEnvironmentFile=-/etc/default/cron\nExecStart=/usr/sbin/cron -f $EXTRA_OPTS\nIgnoreSIGPIPE=false\nKillMode=process\nRestart=on-failure\n\n[Install]\nWantedBy=multi-user.target\n" },
  ],
  postInstall: [{ enable: "cron.service" }],
};

export default cron;
