make, aptitude, mkpasswd, the console and printing in French: make as it said it itself, the others with the words of their catalogues in Debian 12.
host: debian-12
user: root

  $ mkdir /usr/lib/locale/fr_FR.utf8; apt-get install -y -qq make aptitude whois kbd cups-client cups-bsd cups >/dev/null 2>&1; unset LC_ALL; export LANG=fr_FR.UTF-8 HOME=/root; hash -r
  $ cd /root; rm -rf w; mkdir w; cd w
  $ make
  make: *** Pas de cible spécifiée et aucun makefile n'a été trouvé. Arrêt.
  [2]
  $ printf 'all: x\n\techo hi\n' > Makefile; make; make zz
  make: ***  Aucune règle pour fabriquer la cible « x », nécessaire pour « all ». Arrêt.
  make: *** Aucune règle pour fabriquer la cible « zz ». Arrêt.
  [2]
  $ printf 'all:\n\tfalse\n' > Makefile; make; make -i
  false
  make: *** [Makefile:2 : all] Erreur 1
  false
  make: [Makefile:2 : all] Erreur 1 (ignorée)
  $ printf 'all:\n    echo a\n' > Makefile; make
  Makefile:2: *** séparateur manquant. Arrêt.
  [2]
  $ printf 'x:\n\ttouch x\n' > Makefile; make; make; make -C nosuch
  touch x
  make: « x » est à jour.
  make: *** nosuch : Aucun fichier ou dossier de ce type. Arrêt.
  [2]
  $ aptitude search ''
  E: Impossible de rechercher ""
  [255]
  $ aptitude show hello | head -7
  Paquet : hello
  Version : 2.10-3
  État: non installé
  Priorité : optional
  Section : devel
  Responsable : Santiago Vila <sanvila@debian.org>
  Architecture : amd64
  $ aptitude install nosuch
  Unable to apply some actions, aborting
  Impossible de trouver un paquet dont le nom ou la description corresponde à « nosuch »
  [255]
  $ echo n | aptitude remove bash
  Les paquets suivants seront ENLEVÉS : 
    bash 
  0 paquets mis à jour, 0 nouvellement installés, 1 à enlever et 9 non mis à jour.
  Il est nécessaire de télécharger 0 o d'archives. Après dépaquetage, 7336 ko seront libérés.
  Les paquets ESSENTIELS suivants vont être ENLEVÉS !
    bash 
  
  ATTENTION : la réalisation de cette action va probablement casser votre
              système !
              Ne PAS poursuivre à moins que vous ne sachiez EXACTEMENT ce
              que vous faites !
  Pour continuer, entrer la phrase « Je suis conscient que c'est une très mauvaise idée » :
  Abandon.
  [1]
  $ mkpasswd -m zz
  La méthode « zz » est invalide.
  [1]
  $ chvt 2>&1 | head -1
  chvt: Pas assez d'arguments.
  $ setfont nosuch
  setfont: Impossible de trouver le fichier : nosuch
  [66]
  $ lpq
  lpq : erreur - aucune destination par défaut disponible.
  [1]
  $ lpadmin -p x -v file:/dev/null -E; lpstat -a | cut -d' ' -f1-6; lpstat -v
  x accepte des requêtes depuis Sat
  matériel pour x : /dev/null
  $ cancel nosuch-1
  cancel : cancel-job échec : Job #1 does not exist.
  [1]
