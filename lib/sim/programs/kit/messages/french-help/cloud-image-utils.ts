// What the declarations of cloud-image-utils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchCloudImageUtilsHelp: Catalogue = [
  ["make a disk with user data for cloud-init", "faire un disque de données utilisateur pour cloud-init"],
  ["format of the disk", "format du disque"],
  ["host name", "nom d'hôte"],
  ["iso or vfat", "iso ou vfat"],
  ["interfaces file", "fichier d'interfaces"],
  ["network configuration", "configuration du réseau"],
  ["local or net", "local ou net"],
  ["vendor data", "données du fournisseur"],
];
