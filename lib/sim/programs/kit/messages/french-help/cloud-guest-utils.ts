// What the declarations of cloud-guest-utils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchCloudGuestUtilsHelp: Catalogue = [
  ["let a partition grow into the free space behind it", "agrandir une partition dans l'espace libre qui la suit"],
  ["leave F percent of the disk", "laisser F pour cent du disque"],
  ["least growth in bytes", "plus petit agrandissement en octets"],
  ["tell the kernel", "informer le noyau"],
];
