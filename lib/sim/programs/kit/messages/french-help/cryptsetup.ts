// What the declarations of cryptsetup say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchCryptsetupHelp: Catalogue = [
  ["open and close encrypted devices as /etc/crypttab says", "ouvrir et fermer les périphériques chiffrés selon /etc/crypttab"],
  ["every line but those with noauto", "chaque ligne sauf celles avec noauto"],
];
