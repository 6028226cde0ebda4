// What the declarations of bind9-dnsutils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchBind9DnsutilsHelp: Catalogue = [
  ["DNS lookup utility", "interroger le DNS"],
  ["the query type", "le type de la question"],
  ["simplified reverse lookups", "recherche inverse simplifiée"],
  ["the query name", "le nom demandé"],
  ["the port of the server", "le port du serveur"],
  ["IPv4 only", "IPv4 seulement"],
  ["IPv6 only", "IPv6 seulement"],
  ["a terse answer", "une réponse brève"],
  ["nothing but what is asked for", "rien d'autre que ce qui est demandé"],
  ["the answer section", "la section des réponses"],
  ["a response was received", "une réponse a été reçue"],
  ["no reply from a server", "un serveur n'a pas répondu"],
  ["ask name servers of the Internet, one question after another", "interroger des serveurs de noms d'Internet, une question après l'autre"],
];
