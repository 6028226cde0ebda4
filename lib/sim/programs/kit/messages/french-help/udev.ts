// What the declarations of udev say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchUdevHelp: Catalogue = [
  ["udev management tool", "outil de gestion d'udev"],
  ["tell what is known of a device", "dire ce qu'on sait d'un périphérique"],
  ["have the kernel announce devices again", "faire réannoncer les périphériques par le noyau"],
  ["wait until udev has no events left", "attendre qu'udev n'ait plus d'événements"],
  ["tell the daemon of udev: reload, stop, log level...", "commander le démon d'udev\u00a0: relire, s'arrêter, niveau du journal..."],
  ["print events while they happen", "afficher les événements quand ils arrivent"],
  ["show what rules would do with an event", "montrer ce que les règles feraient d'un événement"],
  ["run one built-in of udev and show the properties", "lancer une commande interne d'udev et montrer les propriétés"],
  ["wait until a device is there", "attendre qu'un périphérique soit là"],
  ["hold a block device while a command runs", "réserver un périphérique bloc le temps d'une commande"],
];
