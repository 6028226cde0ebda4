import type { DebianPackage } from "../kit/package.ts";

const SETTINGS = `// Which upgrades are installed by themselves (unattended-upgrade(8)).
// A pattern names what apt-cache policy shows of a source; every part of it must fit.
Unattended-Upgrade::Origins-Pattern {
        // Stable updates that come between two point releases:
//      "origin=Debian,codename=\${distro_codename}-updates";
        "origin=Debian,codename=\${distro_codename},label=Debian";
        "origin=Debian,codename=\${distro_codename},label=Debian-Security";
        "origin=Debian,codename=\${distro_codename}-security,label=Debian-Security";
};

// Packages that are left alone: patterns of names.
Unattended-Upgrade::Package-Blacklist {
    // "linux-";
    // "libc6$";
};

// Packages that nothing needs any more go too.
//Unattended-Upgrade::Remove-Unused-Dependencies "false";

// A kernel that needs a restart: restart the machine without asking?
//Unattended-Upgrade::Automatic-Reboot "false";
`;

const SERVICE = `[Unit]
Description=Unattended Upgrades Shutdown
After=network.target local-fs.target systemd-logind.service
RequiresMountsFor=/run /var/log /var/run /var/lib /boot
Documentation=man:unattended-upgrade(8)

[Service]
ExecStart=/usr/share/unattended-upgrades/unattended-upgrade-shutdown --wait-for-signal
KillMode=process
TimeoutStopSec=1800

[Install]
WantedBy=multi-user.target
`;

export default {
  name: "unattended-upgrades", summary: "installs security updates by itself",
  files: [
    { path: "/etc/apt/apt.conf.d/50unattended-upgrades", text: SETTINGS, conffile: true },
    { path: "/etc/apt/apt.conf.d/20auto-upgrades", text: 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n' },
    { path: "/etc/kernel/postinst.d/unattended-upgrades", text: "#!/bin/sh\n# A new kernel runs after a restart only.\ncase \"$DPKG_MAINTSCRIPT_PACKAGE\" in\n    linux-image-extra*) exit 0 ;;\nesac\ntouch /var/run/reboot-required\n[ -z \"$DPKG_MAINTSCRIPT_PACKAGE\" ] || grep -qx \"$DPKG_MAINTSCRIPT_PACKAGE\" /var/run/reboot-required.pkgs 2>/dev/null || echo \"$DPKG_MAINTSCRIPT_PACKAGE\" >> /var/run/reboot-required.pkgs\n", mode: 0o755, conffile: true },
    { path: "/etc/logrotate.d/unattended-upgrades", text: "/var/log/unattended-upgrades/unattended-upgrades.log\n/var/log/unattended-upgrades/unattended-upgrades-dpkg.log\n{\n  rotate 6\n  monthly\n  compress\n  missingok\n  notifempty\n}\n", conffile: true },
    { path: "/usr/share/unattended-upgrades/unattended-upgrade-shutdown", text: "#!/bin/sh\n# Waits for the end of the machine, so that upgrades which run are not cut off.\ntrap 'exit 0' TERM INT\nwhile :; do\n    sleep 86400 &\n    wait $!\ndone\n", mode: 0o755 },
    { path: "/lib/systemd/system/unattended-upgrades.service", text: SERVICE },
    { path: "/var/log/unattended-upgrades", directory: true },
  ],
  postInstall: [{ enable: "unattended-upgrades.service" }, { start: "unattended-upgrades.service" }],
} satisfies DebianPackage;
