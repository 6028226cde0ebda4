// What the declarations of unattended-upgrades say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchUnattendedUpgradesHelp: Catalogue = [
  ["automatic installation of security upgrades", "installer automatiquement les mises à niveau de sécurité"],
  ["print what is done", "afficher ce qui est fait"],
  ["print what is upgraded", "afficher ce qui est mis à niveau"],
  ["only download, and tell what would be installed", "seulement télécharger, et dire ce qui serait installé"],
  ["accepted, one package at a time is upgraded anyway", "accepté, un paquet à la fois est de toute façon mis à niveau"],
];
