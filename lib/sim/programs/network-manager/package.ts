import type { DebianPackage } from "../kit/package.ts";

const service = `[Unit]
Description=Network Manager
Documentation=man:NetworkManager(8)
Wants=network.target
After=network-pre.target dbus.service
Before=network.target

[Service]
Type=simple
ExecStart=/usr/sbin/NetworkManager --no-daemon
Restart=on-failure
KillMode=process
ProtectSystem=true
ProtectHome=read-only
LimitNOFILE=65536

[Install]
WantedBy=multi-user.target
`;

export default {
  name: "network-manager", summary: "manages network connections by profiles: NetworkManager and nmcli",
  files: [
    { path: "/etc/NetworkManager", directory: true },
    { path: "/etc/NetworkManager/NetworkManager.conf", text: "[main]\nplugins=ifupdown,keyfile\n\n[ifupdown]\nmanaged=false\n", conffile: true },
    { path: "/etc/NetworkManager/conf.d", directory: true },
    { path: "/etc/NetworkManager/dispatcher.d", directory: true },
    { path: "/etc/NetworkManager/system-connections", directory: true },
    { path: "/var/lib/NetworkManager", directory: true, mode: 0o700 },
    { path: "/lib/systemd/system/NetworkManager.service", text: service },
  ],
  postInstall: [{ enable: "NetworkManager.service" }, { start: "NetworkManager.service" }],
} satisfies DebianPackage;
