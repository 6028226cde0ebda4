import type { DebianPackage } from "../kit/package.ts";

const python311Minimal: DebianPackage = {
  name: "python3.11-minimal",
  summary: "the Python interpreter with a few modules",
};

export default python311Minimal;
