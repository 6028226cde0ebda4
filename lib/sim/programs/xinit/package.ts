import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "xinit", version: "1.4.0-1", architecture: "amd64", section: "x11", priority: "optional", maintainer: "Debian X Strike Force <debian-x@lists.debian.org>", installedSizeKiB: 84, downloadSizeBytes: 50152,
  depends: "libc6 (>= 2.34), libx11-6, x11-common", summary: "starts X from a terminal",
} satisfies DebianPackage;
