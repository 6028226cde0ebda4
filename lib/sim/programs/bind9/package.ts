import type { DebianPackage } from "../kit/package.ts";

/** A zone with a SOA, an NS and what else it holds; the files of Debian's bind9 have their comments in other words. */
const zone = (comment: string, ttl: number, serial: number, negativeTtl: number, more = ""): string => `;\n; ${comment}\n;\n$TTL\t${ttl}\n@\tIN\tSOA\tlocalhost. root.localhost. (\n\t\t\t      ${serial}\t\t; Serial\n\t\t\t 604800\t\t; Refresh\n\t\t\t  86400\t\t; Retry\n\t\t\t2419200\t\t; Expire\n\t\t\t ${String(negativeTtl).padStart(6)} )\t; Negative Cache TTL\n;\n@\tIN\tNS\tlocalhost.\n${more}`;

const clause = (name: string, type: string, file: string): string => `zone "${name}" {\n\ttype ${type};\n\tfile "${file}";\n};\n`;

const unit = `[Unit]
Description=BIND Domain Name Server
Documentation=man:named(8)
After=network.target
Wants=nss-lookup.target
Before=nss-lookup.target

[Service]
Type=notify
EnvironmentFile=-/etc/default/named
ExecStart=/usr/sbin/named -f $OPTIONS
ExecReload=/usr/sbin/rndc reload
ExecStop=/usr/sbin/rndc stop
Restart=on-failure

[Install]
WantedBy=multi-user.target
Alias=bind9.service
`;

const configure = `[ -d /var/lib/bind ] || { mkdir -p /var/lib/bind; chown root:bind /var/lib/bind; chmod 775 /var/lib/bind; }
if [ ! -s /etc/bind/rndc.key ] && [ ! -s /etc/bind/rndc.conf ]; then rndc-confgen -a; fi
chown bind /etc/bind/rndc.key
chgrp bind /etc/bind
chmod g+s /etc/bind
chgrp bind /etc/bind/rndc.key /var/cache/bind
chgrp bind /etc/bind/named.conf*
chmod g+r /etc/bind/rndc.key /etc/bind/named.conf*
chmod g+rwx /var/cache/bind`;

const rfc1918 = ["10", ...Array.from({ length: 16 }, (_, at) => `${at + 16}.172`), "168.192"].map((name) => `zone "${name}.in-addr.arpa" { type master; file "/etc/bind/db.empty"; };\n`).join("");

export default {
  name: "bind9",
  summary: "the name server BIND: named",
  files: [
    { path: "/etc/bind", directory: true },
    { path: "/etc/bind/named.conf", text: "// The configuration of named, in three parts; zones of your own belong in named.conf.local.\n\ninclude \"/etc/bind/named.conf.options\";\ninclude \"/etc/bind/named.conf.local\";\ninclude \"/etc/bind/named.conf.default-zones\";\n", conffile: true },
    { path: "/etc/bind/named.conf.options", text: "options {\n\tdirectory \"/var/cache/bind\";\n\n\t// Name servers of your provider, to hand questions on to: take the\n\t// slashes away and put their addresses there.\n\n\t// forwarders {\n\t// \t0.0.0.0;\n\t// };\n\n\tdnssec-validation auto;\n\n\tlisten-on-v6 { any; };\n};\n", conffile: true },
    { path: "/etc/bind/named.conf.local", text: "//\n// Zones of this machine.\n//\n\n// Empty zones for networks that nobody else can know:\n//include \"/etc/bind/zones.rfc1918\";\n\n", conffile: true },
    { path: "/etc/bind/named.conf.default-zones", text: `// where the root servers are\n${clause(".", "hint", "/usr/share/dns/root.hints")}\n// this machine itself, and the broadcast addresses (RFC 1912)\n\n${[clause("localhost", "master", "/etc/bind/db.local"), clause("127.in-addr.arpa", "master", "/etc/bind/db.127"), clause("0.in-addr.arpa", "master", "/etc/bind/db.0"), clause("255.in-addr.arpa", "master", "/etc/bind/db.255")].join("\n")}\n\n`, conffile: true },
    { path: "/etc/bind/zones.rfc1918", text: rfc1918, conffile: true },
    { path: "/etc/bind/db.local", text: zone("the name localhost", 604_800, 2, 604_800, "@\tIN\tA\t127.0.0.1\n@\tIN\tAAAA\t::1\n"), conffile: true },
    { path: "/etc/bind/db.127", text: zone("addresses of the loopback interface", 604_800, 1, 604_800, "1.0.0\tIN\tPTR\tlocalhost.\n"), conffile: true },
    { path: "/etc/bind/db.0", text: zone("addresses of \"this network\"", 604_800, 1, 604_800), conffile: true },
    { path: "/etc/bind/db.255", text: zone("broadcast addresses", 604_800, 1, 604_800), conffile: true },
    { path: "/etc/bind/db.empty", text: zone("an empty zone, used by several: copy it, do not edit it", 86_400, 1, 86_400), conffile: true },
    { path: "/etc/default/named", text: "#\n# run resolvconf?\nRESOLVCONF=no\n\n# startup options for the server\nOPTIONS=\"-u bind\"\n", conffile: true },
    { path: "/etc/ufw/applications.d/bind9", text: "[Bind9]\ntitle=Internet Domain Name Server\ndescription=The name server BIND\nports=53\n", conffile: true },
    { path: "/usr/lib/tmpfiles.d/named.conf", text: "d /run/named 0775 root bind - -\n" },
    { path: "/var/cache/bind", directory: true },
    { path: "/lib/systemd/system/named.service", text: unit },
  ],
  preInstall: [],
  postInstall: [{ addGroup: "bind", system: true }, { addUser: "bind", group: "bind", home: "/var/cache/bind", shell: "/usr/sbin/nologin" }, { run: configure }, { run: "systemd-tmpfiles --create named.conf > /dev/null 2>&1 || true" }, { enable: "named.service" }, { start: "named.service" }],
  postPurge: [{ run: "rm -rf /etc/bind /var/cache/bind /var/lib/bind /run/named" }],
} satisfies DebianPackage;
