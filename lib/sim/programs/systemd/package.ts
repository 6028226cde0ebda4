import type { DebianPackage, PackageFile } from "../kit/package.ts";
import { sysvCompatibilityFiles } from "./_sysv-compatibility.ts";
import { systemdUnitFiles } from "./_units.ts";

/** A configuration file whose settings are all commented out, as Debian ships them: what stands there are the defaults. */
const defaults = (path: string, section: string, settings: string): PackageFile => ({
  path, conffile: true,
  text: `# Defaults are shown; uncomment a line to change it (${path.slice(path.lastIndexOf("/") + 1)}(5)).\n\n[${section}]\n${settings.trim().split(/\s+/).map((line) => `#${line}`).join("\n")}\n`,
});

const directories = [
  "/etc/binfmt.d", "/etc/modules-load.d", "/etc/sysctl.d", "/etc/systemd", "/etc/systemd/network", "/etc/systemd/system", "/etc/systemd/user", "/etc/tmpfiles.d", "/etc/udev", "/etc/udev/rules.d", "/etc/udev/hwdb.d",
  "/lib/systemd", "/lib/systemd/network", "/lib/systemd/system", "/lib/systemd/system-preset", "/usr/lib/sysctl.d", "/usr/lib/sysusers.d", "/usr/lib/tmpfiles.d", "/usr/lib/modules-load.d", "/usr/lib/systemd/user", "/var/lib/systemd",
  "/var/lib/systemd/catalog", "/var/lib/systemd/coredump", "/var/lib/systemd/pstore", "/var/lib/systemd/timers", "/etc/xdg/systemd",
];

const systemd: DebianPackage = {
  name: "systemd",
  summary: "the first process: starts and supervises services",
  files: [
    ...directories.map((path) => ({ path, directory: true }) as const),
    { path: "/var/log/journal", directory: true, mode: 0o2755, group: "systemd-journal" },
    { path: "/var/log/private", directory: true, mode: 0o700 },
    { path: "/var/lib/private", directory: true, mode: 0o700 },
    ...systemdUnitFiles(),
    ...sysvCompatibilityFiles,
    defaults("/etc/systemd/system.conf", "Manager", "LogLevel=info LogTarget=journal-or-kmsg DefaultTimeoutStartSec=90s DefaultTimeoutStopSec=90s DefaultRestartSec=100ms DefaultStartLimitIntervalSec=10s DefaultStartLimitBurst=5 DefaultTasksMax=15%"),
    defaults("/etc/systemd/user.conf", "Manager", "LogLevel=info DefaultTimeoutStartSec=90s DefaultTimeoutStopSec=90s"),
    defaults("/etc/systemd/journald.conf", "Journal", "Storage=auto Compress=yes Seal=yes SplitMode=uid SyncIntervalSec=5m RateLimitIntervalSec=30s RateLimitBurst=10000 SystemMaxUse= SystemKeepFree= SystemMaxFileSize= SystemMaxFiles=100 RuntimeMaxUse= RuntimeKeepFree= RuntimeMaxFileSize= RuntimeMaxFiles=100 MaxRetentionSec= MaxFileSec=1month ForwardToSyslog=yes ForwardToKMsg=no ForwardToConsole=no ForwardToWall=yes TTYPath=/dev/console MaxLevelStore=debug MaxLevelSyslog=debug MaxLevelKMsg=notice MaxLevelConsole=info MaxLevelWall=emerg LineMax=48K ReadKMsg=yes Audit=no"),
    defaults("/etc/systemd/logind.conf", "Login", "NAutoVTs=6 KillUserProcesses=no HandlePowerKey=poweroff"),
    defaults("/etc/systemd/networkd.conf", "Network", "SpeedMeter=no"),
    defaults("/etc/systemd/pstore.conf", "PStore", "Storage=external Unlink=yes"),
    defaults("/etc/systemd/sleep.conf", "Sleep", "AllowSuspend=yes AllowHibernation=yes"),
    { path: "/etc/sysctl.d/99-sysctl.conf", symlink: "../sysctl.conf" },
    { path: "/etc/modules-load.d/modules.conf", symlink: "../modules" },
    { path: "/etc/xdg/systemd/user", symlink: "../../systemd/user" },
    { path: "/lib/systemd/system-preset/90-systemd.preset", text: "# Policy for units that systemd itself brings (systemd.preset(5)).\nenable remote-fs.target\nenable remote-cryptsetup.target\nenable machines.target\nenable getty@.service\nenable systemd-pstore.service\ndisable console-getty.service\ndisable debug-shell.service\ndisable exit.target\ndisable halt.target\ndisable kexec.target\ndisable poweroff.target\ndisable reboot.target\ndisable rescue.target\ndisable syslog.socket\ndisable systemd-boot-check-no-failures.service\ndisable systemd-network-generator.service\ndisable systemd-networkd.*\ndisable systemd-networkd-wait-online.service\ndisable systemd-sysext.service\ndisable systemd-time-wait-sync.service\ndisable proc-sys-fs-binfmt_misc.mount\n" },
    { path: "/lib/systemd/system-preset/99-default.preset", text: "# What no other file decides is enabled.\nenable *\n" },
    { path: "/usr/lib/sysctl.d/50-pid-max.conf", text: "# As many processes as 64 bits allow.\n\nkernel.pid_max = 4194304\n" },
    { path: "/usr/lib/tmpfiles.d/tmp.conf", text: "# /tmp is emptied at boot, /var/tmp after 30 days.\nD /tmp 1777 root root -\n#q /var/tmp 1777 root root 30d\n" },
    { path: "/usr/lib/pam.d/systemd-user", text: "# PAM for user@.service\n@include common-account\nsession required pam_selinux.so close\nsession required pam_loginuid.so\n@include common-session-noninteractive\n" },
    { path: "/lib/systemd/network/99-default.link", text: "[Match]\nOriginalName=*\n\n[Link]\nNamePolicy=keep kernel database onboard slot path\nAlternativeNamesPolicy=database onboard slot path\nMACAddressPolicy=persistent\n" },
  ],
  postInstall: [{ enable: "getty@.service" }, { enable: "remote-fs.target" }, { enable: "systemd-pstore.service" }],
};

export default systemd;
