import type { DebianPackage } from "../kit/package.ts";

const python3Minimal: DebianPackage = {
  name: "python3-minimal",
  summary: "makes the default Python 3 the command python3",
  files: [{ path: "/usr/bin/python3", symlink: "python3.11" }],
};

export default python3Minimal;
