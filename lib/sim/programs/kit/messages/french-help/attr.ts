// What the declarations of attr say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchAttrHelp: Catalogue = [
  ["show the extended attributes of files", "montrer les attributs étendus des fichiers"],
  ["only the attribute of this name, with its value", "seulement l'attribut de ce nom, avec sa valeur"],
  ["every attribute with its value", "chaque attribut avec sa valeur"],
  ["how values are written: text, hex or base64", "écriture des valeurs\u00a0: text, hex ou base64"],
  ["only attributes whose name matches the regular expression", "seulement les attributs dont le nom correspond à l'expression rationnelle"],
  ["values without names, quotes or line ends", "valeurs sans noms, guillemets ni fins de ligne"],
  ["a symbolic link itself, not its target", "un lien symbolique lui-même, non sa cible"],
  ["give files extended attributes, or take them away", "donner aux fichiers des attributs étendus, ou en retirer"],
  ["the attribute to write, by its name", "l'attribut à écrire, par son nom"],
  ["what the attribute will hold (as text, 0x hex or 0s base64)", "ce que l'attribut contiendra (texte, 0x hexadécimal ou 0s base64)"],
  ["the attribute to delete, by its name", "l'attribut à supprimer, par son nom"],
];
