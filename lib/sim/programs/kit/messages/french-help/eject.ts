// What the declarations of eject say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchEjectHelp: Catalogue = [
  ["eject media that can be taken out", "éjecter les supports amovibles"],
  ["whether the drive ejects when it is closed", "si le lecteur éjecte quand il est fermé"],
  ["the drives of the simulated machines obey no request: the kernel's answer is that they do not know it", "les lecteurs des machines simulées n'obéissent à aucune requête\u00a0: le noyau répond qu'ils ne la connaissent pas"],
  ["take that disc of a changer", "prendre ce disque d'un changeur"],
  ["print the device that is meant without a name", "afficher le périphérique visé quand rien n'est nommé"],
  ["eject as a floppy disk", "éjecter comme une disquette"],
  ["whatever kind of device it is", "quel que soit le genre de périphérique"],
  ["whether the button of the drive is locked", "si le bouton du lecteur est verrouillé"],
  ["do not unmount it", "ne pas le démonter"],
  ["do not unmount other partitions of the disk", "ne pas démonter les autres partitions du disque"],
  ["only print which device it would be", "dire seulement quel périphérique ce serait"],
  ["read /proc/mounts instead of /etc/mtab", "lire /proc/mounts au lieu de /etc/mtab"],
  ["eject as a tape", "éjecter comme une bande"],
  ["eject as a CD", "éjecter comme un CD"],
  ["eject by SCSI commands", "éjecter par des commandes SCSI"],
  ["close the tray", "fermer le tiroir"],
  ["open the tray if it is closed, else close it", "ouvrir le tiroir s'il est fermé, sinon le fermer"],
  ["the drive's highest speed, 0 for what it can", "la vitesse maximale du lecteur, 0 pour ce qu'il peut"],
  ["the speeds that the drive has", "les vitesses du lecteur"],
  ["it is ejected", "le support est éjecté"],
  ["it is not, or the command line is wrong", "il ne l'est pas, ou la ligne de commande est erronée"],
];
