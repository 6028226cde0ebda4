import { program } from "../kit/program.ts";
import { changeShells } from "./_shells.ts";

export default program({
  name: "remove-shell",
  path: "/usr/sbin/remove-shell",
  manSection: 8,
  summary: "strike shells out of /etc/shells, the list of login shells",
  synopsis: ["shellname [shellname ...]"],
  options: [],
  operands: "commands",
}, function* (sys, argv, io) {
  const names = argv.slice(1);
  if (names.length === 0) {
    yield* io.stderr(`usage: ${argv[0] ?? "remove-shell"} shellname [shellname ...]\n`);
    return 1;
  }
  yield* changeShells(sys, (lines) => lines.filter((line) => !names.includes(line)));
  return 0;
});
