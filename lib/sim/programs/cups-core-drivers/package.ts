import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "cups-core-drivers", version: "2.4.2-3+deb12u9", architecture: "amd64", section: "net", priority: "optional", source: "cups", maintainer: "Debian Printing Team <debian-printing@lists.debian.org>", homepage: "https://github.com/OpenPrinting/cups/", installedSizeKiB: 125, downloadSizeBytes: 39596,
  depends: "cups-daemon (>= 2.4.2-3+deb12u9), libcups2 (= 2.4.2-3+deb12u9), libc6 (>= 2.34)", summary: "print without a driver for the printer",
} satisfies DebianPackage;
