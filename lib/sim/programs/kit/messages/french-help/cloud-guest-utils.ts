// What the declarations of cloud-guest-utils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchCloudGuestUtilsHelp: Catalogue = [
  ["extend a partition in a partition table to fill available space", "étendre une partition à l'espace disponible"],
  ["leave F percent of the disk", "laisser F pour cent du disque"],
  ["least growth in bytes", "plus petit agrandissement en octets"],
  ["tell the kernel", "informer le noyau"],
];
