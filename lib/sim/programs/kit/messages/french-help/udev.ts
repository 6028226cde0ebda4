// What the declarations of udev say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchUdevHelp: Catalogue = [
  ["udev management tool", "outil de gestion d'udev"],
  ["query sysfs or the udev database", "interroger sysfs ou la base d'udev"],
  ["request events from the kernel", "demander des événements au noyau"],
  ["wait for pending udev events", "attendre les événements en cours d'udev"],
  ["control the udev daemon", "commander le démon udev"],
  ["listen to kernel and udev events", "écouter les événements du noyau et d'udev"],
  ["test an event run", "essayer le traitement d'un événement"],
  ["test a built-in command", "essayer une commande interne"],
  ["wait for device or device symlink", "attendre un périphérique ou un lien vers un périphérique"],
  ["lock a block device", "verrouiller un périphérique bloc"],
];
