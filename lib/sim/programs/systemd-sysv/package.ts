import type { DebianPackage } from "../kit/package.ts";

const systemdSysv: DebianPackage = {
  name: "systemd-sysv",
  summary: "makes systemd the init of the machine, with the commands of System V's init",
  files: [...["halt", "poweroff", "reboot", "runlevel", "shutdown", "telinit"].map((name) => ({ path: `/sbin/${name}`, symlink: "/bin/systemctl" })), { path: "/sbin/init", symlink: "/lib/systemd/systemd" }],
};

export default systemdSysv;
