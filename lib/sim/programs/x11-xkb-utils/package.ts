import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "x11-xkb-utils", version: "7.7+7", architecture: "amd64", section: "x11", priority: "optional", maintainer: "Debian X Strike Force <debian-x@lists.debian.org>", installedSizeKiB: 495, downloadSizeBytes: 164876,
  depends: "libc6 (>= 2.34), libx11-6 (>= 2:1.6.9)", summary: "keyboards of X",
} satisfies DebianPackage;
