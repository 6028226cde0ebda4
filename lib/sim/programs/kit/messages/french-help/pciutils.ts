// What the declarations of pciutils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchPciutilsHelp: Catalogue = [
  ["list all PCI devices", "lister les périphériques PCI"],
  ["a form that scripts read", "une forme que lisent les scripts"],
  ["a tree of buses", "un arbre des bus"],
  ["more about each device", "plus de détails sur chaque périphérique"],
  ["drivers and modules of the kernel", "pilotes et modules du noyau"],
  ["the start of the configuration space in hexadecimal", "le début de l'espace de configuration en hexadécimal"],
  ["addresses as the bus sees them", "les adresses vues du bus"],
  ["domain numbers always", "toujours les numéros de domaine"],
  ["numbers; twice: names and numbers", "des nombres\u00a0; deux fois\u00a0: noms et nombres"],
  ["ask the central database by DNS", "interroger la base centrale par le DNS"],
  ["only these places", "seulement ces emplacements"],
  ["only these devices", "seulement ces périphériques"],
  ["another list of names", "une autre liste de noms"],
  ["the path through bridges", "le chemin à travers les ponts"],
];
