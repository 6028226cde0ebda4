import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "ntpsec-ntpdig", version: "1.2.2+dfsg1-1+deb12u1", architecture: "all", section: "net", priority: "optional", source: "ntpsec", maintainer: "Richard Laager <rlaager@debian.org>", homepage: "https://www.ntpsec.org", installedSizeKiB: 87, downloadSizeBytes: 31_912,
  depends: "python3 (>= 3.3)", summary: "asks time servers",
} satisfies DebianPackage;
