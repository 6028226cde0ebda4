// What the declarations of bind9-host say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchBind9HostHelp: Catalogue = [
  ["equivalent to -v -t ANY", "équivaut à -v -t ANY"],
  ["wait forever for a reply", "attendre toujours une réponse"],
  ["how long to wait for a reply", "temps d'attente de la réponse"],
  ["number of retries", "nombre de nouvelles tentatives"],
  ["print version number and exit", "afficher le numéro de version et quitter le programme"],
];
