import { type Builtin, noOptions, print } from "./builtin.ts";

function minutes(us: number): string {
  const total = us / 1_000_000;
  const whole = Math.floor(total / 60);
  return `${whole}m${(Math.floor((total - whole * 60) * 1000) / 1000).toFixed(3)}s`;
}

const times: Builtin = {
  name: "times", usage: "times", special: true,
  help: "Prints the user and system time of the shell and, below, of its children.",
  *run(shell, args) {
    noOptions(args);
    const self = shell.sys.getrusage("self");
    const children = shell.sys.getrusage("children");
    return yield* print(shell, `${minutes(self.userUs)} ${minutes(self.systemUs)}\n${minutes(children.userUs)} ${minutes(children.systemUs)}\n`);
  },
};
export default times;
