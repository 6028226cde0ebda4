import type { DebianPackage } from "../kit/package.ts";

const networkingService = `[Unit]
Description=Raise network interfaces
Documentation=man:interfaces(5)
DefaultDependencies=no
Wants=network.target ifupdown-pre.service
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
ExecStopPost=/usr/bin/touch /run/network/restart-hotplug
RemainAfterExit=true
TimeoutStartSec=5min
`;

const ifupPre = `[Unit]
Description=Helper to synchronize boot up for ifupdown
DefaultDependencies=no
Wants=systemd-udevd.service
After=systemd-udev-trigger.service
Before=network.target

[Service]
Type=oneshot
RemainAfterExit=yes
TimeoutSec=180
EnvironmentFile=-/etc/default/networking
ExecStart=/bin/sh -c 'if [ "$CONFIGURE_INTERFACES" != "no" ] && [ -n "$(ifquery --read-environment --list --exclude=lo)" ] && [ -x /bin/udevadm ]; then udevadm settle; fi'
`;

const ifupTemplate = `[Unit]
Description=ifup for %I
After=local-fs.target network-pre.target apparmor.service systemd-sysctl.service
Before=network.target shutdown.target network-online.target
Conflicts=shutdown.target
BindsTo=sys-subsystem-net-devices-%i.device
After=sys-subsystem-net-devices-%i.device
DefaultDependencies=no
IgnoreOnIsolate=yes

[Service]
Slice=system.slice
ExecStart=/bin/sh -ec 'ifup --allow=hotplug %I; ifquery --state %I'
ExecStop=/sbin/ifdown %I
RemainAfterExit=true
TimeoutStartSec=5min
`;

const waitForLinkLocal = `#!/bin/sh
# Waits until the interface has a link-local address that was checked (IF_LL_ATTEMPTS times, IF_LL_INTERVAL seconds apart).

for attempt in $(seq 1 "\${IF_LL_ATTEMPTS:-60}"); do
\tip -o -6 addr show dev "$IFACE" scope link 2>/dev/null | grep -qv tentative && exit 0
\tsleep "\${IF_LL_INTERVAL:-0.1}"
done

echo "Timed out" >&2
exit 1
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
    { path: "/lib/ifupdown", directory: true },
    { path: "/lib/ifupdown/wait-for-ll6.sh", text: waitForLinkLocal, mode: 0o755 },
    { path: "/etc/default/networking", text: "# Settings of networking.service.\n#CONFIGURE_INTERFACES=no\n#EXCLUDE_INTERFACES=\n#VERBOSE=no\n", conffile: true },
    { path: "/lib/systemd/system/networking.service", text: networkingService },
    { path: "/lib/systemd/system/ifupdown-pre.service", text: ifupPre },
    { path: "/lib/systemd/system/ifup@.service", text: ifupTemplate },
  ],
  postInstall: [{ enable: "networking.service" }],
};

export default ifupdown;
