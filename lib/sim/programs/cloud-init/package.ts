import type { DebianPackage } from "../kit/package.ts";

const configuration = `# What cloud-init does at boot (cloud-init documentation: "modules"). Files in cloud.cfg.d and the user data come over it.

# users: who is made besides those that the user data names; "default" is the user of system_info below
users:
  - default

# root may not log in with the keys of the instance
disable_root: true

# true: host names that change in the meta data are left alone
preserve_hostname: false

# stage init: early, before most services
cloud_init_modules:
  - migrator
  - seed_random
  - bootcmd
  - write-files
  - growpart
  - resizefs
  - disk_setup
  - mounts
  - set_hostname
  - update_hostname
  - update_etc_hosts
  - ca-certs
  - rsyslog
  - users-groups
  - ssh

# stage config
cloud_config_modules:
  - ssh-import-id
  - locale
  - set-passwords
  - grub-dpkg
  - apt-pipelining
  - apt-configure
  - ntp
  - timezone
  - disable-ec2-metadata
  - runcmd
  - byobu

# stage final: the last thing at boot
cloud_final_modules:
  - package-update-upgrade-install
  - fan
  - landscape
  - lxd
  - write-files-deferred
  - puppet
  - chef
  - mcollective
  - salt-minion
  - reset_rmc
  - refresh_rmc_and_interface
  - rightscale_userdata
  - scripts-vendor
  - scripts-per-once
  - scripts-per-boot
  - scripts-per-instance
  - scripts-user
  - ssh-authkey-fingerprints
  - keys-to-console
  - install-hotplug
  - phone-home
  - final-message
  - power-state-change

system_info:
  distro: debian
  default_user:
    name: debian
    lock_passwd: True
    gecos: Debian
    groups: [adm, audio, cdrom, dialout, dip, floppy, netdev, plugdev, sudo, video]
    sudo: ["ALL=(ALL) NOPASSWD:ALL"]
    shell: /bin/bash
  paths:
    cloud_dir: /var/lib/cloud/
    templates_dir: /etc/cloud/templates/
  package_mirrors:
    - arches: [default]
      failsafe:
        primary: http://mirror.lan/debian
        security: http://mirror.lan/debian-security
  ssh_svcname: ssh
`;

const logging = `# What goes where: the log of every step, and what the stages print.
output: {all: '| tee -a /var/log/cloud-init-output.log'}
`;

const service = (description: string, command: string, order: string): string => `[Unit]
Description=${description}
${order}
[Service]
Type=oneshot
ExecStart=/usr/bin/cloud-init ${command}
RemainAfterExit=yes
TimeoutSec=0
StandardOutput=journal+console

[Install]
WantedBy=cloud-init.target
`;

const templates: readonly (readonly [string, string])[] = [
  ["hosts.debian.tmpl", "## template:jinja\n# Written by cloud-init because manage_etc_hosts is true: changes are lost at the next boot.\n127.0.1.1 {{fqdn}} {{hostname}}\n127.0.0.1 localhost\n\n::1 localhost ip6-localhost ip6-loopback\nff02::1 ip6-allnodes\nff02::2 ip6-allrouters\n"],
  ["sources.list.debian.tmpl", "## template:jinja\ndeb {{mirror}} {{codename}} main\ndeb {{mirror}} {{codename}}-updates main\ndeb {{security}} {{codename}}-security main\n"],
];

/** What an administrator compares with the first connection: the fingerprints go through the log, the keys as they are. */
const keyReport = `#!/bin/sh
exec 2>&1
skip_fingerprints=",$1," skip_keys=",$2,"
report() { logger -s -p user.info -t cloud-init -- "$1"; }
shown() { read -r kind rest < "$1"; case "$2" in *",$kind,"*) return 1 ;; esac; }

report "#############################################################"
report "-----BEGIN SSH HOST KEY FINGERPRINTS-----"
for key in /etc/ssh/ssh_host_*key.pub; do
  [ -f "$key" ] && shown "$key" "$skip_fingerprints" && report "$(ssh-keygen -l -f "$key")"
done
report "-----END SSH HOST KEY FINGERPRINTS-----"
report "#############################################################"
echo "-----BEGIN SSH HOST KEY KEYS-----"
for key in /etc/ssh/ssh_host_*key.pub; do
  [ -f "$key" ] && shown "$key" "$skip_keys" && cat "$key"
done
echo "-----END SSH HOST KEY KEYS-----"
`;

export default {
  name: "cloud-init",
  summary: "configures an instance at its first boot",
  files: [
    { path: "/etc/cloud", directory: true },
    { path: "/etc/cloud/cloud.cfg", text: configuration, conffile: true },
    { path: "/etc/cloud/cloud.cfg.d", directory: true },
    { path: "/etc/cloud/cloud.cfg.d/05_logging.cfg", text: logging, conffile: true },
    { path: "/etc/cloud/cloud.cfg.d/README", text: "Files named *.cfg here are merged over cloud.cfg in the order of their names.\n", conffile: true },
    { path: "/etc/cloud/clean.d", directory: true },
    { path: "/usr/lib/cloud-init/write-ssh-key-fingerprints", text: keyReport, mode: 0o755 },
    { path: "/etc/cloud/templates", directory: true },
    ...templates.map(([name, text]) => ({ path: `/etc/cloud/templates/${name}`, text, conffile: true as const })),
    { path: "/lib/systemd/system/cloud-init-local.service", text: service("Initial cloud-init job (pre-networking)", "init --local", "DefaultDependencies=no\nWants=network-pre.target\nAfter=systemd-remount-fs.service\nBefore=network-pre.target shutdown.target sysinit.target\nConflicts=shutdown.target\nRequiresMountsFor=/var/lib/cloud\n") },
    { path: "/lib/systemd/system/cloud-init.service", text: service("Initial cloud-init job (metadata service crawler)", "init", "DefaultDependencies=no\nWants=cloud-init-local.service sshd-keygen.service sshd.service\nAfter=cloud-init-local.service systemd-networkd-wait-online.service networking.service\nBefore=network-online.target sshd-keygen.service sshd.service systemd-user-sessions.service\nConflicts=shutdown.target\n") },
    { path: "/lib/systemd/system/cloud-config.service", text: service("Apply the settings specified in cloud-config", "modules --mode=config", "After=network-online.target cloud-config.target cloud-init.service\nWants=network-online.target cloud-config.target\n") },
    { path: "/lib/systemd/system/cloud-final.service", text: service("Execute cloud user/final scripts", "modules --mode=final", "After=network-online.target cloud-config.service rc-local.service\nWants=network-online.target cloud-config.service\nBefore=apt-daily.service\n") },
    { path: "/lib/systemd/system/cloud-config.target", text: "[Unit]\nDescription=Cloud-config availability\nWants=cloud-init-local.service cloud-init.service\nAfter=cloud-init-local.service cloud-init.service\n" },
    { path: "/lib/systemd/system/cloud-init.target", text: "[Unit]\nDescription=Cloud-init target\nAfter=multi-user.target\n" },
  ],
  postInstall: [{ enable: "cloud-init-local.service" }, { enable: "cloud-init.service" }, { enable: "cloud-config.service" }, { enable: "cloud-final.service" }],
} satisfies DebianPackage;
