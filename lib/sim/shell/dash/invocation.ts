// The command line of dash (options.c: procargs, options).
import type { Invocation } from "../interp/startup.ts";
import type { SetOption } from "../interp/options.ts";
import { DASH_OPTIONS } from "./flags.ts";

export function parseDashInvocation(argv: readonly string[]): Invocation {
  const state = { login: (argv[0] ?? "").startsWith("-"), forceInteractive: false, command: false, readStdin: false, error: undefined as string | undefined };
  const setOptions: (readonly [SetOption, boolean])[] = [];
  let at = 1;
  const turn = (option: (typeof DASH_OPTIONS)[number] | undefined, on: boolean, said: string) => {
    if (option === undefined) state.error ??= said;
    else if (option[0] === "interactive") state.forceInteractive = on;
    else if (option[0] === "stdin") state.readStdin = on;
    else if (option[0] !== "debug") setOptions.push([option[0], on]);
  };
  for (; at < argv.length; at++) {
    const arg = argv[at] ?? "";
    if (arg === "-" || arg === "--") {
      at++;
      break;
    }
    if (!/^[-+]/.test(arg)) break;
    const sign = arg.charAt(0);
    for (const letter of arg.slice(1)) {
      if (letter === "c") state.command = true;
      else if (letter === "l") state.login = true;
      else if (letter === "o") {
        const name = argv[at + 1];
        if (name === undefined) continue;
        at++;
        turn(DASH_OPTIONS.find(([known]) => known === name), sign === "-", `${sign}o ${name}`);
      } else turn(DASH_OPTIONS.find(([, known]) => known === letter), sign === "-", `-${letter}`);
    }
  }
  return { ...state, noProfile: false, noRc: false, rcFile: undefined, posix: false, restricted: false, show: undefined, setOptions, shopts: [], rest: argv.slice(at), listOptions: undefined, listShopts: false, dump: undefined };
}
