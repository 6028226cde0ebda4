import { S, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, program } from "../kit/program.ts";

export default program({
  name: "which",
  path: "/usr/bin/which.debianutils",
  links: ["/usr/bin/which"],
  summary: "locate a command",
  synopsis: ["[-a] filename ..."],
  description: ["For each name, the path of the program that the shell would start: the first executable file of this name in the directories of PATH. A symbolic link is shown as it stands."],
  options: [flag(["-a"], "every program of this name in PATH, not only the first"), flag(["-s"], "print nothing: only the exit status tells")],
  operands: "commands",
  exitStatuses: [["0", "every name led to a program"], ["1", "one or more of them are not"], ["2", "an option that does not exist"]],
}, function* (sys, argv, io) {
  let all = false;
  let silent = false;
  let at = 1;
  for (; at < argv.length; at++) {
    const arg = argv[at] ?? "";
    if (arg === "--") {
      at++;
      break;
    }
    if (!/^-./.test(arg)) break;
    for (const letter of arg.slice(1)) {
      if (letter === "a") all = true;
      else if (letter === "s") silent = true;
      else {
        yield* io.stderr(`Illegal option -${letter}\n`);
        io.out.put(`Usage: ${argv[0]?.includes("/") ? argv[0] : "/usr/bin/which"} [-a] args\n`);
        return 2;
      }
    }
  }
  const names = argv.slice(at);
  if (names.length === 0) return 1;
  let missing = false;
  for (const name of names) {
    const candidates = name.includes("/") ? [name] : (sys.environment.get("PATH") ?? "").split(":").map((folder) => `${folder === "" ? "." : folder}/${name}`);
    let found = false;
    for (const candidate of candidates) {
      if (!executable(sys, candidate)) continue;
      found = true;
      if (!silent) io.out.put(candidate + "\n");
      if (!all) break;
    }
    if (!found) missing = true;
  }
  return missing ? 1 : 0;
});

function executable(sys: Sys, path: string): boolean {
  try {
    if ((sys.stat(path).mode & S.IFMT) !== S.IFREG) return false;
    sys.access(path, 1, true);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}
