import type { DebianPackage } from "../kit/package.ts";

const networkingService = `[Unit]
Description=Raise network interfaces
Documentation=man:interfaces(5)
DefaultDependencies=no
Requires=ifupdown-pre.service
Wants=network.target
After=local-fs.target network-pre.target apparmor.service systemd-sysctl.service systemd-modules-load.service ifupdown-pre.service
Before=network.target shutdown.target network-online.target
Conflicts=shutdown.target

[Install]
WantedBy=multi-user.target
WantedBy=network-online.target

[Service]
Type=oneshot
EnvironmentFile=-/etc/default/networking
ExecStart=/sbin/ifup -a --read-environment
ExecStart=-/bin/sh -c 'if [ -f /run/network/restart-hotplug ]; then /sbin/ifup -a --read-environment --allow=hotplug; fi'
ExecStop=/sbin/ifdown -a --read-environment --exclude=lo
RemainAfterExit=true
TimeoutStartSec=5min
`;

const ifupPre = `[Unit]
Description=Helper to synchronize boot up for ifupdown
DefaultDependencies=no
Before=networking.service
After=systemd-udev-trigger.service local-fs.target

[Service]
Type=oneshot
RemainAfterExit=yes
TimeoutSec=180
EnvironmentFile=-/etc/default/networking
ExecStart=/bin/sh -c 'true'
`;

const ifupTemplate = `[Unit]
Description=ifup for %I
After=local-fs.target network-pre.target networking.service systemd-sysctl.service
Before=network.target network-online.target
BindsTo=sys-subsystem-net-devices-%i.device
DefaultDependencies=no
IgnoreOnIsolate=yes

[Service]
ExecStart=/bin/sh -ec '/sbin/ifup --allow=hotplug %I; ifquery --state %I'
ExecStop=/sbin/ifdown %I
RemainAfterExit=true
TimeoutStartSec=5min
`;

const ifupdown: DebianPackage = {
  name: "ifupdown",
  summary: "brings network interfaces up and down as /etc/network/interfaces says",
  files: [
    { path: "/etc/network", directory: true },
    { path: "/etc/network/interfaces.d", directory: true },
    { path: "/etc/network/if-down.d", directory: true },
    { path: "/etc/network/if-post-down.d", directory: true },
    { path: "/etc/network/if-pre-up.d", directory: true },
    { path: "/etc/network/if-up.d", directory: true },
    { path: "/etc/default/networking", text: "# Settings of networking.service.\n#CONFIGURE_INTERFACES=no\n#EXCLUDE_INTERFACES=\n#VERBOSE=no\n", conffile: true },
    { path: "/lib/systemd/system/networking.service", text: networkingService },
    { path: "/lib/systemd/system/ifupdown-pre.service", text: ifupPre },
    { path: "/lib/systemd/system/ifup@.service", text: ifupTemplate },
  ],
  postInstall: [{ enable: "networking.service" }],
};

export default ifupdown;
