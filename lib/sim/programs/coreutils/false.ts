import { helpText } from "../kit/help-text.ts";
import { versionText } from "../kit/gnu.ts";
import { flag, program } from "../kit/program.ts";

const spec = {
  name: "false",
  summary: "do nothing, unsuccessfully",
  synopsis: ["[ignored command line arguments]", "OPTION"],
  options: [flag(["--help"], "show this help"), flag(["--version"], "show the version")],
} as const;

export default program(spec, function* (_sys, argv, io) {
  if (argv.length === 2 && argv[1] === "--help") io.out.put(helpText(spec, io.argv0, io.helpDomain));
  if (argv.length === 2 && argv[1] === "--version") io.out.put(versionText("false", "GNU coreutils", "9.1", io.helpDomain));
  return 1;
});
