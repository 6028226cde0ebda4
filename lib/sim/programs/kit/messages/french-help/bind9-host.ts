// What the declarations of bind9-host say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchBind9HostHelp: Catalogue = [
  ["as -v -t ANY", "comme -v -t ANY"],
  ["wait for the answer without a limit", "attendre la réponse sans limite"],
  ["seconds until an answer counts as lost", "secondes au bout desquelles la réponse est tenue pour perdue"],
  ["number of retries", "nombre de nouvelles tentatives"],
  ["show the number of the version", "afficher le numéro de version"],
];
