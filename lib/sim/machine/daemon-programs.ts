// The shells and daemons that the machine installs as executables: where the file is, which package owns it, what runs. (Commands come from the generated registry.)
import type { Program } from "../kernel/sys.ts";
import { hostnamedProgram, localedProgram, logindProgram, timedatedProgram } from "../daemons/dbus/activated-service.ts";
import { dbusDaemon } from "../daemons/dbus/daemon.ts";
import { dnsmasqProgram } from "../daemons/dnsmasq/daemon.ts";
import { dockerd } from "../daemons/docker/daemon.ts";
import { libvirtd } from "../daemons/libvirt/daemon.ts";
import { resolvedProgram } from "../daemons/resolved/daemon.ts";
import { systemdProgram } from "../daemons/systemd/daemon.ts";
import { journaldProgram } from "../daemons/journald/daemon.ts";
import { timesyncd } from "../daemons/timesync/daemon.ts";
import { idleDaemon } from "../daemons/idle/daemon.ts";
import { bashProgram, dashProgram } from "./shell-programs.ts";

export interface DaemonProgram {
  readonly id: string;
  readonly package: string;
  readonly path: string;
  readonly links?: readonly string[];
  readonly program: Program;
}

export const daemonPrograms: readonly DaemonProgram[] = [
  { id: "daemon/libvirtd", package: "libvirt-daemon", path: "/usr/sbin/libvirtd", program: libvirtd },
  { id: "daemon/virtlogd", package: "libvirt-daemon", path: "/usr/sbin/virtlogd", program: idleDaemon },
  { id: "daemon/dnsmasq", package: "dnsmasq-base", path: "/usr/sbin/dnsmasq", program: dnsmasqProgram },
  { id: "shell/bash", package: "bash", path: "/bin/bash", links: ["/bin/rbash"], program: bashProgram },
  { id: "shell/dash", package: "dash", path: "/bin/dash", links: ["/bin/sh"], program: dashProgram },
  { id: "daemon/systemd", package: "systemd", path: "/lib/systemd/systemd", links: ["/usr/bin/systemd"], program: systemdProgram },
  { id: "daemon/journald", package: "systemd", path: "/lib/systemd/systemd-journald", program: journaldProgram },
  { id: "daemon/udevd", package: "udev", path: "/lib/systemd/systemd-udevd", program: idleDaemon },
  { id: "daemon/logind", package: "systemd", path: "/lib/systemd/systemd-logind", program: logindProgram },
  { id: "daemon/hostnamed", package: "systemd", path: "/lib/systemd/systemd-hostnamed", program: hostnamedProgram },
  { id: "daemon/timedated", package: "systemd", path: "/lib/systemd/systemd-timedated", program: timedatedProgram },
  { id: "daemon/localed", package: "systemd", path: "/lib/systemd/systemd-localed", program: localedProgram },
  { id: "daemon/resolved", package: "systemd-resolved", path: "/lib/systemd/systemd-resolved", program: resolvedProgram },
  { id: "daemon/timesyncd", package: "systemd-timesyncd", path: "/lib/systemd/systemd-timesyncd", program: timesyncd },
  { id: "daemon/dbus", package: "dbus-daemon", path: "/usr/bin/dbus-daemon", program: dbusDaemon },
  { id: "daemon/dockerd", package: "docker.io", path: "/usr/sbin/dockerd", program: dockerd },
  { id: "daemon/docker-proxy", package: "docker.io", path: "/usr/sbin/docker-proxy", program: idleDaemon },
  { id: "daemon/docker-init", package: "docker.io", path: "/usr/libexec/docker/docker-init", program: idleDaemon },
  { id: "daemon/containerd", package: "containerd", path: "/usr/bin/containerd", program: idleDaemon },
  { id: "daemon/containerd-shim", package: "containerd", path: "/usr/bin/containerd-shim-runc-v2", program: idleDaemon },
];
