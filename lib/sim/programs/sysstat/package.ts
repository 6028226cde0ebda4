import type { DebianPackage } from "../kit/package.ts";

const configuration = `# Settings of sa1, sa2 and sadc (sysstat(5)).

# Days that daily files are kept. Above 28, sadc needs names with the whole date (-D).
HISTORY=7

# Files older than so many days are compressed.
COMPRESSAFTER=10

# Options of sadc. "-S XALL" collects everything.
SADC_OPTIONS="-S DISK"

# Where the daily files are.
SA_DIR=/var/log/sysstat

# What compresses them.
ZIP="xz"

# sa2 reports the day before; with YESTERDAY=no, this day.
#YESTERDAY=no

# No reports (sarDD) at all:
#REPORTS=false

# sa2 waits a random time of at most so many seconds.
DELAY_RANGE=0

# Of the files.
UMASK=0022
`;

const sa1 = `#!/bin/sh
# sa1: a record for the daily file (sa1(8)).
HISTORY=0
SADC_OPTIONS=""
SA_DIR=/var/log/sysstat
UMASK=0022
[ -r /etc/sysstat/sysstat ] && . /etc/sysstat/sysstat
umask \${UMASK}
[ -d \${SA_DIR} ] || SA_DIR=/var/log/sysstat
[ -d /var/log/sysstat ] || mkdir /var/log/sysstat
[ \${HISTORY} -gt 28 ] && SADC_OPTIONS="\${SADC_OPTIONS} -D"
ENDIR=/usr/lib/sysstat
cd \${ENDIR}
[ "$1" = "--boot" ] && shift && BOOT=y || BOOT=n
[ "$1" = "--sleep" ] && shift && SLEEP=y || SLEEP=n
if [ "\${SLEEP}" = "y" ]; then
	exec \${ENDIR}/sadc -F -L \${SADC_OPTIONS} -C "LINUX SLEEP MODE ($*)" \${SA_DIR}
elif [ $# = 0 ] && [ "\${BOOT}" = "n" ]; then
	exec \${ENDIR}/sadc -F -L \${SADC_OPTIONS} 1 1 \${SA_DIR}
else
	exec \${ENDIR}/sadc -F -L \${SADC_OPTIONS} $* \${SA_DIR}
fi
`;

const sa2 = `#!/bin/bash
# sa2: yesterday's report, and old files compressed and removed (sa2(8)).
S_TIME_FORMAT=ISO ; export S_TIME_FORMAT
SA_DIR=/var/log/sysstat
HISTORY=7
COMPRESSAFTER=10
ZIP="xz"
UMASK=0022
DELAY_RANGE=0
[ -r /etc/sysstat/sysstat ] && . /etc/sysstat/sysstat
umask \${UMASK}
[ \${DELAY_RANGE} -gt 0 ] && sleep $((RANDOM % DELAY_RANGE))
[ -d \${SA_DIR} ] || SA_DIR=/var/log/sysstat
[ x$YESTERDAY = xno ] && DATE_OPTS= || DATE_OPTS="--date=yesterday"
[ \${HISTORY} -gt 28 ] && DATE=$(date \${DATE_OPTS} +%Y%m%d) || DATE=$(date \${DATE_OPTS} +%d)
[ -f \${SA_DIR}/sa\${DATE} ] || exit 0
[ x\${REPORTS} != xfalse ] && /usr/bin/sar.sysstat "$@" -f \${SA_DIR}/sa\${DATE} > \${SA_DIR}/sar\${DATE}
find "\${SA_DIR}" -type f -mtime +\${HISTORY} | grep -E '/sar?[0-9]{2,8}(\\.(Z|gz|bz2|xz|lz|lzo))?$' | xargs rm -f
find "\${SA_DIR}" -type f -mtime +\${COMPRESSAFTER} | grep -E '/sar?[0-9]{2,8}$' | xargs -r "\${ZIP}" > /dev/null
exit 0
`;

const debianSa1 = `#!/bin/sh
# sa1 for cron: not with systemd, whose timer does it, and only where collecting is switched on.
set -e
[ ! -d /run/systemd/system ] || exit 0
DEFAULT=/etc/default/sysstat
ENABLED=false
[ ! -r "$DEFAULT" ] || . "$DEFAULT"
[ "$ENABLED" = "true" ] || exit 0
exec /usr/lib/sysstat/sa1 "$@"
`;

const initScript = `#!/bin/sh
### BEGIN INIT INFO
# Provides:          sysstat
# Required-Start:    $remote_fs $local_fs $syslog
# Required-Stop:
# Default-Start:     2 3 4 5
# Default-Stop:
# Short-Description: Start/stop sysstat's sadc
# Description:       writes the mark of a start to the daily file
### END INIT INFO

PATH=/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin
DAEMON=/usr/lib/sysstat/debian-sa1
test -f "$DAEMON" || exit 0
umask 022
DEFAULT=/etc/default/sysstat
ENABLED="false"
test -r "$DEFAULT" && . "$DEFAULT"
set -e
. /lib/lsb/init-functions
status=0

case "$1" in
  start|restart|reload|force-reload)
    if [ "$ENABLED" = "true" ] ; then
      log_daemon_msg "Starting the system activity data collector" "sadc"
      start-stop-daemon --start --quiet --exec $DAEMON -- --boot || status=$?
      log_end_msg $status
    fi
    ;;
  stop)
    ;;
  status)
    if [ "$ENABLED" = "true" ] ; then
      log_success_msg "sadc cron jobs are enabled"
      exit 0
    else
      log_failure_msg "sadc cron jobs are disabled"
      exit 3
    fi
    ;;
  *)
    log_failure_msg "Usage: $0 {start|stop|restart|reload|force-reload|status}"
    exit 1
    ;;
esac
exit $status
`;

