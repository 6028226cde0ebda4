// What the declarations of busybox-static say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchBusyboxStaticHelp: Catalogue = [
  ["one binary with many Unix tools", "un seul binaire pour de nombreux outils Unix"],
  ["Called by the name of an applet (through a link) or with it as first argument, it works as that tool. `busybox APPLET --help` shows its usage.", "Appelé par le nom d'un applet (par un lien) ou avec lui comme premier argument, il fonctionne comme cet outil. «\u00a0busybox APPLET --help\u00a0» en montre l'utilisation."],
];
