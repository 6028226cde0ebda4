import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "needrestart", summary: "tells which services run what was upgraded",
  files: [
    { path: "/etc/needrestart/needrestart.conf", text: "# Settings of needrestart, in the syntax of Perl.\n\n# What is done with services: 'l' lists them, 'i' asks, 'a' restarts them.\n#$nrconf{restart} = 'i';\n", conffile: true },
    { path: "/etc/needrestart/conf.d", directory: true },
    { path: "/etc/needrestart/restart.d/dbus.service", text: "#!/bin/sh\n# dbus and those that cannot go on without it.\nsystemctl restart dbus.service\n", mode: 0o755, conffile: true },
    { path: "/etc/needrestart/restart.d/systemd-manager", text: "#!/bin/sh\n# systemd goes on with its new program.\nsystemctl daemon-reexec\n", mode: 0o755, conffile: true },
    { path: "/etc/apt/apt.conf.d/99needrestart", text: "# After dpkg, look for services that run what was upgraded.\nDPkg::Post-Invoke {\"test -x /usr/lib/needrestart/apt-pinvoke && /usr/lib/needrestart/apt-pinvoke || true\"; };\n", conffile: true },
    { path: "/usr/lib/needrestart/apt-pinvoke", text: "#!/bin/sh\n# needrestart, where dpkg has unpacked something since the last time.\nmark=/run/needrestart/seen\nmkdir -p /run/needrestart\nif [ -e $mark ] && [ -z \"$(find /var/lib/dpkg/info -name '*.list' -newer $mark | head -n 1)\" ]; then exit 0; fi\ntouch $mark\nif [ -n \"$NEEDRESTART_SUSPEND\" ]; then\n    echo \"packages have been installed but needrestart is suspended\"\n    exit 0\nfi\nexec /usr/sbin/needrestart \"$@\"\n", mode: 0o755 },
  ],
} satisfies DebianPackage;
