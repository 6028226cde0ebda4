// What apt and apt-get declare alike.
import type { Domain } from "../kit/messages/domains.ts";
import { helpHeadings } from "../kit/messages/help-headings.ts";
import { flag, text } from "../kit/program.ts";

export const commonOptions = [
  flag(["-y", "--yes", "--assume-yes"], "ask nothing, the answer is yes"), flag(["--assume-no"], "answer no to all questions"), flag(["-s", "--simulate", "--dry-run"], "only say what would be done"), flag(["-q", "--quiet"], "less output"), flag(["-d", "--download-only"], "only download"),
  flag(["--print-uris"], "print the addresses of the downloads, fetch nothing"), flag(["--no-install-recommends"], "do not install recommended packages"), flag(["--reinstall"], "install again"), flag(["--purge"], "remove configuration files too"),
  flag(["-V", "--verbose-versions"], "show the versions of what is installed"), flag(["-f", "--fix-broken"], "mend broken dependencies"), flag(["--only-upgrade"], "install no new packages"), flag(["--no-upgrade"], "leave installed packages as they are"), flag(["--autoremove", "--auto-remove"], "remove what nothing needs any more"),
  flag(["--allow-change-held-packages"], "change packages that are held"), flag(["--allow-downgrades"], "go back to older versions"), flag(["--allow-remove-essential"], "remove what the system needs to work"), flag(["--allow-insecure-repositories"], "read repositories without a signature"),
  text(["-o", "--option"], "NAME=VALUE", "set an option of apt.conf(5)"), text(["-c", "--config-file"], "FILE", "read one more configuration file"), text(["-t", "--target-release"], "RELEASE", "prefer the versions of a release"),
];

/** `domain`: where messages are French. */
export const usage = (name: string, commands: string, domain?: Domain): string => `apt 2.6.1 (amd64)
${helpHeadings(domain).usage} ${name} [options] ${domain === undefined ? "command" : "commande"}

${name} ${domain === undefined ? "finds, installs, upgrades and removes packages" : "trouve, installe, met à niveau et retire des paquets"}.

${domain === undefined ? "Commands:" : "Commandes\u00a0:"}
  ${commands.split(" ").join(", ")}
`;
