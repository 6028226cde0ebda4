import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "update-inetd", version: "4.53", architecture: "all", section: "admin", priority: "optional", maintainer: "Guillem Jover <guillem@debian.org>", installedSizeKiB: 80, downloadSizeBytes: 28_192,
  depends: "debconf (>= 0.5) | debconf-2.0, perl-base", summary: "adds, enables and disables lines of /etc/inetd.conf",
} satisfies DebianPackage;
