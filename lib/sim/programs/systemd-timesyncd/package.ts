import type { DebianPackage } from "../kit/package.ts";

const service = `[Unit]
Description=Network Time Synchronization
Documentation=man:systemd-timesyncd.service(8)
ConditionCapability=CAP_SYS_TIME
ConditionVirtualization=!container
DefaultDependencies=no
After=systemd-sysusers.service
Before=time-set.target sysinit.target shutdown.target
Conflicts=shutdown.target
Wants=time-set.target

[Service]
AmbientCapabilities=CAP_SYS_TIME
BusName=org.freedesktop.timesync1
CapabilityBoundingSet=CAP_SYS_TIME
ExecStart=!!/lib/systemd/systemd-timesyncd
Restart=always
RestartSec=0
RuntimeDirectory=systemd/timesync
StateDirectory=systemd/timesync
Type=notify
User=systemd-timesync

[Install]
WantedBy=sysinit.target
Alias=dbus-org.freedesktop.timesync1.service
`;

const timesyncd: DebianPackage = {
  name: "systemd-timesyncd",
  summary: "keeps the clock synchronised by SNTP",
  files: [
    {
      path: "/etc/systemd/timesyncd.conf", conffile: true,
      text: "# Defaults are shown; uncomment a line to change it, or write a file in timesyncd.conf.d (timesyncd.conf(5)).\n\n[Time]\n#NTP=\n#FallbackNTP=0.debian.pool.ntp.org 1.debian.pool.ntp.org 2.debian.pool.ntp.org 3.debian.pool.ntp.org\n#RootDistanceMaxSec=5\n#PollIntervalMinSec=32\n#PollIntervalMaxSec=2048\n#ConnectionRetrySec=30\n#SaveIntervalSec=60\n",
    },
    { path: "/lib/systemd/ntp-units.d", directory: true },
    { path: "/lib/systemd/ntp-units.d/80-systemd-timesync.list", text: "systemd-timesyncd.service\n" },
    { path: "/usr/lib/sysusers.d/systemd-timesync.conf", text: "u systemd-timesync - \"systemd Time Synchronization\"\n" },
    { path: "/lib/systemd/system/systemd-timesyncd.service", text: service },
  ],
  postInstall: [
    { addGroup: "systemd-timesync", system: true },
    { addUser: "systemd-timesync", group: "systemd-timesync", home: "/run/systemd", shell: "/usr/sbin/nologin", gecos: "systemd Time Synchronization" },
    { enable: "systemd-timesyncd.service" },
    { start: "systemd-timesyncd.service" },
  ],
};

export default timesyncd;
