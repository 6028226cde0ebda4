import type { DebianPackage } from "../kit/package.ts";

const periodic = (name: string, command: string): string => `[Unit]
Description=${name}
Documentation=man:apt(8)
ConditionACPower=true
After=network.target network-online.target systemd-networkd.service NetworkManager.service connman.service

[Service]
Type=oneshot
ExecStart=${command}
KillMode=process
TimeoutStopSec=900
`;

/** What the two timers run; APT::Periodic in apt.conf.d says what and how often. */
const DAILY = `#!/bin/sh
# Called by apt-daily.service (update) and apt-daily-upgrade.service (install).
set -e

Enable=1
Update=0
Download=0
Upgrade=0
Clean=0
eval "$(apt-config shell Enable APT::Periodic::Enable Update APT::Periodic::Update-Package-Lists Download APT::Periodic::Download-Upgradeable-Packages Upgrade APT::Periodic::Unattended-Upgrade Clean APT::Periodic::AutocleanInterval)"
[ "$Enable" = 1 ] || exit 0

# due DAYS STAMP: so many days have passed since the stamp was made
due() {
    [ "$1" != 0 ] || return 1
    [ "$1" != always ] && [ -e "$2" ] || return 0
    [ $(( $(date +%s) - $(stat -c %Y "$2") )) -ge $(( $1 * 86400 - 43200 )) ]
}

stamps=/var/lib/apt/periodic
mkdir -p "$stamps"
if [ "$1" = update ] || [ -z "$1" ]; then
    if due "$Update" "$stamps/update-stamp" && apt-get -qq -y update; then touch "$stamps/update-stamp"; fi
    if due "$Download" "$stamps/download-upgradeable-stamp" && apt-get -qq -y -d dist-upgrade; then touch "$stamps/download-upgradeable-stamp"; fi
fi
if [ "$1" = install ] || [ -z "$1" ]; then
    if due "$Upgrade" "$stamps/upgrade-stamp" && command -v unattended-upgrade > /dev/null && unattended-upgrade; then touch "$stamps/upgrade-stamp"; fi
    if due "$Clean" "$stamps/autoclean-stamp" && apt-get -qq -y autoclean; then touch "$stamps/autoclean-stamp"; fi
fi
exit 0
`;

const apt: DebianPackage = {
  name: "apt",
  summary: "finds, fetches and installs packages from archives",
  files: [
    ...["/etc/apt", "/etc/apt/apt.conf.d", "/etc/apt/auth.conf.d", "/etc/apt/keyrings", "/etc/apt/preferences.d", "/etc/apt/sources.list.d", "/etc/apt/trusted.gpg.d", "/var/cache/apt", "/var/cache/apt/archives",
      "/var/lib/apt", "/var/lib/apt/lists", "/var/lib/apt/mirrors", "/var/lib/apt/periodic", "/var/log/apt"].map((path) => ({ path, directory: true }) as const),
    { path: "/var/cache/apt/archives/partial", directory: true, mode: 0o700, owner: "_apt" },
    { path: "/var/lib/apt/lists/partial", directory: true, mode: 0o700, owner: "_apt" },
    { path: "/var/lib/apt/lists/auxfiles", directory: true },
    { path: "/var/cache/apt/archives/lock", text: "", mode: 0o640 },
    { path: "/var/lib/apt/lists/lock", text: "", mode: 0o640 },
    { path: "/var/lib/apt/extended_states", text: "" },
    { path: "/etc/apt/apt.conf.d/01autoremove", text: 'APT\n{\n  NeverAutoRemove\n  {\n\t"^firmware-linux.*";\n\t"^linux-firmware$";\n\t"^linux-image-[a-z0-9]*$";\n\t"^linux-image-[a-z0-9]*-[a-z0-9]*$";\n  };\n};\n', conffile: true },
    { path: "/etc/cron.daily/apt-compat", text: "#!/bin/sh\n\nset -e\n\n# Under systemd a timer does this.\nif [ -d /run/systemd/system ]; then\n    exit 0\nfi\n\nexec /usr/lib/apt/apt.systemd.daily\n", mode: 0o755, conffile: true },
    { path: "/etc/logrotate.d/apt", text: "/var/log/apt/term.log {\n  rotate 12\n  monthly\n  compress\n  missingok\n  notifempty\n}\n\n/var/log/apt/history.log {\n  rotate 12\n  monthly\n  compress\n  missingok\n  notifempty\n}\n", conffile: true },
    { path: "/usr/lib/apt/apt.systemd.daily", text: DAILY, mode: 0o755 },
    { path: "/lib/systemd/system/apt-daily.service", text: periodic("Daily apt download activities", "/usr/lib/apt/apt.systemd.daily update") },
    { path: "/lib/systemd/system/apt-daily-upgrade.service", text: periodic("Daily apt upgrade and clean activities", "/usr/lib/apt/apt.systemd.daily install") },
    { path: "/lib/systemd/system/apt-daily.timer", text: "[Unit]\nDescription=Daily apt download activities\n\n[Timer]\nOnCalendar=*-*-* 6,18:00\nRandomizedDelaySec=12h\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n" },
    { path: "/lib/systemd/system/apt-daily-upgrade.timer", text: "[Unit]\nDescription=Daily apt upgrade and clean activities\nAfter=apt-daily.timer\n\n[Timer]\nOnCalendar=*-*-* 6:00\nRandomizedDelaySec=60m\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n" },
  ],
  postInstall: [{ enable: "apt-daily.timer" }, { enable: "apt-daily-upgrade.timer" }],
};

export default apt;
