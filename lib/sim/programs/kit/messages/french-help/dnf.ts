// What the declarations of dnf say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchDnfHelp: Catalogue = [
  ["install packages of rpm from repositories", "installer des paquets rpm depuis des dépôts"],
  ["Commands: repolist, search, info, list, provides, repoquery, install, remove, upgrade, check-update, history, makecache, clean.", "Commandes\u00a0: repolist, search, info, list, provides, repoquery, install, remove, upgrade, check-update, history, makecache, clean."],
  ["Repositories are sections of files in /etc/yum.repos.d that end in .repo: [id], name=, baseurl=, enabled=. A Debian machine has none; one to practise with is at http://mirror.lan/rpm. What a package of it needs (/bin/sh) belongs to dpkg and not to rpm, so that dnf refuses to install it, as the real one does.", "Les dépôts sont des sections des fichiers en .repo de /etc/yum.repos.d\u00a0: [id], name=, baseurl=, enabled=. Une machine Debian n'en a aucun\u00a0; il y en a un pour s'exercer à http://mirror.lan/rpm. Ce dont son paquet a besoin (/bin/sh) appartient à dpkg et non à rpm, si bien que dnf refuse de l'installer, comme le vrai."],
  ["the value of $releasever", "la valeur de $releasever"],
  ["fetch metadata anew", "récupérer à nouveau les métadonnées"],
  ["use this repository too", "employer aussi ce dépôt"],
  ["leave this repository aside", "laisser ce dépôt de côté"],
  ["use this repository only", "n'employer que ce dépôt"],
  ["show every version", "montrer toutes les versions"],
  ["check no signatures", "ne vérifier aucune signature"],
  ["it was done", "c'est fait"],
  ["it could not be done", "cela n'a pas pu être fait"],
  ["check-update: there are updates", "check-update\u00a0: il y a des mises à jour"],
];
