import type { DebianPackage } from "../kit/package.ts";

const configuration = `# Settings of chronyd (chrony.conf(5)).

# Files of /etc/chrony/conf.d belong to it.
confdir /etc/chrony/conf.d

# Debian's own zone of the pool.
pool 2.debian.pool.ntp.org iburst

# Servers that DHCP told.
sourcedir /run/chrony-dhcp

# Servers in files of their own.
sourcedir /etc/chrony/sources.d

# Pairs of numbers and keys, for authentication.
keyfile /etc/chrony/chrony.keys

# Here it keeps how fast the clock runs.
driftfile /var/lib/chrony/chrony.drift

# Here it keeps what NTS needs.
ntsdumpdir /var/lib/chrony

# To log what is measured, take away the mark.
#log tracking measurements statistics

# Where those files go.
logdir /var/log/chrony

# Doubtful estimates leave the clock alone.
maxupdateskew 100.0

# The kernel keeps the real-time clock right (not together with rtcfile).
rtcsync

# The clock is stepped when it is wrong by more than a second, in the first three updates only.
makestep 1 3

# Leap seconds as the time zone data know them (not with servers that smear them).
leapsectz right/UTC
`;

const service = `[Unit]
Description=chrony, an NTP client/server
Documentation=man:chronyd(8) man:chronyc(1) man:chrony.conf(5)
Conflicts=openntpd.service ntp.service ntpsec.service
Wants=time-sync.target
Before=time-sync.target
After=network.target
ConditionCapability=CAP_SYS_TIME

[Service]
Type=forking
PIDFile=/run/chrony/chronyd.pid
EnvironmentFile=-/etc/default/chrony
User=_chrony
ExecStart=!/usr/sbin/chronyd $DAEMON_OPTS
PrivateTmp=yes
ProtectHome=yes
ConfigurationDirectory=chrony
RuntimeDirectory=chrony
RuntimeDirectoryMode=0700
RuntimeDirectoryPreserve=restart
StateDirectory=chrony
StateDirectoryMode=0750
LogsDirectory=chrony
LogsDirectoryMode=0750

[Install]
Alias=chronyd.service
WantedBy=multi-user.target
`;

const chrony: DebianPackage = {
  name: "chrony",
  summary: "keeps the clock synchronised by NTP, and serves time",
  files: [
    { path: "/etc/chrony", directory: true },
    { path: "/etc/chrony/chrony.conf", text: configuration },
    { path: "/etc/chrony/chrony.keys", text: "# Keys for NTP authentication, one a line: number, kind, key. chronyc keygen makes one.\n", mode: 0o640 },
    { path: "/etc/chrony/conf.d", directory: true },
    { path: "/etc/chrony/conf.d/README", text: "Files here whose names end in .conf are read as parts of chrony.conf, in the order of their names.\n", conffile: true },
    { path: "/etc/chrony/sources.d", directory: true },
    { path: "/etc/chrony/sources.d/README", text: "Files here whose names end in .sources hold server, pool and peer lines; \"chronyc reload sources\" reads them again.\n", conffile: true },
    { path: "/etc/default/chrony", text: "# Read by chrony.service: options for chronyd.\nDAEMON_OPTS=\"-F 1\"\n", conffile: true },
    { path: "/etc/logrotate.d/chrony", text: "/var/log/chrony/*.log {\n    missingok\n    nocreate\n    sharedscripts\n    postrotate\n        /usr/bin/chronyc cyclelogs > /dev/null 2>&1 || true\n    endscript\n}\n", conffile: true },
    { path: "/usr/lib/systemd/ntp-units.d", directory: true },
    { path: "/usr/lib/systemd/ntp-units.d/50-chrony.list", text: "chrony.service\n" },
    { path: "/lib/systemd/system/chrony.service", text: service },
    { path: "/lib/systemd/system/chrony-wait.service", text: "[Unit]\nDescription=Wait for chrony to synchronize system clock\nDocumentation=man:chronyc(1)\nAfter=chronyd.service\nRequires=chronyd.service\nBefore=time-sync.target\nWants=time-sync.target\n\n[Service]\nType=oneshot\nExecStart=/usr/bin/chronyc -h 127.0.0.1,::1 waitsync 0 0.1 0.0 1\nTimeoutStartSec=180\nRemainAfterExit=yes\nStandardOutput=null\n\n[Install]\nWantedBy=multi-user.target\n" },
    { path: "/var/lib/chrony", directory: true, mode: 0o750 },
    { path: "/var/log/chrony", directory: true, mode: 0o750 },
  ],
  postInstall: [
    { addGroup: "_chrony", system: true },
    { addUser: "_chrony", group: "_chrony", home: "/var/lib/chrony", shell: "/usr/sbin/nologin", gecos: "Chrony daemon" },
    { run: "chown _chrony:_chrony /var/lib/chrony /var/log/chrony\nchgrp _chrony /etc/chrony/chrony.keys" },
    { enable: "chrony.service" },
    { start: "chrony.service" },
  ],
};

export default chrony;
