import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "libosinfo-bin", version: "1.10.0-2", architecture: "amd64", section: "libs", priority: "optional", source: "libosinfo", installedSizeKiB: 249, downloadSizeBytes: 162_356, homepage: "https://libosinfo.org/", depends: "libc6 (>= 2.4), libglib2.0-0 (>= 2.31.8), libosinfo-1.0-0 (>= 1.10.0~)", summary: "questions to the data base of operating systems",
} satisfies DebianPackage;
