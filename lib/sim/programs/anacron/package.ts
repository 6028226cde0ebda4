import type { DebianPackage } from "../kit/package.ts";

const table = `# /etc/anacrontab: jobs for machines that are not always on (anacrontab(5)): period in days, delay in minutes, name, command.

SHELL=/bin/sh
PATH=/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin
HOME=/root
LOGNAME=root

# These replace cron's entries
1	5	cron.daily	run-parts --report /etc/cron.daily
7	10	cron.weekly	run-parts --report /etc/cron.weekly
@monthly	15	cron.monthly	run-parts --report /etc/cron.monthly
`;

const stamp = (name: string) => ({
  path: `/etc/cron.${name}/0anacron`, mode: 0o755, conffile: true,
  text: `#!/bin/sh\n# Tells anacron that today's jobs have run; its name makes it the first of them.\n\ntest -x /usr/sbin/anacron || exit 0\nanacron -u cron.${name}\n`,
}) as const;

export default {
  name: "anacron", summary: "runs daily, weekly and monthly jobs that a switched-off machine has missed",
  files: [
    { path: "/etc/anacrontab", text: table, conffile: true },
    { path: "/etc/cron.d/anacron", text: "# With another init than systemd, anacron is started every hour of the day.\n\nSHELL=/bin/sh\nPATH=/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin\n\n30 7-23 * * *   root\t[ -x /etc/init.d/anacron ] && if [ ! -d /run/systemd/system ]; then /usr/sbin/invoke-rc.d anacron start >/dev/null; fi\n", conffile: true },
    stamp("daily"), stamp("weekly"), stamp("monthly"),
    { path: "/etc/default/anacron", text: "# Settings of anacron.\n\n# Without systemd: also on battery power?\nANACRON_RUN_ON_BATTERY_POWER=no\n\n# Options of anacron.\nANACRON_ARGS=-s\n", conffile: true },
    { path: "/var/spool/anacron", directory: true },
    { path: "/lib/systemd/system/anacron.service", text: "[Unit]\nDescription=Run anacron jobs\nAfter=time-sync.target\nConditionACPower=true\nDocumentation=man:anacron man:anacrontab\n\n[Service]\nEnvironmentFile=/etc/default/anacron\nExecStart=/usr/sbin/anacron -d -q $ANACRON_ARGS\nIgnoreSIGPIPE=false\nKillMode=mixed\nTimeoutStopSec=infinity\n\n# SIGUSR1 lets running jobs end\nKillSignal=SIGUSR1\n\n[Install]\nWantedBy=multi-user.target\n" },
    { path: "/lib/systemd/system/anacron.timer", text: "[Unit]\nDescription=Trigger anacron every hour\n\n[Timer]\nOnCalendar=*-*-* 07..23:30\nRandomizedDelaySec=5m\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n" },
  ],
  postInstall: [{ enable: "anacron.service" }, { enable: "anacron.timer" }, { start: "anacron.service" }, { start: "anacron.timer" }],
  postPurge: [{ run: "rm -rf /var/spool/anacron" }],
} satisfies DebianPackage;
