// The System V init scripts that Debian's packages still carry beside their units: names, dependencies and run levels as in Debian 12, the scripts in our own words.
// With systemd running they hand their action to systemctl (/lib/lsb/init-functions.d/40-systemd).
import type { PackageAction, PackageFile } from "../../programs/kit/package.ts";

interface InitScript {
  readonly name: string;
  readonly provides?: string;
  readonly required: string;
  readonly should?: string;
  readonly start: string;
  readonly stop: string;
  readonly title: string;
  /** what start-stop-daemon starts; scripts without one run `command` */
  readonly daemon?: string;
  readonly pidFile?: string;
  readonly command?: string;
}

const REMOTE = "$remote_fs $syslog";
const NETWORKED = "$local_fs $remote_fs $network $syslog $named";
const ORDINARY = "2 3 4 5";
const HALT = "0 1 6";

const scripts: ReadonlyMap<string, readonly InitScript[]> = new Map<string, readonly InitScript[]>([
  ["anacron", [{ name: "anacron", required: `${REMOTE} $time`, start: ORDINARY, stop: "", title: "Run anacron jobs", command: "/usr/sbin/anacron -s" }]],
  ["apache2", [{ name: "apache-htcacheclean", required: REMOTE, start: ORDINARY, stop: HALT, title: "Cache cleaner process for Apache2 web server", daemon: "/usr/bin/htcacheclean" }, { name: "apache2", required: NETWORKED, start: ORDINARY, stop: HALT, title: "Apache2 web server", daemon: "/usr/sbin/apache2" }]],
  ["at", [{ name: "atd", required: "$syslog $time $remote_fs", start: ORDINARY, stop: HALT, title: "Deferred execution scheduler", daemon: "/usr/sbin/atd", pidFile: "/run/atd.pid" }]],
  ["chrony", [{ name: "chrony", required: "$remote_fs", should: "$syslog $network $named $time", start: ORDINARY, stop: HALT, title: "Controls chronyd NTP time daemon", daemon: "/usr/sbin/chronyd", pidFile: "/run/chrony/chronyd.pid" }]],
  ["console-setup-linux", [{ name: "console-setup.sh", required: "$remote_fs", should: "console-screen kbd", start: ORDINARY, stop: "", title: "Set console font and keymap", command: "setupcon --save" }, { name: "keyboard-setup.sh", required: "mountkernfs", start: "S", stop: "", title: "Set the console keyboard layout", command: "setupcon --keyboard-only" }]],
  ["cron", [{ name: "cron", required: `${REMOTE} $time`, should: "$network $named slapd autofs ypbind nscd nslcd winbind sssd", start: ORDINARY, stop: "", title: "Regular background program processing daemon", daemon: "/usr/sbin/cron", pidFile: "/run/crond.pid" }]],
  ["cups-daemon", [{ name: "cups", required: "$syslog $remote_fs", should: "$network avahi-daemon slapd nslcd", start: ORDINARY, stop: "1", title: "CUPS Printing spooler and server", daemon: "/usr/sbin/cupsd", pidFile: "/run/cups/cupsd.pid" }]],
  ["dbus", [{ name: "dbus", required: REMOTE, start: ORDINARY, stop: "", title: "D-Bus systemwide message bus", daemon: "/usr/bin/dbus-daemon", pidFile: "/run/dbus/pid" }]],
  ["docker.io", [{ name: "docker", required: "$syslog $remote_fs", should: "cgroupfs-mount cgroup-lite", start: ORDINARY, stop: HALT, title: "Create lightweight, portable, self-sufficient containers.", daemon: "/usr/sbin/dockerd", pidFile: "/run/docker-ssd.pid" }]],
  ["ifupdown", [{ name: "networking", provides: "networking ifupdown", required: "mountkernfs $local_fs urandom", start: "S", stop: "0 6", title: "Raise network interfaces.", command: "ifup -a" }]],
  ["kmod", [{ name: "kmod", required: "", should: "checkroot", start: "S", stop: "", title: "Load the modules listed in /etc/modules.", command: "sed '/^#/d' /etc/modules | xargs -r -n 1 modprobe" }]],
  ["nginx-common", [{ name: "nginx", required: NETWORKED, start: ORDINARY, stop: HALT, title: "starts the nginx web server", daemon: "/usr/sbin/nginx", pidFile: "/run/nginx.pid" }]],
  ["ntpsec", [{ name: "ntpsec", required: "$network $remote_fs $syslog", start: ORDINARY, stop: "", title: "Start NTP daemon", daemon: "/usr/sbin/ntpd", pidFile: "/run/ntpd.pid" }]],
  ["open-vm-tools", [{ name: "open-vm-tools", required: "$local_fs $remote_fs", start: ORDINARY, stop: HALT, title: "Runs the open-vm-tools services", daemon: "/usr/bin/vmtoolsd", pidFile: "/run/vmtoolsd.pid" }]],
  ["openbsd-inetd", [{ name: "openbsd-inetd", required: "$local_fs $remote_fs", should: "$syslog", start: ORDINARY, stop: HALT, title: "Start or stop the inetd daemon.", daemon: "/usr/sbin/inetd", pidFile: "/run/inetd.pid" }]],
  ["openssh-server", [{ name: "ssh", provides: "ssh sshd", required: REMOTE, start: ORDINARY, stop: "", title: "OpenBSD Secure Shell server", daemon: "/usr/sbin/sshd", pidFile: "/run/sshd.pid" }]],
  ["postfix", [{ name: "postfix", provides: "postfix mail-transport-agent", required: "$local_fs $remote_fs $syslog $named $network $time", should: "postgresql mysql clamav-daemon postgrey spamassassin saslauthd dovecot", start: ORDINARY, stop: HALT, title: "Postfix Mail Transport Agent", command: "postfix start" }]],
  ["procps", [{ name: "procps", required: "mountkernfs $local_fs", should: "udev module-init-tools", start: "S", stop: "", title: "Configure kernel parameters at boottime", command: "sysctl --system" }]],
  ["qemu-guest-agent", [{ name: "qemu-guest-agent", required: REMOTE, start: ORDINARY, stop: HALT, title: "QEMU Guest Agent startup script", daemon: "/usr/sbin/qemu-ga", pidFile: "/run/qemu-ga.pid" }]],
  ["sudo", [{ name: "sudo", required: "$local_fs $remote_fs", start: ORDINARY, stop: "", title: "Provide limited super user privileges to specific users", command: "find /run/sudo/ts -type f -delete" }]],
  ["udev", [{ name: "udev", required: "mountkernfs", start: "S", stop: "0 6", title: "Start systemd-udevd, populate /dev and load drivers.", daemon: "/lib/systemd/systemd-udevd" }]],
  ["unattended-upgrades", [{ name: "unattended-upgrades", provides: "unattended-upgrade-shutdown-check", required: "$local_fs $remote_fs", start: ORDINARY, stop: "0 6", title: "Check if unattended upgrades are being applied", command: "true" }]],
  ["util-linux-extra", [{ name: "hwclock.sh", provides: "hwclock", required: "", should: "umountfs", start: "S", stop: "0 6", title: "Save system clock to hardware on shutdown.", command: "hwclock --systohc" }]],
  ["x11-common", [{ name: "x11-common", required: "$remote_fs", start: "S", stop: "", title: "set up the X server and ICE socket directories", command: "install -d -m 1777 /tmp/.X11-unix /tmp/.ICE-unix" }]],
  ["xinetd", [{ name: "xinetd", provides: "xinetd inetd", required: "$local_fs $remote_fs $network", should: "$syslog", start: ORDINARY, stop: HALT, title: "Starts or stops the xinetd daemon.", daemon: "/usr/sbin/xinetd", pidFile: "/run/xinetd.pid" }]],
]);

