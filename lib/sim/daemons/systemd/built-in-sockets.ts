// Sockets of systemd itself.

/** Sockets that journald and udevd get from PID 1's own set-up. */
const BUILT_IN_SOCKETS: ReadonlySet<string> = new Set(["systemd-journald.socket", "systemd-journald-dev-log.socket", "systemd-journald-audit.socket", "systemd-udevd-control.socket", "systemd-udevd-kernel.socket", "systemd-initctl.socket", "syslog.socket", "systemd-networkd.socket", "systemd-fsckd.socket", "systemd-rfkill.socket"]);

export function isBuiltInSocket(name: string): boolean {
  return BUILT_IN_SOCKETS.has(name);
}
