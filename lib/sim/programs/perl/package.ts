import type { DebianPackage } from "../kit/package.ts";

const perl: DebianPackage = {
  name: "perl",
  summary: "Larry Wall's Practical Extraction and Report Language",
};

export default perl;
