import { wrapperScripts } from "../kit/compression/wrapper-scripts.ts";
import type { DebianPackage } from "../kit/package.ts";

const bzip2: DebianPackage = {
  name: "bzip2",
  summary: "compresses files by sorting blocks",
  files: wrapperScripts({ program: "bzip2", directory: "/bin", prefix: "bz", suffix: ".bz2", grepUsage: "Usage: bzgrep [grep options] pattern [files]", usageStatus: 1 }),
};

export default bzip2;
