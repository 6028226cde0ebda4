import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "ntpdate", version: "1:4.2.8p15+dfsg-2~1.2.2+dfsg1-1+deb12u1", architecture: "all", section: "oldlibs", priority: "optional", source: "ntpsec (1.2.2+dfsg1-1+deb12u1)", maintainer: "Richard Laager <rlaager@debian.org>", homepage: "https://www.ntpsec.org", installedSizeKiB: 62, downloadSizeBytes: 22_000,
  depends: "ntpsec-ntpdate", summary: "leads to ntpsec-ntpdate",
} satisfies DebianPackage;
