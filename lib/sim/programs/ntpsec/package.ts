import type { DebianPackage } from "../kit/package.ts";

const configuration = `# /etc/ntpsec/ntp.conf, settings of ntpd (ntp.conf(5)).

# How fast the clock runs is kept here.
driftfile /var/lib/ntpsec/ntp.drift
leapfile /usr/share/zoneinfo/leap-seconds.list

# Statistics, with logs of their own, want this directory.
#statsdir /var/log/ntpsec/
#statistics loopstats peerstats clockstats

# So many servers at most and at least; so many must agree.
tos maxclock 11
tos minclock 4 minsane 3

# Debian's own zone of the pool.
pool 0.debian.pool.ntp.org iburst
pool 1.debian.pool.ntp.org iburst
pool 2.debian.pool.ntp.org iburst
pool 3.debian.pool.ntp.org iburst

# Everybody may ask for the time and nobody may change anything.
restrict default kod nomodify nopeer noquery limited

# This machine may ask ntpd how it is doing.
restrict 127.0.0.1
restrict ::1
`;

export default {
  name: "ntpsec", summary: "daemon and tools of the Network Time Protocol",
  files: [
    { path: "/etc/ntpsec/ntp.conf", text: configuration, conffile: true },
    { path: "/etc/default/ntpsec", text: "# Options for ntpd.\nNTPD_OPTS=\"-g -N\"\n\n# Leave servers aside that DHCP told.\nIGNORE_DHCP=\"\"\n", conffile: true },
    { path: "/lib/systemd/system/ntpsec.service", text: "[Unit]\nDescription=Network Time Service\nDocumentation=man:ntpd(8)\nWants=network.target\nConditionCapability=CAP_SYS_TIME\nAfter=network.target nss-lookup.target\nConflicts=systemd-timesyncd.service\n\n[Service]\nType=forking\nPrivateTmp=true\nPIDFile=/run/ntpd.pid\nEnvironmentFile=-/etc/default/ntpsec\nExecStart=/usr/sbin/ntpd -p /run/ntpd.pid -c /etc/ntpsec/ntp.conf $NTPD_OPTS -u ntpsec:ntpsec\nRestart=no\n\n[Install]\nAlias=ntp.service\nAlias=ntpd.service\nWantedBy=multi-user.target\n" },
    { path: "/usr/lib/systemd/ntp-units.d/60-ntpsec.list", text: "ntpsec.service\n" },
    { path: "/var/lib/ntpsec", directory: true },
    { path: "/var/log/ntpsec", directory: true },
  ],
  postInstall: [{ addGroup: "ntpsec", system: true }, { addUser: "ntpsec", group: "ntpsec", home: "/nonexistent", shell: "/usr/sbin/nologin" }, { run: "chown ntpsec:ntpsec /var/lib/ntpsec /var/log/ntpsec" }, { enable: "ntpsec.service" }, { start: "ntpsec.service" }],
} satisfies DebianPackage;
