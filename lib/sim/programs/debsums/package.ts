import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "debsums", version: "3.0.2.1", architecture: "all", section: "admin", maintainer: "Debian Perl Group <pkg-perl-maintainers@lists.alioth.debian.org>", installedSizeKiB: 98, downloadSizeBytes: 35_456, depends: "libdpkg-perl, perl, ucf (>= 0.28)", suggests: "bash-completion",
  summary: "verifies the files of installed packages",
  files: [{ path: "/etc/default/debsums", text: "# Settings of debsums' cron jobs: never, daily, weekly or monthly.\nCRON_CHECK=never\n", conffile: true }, { path: "/etc/debsums-ignore", text: "", conffile: true }],
} satisfies DebianPackage;
