import type { DebianPackage } from "../kit/package.ts";

const python311: DebianPackage = {
  name: "python3.11",
  summary: "the programming language Python, version 3.11",
};

export default python311;