/** The three units go together: all on or all off, as ENABLED says, unless the administrator has chosen only some of them. */
const switchUnits = `
[ -d /run/systemd/system ] || exit 0
off=0
for unit in sysstat-collect.timer sysstat-summary.timer sysstat.service; do systemctl --quiet is-enabled $unit || off=$((off+1)); done
ENABLED=false
. /etc/default/sysstat
if [ "$ENABLED" = true ] && [ $off = 3 ]; then
  systemctl enable --now sysstat-collect.timer sysstat-summary.timer >/dev/null 2>&1 || true
  systemctl enable sysstat.service >/dev/null 2>&1 || true
elif [ "$ENABLED" != true ] && [ $off = 0 ]; then
  systemctl disable --now sysstat-collect.timer sysstat-summary.timer >/dev/null 2>&1 || true
  systemctl disable sysstat.service >/dev/null 2>&1 || true
fi
if [ "$ENABLED" = true ]; then /usr/lib/sysstat/sa1 1 1 || true; fi
`;

export default {
  name: "sysstat", summary: "measures what the machine does, and keeps it",
  files: [
    { path: "/etc/sysstat", directory: true }, { path: "/etc/sysstat/sysstat", text: configuration, conffile: true },
    { path: "/etc/sysstat/sysstat.ioconf", text: "# Names of disks by their numbers, where /sys does not tell them (sysstat(5)).\n", conffile: true },
    { path: "/etc/init.d/sysstat", text: initScript, mode: 0o755, conffile: true },
    { path: "/etc/cron.d/sysstat", text: "# In front: where debian-sa1 is\nPATH=/usr/lib/sysstat:/usr/sbin:/usr/sbin:/usr/bin:/sbin:/bin\n\n# Every ten minutes\n5-55/10 * * * * root command -v debian-sa1 > /dev/null && debian-sa1 1 1\n\n# At 23:59, for the change of the day\n59 23 * * * root command -v debian-sa1 > /dev/null && debian-sa1 60 2\n", conffile: true },
    { path: "/etc/cron.daily/sysstat", text: "#!/bin/sh\n# Yesterday's report, where systemd does not do it.\nset -e\nDEFAULT=/etc/default/sysstat\nENABLED=false\n[ ! -d /run/systemd/system ] || exit 0\n[ -x /usr/lib/sysstat/sa2 ] || exit 0\n[ -r \"$DEFAULT\" ] && . \"$DEFAULT\"\n[ \"$ENABLED\" = \"true\" ]  || exit 0\nexec /usr/lib/sysstat/sa2 -A\n", mode: 0o755, conffile: true },
    { path: "/usr/lib/sysstat/sa1", text: sa1, mode: 0o755 }, { path: "/usr/lib/sysstat/sa2", text: sa2, mode: 0o755 }, { path: "/usr/lib/sysstat/debian-sa1", text: debianSa1, mode: 0o755 },
    { path: "/lib/systemd/system/sysstat.service", text: "# A mark in the daily file: the counters begin at 0.\n\n[Unit]\nDescription=Resets System Activity Logs\nDocumentation=man:sa1(8) man:sadc(8) man:sar(1)\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\nUser=root\nExecStart=/usr/lib/sysstat/sa1 --boot\n\n[Install]\nWantedBy=multi-user.target\nAlso=sysstat-collect.timer\nAlso=sysstat-summary.timer\n" },
    { path: "/lib/systemd/system/sysstat-collect.service", text: "# Run by sysstat-collect.timer.\n\n[Unit]\nDescription=system activity accounting tool\nDocumentation=man:sa1(8)\nAfter=sysstat.service\n\n[Service]\nType=oneshot\nUser=root\nExecStart=/usr/lib/sysstat/sa1 1 1\n" },
    { path: "/lib/systemd/system/sysstat-collect.timer", text: "# Every ten minutes.\n\n[Unit]\nDescription=Run system activity accounting tool every 10 minutes\n\n[Timer]\nOnCalendar=*:00/10\n\n[Install]\nWantedBy=sysstat.service\n" },
    { path: "/lib/systemd/system/sysstat-summary.service", text: "# Run by sysstat-summary.timer.\n\n[Unit]\nDescription=Generate a daily summary of process accounting\nDocumentation=man:sa2(8)\nAfter=sysstat.service\n\n[Service]\nType=oneshot\nUser=root\nExecStart=/usr/lib/sysstat/sa2 -A\n" },
    { path: "/lib/systemd/system/sysstat-summary.timer", text: "# After midnight.\n\n[Unit]\nDescription=Generate summary of yesterday's process accounting\n\n[Timer]\nOnCalendar=00:07:00\n\n[Install]\nWantedBy=sysstat.service\n" },
    { path: "/var/log/sysstat", directory: true },
  ],
  postInstall: [
    { run: "[ -e /etc/default/sysstat ] || printf '%s\\n' '#' '# Settings of the scripts of sysstat.' '#' '' '# Collect what the machine does? \"true\" or \"false\"; dpkg-reconfigure sysstat asks.' 'ENABLED=\"false\"' '' > /etc/default/sysstat" },
    { alternative: "sar", link: "/usr/bin/sar", path: "/usr/bin/sar.sysstat", priority: 0, slaves: [{ link: "/usr/share/man/man1/sar.1.gz", name: "sar.1.gz", path: "/usr/share/man/man1/sar.sysstat.1.gz" }] },
    { initScript: "sysstat" },
    { enable: "sysstat-collect.timer" }, { enable: "sysstat-summary.timer" }, { enable: "sysstat.service" },
    { run: switchUnits },
  ],
  postPurge: [{ run: "rm -rf /var/log/sysstat\nrm -f /etc/default/sysstat" }],
} satisfies DebianPackage;
