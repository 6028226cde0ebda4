// What the declarations of grub2-common say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchGrub2CommonHelp: Catalogue = [
  ["put the boot loader GRUB on a disk", "installer le chargeur d'amorçage GRUB sur un disque"],
  ["i386-pc", "i386-pc"],
  ["not /boot but this", "pas /boot mais ceci"],
  ["taken as DIR/boot", "pris comme RÉP/boot"],
  ["even where it is unsafe", "même où c'est risqué"],
  ["of a machine with EFI", "d'une machine à EFI"],
  ["choose the GRUB entry of the next start, this once", "choisir l'entrée de GRUB du prochain démarrage, cette seule fois"],
  ["choose the GRUB entry for every start from now on", "choisir l'entrée de GRUB de tous les démarrages à venir"],
  ["stub for grub-mkconfig", "raccourci pour grub-mkconfig"],
];
