// termios(3), tcsetpgrp(3), tty ioctls (tty_ioctl(4)), pseudo-terminals (pty(7)).

import { attend, sleepOn } from "../blocking.ts";
import { SysError } from "../errno.ts";
import { newPseudoTerminal } from "../core-devices.ts";
import type { Process } from "../process.ts";
import { findGroup } from "../process-group.ts";
import type { Blocking, Termios, WindowSize } from "../sys.ts";
import { MasterDescription, TerminalDescription } from "../tty/terminal-description.ts";
import type { Terminal } from "../tty/terminal.ts";
import { O } from "../sys.ts";
import { CAP } from "../vfs/caller.ts";
import { install } from "./descriptor.ts";

/** Either side. Errors: EBADF, ENOTTY. */
function terminalOf(process: Process, fd: number): Terminal {
  const file = process.descriptors.get(fd);
  if (file instanceof TerminalDescription) {
    if (file.terminal.hungUp) throw new SysError("EIO");
    return file.terminal;
  }
  if (file instanceof MasterDescription) return file.terminal;
  throw new SysError("ENOTTY");
}

export function isatty(process: Process, fd: number): boolean {
  const file = process.descriptors.find(fd);
  return (file instanceof TerminalDescription && !file.terminal.hungUp) || file instanceof MasterDescription;
}

export function ttyname(process: Process, fd: number): string {
  return `/dev/${terminalOf(process, fd).name}`;
}

export function tcgetattr(process: Process, fd: number): Termios {
  return terminalOf(process, fd).discipline.termios;
}

/** Waits while the caller is in the background and does not ignore TTOU. */
function* inForeground(process: Process, terminal: Terminal): Blocking<void> {
  if (process.attention) yield* attend(process);
  while (terminal.refusesBackground(process)) yield* sleepOn(process, terminal.waiters, undefined, "tty_check_change");
}

export function* tcsetattr(process: Process, fd: number, termios: Termios, flush: boolean): Blocking<void> {
  const terminal = terminalOf(process, fd);
  yield* inForeground(process, terminal);
  if (flush) terminal.discipline.flushInput();
  terminal.discipline.setTermios(termios);
}

/** Errors: ENOTTY when it is not the caller's controlling terminal. */
export function tcgetpgrp(process: Process, fd: number): number {
  const file = process.descriptors.get(fd);
  const terminal = terminalOf(process, fd);
  if (file instanceof TerminalDescription && process.terminal !== terminal) throw new SysError("ENOTTY");
  return terminal.foreground?.identity.in(process.namespaces.pid) ?? 0;
}

/** Errors: ENOTTY, EINVAL, ESRCH, EPERM (a group of another session). */
export function* tcsetpgrp(process: Process, fd: number, pgid: number): Blocking<void> {
  const terminal = terminalOf(process, fd);
  if (process.terminal !== terminal || terminal.session !== process.group.session) throw new SysError("ENOTTY");
  yield* inForeground(process, terminal);
  if (pgid < 0) throw new SysError("EINVAL");
  const group = findGroup(process, pgid);
  if (!group) throw new SysError("ESRCH");
  if (group.session !== process.group.session) throw new SysError("EPERM");
  terminal.foreground = group;
}

export function tcflush(process: Process, fd: number): void {
  terminalOf(process, fd).discipline.flushInput();
}

export function getWindowSize(process: Process, fd: number): WindowSize {
  return terminalOf(process, fd).size;
}

export function setWindowSize(process: Process, fd: number, size: WindowSize): void {
  terminalOf(process, fd).resize({ rows: size.rows, cols: size.cols });
}

export function openpt(process: Process): { readonly master: number; readonly slavePath: string } {
  const terminal = newPseudoTerminal(process.kernel, process.credentials.ruid);
  const master = install(process, new MasterDescription(terminal, O.RDWR, undefined), false);
  return { master, slavePath: `/dev/${terminal.name}` };
}

/** TIOCSCTTY. Errors: EPERM (no session leader, or it has one, or the terminal is another session's), ENOTTY. */
export function setControllingTerminal(process: Process, fd: number): void {
  const terminal = terminalOf(process, fd);
  const { session } = process.group;
  if (terminal.session === session && session.leader === process) return;
  if (session.leader !== process || session.terminal) throw new SysError("EPERM");
  if (terminal.session) {
    if (!process.capableIn(undefined, CAP.SYS_ADMIN)) throw new SysError("EPERM");
    terminal.disassociate();
  }
  terminal.setControllingSession(session, process.group);
}

/** FIONREAD. Errors: ENOTTY. */
export function bytesReadable(process: Process, fd: number): number {
  const file = process.descriptors.get(fd);
  const count = file.ioctl(process, "FIONREAD", undefined);
  if (typeof count !== "number") throw new SysError("ENOTTY");
  return count;
}
