// What the declarations of initramfs-tools-core say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchInitramfsToolsCoreHelp: Catalogue = [
  ["list the files in an initramfs", "lister les fichiers d'un initramfs"],
  ["long listing", "liste longue"],
  ["make the initramfs of one kernel version", "créer l'initramfs d'une version du noyau"],
  ["write the image to this file", "écrire l'image dans ce fichier"],
  ["settings from this directory", "réglages de ce répertoire"],
  ["say what is added", "dire ce qui est ajouté"],
  ["compression", "compression de l'image"],
  ["the image is not compressed", "l'image n'est pas compressée"],
  ["keep the temporary directory", "garder le répertoire temporaire"],
  ["unpack an initramfs into a directory", "décompresser un initramfs dans un répertoire"],
  ["list names", "lister les noms"],
];
