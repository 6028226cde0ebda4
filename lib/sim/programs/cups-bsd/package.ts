import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "cups-bsd", version: "2.4.2-3+deb12u9", architecture: "amd64", section: "net", priority: "optional", source: "cups", maintainer: "Debian Printing Team <debian-printing@lists.debian.org>", homepage: "https://github.com/OpenPrinting/cups/", installedSizeKiB: 131, downloadSizeBytes: 40876,
  depends: "cups-client (= 2.4.2-3+deb12u9), cups-common (>= 2.4.2-3+deb12u9), debconf (>= 0.5) | debconf-2.0, libcups2 (= 2.4.2-3+deb12u9), libc6 (>= 2.34)", summary: "printing with the commands of BSD: lpr, lpq, lprm, lpc",
} satisfies DebianPackage;
