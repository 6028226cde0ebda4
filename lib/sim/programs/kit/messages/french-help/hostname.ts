// What the declarations of hostname say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchHostnameHelp: Catalogue = [
  ["show or set the system's host name", "montrer ou changer le nom d'hôte du système"],
  ["Called as domainname, ypdomainname or nisdomainname it works as with -y, as dnsdomainname as with -d. The FQDN is what the resolver returns for the host name: usually a line of /etc/hosts.", "Appelé domainname, ypdomainname ou nisdomainname il fonctionne comme avec -y, et dnsdomainname comme avec -d. Le FQDN est ce que le résolveur rend pour le nom d'hôte\u00a0: en général une ligne de /etc/hosts."],
  ["alias names", "alias du nom"],
  ["all long host names (FQDNs)", "tous les noms d'hôte longs (FQDN)"],
  ["set default hostname if none available", "donner un nom d'hôte par défaut s'il n'y en a pas"],
  ["DNS domain name", "nom de domaine DNS"],
  ["long host name (FQDN)", "nom d'hôte long (FQDN)"],
  ["read host name or NIS domain name from given file", "lire le nom d'hôte ou de domaine NIS dans ce fichier"],
  ["addresses for the host name", "adresses du nom d'hôte"],
  ["all addresses for the host", "toutes les adresses de l'hôte"],
  ["short host name", "nom d'hôte court"],
  ["NIS/YP domain name", "nom de domaine NIS/YP"],
  ["print version and exit", "afficher le numéro de version puis quitter"],
  ["print this text and exit", "afficher ce texte et quitter"],
];
