import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "cups-server-common", version: "2.4.2-3+deb12u9", architecture: "all", section: "net", priority: "optional", source: "cups", maintainer: "Debian Printing Team <debian-printing@lists.debian.org>", homepage: "https://github.com/OpenPrinting/cups/", installedSizeKiB: 2381, downloadSizeBytes: 413228,
  summary: "pages and settings of the print server",
} satisfies DebianPackage;
