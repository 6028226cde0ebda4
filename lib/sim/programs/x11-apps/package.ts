import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "x11-apps", version: "7.7+9", architecture: "amd64", section: "x11", priority: "optional", maintainer: "Debian X Strike Force <debian-x@lists.debian.org>", installedSizeKiB: 2476, downloadSizeBytes: 665972,
  depends: "libc6 (>= 2.34), libx11-6 (>= 2:1.6.9)", summary: "small programs for X",
} satisfies DebianPackage;
