// Every command that the machine can have: --help, its manual page, completion of its options, and what it says to an option that it does not know.
import { expect, test } from "vitest";
import { pathBeforeMerge } from "../sim/machine/catalogue/before-usr-merge.ts";
import { commands, packages } from "../sim/machine/registry.generated.ts";
import type { Command } from "../sim/programs/kit/command.ts";
import { decode, encode } from "../sim/world/text.ts";
import { createWorld, type World } from "../sim/world/world.ts";

/** The real program has no --help: it answers with its usage error, or takes the word for something else. Their manual pages tell the rest. */
const withoutHelp = new Set(
  `a2disconf a2dismod a2dissite a2enconf a2enmod a2ensite add-shell anacron apache2 apachectl at atd batch bridge bsd-mailx cal chattr clear cron crontab dig ds-identify e2label false mklost+found fuser getcap host ip6tables-save iptables-save killall killall5 login lshw lsmod lsof master mawk ncal newgrp nginx nologin
  nslookup nstat pidof postalias postconf postfix postqueue postsuper pstree rsyslogd sendmail remove-shell reset scp setcap ssh ssh-add ssh-agent ssh-copy-id ssh-keygen ssh-keyscan sshd test tput vmtoolsd vmware-checkvm vmware-hgfsclient vmware-rpctool vmware-toolbox-cmd which.debianutils docker-init lsinitramfs mkinitramfs unmkinitramfs screen sftp sftp-server tmux ip update-initramfs xxd dpkg-reconfigure ntpdate rpm2cpio xauth xinit lp lpstat cancel lpadmin cupsaccept lpinfo lpoptions lpmove lpr lpq lprm lpc cupsd update-rc.d inetd xinetd tcpd tcpdchk tcpdmatch zipinfo file-rename update-ca-certificates which exim4 cifsiostat iostat mpstat pidstat sadc sadf tapestat figlet-figlet figlist showfigfonts sl`.split(/\s+/),
);
/** Where the whole list is asked for in another way. */
const helpWords = new Map([["curl", ["--help", "all"]], ["ps", ["--help", "all"]]]);
/** They take any word (echo, test; gdisk takes it for a disk and ends with 0), go on without an answer, or would stop the machine. */
const anyWord = new Set("[ add-shell agetty apachectl basename cowsay cron dhclient dialog dirname ds-identify echo errno expr false gdisk grcat halt hello init kvm-ok less lessecho linux-check-removal login lpc mesg named-checkconf newgrp nologin nslookup pidof poweroff printf pwcat reboot remove-shell reset runlevel sensible-pager sftp-server shutdown sl sponge systemd-cat tcpd telinit test true update-ca-certificates usb-devices vmtoolsd vmware-hgfsclient xxd yes".split(" "));
const stops = new Set(["halt", "init", "poweroff", "reboot", "shutdown", "telinit"]);

const environment = new Map([["LC_ALL", "C.UTF-8"], ["HOME", "/root"], ["TERM", "xterm"], ["MANPAGER", "cat"], ["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]]);

function run(world: World, argv: readonly string[]): { readonly text: string; readonly status: number | undefined } {
  const { stdout, stderr, status } = world.runProgram({ argv, environment, directory: "/root", stdin: encode(""), limitUs: 5_000_000, maxSteps: 5_000_000 });
  return { text: decode(stdout) + decode(stderr), status };
}

const pathOf = (id: string, command: Command): string => command.path ?? pathBeforeMerge(id.slice(0, id.indexOf("/")), command.name) ?? `/usr/bin/${command.name}`;

function problemsOf(world: World, id: string, command: Command): readonly string[] {
  const { declaration } = command;
  const path = pathOf(id, command);
  const problems: string[] = [];
  if (!withoutHelp.has(command.name)) {
    const help = run(world, [path, ...(helpWords.get(command.name) ?? ["--help"])]);
    const flat = help.text.replace(/\s+/g, " ");
    if (help.status !== 0) problems.push(`--help ends with ${String(help.status)}: ${flat.slice(0, 100)}`);
    else if (flat.trim() === "") problems.push("--help says nothing");
    else {
      if (/undefined|\[object|NaN/.test(flat)) problems.push("--help shows a value that is none");
      for (const { names, support } of declaration.options) {
        if (names.length > 0 && !names.some((name) => flat.includes(name))) problems.push(`--help lacks ${names.join(", ")}`);
        if (typeof support !== "string" && "refused" in support && !flat.includes(support.refused)) problems.push(`--help does not say that ${names.join(", ")} is refused`);
      }
    }
  }
  const page = run(world, ["man", "-P", "cat", declaration.name]);
  if (page.status !== 0 || page.text.length < 150 || /undefined|\[object/.test(page.text)) problems.push(`man: ${String(page.status)} ${page.text.slice(0, 80)}`);
  for (const { names, help } of declaration.options) if (help.trim() === "") problems.push(`no words for ${names.join(", ")}`);
  if (!anyWord.has(command.name)) {
    const unknown = run(world, [path, "--nosuchoption"]);
    if (unknown.status === 0 || unknown.status === undefined) problems.push(`--nosuchoption ends with ${String(unknown.status)}: ${unknown.text.slice(0, 100)}`);
    else if (unknown.text === "") problems.push("--nosuchoption is refused without a word");
  }
  return problems;
}

test("--help, man, an unknown option", () => {
  const world = createWorld({ host: "debian-12", packages: [...packages.keys()], seed: 1, epochUs: 1_790_000_000_000_000 });
  world.step(10_000_000, 50_000_000);
  const wrong = [...commands].filter(([, command]) => !stops.has(command.name)).flatMap(([id, command]) => problemsOf(world, id, command).map((problem) => `${id}: ${problem}`));
  expect(wrong).toEqual([]);
});
