import type { DebianPackage } from "../kit/package.ts";

const configuration = `# /etc/inetd.conf: services that inetd starts when somebody asks for them (inetd(8)). update-inetd(8) changes it.
#
# <service_name> <sock_type> <proto> <flags> <user> <server_path> <args>
#
#:INTERNAL: Internal services
#discard		stream	tcp	nowait	root	internal
#discard		dgram	udp	wait	root	internal
#daytime		stream	tcp	nowait	root	internal
#time		stream	tcp	nowait	root	internal

#:STANDARD: These are standard services.

#:BSD: Shell, login, exec and talk are BSD protocols.

#:MAIL: Mail, news and uucp services.

#:INFO: Info services

#:BOOT: TFTP service is provided primarily for booting.

#:RPC: RPC based services

#:HAM-RADIO: amateur-radio services

#:OTHER: Other services

`;

export default {
  name: "openbsd-inetd", version: "0.20221205-2~deb12u1", architecture: "amd64", section: "net", priority: "optional", maintainer: "Marco d'Itri <md@linux.it>", installedSizeKiB: 91, downloadSizeBytes: 36_240,
  preDepends: "init-system-helpers (>= 1.54~)", depends: "libbsd0 (>= 0.6.0), libc6 (>= 2.34), libsystemd0, libtirpc3 (>= 1.0.2), libwrap0 (>= 7.6-4~), update-inetd, tcpd", provides: "inet-superserver", summary: "starts services of the network when somebody asks for them",
  files: [
    { path: "/lib/systemd/system/inetd.service", text: "[Unit]\nDescription=Internet superserver\nDocumentation=man:inetd(8)\nAfter=network-online.target\nWants=network-online.target\nConditionPathExists=/etc/inetd.conf\n\n[Service]\nType=notify\nExecStart=/usr/sbin/inetd -i\nExecReload=/bin/kill -HUP $MAINPID\nRestart=on-failure\nKillMode=process\n\n[Install]\nWantedBy=multi-user.target\n" },
  ],
  postInstall: [{ run: `[ -e /etc/inetd.conf ] || cat > /etc/inetd.conf <<'END'\n${configuration}END` }, { enable: "inetd.service" }, { start: "inetd.service" }],
  postPurge: [{ run: "rm -f /etc/inetd.conf" }],
} satisfies DebianPackage;
