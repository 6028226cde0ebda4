import type { DebianPackage } from "../kit/package.ts";

const service = `[Unit]
Description=Virtualization daemon
Requires=virtlogd.socket
Wants=libvirtd.socket
After=network.target
After=dbus.service
Documentation=man:libvirtd(8)
Documentation=https://libvirt.org

[Service]
Type=notify
Environment=LIBVIRTD_ARGS="--timeout 120"
EnvironmentFile=-/etc/default/libvirtd
ExecStart=/usr/sbin/libvirtd $LIBVIRTD_ARGS
ExecReload=/bin/kill -HUP $MAINPID
KillMode=process
Restart=on-failure
LimitNOFILE=8192
TasksMax=32768
LimitMEMLOCK=64M

[Install]
WantedBy=multi-user.target
Also=libvirtd.socket
Also=libvirtd-ro.socket
`;

export default {
  name: "libvirt-daemon-system",
  summary: "configuration files of the libvirt daemon",
  files: [
    { path: "/lib/systemd/system/libvirtd.service", text: service },
    { path: "/lib/systemd/system/virtlogd.socket", text: "[Unit]\nDescription=Virtual machine log manager socket\nBefore=libvirtd.service\n\n[Socket]\nListenStream=/run/libvirt/virtlogd-sock\nSocketMode=0600\n\n[Install]\nWantedBy=sockets.target\n" },
    { path: "/lib/systemd/system/virtlogd.service", text: "[Unit]\nDescription=Virtual machine log manager\nRequires=virtlogd.socket\nBefore=libvirtd.service\nDocumentation=man:virtlogd(8)\n\n[Service]\nExecStart=/usr/sbin/virtlogd\nKillMode=process\n\n[Install]\nAlso=virtlogd.socket\n" },
    { path: "/etc/libvirt/libvirtd.conf", text: "# Settings of libvirtd (https://libvirt.org). Who may connect is polkit's to say; the group libvirt may manage.\n\n#unix_sock_group = \"libvirt\"\n#unix_sock_ro_perms = \"0777\"\n#unix_sock_rw_perms = \"0770\"\n#auth_unix_ro = \"polkit\"\n#auth_unix_rw = \"polkit\"\n", conffile: true },
    { path: "/etc/libvirt/qemu.conf", text: "# Settings of libvirt's QEMU driver.\n\n#user = \"libvirt-qemu\"\n#group = \"libvirt-qemu\"\n#vnc_listen = \"127.0.0.1\"\n", conffile: true, mode: 0o600 },
    { path: "/etc/default/libvirtd", text: "# Options of libvirtd beside those of its unit.\n#LIBVIRTD_ARGS=\"\"\n", conffile: true },
    { path: "/var/lib/libvirt", directory: true }, { path: "/var/lib/libvirt/images", directory: true, mode: 0o711 }, { path: "/var/lib/libvirt/boot", directory: true, mode: 0o711 }, { path: "/var/lib/libvirt/dnsmasq", directory: true },
    { path: "/var/lib/libvirt/qemu", directory: true, mode: 0o750 }, { path: "/var/lib/libvirt/qemu/save", directory: true }, { path: "/var/lib/libvirt/qemu/snapshot", directory: true }, { path: "/var/log/libvirt", directory: true, mode: 0o700 },
  ],
  postInstall: [
    { addGroup: "libvirt", system: true }, { addGroup: "libvirt-qemu", gid: 64055 }, { addUser: "libvirt-qemu", uid: 64055, group: "kvm", home: "/var/lib/libvirt", gecos: "Libvirt Qemu,,," }, { enable: "libvirtd.service" }, { start: "libvirtd.service" },
  ],
} satisfies DebianPackage;
