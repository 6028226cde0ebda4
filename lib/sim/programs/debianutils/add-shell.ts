import { program } from "../kit/program.ts";
import { changeShells } from "./_shells.ts";

export default program({
  name: "add-shell",
  path: "/usr/sbin/add-shell",
  manSection: 8,
  summary: "enter shells in /etc/shells, the list of login shells",
  synopsis: ["shellname [shellname ...]"],
  options: [],
  operands: "commands",
}, function* (sys, argv, io) {
  const names = argv.slice(1);
  if (names.length === 0) {
    yield* io.stderr(`usage: ${argv[0] ?? "add-shell"} shellname [shellname ...]\n`);
    return 1;
  }
  yield* changeShells(sys, (lines) => [...lines, ...names.filter((name) => !lines.includes(name))]);
  return 0;
});
