// What the declarations of gpgv say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchGpgvHelp: Catalogue = [
  ["verify OpenPGP signatures", "vérifier des signatures OpenPGP"],
  ["take the keys from this keyring", "prendre les clés de ce trousseau"],
  ["write the text there", "y écrire le texte"],
];
