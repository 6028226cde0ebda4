import type { Builtin } from "./builtin.ts";
import { runMapfile } from "./mapfile.ts";

const readarray: Builtin = {
  name: "readarray", usage: "readarray [-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]",
  help: "The same as mapfile.",
  run: runMapfile,
};
export default readarray;
