// grub-mkconfig: writes grub.cfg from /etc/default/grub and the scripts in /etc/grub.d (grub-mkconfig(8)).
import { type Blocking, decode, encode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { compareVersions } from "../kit/debian/debian-version.ts";
import { gnu, type Io, text } from "../kit/gnu.ts";
import { openShellPipe, waitFor } from "../kit/shell-command.ts";
import { placeOf } from "./_device.ts";
import { headerText, linuxText, type MenuFacts, themeText } from "./_menu.ts";
import { checkScript, errorText } from "./_script.ts";

function* output(sys: Sys, command: string): Blocking<{ readonly text: string; readonly status: number }> {
  const { pid, fd } = openShellPipe(sys, command, "r");
  let all = "";
  for (;;) {
    const bytes = yield* sys.read(fd, 65_536);
    if (bytes.length === 0) break;
    all += decode(bytes);
  }
  sys.close(fd);
  const done = yield* waitFor(sys, pid);
  return { text: all, status: done.kind === "exited" ? done.status : 1 };
}

function* settingsOf(sys: Sys): Blocking<ReadonlyMap<string, string>> {
  const { text: shown } = yield* output(sys, "for f in /etc/default/grub /etc/default/grub.d/*.cfg; do [ -e $f ] && . $f; done; set | grep ^GRUB_");
  return new Map(shown.split("\n").filter((line) => line.includes("=")).map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1).replace(/^'(.*)'$/s, "$1")] as const));
}

function* kernelsOf(sys: Sys, io: Io): Blocking<MenuFacts["kernels"]> {
  const names = sys.readdir("/boot").map((one) => one.name);
  const releases = names.filter((name) => name.startsWith("vmlinuz-")).map((name) => name.slice(8)).sort((a, b) => compareVersions(b, a));
  const kernels: { readonly release: string; readonly image: string; readonly initrd: string | undefined }[] = [];
  for (const release of releases) {
    const initrd = names.includes(`initrd.img-${release}`) ? `/boot/initrd.img-${release}` : undefined;
    yield* io.stderr(`Found linux image: /boot/vmlinuz-${release}\n${initrd === undefined ? "" : `Found initrd image: ${initrd}\n`}`);
    kernels.push({ release, image: `/boot/vmlinuz-${release}`, initrd });
  }
  return kernels;
}

export default gnu({
  name: "grub-mkconfig", path: "/usr/sbin/grub-mkconfig", manSection: 8, project: "GRUB", version: "2.06-13+deb12u2", versionText: "grub-mkconfig (GRUB) 2.06-13+deb12u2\n", versionLetter: "V", helpLetter: "h", summary: "write the configuration of GRUB from the kernels that are there", synopsis: ["[OPTION]"], operands: "none",
  options: { out: text(["-o", "--output"], "FILE", "where to write it, else standard output") },
  *run({ options, operands, sys }, io: Io) {
    if (operands[0] !== undefined) {
      yield* io.stderr(`Unrecognized option \`${operands[0]}'\n`);
      return 1;
    }
    if (sys.getcred().euid !== 0) {
      yield* io.stderr("grub-mkconfig: You must run this as root\n");
      return 1;
    }
    const place = yield* placeOf(sys, "/", false);
    if (!place) {
      yield* io.stderr("/usr/sbin/grub-probe: error: failed to get canonical path of `/'.\n");
      return 1;
    }
    const target = options.out;
    if (target !== undefined) {
      try {
        sys.close(yield* sys.open(`${target}.new`, O.WRONLY | O.CREAT | O.TRUNC, 0o600));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`/usr/sbin/grub-mkconfig: 263: cannot create ${target}.new: ${error.errno === "ENOENT" ? "Directory nonexistent" : error.message}\n`);
        return 2;
      }
    }
    yield* io.stderr("Generating grub configuration file ...\n");
    const settings = yield* settingsOf(sys);
    const distributor = (settings.get("GRUB_DISTRIBUTOR") ?? "Debian").split(" ")[0] ?? "Debian";
    let config = "#\n# Written by grub-mkconfig from the scripts in /etc/grub.d and the settings\n# in /etc/default/grub: changes here are lost.\n#\n";
    for (const { name } of [...sys.readdir("/etc/grub.d")].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `/etc/grub.d/${name}`;
      const { mode } = sys.stat(path);
      if ((mode & S.IFMT) !== S.IFREG || (mode & 0o111) === 0 || /~$|\.(dpkg-.*|bak)$/.test(name)) continue;
      const isOwn = ((yield* readTextFile(sys, path)) ?? "").includes("the simulated grub-mkconfig writes this part itself");
      let part = "";
      if (!isOwn) {
        const ran = yield* output(sys, path);
        if (ran.status !== 0) return ran.status;
        part = ran.text;
      } else if (name === "00_header") part = headerText({ settings, place, distributor, kernels: [] });
      else if (name === "05_debian_theme") part = themeText;
      else if (name === "10_linux") part = linuxText({ settings, place, distributor, kernels: yield* kernelsOf(sys, io) });
      else if (name === "30_os-prober" && settings.get("GRUB_DISABLE_OS_PROBER") !== "false") yield* io.stderr("Warning: os-prober will not be executed to detect other bootable partitions.\nSystems on them will not be added to the GRUB boot configuration.\nCheck GRUB_DISABLE_OS_PROBER documentation entry.\n");
      config += `\n### BEGIN ${path} ###\n${part}### END ${path} ###\n`;
    }
    if (target === undefined) io.out.put(config);
    else {
      const fd = yield* sys.open(`${target}.new`, O.WRONLY | O.TRUNC);
      yield* sys.write(fd, encode(config));
      sys.close(fd);
      const checked = yield* checkScript(sys, config);
      if (checked.error) {
        yield* io.stderr(`${errorText(checked.error)}Syntax errors are detected in generated GRUB config file.\nEnsure that there are no errors in /etc/default/grub\nand /etc/grub.d/* files or please file a bug report with\n${target}.new file attached.\n`);
        return 1;
      }
      sys.chmod(`${target}.new`, 0o444);
      sys.rename(`${target}.new`, target);
    }
    yield* io.stderr("done\n");
    return 0;
  },
});
