// What the declarations of initramfs-tools-core say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchInitramfsToolsCoreHelp: Catalogue = [
  ["list content of an initramfs image", "lister le contenu d'une image initramfs"],
  ["long listing", "liste longue"],
  ["low-level tool for generating an initramfs image", "outil de bas niveau pour produire une image initramfs"],
  ["write the image to this file", "écrire l'image dans ce fichier"],
  ["settings from this directory", "réglages de ce répertoire"],
  ["say what is added", "dire ce qui est ajouté"],
  ["compression", "compression de l'image"],
  ["the image is not compressed", "l'image n'est pas compressée"],
  ["keep the temporary directory", "garder le répertoire temporaire"],
  ["extract content from an initramfs image", "extraire le contenu d'une image initramfs"],
  ["list names", "lister les noms"],
];
