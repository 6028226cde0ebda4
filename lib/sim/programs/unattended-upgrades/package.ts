import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "unattended-upgrades", summary: "automatic installation of security upgrades",
  files: [
    { path: "/etc/apt/apt.conf.d/20auto-upgrades", text: 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n', conffile: true },
    { path: "/etc/apt/apt.conf.d/50unattended-upgrades", text: '// Which upgrades are installed by themselves (unattended-upgrade(8)).\nUnattended-Upgrade::Origins-Pattern {\n        "origin=Debian,codename=${distro_codename},label=Debian";\n        "origin=Debian,codename=${distro_codename},label=Debian-Security";\n        "origin=Debian,codename=${distro_codename}-security,label=Debian-Security";\n};\n\n// Names that are left alone, as patterns.\nUnattended-Upgrade::Package-Blacklist {\n};\n', conffile: true },
    { path: "/var/log/unattended-upgrades", directory: true },
  ],
} satisfies DebianPackage;
