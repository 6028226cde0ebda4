// What systemd puts beside System V's scripts: their actions go to systemctl, and enabling a unit is told to update-rc.d.
import type { PackageFile } from "../kit/package.ts";

const redirect = `# Sourced by /lib/lsb/init-functions: with systemd as PID 1, an action asked of /etc/init.d/NAME is systemctl's.
if [ -d /run/systemd/system ] && [ "$PPID" -ne 1 ] && [ -z "\${SYSTEMCTL_SKIP_REDIRECT:-}" ]; then
    case "$(readlink -f "$0")" in
    /etc/init.d/*)
        prog=\${0##*/}
        service="\${prog%.sh}.service"
        state=$(systemctl -p LoadState --value show "$service" 2>/dev/null) || state=not-found
        [ "$state" != masked ] || exit 0
        case "\${1:-}" in
        start) said="Starting $prog (via systemctl)" ;;
        stop) said="Stopping $prog (via systemctl)" ;;
        restart) said="Restarting $prog (via systemctl)" ;;
        try-restart) said="Restarting $prog if running (via systemctl)" ;;
        reload|force-reload) said="Reloading $prog configuration (via systemctl)" ;;
        status) systemctl --no-pager status "$service"; exit $? ;;
        *) said= ;;
        esac
        if [ -n "$said" ] && ! { [ "$1" = reload ] && [ "$(systemctl -p CanReload --value show "$service" 2>/dev/null)" = no ]; }; then
            action=$1
            [ "$action" != force-reload ] || action=reload-or-restart
            log_daemon_msg "$said" "$service"
            done=0
            systemctl --no-pager "$action" "$service" || done=$?
            log_end_msg $done
            exit $done
        fi
        ;;
    esac
fi
`;

const install = `#!/bin/sh
# usage: systemd-sysv-install [--root=PATH] enable|disable|is-enabled NAME
set -eu
root=
case "\${1:-}" in --root=*) root=\${1#--root=}; shift ;; -r|--root) root=$2; shift 2 ;; esac
[ -n "\${2:-}" ] || { echo "Usage: $0 [--root=path] enable|disable|is-enabled <sysv script name>" >&2; exit 1; }
change() {
    export _SKIP_SYSTEMD_NATIVE=1
    if [ -n "$root" ] && [ "$root" != / ]; then chroot "$root" /usr/sbin/update-rc.d "$@"; else /usr/sbin/update-rc.d "$@"; fi
}
case "$1" in
enable|disable) change "$2" defaults; change "$2" "$1" ;;
is-enabled) ls "$root"/etc/rc[S5].d/S??"$2" >/dev/null 2>&1 ;;
*) echo "Usage: $0 [--root=path] enable|disable|is-enabled <sysv script name>" >&2; exit 1 ;;
esac
`;

export const sysvCompatibilityFiles: readonly PackageFile[] = [
  { path: "/lib/lsb", directory: true },
  { path: "/lib/lsb/init-functions.d", directory: true },
  { path: "/lib/lsb/init-functions.d/40-systemd", text: redirect },
  { path: "/lib/systemd/systemd-sysv-install", text: install, mode: 0o755 },
];
