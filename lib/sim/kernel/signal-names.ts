// Signal numbers of Linux x86-64 (signal(7)) and what strsignal(3) calls them.

export const SIGNALS = {
  HUP: 1, INT: 2, QUIT: 3, ILL: 4, TRAP: 5, ABRT: 6, BUS: 7, FPE: 8, KILL: 9, USR1: 10, SEGV: 11, USR2: 12, PIPE: 13, ALRM: 14,
  TERM: 15, STKFLT: 16, CHLD: 17, CONT: 18, STOP: 19, TSTP: 20, TTIN: 21, TTOU: 22, URG: 23, XCPU: 24, XFSZ: 25, VTALRM: 26,
  PROF: 27, WINCH: 28, IO: 29, PWR: 30, SYS: 31,
} as const;

/** Without "SIG". Real-time signals are plain numbers 34..64 (see `signalName`). */
export type SignalName = keyof typeof SIGNALS;

const texts: Record<SignalName, string> = {
  HUP: "Hangup", INT: "Interrupt", QUIT: "Quit", ILL: "Illegal instruction", TRAP: "Trace/breakpoint trap", ABRT: "Aborted",
  BUS: "Bus error", FPE: "Floating point exception", KILL: "Killed", USR1: "User defined signal 1", SEGV: "Segmentation fault",
  USR2: "User defined signal 2", PIPE: "Broken pipe", ALRM: "Alarm clock", TERM: "Terminated", STKFLT: "Stack fault",
  CHLD: "Child exited", CONT: "Continued", STOP: "Stopped (signal)", TSTP: "Stopped", TTIN: "Stopped (tty input)",
  TTOU: "Stopped (tty output)", URG: "Urgent I/O condition", XCPU: "CPU time limit exceeded", XFSZ: "File size limit exceeded",
  VTALRM: "Virtual timer expired", PROF: "Profiling timer expired", WINCH: "Window changed", IO: "I/O possible",
  PWR: "Power failure", SYS: "Bad system call",
};

const names = new Map<number, SignalName>(Object.entries(SIGNALS).map(([name, number]) => [number, name as SignalName]));

export const SIGRTMIN = 34;
export const SIGRTMAX = 64;

/** "INT" for 2, "RTMIN+1" for 35, undefined for a number that is no signal. */
export function signalName(number: number): string | undefined {
  const name = names.get(number);
  if (name) return name;
  if (number < SIGRTMIN || number > SIGRTMAX) return undefined;
  if (number === SIGRTMIN) return "RTMIN";
  if (number === SIGRTMAX) return "RTMAX";
  return number <= 49 ? `RTMIN+${number - SIGRTMIN}` : `RTMAX-${SIGRTMAX - number}`;
}

/** The text of strsignal(3). */
export function strsignal(number: number): string {
  const name = names.get(number);
  if (name) return texts[name];
  return number >= SIGRTMIN && number <= SIGRTMAX ? `Real-time signal ${number - SIGRTMIN}` : `Unknown signal ${number}`;
}
