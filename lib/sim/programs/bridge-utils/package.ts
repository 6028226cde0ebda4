import type { DebianPackage } from "../kit/package.ts";

/** Called by ifup and ifdown; the options are those of bridge-utils-interfaces(5). */
const script = `#!/bin/sh
# Makes the bridge that a stanza with bridge_ports describes, and takes it away again.

[ -n "$IF_BRIDGE_PORTS" ] || exit 0

ports=
[ "$IF_BRIDGE_PORTS" = none ] || ports=$IF_BRIDGE_PORTS

case "$MODE" in
start)
\tbrctl addbr "$IFACE" || exit 1
\tfor port in $ports; do
\t\t[ -e "/sys/class/net/$port" ] || continue
\t\tbrctl addif "$IFACE" "$port" && ip link set dev "$port" up
\tdone
\t[ -z "$IF_BRIDGE_STP" ] || brctl stp "$IFACE" "$IF_BRIDGE_STP"
\t[ -z "$IF_BRIDGE_FD" ] || brctl setfd "$IFACE" "$IF_BRIDGE_FD"
\t[ -z "$IF_BRIDGE_HW" ] || ip link set dev "$IFACE" address "$IF_BRIDGE_HW"
\tip link set dev "$IFACE" up
\t;;
stop)
\tip link set dev "$IFACE" down
\tfor port in $ports; do
\t\t[ -e "/sys/class/net/$IFACE/brif/$port" ] || continue
\t\tbrctl delif "$IFACE" "$port" && ip link set dev "$port" down
\tdone
\tbrctl delbr "$IFACE"
\t;;
esac
`;

export default {
  name: "bridge-utils", summary: "brctl, the older command for Ethernet bridges",
  files: [
    { path: "/lib/bridge-utils", directory: true },
    { path: "/lib/bridge-utils/ifupdown.sh", text: script, mode: 0o755 },
    { path: "/etc/network/if-pre-up.d/bridge", symlink: "/lib/bridge-utils/ifupdown.sh" },
    { path: "/etc/network/if-post-down.d/bridge", symlink: "/lib/bridge-utils/ifupdown.sh" },
  ],
} satisfies DebianPackage;
