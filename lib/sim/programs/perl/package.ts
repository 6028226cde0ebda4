import type { DebianPackage } from "../kit/package.ts";

const perl: DebianPackage = {
  name: "perl",
  summary: "the programming language Perl, complete",
};

export default perl;
