// systemd-path: where files of each kind go (systemd-path(1), file-hierarchy(7)).
import { flag, gnu, type Io, text } from "../kit/gnu.ts";

/** "~" is the home directory. */
const known: readonly (readonly [name: string, path: string])[] = [
  ["temporary", "/tmp"],
  ["temporary-large", "/var/tmp"],
  ["system-binaries", "/usr/bin"],
  ["system-include", "/usr/include"],
  ["system-library-private", "/usr/lib"],
  ["system-library-arch", "/usr/lib/x86_64-linux-gnu"],
  ["system-shared", "/usr/share"],
  ["system-configuration-factory", "/usr/share/factory/etc"],
  ["system-state-factory", "/usr/share/factory/var"],
  ["system-configuration", "/etc"],
  ["system-runtime", "/run"],
  ["system-runtime-logs", "/run/log"],
  ["system-state-private", "/var/lib"],
  ["system-state-logs", "/var/log"],
  ["system-state-cache", "/var/cache"],
  ["system-state-spool", "/var/spool"],
  ["user-binaries", "~/.local/bin"],
  ["user-library-private", "~/.local/lib"],
  ["user-library-arch", "~/.local/lib/x86_64-linux-gnu"],
  ["user-shared", "~/.local/share"],
  ["user-configuration", "~/.config"],
  ["user-state-cache", "~/.cache"],
  ["user", "~"],
  ["user-documents", "~"],
  ["user-music", "~"],
  ["user-pictures", "~"],
  ["user-videos", "~"],
  ["user-download", "~"],
  ["user-public", "~"],
  ["user-templates", "~"],
  ["user-desktop", "~/Desktop"],
  ["search-binaries", "/usr/bin:/bin"],
  ["search-binaries-default", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
  ["search-library-private", "~/.local/lib:/usr/local/lib:/usr/lib:/lib"],
  ["search-library-arch", "~/.local/lib/x86_64-linux-gnu:/usr/lib/x86_64-linux-gnu:/usr/lib/x86_64-linux-gnu"],
  ["search-shared", "~/.local/share:/usr/local/share:/usr/share"],
  ["search-configuration-factory", "/usr/local/share/factory/etc:/usr/share/factory/etc"],
  ["search-state-factory", "/usr/local/share/factory/var:/usr/share/factory/var"],
  ["search-configuration", "~/.config:/etc"],
  ["systemd-util", "/lib/systemd"],
  ["systemd-system-unit", "/lib/systemd/system"],
  ["systemd-system-preset", "/lib/systemd/system-preset"],
  ["systemd-system-conf", "/etc/systemd/system"],
  ["systemd-user-unit", "/usr/lib/systemd/user"],
  ["systemd-user-preset", "/lib/systemd/user-preset"],
  ["systemd-user-conf", "/etc/systemd/user"],
  ["systemd-search-system-unit", "/etc/systemd/system.control:/run/systemd/system.control:/run/systemd/transient:/run/systemd/generator.early:/etc/systemd/system:/etc/systemd/system.attached:/run/systemd/system:/run/systemd/system.attached:/run/systemd/generator:/usr/local/lib/systemd/system:/lib/systemd/system:/usr/lib/systemd/system:/run/systemd/generator.late"],
  ["systemd-search-user-unit", "~/.config/systemd/user.control:~/.config/systemd/user:/etc/xdg/systemd/user:/etc/systemd/user:/run/systemd/user:~/.local/share/systemd/user:/usr/local/share/systemd/user:/usr/share/systemd/user:/usr/local/lib/systemd/user:/usr/lib/systemd/user"],
  ["systemd-system-generator", "/lib/systemd/system-generators"],
  ["systemd-user-generator", "/usr/lib/systemd/user-generators"],
  ["systemd-search-system-generator", "/run/systemd/system-generators:/etc/systemd/system-generators:/usr/local/lib/systemd/system-generators:/lib/systemd/system-generators"],
  ["systemd-search-user-generator", "/run/systemd/user-generators:/etc/systemd/user-generators:/usr/local/lib/systemd/user-generators:/usr/lib/systemd/user-generators"],
  ["systemd-sleep", "/lib/systemd/system-sleep"],
  ["systemd-shutdown", "/lib/systemd/system-shutdown"],
  ["tmpfiles", "/usr/lib/tmpfiles.d"],
  ["sysusers", "/usr/lib/sysusers.d"],
  ["sysctl", "/usr/lib/sysctl.d"],
  ["binfmt", "/usr/lib/binfmt.d"],
  ["modules-load", "/usr/lib/modules-load.d"],
  ["catalog", "/usr/lib/systemd/catalog"],
  ["systemd-search-network", "/etc/systemd/network:/run/systemd/network:/usr/local/lib/systemd/network:/usr/lib/systemd/network:/lib/systemd/network"],
];

export default gnu({
  name: "systemd-path", summary: "tell where data, configuration, cache... of system and user belong", synopsis: ["[OPTIONS...] [NAME...]"], project: "systemd", version: "252", versionText: "systemd 252 (252.39-1~deb12u2)\n", tryLine: () => "", operands: "none",
  options: { suffix: text(["--suffix"], "SUFFIX", "add this after every path"), noPager: flag(["--no-pager"], "write at once, without a pager") },
  *run({ options, operands, sys }, io: Io) {
    const home = sys.environment.get("HOME") ?? "/root";
    const paths = new Map(known.map(([name, path]) => [name, path.replaceAll("~", home)] as const));
    if (operands.length === 0) {
      for (const [name, path] of paths) io.out.put(`${name}: ${path}${options.suffix === undefined ? "" : `/${options.suffix}`}\n`);
      return 0;
    }
    for (const name of operands) {
      const path = paths.get(name);
      if (path === undefined) {
        yield* io.stderr(`Path ${name} not known.\n`);
        return 1;
      }
      io.out.put(`${path}${options.suffix === undefined ? "" : `/${options.suffix}`}\n`);
    }
    return 0;
  },
});
