import type { DebianPackage } from "../kit/package.ts";

const python3: DebianPackage = {
  name: "python3",
  summary: "the programming language Python, Debian's default version 3",
};

export default python3;
