// What the declarations of grub2-common say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchGrub2CommonHelp: Catalogue = [
  ["install GRUB to a device", "installer GRUB sur un périphérique"],
  ["i386-pc", "i386-pc"],
  ["not /boot but this", "pas /boot mais ceci"],
  ["taken as DIR/boot", "pris comme RÉP/boot"],
  ["even where it is unsafe", "même où c'est risqué"],
  ["of a machine with EFI", "d'une machine à EFI"],
  ["set the default boot entry for GRUB, for the next boot only", "choisir l'entrée de GRUB pour le prochain démarrage seulement"],
  ["set the saved default boot entry for GRUB", "choisir l'entrée de démarrage par défaut enregistrée de GRUB"],
  ["stub for grub-mkconfig", "raccourci pour grub-mkconfig"],
];
