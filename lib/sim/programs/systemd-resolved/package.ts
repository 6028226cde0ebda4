import type { DebianPackage } from "../kit/package.ts";

// The real unit has User= and the capability for port 53; here the program gives up its rights itself once it has bound its sockets.
const service = `[Unit]
Description=Network Name Resolution
Documentation=man:systemd-resolved.service(8)
DefaultDependencies=no
After=systemd-sysctl.service systemd-sysusers.service
Before=sysinit.target network.target nss-lookup.target shutdown.target
Conflicts=shutdown.target
Wants=nss-lookup.target

[Service]
BusName=org.freedesktop.resolve1
ExecStart=!!/lib/systemd/systemd-resolved
Restart=always
RestartSec=0
RuntimeDirectory=systemd/resolve
RuntimeDirectoryPreserve=yes
Type=notify

[Install]
WantedBy=sysinit.target
Alias=dbus-org.freedesktop.resolve1.service
`;

const resolved: DebianPackage = {
  name: "systemd-resolved",
  summary: "a resolver of names with a cache, at 127.0.0.53",
  files: [
    { path: "/etc/systemd/resolved.conf", conffile: true, text: "# Defaults are shown; uncomment a line to change it, or write a file in resolved.conf.d (resolved.conf(5)).\n\n[Resolve]\n#DNS=\n#FallbackDNS=\n#Domains=\n#DNSSEC=no\n#DNSOverTLS=no\n#MulticastDNS=yes\n#LLMNR=yes\n#Cache=yes\n#CacheFromLocalhost=no\n#DNSStubListener=yes\n#DNSStubListenerExtra=\n#ReadEtcHosts=yes\n#ResolveUnicastSingleLabel=no\n" },
    { path: "/lib/systemd/resolv.conf", text: "# For a static /etc/resolv.conf that uses systemd-resolved.\n\nnameserver 127.0.0.53\noptions edns0 trust-ad\nsearch .\n" },
    { path: "/usr/lib/sysusers.d/systemd-resolve.conf", text: "u systemd-resolve - \"systemd Resolver\"\n" },
    { path: "/usr/lib/tmpfiles.d/systemd-resolve.conf", text: "L! /etc/resolv.conf - - - - ../run/systemd/resolve/stub-resolv.conf\n" },
    { path: "/lib/systemd/system/systemd-resolved.service", text: service },
    { path: "/sbin/resolvconf", symlink: "../bin/resolvectl" },
  ],
  postInstall: [
    { addGroup: "systemd-resolve", system: true },
    { addUser: "systemd-resolve", group: "systemd-resolve", home: "/", shell: "/usr/sbin/nologin", gecos: "systemd Resolver" },
    { run: "if [ \"$(readlink /etc/resolv.conf)\" != ../run/systemd/resolve/stub-resolv.conf ]; then echo 'Converting /etc/resolv.conf to a symlink to /run/systemd/resolve/stub-resolv.conf...'; [ ! -f /etc/resolv.conf ] || mv /etc/resolv.conf /etc/.resolv.conf.systemd-resolved.bak; ln -sf ../run/systemd/resolve/stub-resolv.conf /etc/resolv.conf; fi" },
    { enable: "systemd-resolved.service" },
    { start: "systemd-resolved.service" },
  ],
  preRemove: [{ run: "[ ! -f /etc/.resolv.conf.systemd-resolved.bak ] || mv -f /etc/.resolv.conf.systemd-resolved.bak /etc/resolv.conf" }],
};

export default resolved;
