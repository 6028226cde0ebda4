The tools around the locale, encodings and accounts, in French (compared with Debian 12's programs and catalogues).
host: debian-12
user: root

  $ localectl list-locales
  C.UTF-8
  $ localectl set-locale LANG=fr_FR.UTF-8
  $ localectl set-x11-keymap fr
  $ localectl
  System Locale: LANG=fr_FR.UTF-8
      VC Keymap: (unset)
     X11 Layout: fr
  $ localectl set-locale LANG=nulle.part
  Failed to issue method call: Invalid locale specification: LANG=nulle.part
  [1]
  $ unset LC_ALL; export LANG=fr_FR.UTF-8
  $ locale decimal_point mon
  ,
  janvier;février;mars;avril;mai;juin;juillet;août;septembre;octobre;novembre;décembre
  $ locale foo
  locale: nom inconnu « foo »
  [1]
  $ LC_NUMERIC=C printf '%.1f\n' 1.5
  1.5
  $ LC_TIME=C date -d '2026-08-03' '+%A %B'
  Monday August
  $ LC_ALL=zz locale 2>&1 | head -1
  locale: Cannot set LC_CTYPE to default locale: No such file or directory
  $ printf '\xe9t\xe9\n' | iconv -f latin1
  été
  $ printf 'été\n' | iconv -t ascii
  iconv: séquence d'échappement non permise à la position 0
  [1]
  $ iconv /nosuch
  iconv: ne peut ouvrir le fichier d'entrée « /nosuch »: Aucun fichier ou dossier de ce type
  [1]
  $ iconv -f nosuch /etc/hosts
  iconv: échec de démarrage du processus de conversion
  [1]
  $ getent foo x
  Base de données inconnue : « foo »
  Pour en savoir davantage, faites : «getent --help » ou «getent --usage».
  [1]
  $ addgroup equipe
  Ajout du groupe « equipe » (GID 1001)...
  Fait.
  $ adduser student equipe
  Ajout de l'utilisateur « student » au groupe « equipe » ...
  Fait.
  $ deluser student equipe
  Suppression de l'utilisateur « student » du groupe « equipe » ...
  Fait.
  $ delgroup equipe
  Suppression du groupe « equipe » ...
  Fait.
  $ useradd -s /nosuch essai
  useradd : Attention : shell '/nosuch' manquant ou non-exécutable
  $ usermod -aG nosuch student
  usermod : le groupe 'nosuch' n'existe pas
  [6]
  $ gpasswd -a nosuch sudo
  gpasswd : l'utilisateur 'nosuch' n'existe pas
  [3]
  $ passwd -S nosuch
  passwd : l'utilisateur 'nosuch' n'existe pas
  [1]
  $ chage -l student
  Dernière modification du mot de passe					 :nov. 21, 2026
  Le mot de passe expire					 :jamais
  Mot de passe inactif					 : jamais
  Le compte expire 						 : jamais
  Nombre minimal de jours entre deux changements de mot de passe 		 : 0
  Nombre maximal de jours entre deux changements du mot de passe		 : 99999
  Nombre de jours d'avertissements avant que le mot de passe n'expire	 : 7
  $ su - student -c 'sudo -n id'
  sudo: il est nécessaire de saisir un mot de passe
  [1]
  $ su - student -c 'cat /etc/shadow; kill 1; rm /etc/hosts < /dev/null; mount /dev/vda1 /mnt'
  cat: /etc/shadow: Permission non accordée
  -bash: ligne 1 : kill: (1) - Opération non permise
  rm: impossible de supprimer '/etc/hosts': Permission non accordée
  mount: /mnt: seul le superutilisateur peut utiliser mount.
         dmesg(1) peut avoir plus d'informations après un échec de l'appel système du montage.
  [32]
  $ id student
  uid=1000(student) gid=1000(student) groupes=1000(student),27(sudo)
  $ stat -c '%F' /etc /etc/hosts /dev/null
  répertoire
  fichier
  fichier spécial de caractères
  $ cd /tmp; touch a b; mv -v a c; rm -v b c
  renommé 'a' -> 'c'
  'b' supprimé
  'c' supprimé
  $ sha256sum /etc/hostname > s; sha256sum -c s
  /etc/hostname: Réussi
  $ cmp /etc/hosts /etc/hostname
  /etc/hosts /etc/hostname sont différents: octet 1, ligne 1
  [1]
  $ diff -q /etc/hosts /etc/hostname
  Les fichiers /etc/hosts et /etc/hostname sont différents
  [1]
  $ truncate -s 64M e.img; mkfs.ext4 -q e.img; e2fsck -f e.img; resize2fs e.img
  e2fsck 1.47.0 (5-Feb-2023)
  Passe 1 : vérification des i-noeuds, des blocs et des tailles
  Passe 2 : vérification de la structure des répertoires
  Passe 3 : vérification de la connectivité des répertoires
  Passe 4 : vérification des compteurs de référence
  Passe 5 : vérification de l'information du sommaire de groupe
  e.img : 11/16384 fichiers (0.0% non contigus), 9513/65536 blocs
  resize2fs 1.47.0 (5-Feb-2023)
  Le système de fichiers a déjà 65536 blocs (1k). Rien à faire !
  
  $ truncate -s 20M p.img; parted -s p.img mklabel gpt mkpart un 1MiB 10MiB print
  Modèle :  (file)
  Disque /tmp/p.img : 21,0MB
  Taille des secteurs (logiques/physiques) : 512B/512B
  Table de partitions : gpt
  Drapeaux de disque : 
  
  Numéro  Début   Fin     Taille  Système de fichiers  Nom  Drapeaux
   1      1049kB  10,5MB  9437kB                       un
  
  $ umount /proc/nosuch; losetup -d /dev/loop77; swapoff /nosuch; wipefs /nosuch; findmnt --nosuch
  umount: /proc/nosuch: Aucun point de montage indiqué.
  losetup: /dev/loop77 : échec d'utilisation du périphérique: Aucun périphérique de ce type
  swapoff: /nosuch : échec de swapoff: Aucun fichier ou dossier de ce type
  wipefs: erreur : /nosuch : échec d'initialisation de l'analyse: Aucun fichier ou dossier de ce type
  findmnt : option non reconnue '--nosuch'
  
  Exécutez « findmnt --help » pour obtenir des renseignements complémentaires.
  [1]
  $ renice 5 99999; taskset -p 99999; chrt -p 99999; killall nosuch; pgrep -u nosuch; ps -C
  renice: échec d'obtention de priorité pour 99999 (process ID): Aucun processus de ce type
  taskset: échec d'obtention d'affinité du PID 99999: Aucun processus de ce type
  chrt: échec d'obtention de la stratégie d'exécution du PID 99999: Aucun processus de ce type
  nosuch: aucun processus trouvé
  pgrep: nom d'utilisateur invalide: nosuch
  erreur: la liste des noms de commandes doit suivre -C
  
  Usage:
   ps [options]
  
   Essayez 'ps --aide <simple|liste|sortie|threads|divers|tous>'
    ou 'ps --aide <s|l|o|h|d|t>'
   pour plus d'aide.
  
  Pour plus de détails, consultez ps(1).
  [1]
  $ man 9 ls; whatis; apropos nosuchthing
  Aucune entrée de manuel pour ls en section 9
  whatis comment ?
  nosuchthing : rien d'adéquat
  [16]
  $ xz /nosuch; tar; find / -foo; xargs -n x; sed s/a; grep -E '('
  xz : /nosuch: Aucun fichier ou dossier de ce type
  tar: Vous devez choisir une option parmi « -Acdtrux », « --delete » ou « --test-label »
  Pour en savoir davantage, faites : « tar --help » ou « tar --usage ».
  find: prédicat inconnu « -foo »
  xargs: invalid number "x" for -n option
  Try 'xargs --help' for more information.
  sed: -e expression n°1, caractère 3: commande « s » inachevée
  grep: Échec de l’appairage de ( ou de \(
  [2]
  $ timeout 0,1 sleep 5; echo $?; sleep 0,01; numfmt --from=iec 1,5K; seq 0 0.5 1
  124
  1536
  0,0
  0,5
  1,0
  $ lscpu | head -4
  Architecture :                            x86_64
  Mode(s) opératoire(s) des processeurs :   32-bit, 64-bit
  Tailles des adresses:                     40 bits physical, 48 bits virtual
  Boutisme :                                Little Endian
  $ cal 2 2024
      Février 2024      
  di lu ma me je ve sa  
               1  2  3  
   4  5  6  7  8  9 10  
  11 12 13 14 15 16 17  
  18 19 20 21 22 23 24  
  25 26 27 28 29        
                        
  $ vmstat | head -2
  procs ----------mémoire---------- -échange- -----io---- -système- ------cpu-----
   r  b   swpd  libre tampon  cache   si   so    bi    bo   in   cs us sy id wa st
  $ w | sed -n 2p
  UTIL.    TTY      DE               LOGIN@   IDLE   JCPU   PCPU QUOI
