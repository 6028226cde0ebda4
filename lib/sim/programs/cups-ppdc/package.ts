import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "cups-ppdc", version: "2.4.2-3+deb12u9", architecture: "amd64", section: "utils", priority: "optional", source: "cups", maintainer: "Debian Printing Team <debian-printing@lists.debian.org>", homepage: "https://github.com/OpenPrinting/cups/", installedSizeKiB: 549, downloadSizeBytes: 124972,
  depends: "cups-common (>= 2.4.2-3+deb12u9), libc6 (>= 2.34), libcups2 (>= 2.3~b6)", summary: "makes descriptions of printers",
} satisfies DebianPackage;
