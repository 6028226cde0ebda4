// What the declarations of qemu-utils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchQemuUtilsHelp: Catalogue = [
  ["QEMU disk image utility", "outil d'images de disques de QEMU"],
  ["change the options of an image's format", "changer les options du format d'une image"],
  ["measure how fast an image answers", "mesurer la vitesse de réponse d'une image"],
  ["bitmaps of dirty blocks", "cartes des blocs modifiés"],
  ["is an image consistent", "dire si une image est cohérente"],
  ["write an image's differences into its backing file", "écrire les différences d'une image dans son image de base"],
  ["do two images hold the same", "dire si deux images ont le même contenu"],
  ["copy an image to another format", "copier une image dans un autre format"],
  ["make an image", "créer une image"],
  ["copy blocks of an image", "copier des blocs d'une image"],
  ["what an image is", "dire ce qu'est une image"],
  ["where an image's parts lie", "dire où se trouvent les parties d'une image"],
  ["how large an image would be", "dire quelle taille aurait une image"],
  ["give an image another backing file", "donner une autre image de base à une image"],
  ["make an image larger or smaller", "agrandir ou réduire une image"],
  ["list, make, apply and delete snapshots inside an image", "lister, faire, appliquer et supprimer des instantanés dans une image"],
  ["QEMU disk exerciser", "exerciseur de disques de QEMU"],
  ["execute a command: write or read", "exécuter une commande\u00a0: write ou read"],
  ["format of the image", "format de l'image"],
  ["open it read-only", "l'ouvrir en lecture seule"],
  ["offer a disk image as a network block device (NBD)", "offrir une image de disque comme périphérique bloc réseau (NBD)"],
  ["join the image with a device", "relier l'image à un périphérique"],
  ["what is asked is checked; nothing is joined", "la demande est vérifiée\u00a0; rien n'est relié"],
  ["part a device from its image", "séparer un périphérique de son image"],
];
