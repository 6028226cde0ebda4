import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "exim4", version: "4.96-15+deb12u10", architecture: "all", section: "mail", maintainer: "Exim4 Maintainers <pkg-exim4-maintainers@lists.alioth.debian.org>", homepage: "https://www.exim.org/", installedSizeKiB: 27, downloadSizeBytes: 7196,
  depends: "debconf (>= 1.4.69) | cdebconf (>= 0.39), exim4-base (>= 4.96-15+deb12u10), exim4-daemon-light (>= 4.96-15+deb12u10) | exim4-daemon-heavy (>= 4.96-15+deb12u10)", summary: "brings the mail transport agent Exim",
} satisfies DebianPackage;
