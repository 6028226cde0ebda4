Administration on a machine set to French: what the programs of Debian 12 with their French catalogues said to the same commands.
host: debian-12
user: root

  $ mkdir /usr/lib/locale/fr_FR.utf8; unset LC_ALL; export LANG=fr_FR.UTF-8 HOME=/root; apt-get install -y -qq cpio net-tools acl attr parted ncal quota > /dev/null 2>&1; hash -r
  $ cd /root; rm -rf w; mkdir w; cd w
  $ { echo 'x' > bad; visudo -c -f bad; } > /dev/null 2>&1
  [1]
  $ pgrep
  pgrep: aucun critère correspondant spécifié
  Essayez « pgrep --help » pour plus d'informations.
  [2]
  $ pkill
  pkill: aucun critère correspondant spécifié
  Essayez « pkill --help » pour plus d'informations.
  [2]
  $ kill -z
  bash: kill: z : indication de signal non valable
  [1]
  $ pwdx 999999
  999999: Aucun processus de ce type
  [1]
  $ pwdx x
  pwdx: ID de processus invalide: x
  [1]
  $ vmstat | head -2
  procs ----------mémoire---------- -échange- -----io---- -système- ------cpu-----
   r  b   swpd  libre tampon  cache   si   so    bi    bo   in   cs us sy id wa st
  $ watch -n x ls
  watch: échec de l'analyse de l'argument: 'x': Argument invalide
  [1]
  $ sysctl nosuch
  sysctl: impossible d'obtenir les stat de /proc/sys/nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ sysctl -w nosuch=1
  sysctl: impossible d'obtenir les stat de /proc/sys/nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ killall nosuch
  nosuch: aucun processus trouvé
  [1]
  $ fuser nosuch
  Le nom de fichier nosuch n'existe pas.
  [1]
  $ truncate -s 8M fs; mke2fs -q -F -U 1b6ea6d1-4f42-4b4e-8a5a-1f1a8e6c0a01 fs; e2fsck -n fs
  e2fsck 1.47.0 (5-Feb-2023)
  fs : propre, 11/2048 fichiers, 562/8192 blocs
  $ mkfs.ext4 nosuch
  mke2fs 1.47.0 (5-Feb-2023)
  Le fichier nosuch n'existe pas et aucune taille n'a été spécifiée.
  [1]
  $ e2fsck -f -y fs
  e2fsck 1.47.0 (5-Feb-2023)
  Passe 1 : vérification des i-noeuds, des blocs et des tailles
  Passe 2 : vérification de la structure des répertoires
  Passe 3 : vérification de la connectivité des répertoires
  Passe 4 : vérification des compteurs de référence
  Passe 5 : vérification de l'information du sommaire de groupe
  fs : 11/2048 fichiers (0.0% non contigus), 562/8192 blocs
  $ { echo x > nofs; truncate -s 1M nofs; e2fsck nofs; } > /dev/null 2>&1
  [8]
  $ tune2fs -L neuf fs
  tune2fs 1.47.0 (5-Feb-2023)
  $ tune2fs -c 30 -i 6m fs
  tune2fs 1.47.0 (5-Feb-2023)
  Définition du nombre maximal de montages à 30
  Définition de l'intervalle de vérification à 15552000 secondes
  $ dumpe2fs
  dumpe2fs 1.47.0 (5-Feb-2023)
  Utilisation : dumpe2fs [-bfghimxV] [-o superblock=<nombre>] [-o blocksize=<nombre>] périphérique
  [1]
  $ dumpe2fs nosuch
  dumpe2fs 1.47.0 (5-Feb-2023)
  dumpe2fs: Aucun fichier ou dossier de ce type lors de la tentative d'ouverture de nosuch
  Impossible de trouver un superbloc de système de fichiers valide.
  [2]
  $ dumpe2fs nofs
  dumpe2fs 1.47.0 (5-Feb-2023)
  dumpe2fs: Numéro magique invalide dans le super-bloc lors de la tentative d'ouverture de nofs
  Impossible de trouver un superbloc de système de fichiers valide.
  [19]
  $ dumpe2fs -h fs | head -4 | cut -d: -f1
  dumpe2fs 1.47.0 (5-Feb-2023)
  Filesystem volume name
  Last mounted on
  Filesystem UUID
  Filesystem magic number
  $ resize2fs
  resize2fs 1.47.0 (5-Feb-2023)
  Utilisation : resize2fs [-d drapeaux_de_debug] [-f] [-F] [-M] [ -P] [-p] périphérique [-b|-s|nouvelle_taille] [-S RAID-stride] [-z fichier_annulation]
  [1]
  $ resize2fs nosuch
  resize2fs 1.47.0 (5-Feb-2023)
  open: Aucun fichier ou dossier de ce type lors de l'ouverture de nosuch
  [1]
  $ resize2fs fs 4M
  resize2fs 1.47.0 (5-Feb-2023)
  En train de redimensionner le système de fichiers sur fs à 4096 (1k) blocs.
  Le système de fichiers sur fs a maintenant une taille de 4096 blocs (1k).
  $ resize2fs fs
  resize2fs 1.47.0 (5-Feb-2023)
  Le système de fichiers a déjà 4096 blocs (1k). Rien à faire !
  $ resize2fs fs x
  resize2fs 1.47.0 (5-Feb-2023)
  resize2fs: taille d'i-noeud invalide - x
  [1]
  $ resize2fs nofs
  resize2fs 1.47.0 (5-Feb-2023)
  resize2fs: Numéro magique invalide dans le super-bloc lors de la tentative d'ouverture de nofs
  Impossible de trouver un superbloc de système de fichiers valide.
  [1]
  $ e2label
  Utilisation : e2label périphérique [nouvelle_étiquette]
  [1]
  $ e2label nosuch
  e2label: Aucun fichier ou dossier de ce type lors de la tentative d'ouverture de nosuch
  Impossible de trouver un superbloc de système de fichiers valide.
  [1]
  $ e2label fs
  neuf
  $ chattr +i nosuch
  chattr: Aucun fichier ou dossier de ce type lors de l'évaluation par stat() de nosuch
  [1]
  $ lsattr nosuch
  lsattr: Aucun fichier ou dossier de ce type lors de l'évaluation par stat() de nosuch
  [1]
  $ debugfs -R 'stat nosuch' fs
  debugfs 1.47.0 (5-Feb-2023)
  nosuch: File not found by ext2_lookup 
  $ parted -s disk mklabel nosuch
  Erreur: Ne peut évaluer le statut du périphérique disk - Aucun fichier ou dossier de ce type.
  [1]
  $ { truncate -s 20M disk; parted -s disk mklabel gpt; parted -s disk print; } > /dev/null 2>&1
  $ parted -s disk rm 5
  Erreur: La partition n’existe pas.
  [1]
  $ getfacl nosuch
  getfacl: nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ setfacl
  Utilisation : setfacl [-bkndRLP] { -m|-M|-x|-X ... } file ...
  Essayer « setfacl --help » pour plus d'informations.
  [2]
  $ setfacl -m nosuch bad
  setfacl : Option -m : Argument invalide près du caractère 1
  [2]
  $ setfacl -m u:nosuch:r bad
  setfacl : Option -m : Argument invalide près du caractère 3
  [2]
  $ man
  Quelle page de manuel voulez-vous ?
  Par exemple, essayez « man man ».
  [1]
  $ man nosuch
  Aucune entrée de manuel pour nosuch
  [16]
  $ man -k
  apropos comment ?
  [1]
  $ man -k nosuchxx
  nosuchxx : rien d'adéquat
  [16]
  $ apropos
  apropos comment ?
  [1]
  $ apropos nosuchxx
  nosuchxx : rien d'adéquat
  [16]
  $ whatis
  whatis comment ?
  [1]
  $ whatis nosuchxx
  nosuchxx : rien d'adéquat
  [16]
  $ nano --nosuch
  nano : option non reconnue '--nosuch'
  
  Entrez « nano -h » pour une liste des options disponibles.
  [1]
  $ dpkg -s nosuch
  dpkg-query: le paquet « nosuch » n'est pas installé et aucune information n'est disponible
  Utilisez dpkg --info (= dpkg-deb --info) pour examiner les fichiers d'archive.
  [1]
  $ dpkg -L nosuch
  dpkg-query: paquet « nosuch » n'est pas installé
  Utilisez dpkg --contents (= dpkg-deb --contents) pour lister le contenu des fichiers d'archive.
  [1]
  $ dpkg -S nosuch
  dpkg-query: aucun chemin ne correspond à *nosuch*
  [1]
  $ dpkg -l nosuch
  dpkg-query: aucun paquet ne correspond à nosuch
  [1]
  $ dpkg -c nosuch
  dpkg-deb: erreur: impossible de lire l'archive « nosuch »: Aucun fichier ou dossier de ce type
  [2]
  $ dpkg -I nosuch
  dpkg-deb: erreur: impossible de lire l'archive « nosuch »: Aucun fichier ou dossier de ce type
  [2]
  $ dpkg-query
  dpkg-query: erreur: requiert une option d'action
  
  Utiliser --help pour de l'aide sur la recherche de paquets.
  [2]
  $ dpkg-query -W nosuch
  dpkg-query: aucun paquet ne correspond à nosuch
  [1]
  $ dpkg-query -f
  dpkg-query: erreur: l'option -f prend une valeur en paramètre
  
  Utiliser --help pour de l'aide sur la recherche de paquets.
  [2]
  $ dpkg-statoverride
  dpkg-statoverride: erreur: requiert une option d'action
  
  Utiliser --help pour de l'aide sur la façon de ne pas tenir compte des informations relatives au fichier (« file stat information »).
  [2]
  $ dpkg-statoverride --remove /nosuch
  dpkg-statoverride: avertissement: pas de dérogation (« override ») présente
  [2]
  $ dpkg-statoverride --add root root 644
  dpkg-statoverride: erreur: --add a besoin de quatre paramètres
  
  Utiliser --help pour de l'aide sur la façon de ne pas tenir compte des informations relatives au fichier (« file stat information »).
  [2]
  $ dpkg-reconfigure
  /usr/sbin/dpkg-reconfigure: Veuillez indiquer un paquet à reconfigurer.
  [1]
  $ gettext
  gettext: arguments manquants
  [1]
  $ ngettext
  ngettext: arguments manquants
  [1]
  $ iconv -f nosuch
  iconv: échec de démarrage du processus de conversion
  [1]
  $ iconv -f latin1 nosuch
  iconv: ne peut ouvrir le fichier d'entrée « nosuch »: Aucun fichier ou dossier de ce type
  [1]
  $ quota nosuch
  quota: user nosuch does not exist.
  [1]
  $ rpm2cpio nosuch
  bash: rpm2cpio : commande introuvable
  [127]
