import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "exim4-daemon-light", version: "4.96-15+deb12u10", section: "mail", source: "exim4", maintainer: "Exim4 Maintainers <pkg-exim4-maintainers@lists.alioth.debian.org>", homepage: "https://www.exim.org/", installedSizeKiB: 1495, downloadSizeBytes: 605_848,
  depends: "exim4-base (>= 4.96), debconf (>= 0.5) | debconf-2.0, libc6 (>= 2.34), libcrypt1 (>= 1:4.1.0), libdb5.3, libgnutls30 (>= 3.7.5), libidn2-0 (>= 0.6), libnsl2 (>= 1.0), libpcre2-8-0 (>= 10.22)", conflicts: "mail-transport-agent", replaces: "mail-transport-agent", provides: "default-mta, exim4-localscanapi-6.0, mail-transport-agent", summary: "mail transport agent: Debian's default one",
  postInstall: [{ run: "update-exim4.conf" }, { enable: "exim4.service" }, { start: "exim4.service" }],
} satisfies DebianPackage;
