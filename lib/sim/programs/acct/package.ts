import type { DebianPackage } from "../kit/package.ts";

const initScript = `#!/bin/sh
### BEGIN INIT INFO
# Provides:          acct
# Required-Start:    $remote_fs $syslog
# Required-Stop:     $remote_fs $syslog
# Default-Start:     2 3 4 5
# Default-Stop:      0 1 6
# Short-Description: process and login accounting
# Description:       switches the accounting of processes on and off
### END INIT INFO

PATH=/sbin:/bin:/usr/sbin:/usr/bin
DAEMON=/usr/sbin/accton
test -x $DAEMON || exit 0
. /lib/lsb/init-functions
ACCT_ENABLE="1"
[ -f /etc/default/acct ] && . /etc/default/acct

case "$1" in
  start)
    [ "$ACCT_ENABLE" = "1" ] || exit 0
    if $DAEMON /var/log/account/pacct 2>/dev/null; then log_success_msg "Done."; else log_failure_msg "Failed."; fi
    ;;
  stop)
    if $DAEMON off 2>/dev/null; then log_success_msg "Done."; else log_failure_msg "Failed."; fi
    ;;
  restart|force-reload)
    $0 stop
    $0 start
    ;;
  *)
    echo "Usage: /etc/init.d/acct {start|stop|status|restart|force-reload}" >&2
    exit 1
    ;;
esac
exit 0
`;

export default {
  name: "acct", summary: "keeps account of processes and logins",
  files: [
    { path: "/etc/default/acct", text: "# Settings of acct.\n\n# 0: accounting is not started.\nACCT_ENABLE=\"1\"\n\n# Days that records are kept.\nACCT_LOGGING=\"30\"\n", conffile: true },
    { path: "/etc/init.d/acct", text: initScript, mode: 0o755, conffile: true },
    { path: "/etc/cron.daily/acct", text: "#!/bin/sh\n# A new file of records each day.\n\ntest -x /usr/sbin/accton || exit 0\nACCT_LOGGING=\"30\"\n[ -f /etc/default/acct ] && . /etc/default/acct\n[ -d /var/log/account ] || mkdir -p /var/log/account\ncd /var/log/account\nsavelog -g adm -m 0640 -u root -c \"${ACCT_LOGGING}\" /var/log/account/pacct > /dev/null\ninvoke-rc.d acct restart > /dev/null\nexit 0\n", mode: 0o755, conffile: true },
    { path: "/etc/cron.monthly/acct", text: "#!/bin/sh\n# Who was logged in for how long, in /var/log/wtmp.report.\n\ntest -x /usr/sbin/accton || exit 0\n{ echo \"Login accounting for the month ended `date`:\"; echo; ac -p | sort -nr -k2; echo; last; } > /var/log/wtmp.report\nchown root:adm /var/log/wtmp.report\nchmod 640 /var/log/wtmp.report\n", mode: 0o755, conffile: true },
    { path: "/lib/systemd/system/acct.service", text: "[Unit]\nDescription=Kernel process accounting\nDocumentation=man:accton(8)\nConditionPathExists=/var/log/account\n\n[Service]\nType=oneshot\nExecStart=/usr/sbin/accton /var/log/account/pacct\nExecStop=/usr/sbin/accton off\nRemainAfterExit=yes\n\n[Install]\nWantedBy=multi-user.target\n" },
  ],
  postInstall: [{ run: "mkdir -p /var/log/account\ntouch /var/log/account/pacct\nchmod 0640 /var/log/account/pacct*\nchown root:adm /var/log/account/pacct*" }, { initScript: "acct" }, { enable: "acct.service" }, { start: "acct.service" }],
  postPurge: [{ run: "rm -rf /var/log/account" }],
} satisfies DebianPackage;
