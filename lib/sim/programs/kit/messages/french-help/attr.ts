// What the declarations of attr say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchAttrHelp: Catalogue = [
  ["get extended attributes of filesystem objects", "lire les attributs étendus d'objets du système de fichiers"],
  ["get the named extended attribute value", "lire la valeur de l'attribut étendu de ce nom"],
  ["get all extended attribute values", "lire les valeurs de tous les attributs étendus"],
  ["encode values (as 'text', 'hex' or 'base64')", "coder les valeurs («\u00a0text\u00a0», «\u00a0hex\u00a0» ou «\u00a0base64\u00a0»)"],
  ["only get attributes with names matching pattern", "ne lire que les attributs dont le nom correspond au motif"],
  ["print the bare values only", "n'afficher que les valeurs brutes"],
  ["do not dereference symbolic links", "ne pas déréférencer les liens symboliques"],
  ["set extended attributes of filesystem objects", "fixer les attributs étendus d'objets du système de fichiers"],
  ["set the value of the named extended attribute", "fixer la valeur de l'attribut étendu de ce nom"],
  ["use value as the attribute value", "valeur de l'attribut"],
  ["remove the named extended attribute", "retirer l'attribut étendu de ce nom"],
];
