// Terminal settings (termios(3)): the defaults of a fresh pseudo-terminal, and a form that the line discipline can test quickly.

import type { Termios } from "../sys.ts";

/** tty_std_termios plus what login and sshd set; `stty -a` on the reference machine shows these. */
const FLAGS = ["cs8", "cread", "icrnl", "ixon", "iutf8", "opost", "onlcr", "isig", "icanon", "iexten", "echo", "echoe", "echok", "echoctl", "echoke"];

const CONTROL_CHARACTERS: readonly (readonly [string, number])[] = [
  ["intr", 3], ["quit", 28], ["erase", 127], ["kill", 21], ["eof", 4], ["eol", 0], ["eol2", 0], ["swtch", 0], ["start", 17], ["stop", 19],
  ["susp", 26], ["rprnt", 18], ["werase", 23], ["lnext", 22], ["discard", 15],
];

export const DEFAULT_TERMIOS: Termios = { flags: new Set(FLAGS), cc: new Map(CONTROL_CHARACTERS), min: 1, time: 0, speedBaud: 38400 };

const modes = new WeakMap<Termios, Modes>();

/** Settings are values, so what they mean is worked out once. */
export function modesOf(termios: Termios): Modes {
  let known = modes.get(termios);
  if (known === undefined) modes.set(termios, (known = new Modes(termios)));
  return known;
}

/** The flags as booleans, the control characters as numbers (-1 where disabled). */
export class Modes {
  readonly icrnl; readonly inlcr; readonly igncr; readonly istrip; readonly ixon; readonly ixany; readonly iutf8; readonly iuclc; readonly imaxbel; readonly brkint; readonly ignbrk; readonly ixoff;
  readonly opost; readonly onlcr; readonly ocrnl; readonly onocr; readonly onlret; readonly olcuc; readonly xtabs;
  readonly isig; readonly icanon; readonly iexten; readonly echo; readonly echoe; readonly echok; readonly echonl; readonly noflsh; readonly tostop;
  readonly echoctl; readonly echoke; readonly echoprt;
  readonly intr; readonly quit; readonly erase; readonly kill; readonly eof; readonly eol; readonly eol2; readonly start; readonly stop; readonly susp;
  readonly rprnt; readonly werase; readonly lnext; readonly discard;
  readonly min; readonly time;

  constructor(termios: Termios) {
    const on = (flag: string): boolean => termios.flags.has(flag);
    const character = (name: string): number => termios.cc.get(name) || -1;
    this.icrnl = on("icrnl"); this.inlcr = on("inlcr"); this.igncr = on("igncr"); this.istrip = on("istrip"); this.ixon = on("ixon"); this.ixany = on("ixany");
    this.iutf8 = on("iutf8"); this.iuclc = on("iuclc"); this.imaxbel = on("imaxbel"); this.brkint = on("brkint"); this.ignbrk = on("ignbrk"); this.ixoff = on("ixoff");
    this.opost = on("opost"); this.onlcr = on("onlcr"); this.ocrnl = on("ocrnl"); this.onocr = on("onocr"); this.onlret = on("onlret"); this.olcuc = on("olcuc");
    this.xtabs = on("tab3") || on("xtabs");
    this.isig = on("isig"); this.icanon = on("icanon"); this.iexten = on("iexten"); this.echo = on("echo"); this.echoe = on("echoe"); this.echok = on("echok");
    this.echonl = on("echonl"); this.noflsh = on("noflsh"); this.tostop = on("tostop"); this.echoctl = on("echoctl"); this.echoke = on("echoke"); this.echoprt = on("echoprt");
    this.intr = character("intr"); this.quit = character("quit"); this.erase = character("erase"); this.kill = character("kill"); this.eof = character("eof");
    this.eol = character("eol"); this.eol2 = character("eol2"); this.start = character("start"); this.stop = character("stop"); this.susp = character("susp");
    this.rprnt = character("rprnt"); this.werase = character("werase"); this.lnext = character("lnext"); this.discard = character("discard");
    this.min = termios.min;
    this.time = termios.time;
  }
}
