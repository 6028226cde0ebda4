import { wrapperScripts } from "../kit/compression/wrapper-scripts.ts";
import type { DebianPackage } from "../kit/package.ts";

const xzUtils: DebianPackage = {
  name: "xz-utils",
  summary: "compresses files with LZMA",
  files: wrapperScripts({ program: "xz", directory: "/usr/bin", prefix: "xz", suffix: ".xz", grepUsage: "Usage: xzgrep [OPTION]... [-e] PATTERN [FILE]...", usageStatus: 2 }),
};

export default xzUtils;
