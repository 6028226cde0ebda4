// halt, poweroff, reboot: init is asked by its signal; -f asks the kernel itself (busybox's init/halt.c is the reference for which signal).
import { encode, type Program, SIGNALS, SysError } from "../../../kernel/sys.ts";

const signals = { halt: SIGNALS.USR1, poweroff: SIGNALS.USR2, reboot: SIGNALS.TERM } as const;

function power(command: keyof typeof signals): Program {
  return function* (sys, argv) {
    try {
      if (argv.some((word) => /^-[a-z]*f/.test(word))) sys.reboot(command);
      else sys.kill(1, signals[command]);
      return 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* sys.write(2, encode(`${command}: ${error.message}\n`));
      return 1;
    }
  };
}

export const powerApplets: readonly (readonly [string, Program])[] = [["halt", power("halt")], ["poweroff", power("poweroff")], ["reboot", power("reboot")]];
