// sudo's options, for --help, completion and man; parsing is sudo's own (assignments and a command end the options).
import type { Declaration, OptionDeclaration } from "../kit/command.ts";

const option = (names: readonly string[], help: string, argument?: string): OptionDeclaration => ({ names, argument, argumentOptional: false, help, support: "simulated" });

export const sudoDeclaration: Declaration = {
  name: "sudo",
  summary: "run a command with the rights of another user",
  synopsis: ["-h | -K | -k | -V", "-v [-ABkNnS] [-g group] [-h host] [-p prompt] [-u user]", "-l [-ABkNnS] [-U user] [command [arg ...]]", "[-ABbEHnPS] [-D directory] [-g group] [-p prompt] [-u user] [VAR=value] [-i | -s] [command [arg ...]]", "-e [-ABkNnS] [-u user] file ..."],
  operands: "commands",
  manSection: 8,
  options: [
    option(["-b", "--background"], "come back at once, the command goes on"), option(["-D", "--chdir"], "change to this directory first", "directory"), option(["-E", "--preserve-env"], "keep the caller's environment"),
    option(["-e", "--edit"], "edit copies of the files in your editor, then write them back"), option(["-g", "--group"], "with this primary group", "group"), option(["-H", "--set-home"], "HOME becomes the target's home directory"), option(["-h", "--help"], "show help and exit"),
    option(["-i", "--login"], "a login shell of the target user"), option(["-K", "--remove-timestamp"], "forget all passwords that were given"), option(["-k", "--reset-timestamp"], "forget the password that was given here"),
    option(["-l", "--list"], "list what may be run"), option(["-n", "--non-interactive"], "fail instead of asking for a password"), option(["-p", "--prompt"], "this prompt for the password", "prompt"), option(["-S", "--stdin"], "take the password from standard input, not the terminal"),
    option(["-s", "--shell"], "a shell of the target user"), option(["-U", "--other-user"], "with -l: for this user", "user"), option(["-u", "--user"], "as this user", "user"), option(["-V", "--version"], "show the version"), option(["-v", "--validate"], "renew the time stamp"),
  ],
};
