// What the declarations of bind9-host say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchBind9HostHelp: Catalogue = [
  ["as -v -t ANY", "comme -v -t ANY"],
  ["wait for the answer without a limit", "attendre la réponse sans limite"],
  ["seconds until an answer counts as lost", "secondes au bout desquelles la réponse est tenue pour perdue"],
  ["number of retries", "nombre de nouvelles tentatives"],
  ["show the number of the version", "afficher le numéro de version"],
  ["as -a, without records of DNSSEC", "comme -a, sans les enregistrements DNSSEC"],
  ["another word for -v", "un autre mot pour -v"],
  ["all records of a domain (AXFR)", "tous les enregistrements d'un domaine (AXFR)"],
  ["dots of a name that is asked for as it is", "points d'un nom demandé tel quel"],
  ["one dot is enough", "un point suffit"],
  ["follow the use of memory", "suivre l'usage de la mémoire"],
  ["nothing is followed", "rien n'est suivi"],
  ["end at SERVFAIL", "s'arrêter à SERVFAIL"],
  ["the SOA of every server of the zone", "le SOA de chaque serveur de la zone"],
  ["the old names for IPv6 addresses (IP6.INT)", "les anciens noms des adresses IPv6 (IP6.INT)"],
];
