import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "cups-filters", version: "1.28.17-3+deb12u2", architecture: "amd64", section: "net", priority: "optional", maintainer: "Debian Printing Team <debian-printing@lists.debian.org>", homepage: "https://github.com/OpenPrinting/cups/", installedSizeKiB: 1899, downloadSizeBytes: 568708,
  depends: "bc, libc6 (>= 2.34), libcups2 (>= 2.3~b6)", summary: "turns documents into what printers take",
} satisfies DebianPackage;
