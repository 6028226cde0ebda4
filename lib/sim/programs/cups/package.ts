import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "cups", version: "2.4.2-3+deb12u9", architecture: "amd64", section: "net", priority: "optional", maintainer: "Debian Printing Team <debian-printing@lists.debian.org>", homepage: "https://github.com/OpenPrinting/cups/", installedSizeKiB: 1062, downloadSizeBytes: 290880,
  depends: "cups-client (>= 2.4.2-3+deb12u9), cups-common (>= 2.4.2-3+deb12u9), cups-core-drivers (>= 2.4.2-3+deb12u9), cups-daemon (>= 2.4.2-3+deb12u9), cups-filters, cups-ppdc, cups-server-common (>= 2.4.2-3+deb12u9), debconf (>= 0.5) | debconf-2.0, libcups2 (= 2.4.2-3+deb12u9), procps", summary: "the print server with its drivers",
  files: [
    { path: "/etc/cups/snmp.conf", text: "# Where printers are looked for with SNMP (cups-snmp.conf(5)).\nAddress @LOCAL\nCommunity public\n", conffile: true },
  ],
} satisfies DebianPackage;
