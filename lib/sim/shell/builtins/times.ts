import { type Builtin, noOptions, print } from "./builtin.ts";

function minutes(us: number, strict: boolean): string {
  const total = us / 1_000_000;
  const whole = Math.floor(total / 60);
  if (strict) return `${whole}m${(total - whole * 60).toFixed(6)}s`;
  return `${whole}m${(Math.floor((total - whole * 60) * 1000) / 1000).toFixed(3)}s`;
}

const times: Builtin = {
  name: "times", usage: "times", special: true,
  help: "Prints the user and system time of the shell and, below, of its children.",
  *run(shell, args) {
    if (!shell.strict) noOptions(args);
    const self = shell.sys.getrusage("self");
    const children = shell.sys.getrusage("children");
    return yield* print(shell, [self, children].map(({ userUs, systemUs }) => `${minutes(userUs, shell.strict)} ${minutes(systemUs, shell.strict)}\n`).join("").replaceAll(".", shell.decimalPoint));
  },
};
export default times;
