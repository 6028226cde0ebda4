// What the declarations of cryptsetup say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchCryptsetupHelp: Catalogue = [
  ["wrapper around cryptsetup that parses /etc/crypttab", "enveloppe de cryptsetup qui lit /etc/crypttab"],
  ["every line but those with noauto", "chaque ligne sauf celles avec noauto"],
];
