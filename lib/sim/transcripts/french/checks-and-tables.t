Checks, tables and refusals in French: the words of Debian 12's catalogues (msgunfmt of each package's .mo; vmstat as it printed there).
host: debian-12
user: root

  $ mkdir /usr/lib/locale/fr_FR.utf8; unset LC_ALL; export LANG=fr_FR.UTF-8 HOME=/root; hash -r
  $ cd /root; rm -rf w; mkdir w; cd w
  $ read -u 99 x
  bash: read: 99 : descripteur de fichier non valable : Mauvais descripteur de fichier
  [1]
  $ eval 'fi'
  bash: eval: ligne 4: erreur de syntaxe près du symbole inattendu « fi »
  bash: eval: ligne 4: `fi'
  [2]
  $ enable -f foo foo
  bash: enable: impossible d'ouvrir l'objet partagé foo : foo: Ne peut ouvrir le fichier d'objet partagé: Aucun fichier ou dossier de ce type
  [1]
  $ echo ${y:?}
  bash: y : paramètre vide ou non défini
  [1]
  $ printf '\177ELF\0' > bin; chmod +x bin; ./bin
  bash: ./bin : impossible d'exécuter le fichier binaire : Erreur de format pour exec()
  [126]
  $ dpkg-trigger
  dpkg-trigger: erreur: a besoin d'un seul paramètre , le nom de l'action différée (« trigger »)
  
  Taper « dpkg-trigger --help » pour obtenir de l'aide.
  [2]
  $ dpkg --validate-version 1_0
  dpkg: avertissement: mauvaise syntaxe de la version « 1_0 »: caractère non valable dans le numéro de version
  [1]
  $ dpkg-divert --no-rename --add /etc
  dpkg-divert: erreur: impossible de détourner des répertoires
  
  Utiliser --help pour de l'aide sur le détournement de fichiers.
  [2]
  $ update-alternatives --config nosuch
  update-alternatives: erreur: pas d'alternatives pour nosuch
  [2]
  $ echo 'x:y' >> /etc/passwd; echo n | pwck -q; sed -i '$d' /etc/passwd
  entrée de fichier de mots de passe non valable 
  effacer la ligne 'x:y' ?pwck : aucun changement
  $ truncate -s 8M d; mkfs.ext4 -q d; tune2fs -I 128 d
  tune2fs 1.47.0 (5-Feb-2023)
  La réduction de la taille d'un i-noeud n'est pas supportée
  [1]
  $ tune2fs -E zz d
  tune2fs 1.47.0 (5-Feb-2023)
  
  Une ou des options spécifiées sont erronées.
  
  Les options étendues sont séparées par des virgules et peuvent prendre un
  	argument qui est défini à l'aide d'un signe d'égalité (« = »).
  
  Les options étendues valides sont:
  	clear_mmp
  	hash_alg=<algorithme de hachage>
  	mount_opts=<options de montages étendues par défaut>
  	mmp_update_interval=<intervale de mise à jour en secondes>
  	stride=<taille en blocs des morceaux par disque RAID>
  	stripe-width=<stride RAID * nombre de disques en blocs>
  	force_fsck
  	test_fs
  	^test_fs
  	encoding=<encodage>
  	encoding_flags=<drapeaux>
  
  [1]
  $ mke2fs
  Utilisation : mke2fs [-c|-l nom-de-fichier] [-b taille-de-bloc] [-C taille-de-cluster]
  	[-i octets-par-i-noeud] [-I taille-des-i-noeuds]
  	[-J options-de-journal] [-G taille-groupe-flex] [-N nombre-d-i-noeuds]
  	[-d répertoire-racine] [-m pourcentage-de-blocs-réservés]
  	[-o système-d-exploitation-de-création] [-g blocs-par-groupe]
  	[-L étiquette-du-volume] [-M dernier-répertoire-monté]
  	[-O fonctionnalité[,...]] [-r révision-du-système-de-fichiers]
  	[-E option-étendue[,...]] [-t type-système-de-fichiers] [-T type-d'utilisation]
  	[-U UUID] [-e comportement_erreur] [-z fichier_annulation]
  	[-jnqvDFSV] périphérique [nombre-de-blocs]
  [1]
  $ e2image
  e2image 1.47.0 (5-Feb-2023)
  Utilisation : e2image [ -r|Q ] [ -f ] [ -b superbloc ] [ -B taille_bloc ] périphérique fichier_image
                e2image -I périphérique fichier_image
                e2image -ra [ -cfnp ] [ -o décalage-src ] [ -O décalage-dst ] src_fs [ dest_fs ]
  [1]
  $ findmnt --verify --verbose -T /
  /
     [ ] la cible existe
     [ ] options FS : errors=remount-ro
     [ ] la source /dev/vda1 existe
     [ ] le type du système de fichier est ext4
  Succès, aucune erreur ni avertissement détecté
  $ echo '/dev/zz /mnt/zz ext4 defaults 0 3' >> /etc/fstab; findmnt --verify; sed -i '$d' /etc/fstab
  /mnt/zz
     [E] cible demandée inaccessible durant l'amorçage : Aucun fichier ou dossier de ce type
     [W] source introuvable : /dev/zz : Aucun fichier ou dossier de ce type
     [W] impossible de détecter le type de système de fichiers du disque (Aucun fichier ou dossier de ce type)
     [W] votre fstab a été modifié mais systemd utilise encore l'ancienne version ;
         utilisez « systemctl daemon-reload » pour le recharger
  
  0 erreur d'analyse, 1 erreur, 3 alertes
  $ vmstat -d | head -3
  disq- -----------lectures----- ---- -----------écritures--------- -----ES------
         total fusion secteurs      ms  total fusion secteurs      ms    cur    sec
  loop0      0      0       0       0      0      0       0       0      0      0
  $ vmstat -D | head -4
              9 disques
              1 partitions
           8200 lectures totales
           2050 lectures fusionnées
  $ free -V; ps -V
  free de procps-ng 4.0.2
  ps de procps-ng 4.0.2
  $ top -d -1 -n1 -b
  top: -d requiert un paramètre positif
  [1]
  $ top -p zz
  top: mauvais pid « zz »
  [1]
  $ ps --ppid
  erreur: la liste des ID de processus doit suivre --ppid
  
  Usage:
   ps [options]
  
   Essayez 'ps --aide <simple|liste|sortie|threads|divers|tous>'
    ou 'ps --aide <s|l|o|h|d|t>'
   pour plus d'aide.
  
  Pour plus de détails, consultez ps(1).
  [1]
  $ ipcs -t
  
  ------ Files de messages Transmis/Reçus/Changés Temps --------
  msqid    propriétaire transmis             reçus                changés             
  
  ------ Mémoire partagée Attachement/Détachement/Changement Temps --------
  shmid      propriétaire attaché              détaché              modifié             
  
  --- Sémaphores : opérations/changements temporels ---
  semid    propriétaire last-op                    last-changed              
  
  $ ipcs -p
  
  ------ PID des files de messages --------
  msqid      propriétaire lspid      lrpid     
  
  ------ Mémoire partagée créateur/ PID de dernière opération --------
  shmid      propriétaire cpid       lpid      
  
  ------ Tableaux de sémaphores --------
  clef       semid      propriétaire perms      nsems     
  
  $ tar --level=0 -cf x.tar bin
  tar: --level n'a aucun sens sans --listed-incremental
  $ parted -s d mkpart
  Erreur: /root/w/d : étiquette de disque inconnue
  [1]
  $ sudo -u nosuch -D /tmp id
  sudo: utilisateur nosuch inconnu
  sudo: erreur à l'initialisation du greffon d'audit sudoers_audit
  [1]
  $ choom -p 1
  score OOM actuel pour le PID 1 : 669
  valeur d'ajustement du score OOM actuelle pour le PID 1 : 0
  $ renice 1 $$
  623 (process ID) priorité précédente 0, nouvelle priorité 1