function scriptText({ name, provides = name, required, should, start, stop, title, daemon, pidFile, command }: InitScript): string {
  const head = ["#!/bin/sh", "### BEGIN INIT INFO", `# Provides:          ${provides}`, `# Required-Start:    ${required}`, `# Required-Stop:     ${start === "S" ? "" : required}`, ...(should === undefined ? [] : [`# Should-Start:      ${should}`, `# Should-Stop:       ${should}`]), `# Default-Start:     ${start}`, `# Default-Stop:      ${stop}`, `# Short-Description: ${title}`, "### END INIT INFO"];
  const verbs = daemon === undefined ? [`  start|restart|reload|force-reload)`, `    log_action_begin_msg "${title}"`, `    ${command ?? "true"}`, "    log_action_end_msg $?", "    ;;", "  stop|status)", "    ;;"] : [
    "  start)", `    log_daemon_msg "Starting ${title}" "${name}"`, `    start-stop-daemon --start --quiet --oknodo ${pidFile === undefined ? "" : `--pidfile ${pidFile} `}--exec "$DAEMON" -- $EXTRA_OPTS`, "    log_end_msg $?", "    ;;",
    "  stop)", `    log_daemon_msg "Stopping ${title}" "${name}"`, `    start-stop-daemon --stop --quiet --oknodo --retry 5 ${pidFile === undefined ? "" : `--pidfile ${pidFile} `}--exec "$DAEMON"`, "    log_end_msg $?", "    ;;",
    "  reload|force-reload)", `    log_daemon_msg "Reloading ${title}" "${name}"`, `    start-stop-daemon --stop --signal 1 --quiet --oknodo ${pidFile === undefined ? "" : `--pidfile ${pidFile} `}--exec "$DAEMON"`, "    log_end_msg $?", "    ;;",
    "  restart|try-restart)", '    "$0" stop', '    "$0" start', "    ;;",
    "  status)", `    status_of_proc ${pidFile === undefined ? "" : `-p ${pidFile} `}"$DAEMON" "${name}"`, "    exit $?", "    ;;",
  ];
  return [...head, "", ...(daemon === undefined ? [] : [`DAEMON=${daemon}`, '[ -x "$DAEMON" ] || exit 0', ""]), ". /lib/lsb/init-functions", "", ...(daemon === undefined ? [] : [`[ ! -r /etc/default/${name} ] || . /etc/default/${name}`, ""]), 'case "$1" in', ...verbs, "  *)", `    echo "Usage: /etc/init.d/${name} {start|stop|restart|reload|force-reload|status}" >&2`, "    exit 2", "    ;;", "esac", "exit 0", ""].join("\n");
}

export function initScriptFiles(packageName: string): readonly PackageFile[] {
  return (scripts.get(packageName) ?? []).map((one) => ({ path: `/etc/init.d/${one.name}`, text: scriptText(one), mode: 0o755, conffile: true }));
}

export function initScriptActions(packageName: string): readonly PackageAction[] {
  return (scripts.get(packageName) ?? []).map(({ name }) => ({ initScript: name }));
}

export function initScriptPurge(packageName: string): readonly PackageAction[] {
  return (scripts.get(packageName) ?? []).map(({ name }) => ({ run: `update-rc.d ${name} remove >/dev/null || true` }));
}
