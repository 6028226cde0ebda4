import type { DebianPackage, PackageFile } from "../kit/package.ts";

const builtIn = (name: string, what: string, protocol: "tcp" | "udp"): PackageFile => ({
  path: `/etc/xinetd.d/${name}${protocol === "udp" ? "-udp" : ""}`, conffile: true,
  text: `# default: off\n# description: ${what}\n# This is the ${protocol} version.\nservice ${name}\n{\n\tdisable\t\t= yes\n\ttype\t\t= INTERNAL\n\tid\t\t= ${name}-${protocol === "tcp" ? "stream" : "dgram"}\n\tsocket_type\t= ${protocol === "tcp" ? "stream" : "dgram"}\n\tprotocol\t= ${protocol}\n\tuser\t\t= root\n\twait\t\t= ${protocol === "tcp" ? "no" : "yes"}\n}\n`,
});

const services = [["chargen", "Sends characters without end."], ["daytime", "Tells the date and time as text."], ["discard", "Throws away what it gets."], ["echo", "Sends back what it gets."], ["time", "Tells the seconds since 1900 as four bytes (RFC 868)."]] as const;

export default {
  name: "xinetd", version: "1:2.3.15.3-1+b1", architecture: "amd64", section: "net", priority: "optional", source: "xinetd (1:2.3.15.3-1)", maintainer: "Salvo 'LtWorf' Tomaselli <tiposchi@tiscali.it>", homepage: "https://github.com/openSUSE/xinetd", installedSizeKiB: 324, downloadSizeBytes: 135_628,
  depends: "libc6 (>= 2.14), libselinux1 (>= 3.1~), libtirpc3 (>= 1.0.2), libwrap0 (>= 7.6-4~), netbase", recommends: "rsyslog | system-log-daemon, logrotate, update-inetd", conflicts: "inet-superserver", provides: "inet-superserver", summary: "starts services of the network when somebody asks for them, with limits and times of access",
  files: [
    { path: "/etc/xinetd.conf", text: "# Settings of xinetd (xinetd.conf(5)).\n\ndefaults\n{\n\n# log_on_success and log_on_failure need a log_type; without one it is\n# log_type = SYSLOG daemon info\n\n}\n\nincludedir /etc/xinetd.d\n", conffile: true },
    { path: "/etc/xinetd.d", directory: true },
    ...services.flatMap(([name, what]) => [builtIn(name, what, "tcp"), builtIn(name, what, "udp")]),
    { path: "/etc/default/xinetd", text: "# Options of xinetd, for its init script and its unit.\nXINETD_OPTS=\"-stayalive\"\nINETD_COMPAT=\"Yes\"\nINETD_IPV6=\"Yes\"\n", conffile: true },
    // Debian has only the init script; this is what systemd's generator makes of it
    { path: "/lib/systemd/system/xinetd.service", text: "[Unit]\nDescription=LSB: Starts or stops the xinetd daemon.\nDocumentation=man:systemd-sysv-generator(8)\nAfter=network-online.target remote-fs.target\nWants=network-online.target\n\n[Service]\nType=simple\nEnvironmentFile=-/etc/default/xinetd\nExecStart=/usr/sbin/xinetd -dontfork -pidfile /run/xinetd.pid $XINETD_OPTS\nExecReload=/bin/kill -HUP $MAINPID\nKillMode=process\n\n[Install]\nWantedBy=multi-user.target\n" },
  ],
  postInstall: [{ enable: "xinetd.service" }, { start: "xinetd.service" }],
} satisfies DebianPackage;
