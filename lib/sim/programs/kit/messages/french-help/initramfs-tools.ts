// What the declarations of initramfs-tools say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchInitramfsToolsHelp: Catalogue = [
  ["generate an initramfs image", "produire une image initramfs"],
  ["create a new image", "créer une nouvelle image"],
  ["update an existing image", "mettre à jour une image existante"],
  ["remove an existing image", "supprimer une image existante"],
  ["a kernel version, or all", "une version de noyau, ou all"],
  ["another directory than /boot", "un autre répertoire que /boot"],
  ["only /boot is simulated", "seul /boot est simulé"],
];
