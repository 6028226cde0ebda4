// Files of packages that bring no simulated command: units, settings, data. Values as in Debian 12, comments in our own words. A package that gets a folder in lib/sim/programs takes its files there.
import type { DebianPackage, PackageFile } from "../../programs/kit/package.ts";

const timer = (description: string, timerSettings: string, documentation?: string): string =>
  `[Unit]\nDescription=${description}\n${documentation === undefined ? "" : `Documentation=${documentation}\n`}\n[Timer]\n${timerSettings}\n\n[Install]\nWantedBy=timers.target\n`;
const oneshot = (description: string, command: string, more = ""): string => `[Unit]\nDescription=${description}\n${more}\n[Service]\nType=oneshot\nExecStart=${command}\n`;

/** A job of /etc/cron.daily or /etc/cron.weekly that leaves its work to a timer where systemd runs. */
const cronJob = (path: string, command: string): PackageFile => ({ path, text: `#!/bin/sh\n\n# Under systemd a timer does this.\nif [ -d /run/systemd/system ]; then\n    exit 0\nfi\n\n${command}\n`, mode: 0o755, conffile: true });

type Extra = Pick<DebianPackage, "files" | "postInstall">;

export const extraFiles: ReadonlyMap<string, Extra> = new Map<string, Extra>([
  ["e2fsprogs", {
    files: [
      { path: "/lib/systemd/system/e2scrub@.service", text: oneshot("Online ext4 Metadata Check for %f", "/bin/true") },
      { path: "/lib/systemd/system/e2scrub_all.service", text: oneshot("Online ext4 Metadata Check for All Filesystems", "/bin/true") },
      { path: "/lib/systemd/system/e2scrub_all.timer", text: timer("Periodic ext4 Online Metadata Check for All Filesystems", "OnCalendar=Sun *-*-* 03:10:00\nRandomizedDelaySec=60\nPersistent=true") },
      { path: "/lib/systemd/system/e2scrub_fail@.service", text: oneshot("Online ext4 Metadata Check Failure Reporting for %f", "/bin/true") },
      { path: "/lib/systemd/system/e2scrub_reap.service", text: `${oneshot("Remove Stale Online ext4 Metadata Check Snapshots", "/bin/true")}\n[Install]\nWantedBy=default.target\n` },
      { path: "/etc/cron.d/e2scrub_all", text: "30 3 * * 0 root test -e /run/systemd/system || SERVICE_MODE=1 /usr/lib/x86_64-linux-gnu/e2fsprogs/e2scrub_all_cron\n10 3 * * * root test -e /run/systemd/system || SERVICE_MODE=1 /sbin/e2scrub_all -A -r\n", conffile: true },
      { path: "/etc/e2scrub.conf", text: "# Settings of e2scrub(8). All defaults.\n", conffile: true },
      { path: "/etc/mke2fs.conf", text: "[defaults]\n\tbase_features = sparse_super,large_file,filetype,resize_inode,dir_index,ext_attr\n\tdefault_mntopts = acl,user_xattr\n\tenable_periodic_fsck = 0\n\tblocksize = 4096\n\tinode_size = 256\n\tinode_ratio = 16384\n\n[fs_types]\n\text3 = {\n\t\tfeatures = has_journal\n\t}\n\text4 = {\n\t\tfeatures = has_journal,extent,huge_file,flex_bg,metadata_csum,64bit,dir_nlink,extra_isize\n\t}\n", conffile: true },
    ],
    postInstall: [{ enable: "e2scrub_all.timer" }, { enable: "e2scrub_reap.service" }],
  }],
  ["util-linux", {
    files: [
      { path: "/lib/systemd/system/fstrim.service", text: oneshot("Discard unused blocks on filesystems from /etc/fstab", "/bin/true", "Documentation=man:fstrim(8)\n") },
      { path: "/lib/systemd/system/fstrim.timer", text: timer("Discard unused blocks once a week", "OnCalendar=weekly\nAccuracySec=1h\nPersistent=true", "man:fstrim") },
      { path: "/lib/systemd/system/hwclock.service", symlink: "/dev/null" },
    ],
    postInstall: [{ enable: "fstrim.timer" }],
  }],
  ["logrotate", {
    files: [
      { path: "/etc/logrotate.conf", text: "# Settings for all logs (logrotate(8)).\n\nweekly\nrotate 4\ncreate\n#dateext\n#compress\n\n# Packages add theirs here.\ninclude /etc/logrotate.d\n", conffile: true },
      { path: "/etc/logrotate.d", directory: true },
      cronJob("/etc/cron.daily/logrotate", "[ -x /usr/sbin/logrotate ] || exit 0\n\nstatus=0\n/usr/sbin/logrotate /etc/logrotate.conf || status=$?\n[ $status -eq 0 ] || /usr/bin/logger -t logrotate \"ALERT exited abnormally with [$status]\"\nexit $status"),
      { path: "/var/lib/logrotate", directory: true },
      { path: "/etc/logrotate.d/btmp", text: "/var/log/btmp {\n    missingok\n    monthly\n    create 0660 root utmp\n    rotate 1\n}\n", conffile: true },
      { path: "/etc/logrotate.d/wtmp", text: "/var/log/wtmp {\n    missingok\n    monthly\n    create 0664 root utmp\n    minsize 1M\n    rotate 1\n}\n", conffile: true },
      { path: "/lib/systemd/system/logrotate.service", text: oneshot("Rotate log files", "/usr/sbin/logrotate /etc/logrotate.conf", "Documentation=man:logrotate(8) man:logrotate.conf(5)\n") },
      { path: "/lib/systemd/system/logrotate.timer", text: timer("Daily rotation of log files", "OnCalendar=daily\nAccuracySec=1h\nPersistent=true", "man:logrotate(8) man:logrotate.conf(5)") },
    ],
    postInstall: [{ enable: "logrotate.timer" }],
  }],
  ["man-db", {
    files: [
      { path: "/etc/manpath.config", text: "# Where manual pages are (manpath(5)).\nMANDATORY_MANPATH\t/usr/man\nMANDATORY_MANPATH\t/usr/share/man\nMANDATORY_MANPATH\t/usr/local/share/man\nMANPATH_MAP\t/bin\t\t/usr/share/man\nMANPATH_MAP\t/usr/bin\t/usr/share/man\nSECTION\t\t1 n l 8 3 0 2 3type 5 4 9 6 7\n", conffile: true },
      { path: "/var/cache/man", directory: true, owner: "man" },
      cronJob("/etc/cron.daily/man-db", "[ ! -x /usr/bin/mandb ] || exec start-stop-daemon --start --pidfile /dev/null --startas /usr/bin/mandb --oknodo --chuid man -- --no-purge --quiet"),
      cronJob("/etc/cron.weekly/man-db", "[ ! -x /usr/bin/mandb ] || exec start-stop-daemon --start --pidfile /dev/null --startas /usr/bin/mandb --oknodo --chuid man -- --quiet"),
      { path: "/lib/systemd/system/man-db.service", text: oneshot("Daily man-db regeneration", "/bin/true", "Documentation=man:mandb(8)\n") },
      { path: "/lib/systemd/system/man-db.timer", text: timer("Daily man-db regeneration", "OnCalendar=daily\nAccuracySec=12h\nPersistent=true", "man:mandb(8)") },
    ],
    postInstall: [{ enable: "man-db.timer" }],
  }],
  ["dbus", {
    files: [
      { path: "/lib/systemd/system/dbus.service", text: "[Unit]\nDescription=D-Bus System Message Bus\nDocumentation=man:dbus-daemon(1)\nRequires=dbus.socket\n\n[Service]\nType=notify\nNotifyAccess=main\nExecStart=/usr/bin/dbus-daemon --system --address=systemd: --nofork --nopidfile --systemd-activation --syslog-only\nExecReload=/usr/bin/dbus-send --print-reply --system --type=method_call --dest=org.freedesktop.DBus / org.freedesktop.DBus.ReloadConfig\nOOMScoreAdjust=-900\nUser=messagebus\n" },
      { path: "/lib/systemd/system/dbus.socket", text: "[Unit]\nDescription=D-Bus System Message Bus Socket\n\n[Socket]\nListenStream=/run/dbus/system_bus_socket\n" },
      { path: "/lib/systemd/system/multi-user.target.wants/dbus.service", symlink: "../dbus.service" },
      { path: "/lib/systemd/system/sockets.target.wants/dbus.socket", symlink: "../dbus.socket" },
      { path: "/etc/dbus-1", directory: true },
      { path: "/etc/dbus-1/system.d", directory: true },
      { path: "/etc/default/dbus", text: "# Settings of the system bus.\nPARAMS=\"\"\n", conffile: true },
      { path: "/var/lib/dbus", directory: true },
    ],
  }],
  ["open-vm-tools", {
    files: [
      { path: "/etc/vmware-tools", directory: true },
      { path: "/lib/systemd/system/open-vm-tools.service", text: "[Unit]\nDescription=Service for virtual machines hosted on VMware\nDocumentation=http://open-vm-tools.sourceforge.net/about.php\nConditionVirtualization=vmware\nDefaultDependencies=no\nBefore=cloud-init-local.service\nAfter=vgauth.service\nAfter=apparmor.service\nRequiresMountsFor=/tmp\nAfter=systemd-remount-fs.service systemd-tmpfiles-setup.service systemd-modules-load.service\n\n[Service]\nExecStart=/usr/bin/vmtoolsd\nTimeoutStopSec=5\n\n[Install]\nWantedBy=multi-user.target\nAlias=vmtoolsd.service\n" },
      { path: "/lib/systemd/system/vgauth.service", text: "[Unit]\nDescription=Authentication service for virtual machines hosted on VMware\nDocumentation=http://github.com/vmware/open-vm-tools\nConditionVirtualization=vmware\nDefaultDependencies=no\nAfter=systemd-remount-fs.service systemd-tmpfiles-setup.service systemd-modules-load.service\n\n[Service]\nExecStart=/usr/bin/VGAuthService\nTimeoutStopSec=5\n\n[Install]\nWantedBy=multi-user.target\nRequiredBy=open-vm-tools.service\n" },
    ],
    postInstall: [{ enable: "open-vm-tools.service" }, { enable: "vgauth.service" }],
  }],
  ["sudo", { files: [{ path: "/lib/systemd/system/sudo.service", symlink: "/dev/null" }] }],
  ["nftables", {
    files: [
      { path: "/etc/nftables.conf", text: "#!/usr/sbin/nft -f\n\nflush ruleset\n\ntable inet filter {\n\tchain input {\n\t\ttype filter hook input priority filter;\n\t}\n\tchain forward {\n\t\ttype filter hook forward priority filter;\n\t}\n\tchain output {\n\t\ttype filter hook output priority filter;\n\t}\n}\n", mode: 0o755, conffile: true },
      { path: "/lib/systemd/system/nftables.service", text: "[Unit]\nDescription=nftables\nDocumentation=man:nft(8) http://wiki.nftables.org\nWants=network-pre.target\nBefore=network-pre.target shutdown.target\nConflicts=shutdown.target\nDefaultDependencies=no\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\nStandardInput=null\nProtectSystem=full\nProtectHome=true\nExecStart=/usr/sbin/nft -f /etc/nftables.conf\nExecReload=/usr/sbin/nft -f /etc/nftables.conf\nExecStop=/usr/sbin/nft flush ruleset\n\n[Install]\nWantedBy=sysinit.target\n" },
    ],
  }],
  ["rsync", { files: [{ path: "/lib/systemd/system/rsync.service", text: "[Unit]\nDescription=fast remote file copy program daemon\nDocumentation=man:rsync(1) man:rsyncd.conf(5)\nConditionPathExists=/etc/rsyncd.conf\nAfter=network.target\n\n[Service]\nExecStart=/usr/bin/rsync --daemon --no-detach\n\n[Install]\nWantedBy=multi-user.target\n" }] }],
  ["procps", {
    files: [
      { path: "/etc/sysctl.conf", text: "# Kernel variables set at boot (sysctl.conf(5)); put yours in /etc/sysctl.d/*.conf.\n\n#net.ipv4.ip_forward=1\n#net.ipv6.conf.all.forwarding=1\n#kernel.sysrq=438\n", conffile: true },
      { path: "/usr/lib/sysctl.d/99-protect-links.conf", text: "# Links, FIFOs and files in directories that everybody may write to (proc(5)).\n\nfs.protected_fifos = 1\nfs.protected_hardlinks = 1\nfs.protected_regular = 2\nfs.protected_symlinks = 1\n" },
      { path: "/etc/sysctl.d/README.sysctl", text: "Files named *.conf here are read at boot by systemd-sysctl(8) and by \"sysctl --system\".\n", conffile: true },
    ],
  }],
  ["kmod", {
    files: [
      { path: "/etc/modprobe.d", directory: true },
      { path: "/lib/modprobe.d/aliases.conf", text: "# Settings for every machine (modprobe.d(5)).\n\n# never the first sound card\noptions snd-pcsp index=-2\noptions cx88_alsa index=-2\noptions snd-atiixp-modem index=-2\noptions snd-intel8x0m index=-2\noptions snd-via82xx-modem index=-2\n\n# the fast USB host controller goes first\nsoftdep uhci-hcd pre: ehci-hcd\nsoftdep ohci-hcd pre: ehci-hcd\n" },
      { path: "/etc/modules", text: "# Modules to load at boot, one name a line (modules(5)).\n" },
    ],
  }],
  ["debconf", { files: [{ path: "/etc/debconf.conf", text: "# Where debconf keeps its answers (debconf.conf(5)).\nConfig: configdb\nTemplates: templatedb\n\nName: config\nDriver: File\nMode: 644\nReject-Type: password\nFilename: /var/cache/debconf/config.dat\n\nName: passwords\nDriver: File\nMode: 600\nBackup: false\nRequired: false\nAccept-Type: password\nFilename: /var/cache/debconf/passwords.dat\n", conffile: true }, { path: "/var/cache/debconf", directory: true }] }],
  ["isc-dhcp-client", { files: [{ path: "/etc/dhcp", directory: true }, { path: "/etc/dhcp/dhclient.conf", text: "# Settings of the DHCP client (dhclient.conf(5)).\n\noption rfc3442-classless-static-routes code 121 = array of unsigned integer 8;\n\nsend host-name = gethostname();\nrequest subnet-mask, broadcast-address, time-offset, routers,\n\tdomain-name, domain-name-servers, domain-search, host-name,\n\tdhcp6.name-servers, dhcp6.domain-search, dhcp6.fqdn, dhcp6.sntp-servers,\n\tnetbios-name-servers, netbios-scope, interface-mtu,\n\trfc3442-classless-static-routes, ntp-servers;\n", conffile: true }, { path: "/var/lib/dhcp", directory: true }] }],
  ["locales", { files: [{ path: "/etc/locale.gen", text: "# Locales that locale-gen(8) makes.\nen_US.UTF-8 UTF-8\n# fr_FR.UTF-8 UTF-8\n" }, { path: "/etc/locale.alias", text: "# Other names of locales (locale.alias(5)).\nfrench\tfr_FR.ISO-8859-1\nfrançais\tfr_FR.ISO-8859-1\ngerman\tde_DE.ISO-8859-1\n", conffile: true }] }],
  ["openssh-client", { files: [{ path: "/etc/ssh", directory: true }, { path: "/etc/ssh/ssh_config.d", directory: true }, { path: "/etc/ssh/ssh_config", text: "# Settings of the SSH client for everybody (ssh_config(5)).\n\nInclude /etc/ssh/ssh_config.d/*.conf\n\nHost *\n#   ForwardAgent no\n#   PasswordAuthentication yes\n#   Port 22\n    SendEnv LANG LC_*\n    HashKnownHosts yes\n    GSSAPIAuthentication yes\n", conffile: true }] }],
]);
