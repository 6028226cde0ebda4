// What the declarations of grub-common say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchGrubCommonHelp: Catalogue = [
  ["edit GRUB environment block", "éditer le bloc d'environnement de GRUB"],
  ["generate a GRUB configuration file", "produire un fichier de configuration de GRUB"],
  ["The simulated firmware starts its kernel directly: grub.cfg is written as it should be and not read at boot.", "Le micrologiciel simulé démarre directement son noyau\u00a0: grub.cfg est écrit comme il doit l'être et n'est pas lu au démarrage."],
  ["where to write it, else standard output", "où l'écrire, sinon sur la sortie standard"],
  ["probe device information for GRUB", "sonder les informations de périphérique pour GRUB"],
  ["a device is given, not a path", "un périphérique est donné et non un chemin"],
  ["what to print: fs, fs_uuid, fs_label, device, disk, drive, partmap, abstraction, hints_string, bios_hints", "ce qu'il faut afficher\u00a0: fs, fs_uuid, fs_label, device, disk, drive, partmap, abstraction, hints_string, bios_hints"],
  ["items end with NUL", "les éléments finissent par NUL"],
];
