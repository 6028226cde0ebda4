import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "cups-common", version: "2.4.2-3+deb12u9", architecture: "all", section: "net", priority: "optional", source: "cups", maintainer: "Debian Printing Team <debian-printing@lists.debian.org>", homepage: "https://github.com/OpenPrinting/cups/", installedSizeKiB: 4238, downloadSizeBytes: 256432,
  summary: "what the print server and its commands share",
} satisfies DebianPackage;
