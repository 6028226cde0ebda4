import type { DebianPackage } from "../kit/package.ts";

const python3: DebianPackage = {
  name: "python3",
  summary: "interactive high-level object-oriented language, default version of Python 3",
};

export default python3;
