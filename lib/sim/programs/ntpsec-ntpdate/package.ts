import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "ntpsec-ntpdate", version: "1.2.2+dfsg1-1+deb12u1", architecture: "all", section: "net", priority: "optional", source: "ntpsec", maintainer: "Richard Laager <rlaager@debian.org>", homepage: "https://www.ntpsec.org", installedSizeKiB: 91, downloadSizeBytes: 29_008,
  depends: "netbase, ntpsec-ntpdig (= 1.2.2+dfsg1-1+deb12u1)", summary: "sets the clock once, from a time server",
  files: [{ path: "/etc/default/ntpsec-ntpdate", text: "# Settings of ntpdate-debian: take the servers of ntp.conf?\nNTPDATE_USE_NTP_CONF=yes\n\n# Servers else.\nNTPSERVERS=\"0.debian.pool.ntp.org 1.debian.pool.ntp.org 2.debian.pool.ntp.org 3.debian.pool.ntp.org\"\n\nNTPOPTIONS=\"\"\n", conffile: true }],
} satisfies DebianPackage;
