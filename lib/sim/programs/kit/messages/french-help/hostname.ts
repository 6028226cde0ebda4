// What the declarations of hostname say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchHostnameHelp: Catalogue = [
  ["print or change the host name of the system", "afficher ou changer le nom d'hôte du système"],
  ["Called as domainname, ypdomainname or nisdomainname it works as with -y, as dnsdomainname as with -d. The FQDN is what the resolver returns for the host name: usually a line of /etc/hosts.", "Appelé domainname, ypdomainname ou nisdomainname il fonctionne comme avec -y, et dnsdomainname comme avec -d. Le FQDN est ce que le résolveur rend pour le nom d'hôte\u00a0: en général une ligne de /etc/hosts."],
  ["alias names", "alias du nom"],
  ["every full name that an address of the host leads to", "tout nom complet auquel mène une adresse de l'hôte"],
  ["set a name only where there is none", "ne fixer un nom que s'il n'y en a pas"],
  ["DNS domain name", "nom de domaine DNS"],
  ["full name, with the domain (FQDN)", "nom complet, avec le domaine (FQDN)"],
  ["the name is what the file holds", "le nom est ce que contient le fichier"],
  ["addresses that the name resolves to", "adresses obtenues en résolvant le nom"],
  ["addresses of all network interfaces", "adresses de toutes les interfaces réseau"],
  ["short host name", "nom d'hôte court"],
  ["domain of NIS (YP)", "domaine de NIS (YP)"],
  ["print this text and exit", "afficher ce texte et quitter"],
];
