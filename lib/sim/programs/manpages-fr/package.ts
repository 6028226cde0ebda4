import type { DebianPackage } from "../kit/package.ts";

/** On this machine each package brings the French pages of its own commands, so that there is little left to install here. */
const manpagesFr: DebianPackage = {
  name: "manpages-fr",
  version: "4.18.1-1",
  architecture: "all",
  section: "doc",
  priority: "optional",
  source: "manpages-l10n",
  maintainer: "Dr. Helge Kreutzmann <debian@helgefjell.de>",
  homepage: "https://manpages-l10n-team.pages.debian.net/manpages-l10n/",
  installedSizeKiB: 2537,
  downloadSizeBytes: 1_899_104,
  suggests: "man-browser, manpages",
  breaks: "manpages-fr-dev (<< 4.11), manpages-fr-extra (<= 20151231), tree (<< 2.1.0-1), xz-utils (<< 5.2.7)",
  replaces: "manpages-fr-extra (<= 20151231), tree (<< 2.1.0-1), xz-utils (<< 5.2.7)",
  summary: "manual pages in French",
  description: "Pages of commands in French. On the simulated machine they come with the\ncommands' own packages, in /usr/share/man/fr.",
  files: [{ path: "/usr/share/doc/manpages-fr/README.Debian", text: "Les pages de manuel en français de cette machine viennent avec les paquets des commandes\u00a0;\nelles sont dans /usr/share/man/fr et man(1) les montre dans une locale française (LANG=fr_FR.UTF-8).\n\nThe French manual pages of this machine come with the packages of the commands.\n" }],
};

export default manpagesFr;
