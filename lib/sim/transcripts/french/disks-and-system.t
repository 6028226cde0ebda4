Disks and system on a machine set to French: what the programs of Debian 12 with their French catalogues said to the same commands.
host: debian-12
user: root

  $ mkdir /usr/lib/locale/fr_FR.utf8; unset LC_ALL; export LANG=fr_FR.UTF-8 HOME=/root; apt-get install -y -qq cpio net-tools acl attr parted ncal quota > /dev/null 2>&1; hash -r
  $ cd /root; rm -rf w; mkdir w; cd w
  $ mount /nosuch
  mount: /nosuch: impossible à trouver dans /etc/fstab.
  [1]
  $ mount nosuch /mnt
  mount: /mnt: le périphérique spécial nosuch n'existe pas.
         dmesg(1) peut avoir plus d'informations après un échec de l'appel système du montage.
  [32]
  $ mount /nosuch /mnt
  mount: /mnt: le périphérique spécial /nosuch n'existe pas.
         dmesg(1) peut avoir plus d'informations après un échec de l'appel système du montage.
  [32]
  $ mount -z
  mount : option invalide -- 'z'
  Exécutez « mount --help » pour obtenir des renseignements complémentaires.
  [1]
  $ umount /nosuch
  umount: /nosuch: Aucun point de montage indiqué.
  [32]
  $ umount /etc
  umount: /etc: non monté.
  [32]
  $ umount
  umount: mauvaise utilisation
  Exécutez « umount --help » pour obtenir des renseignements complémentaires.
  [1]
  $ blkid -z
  blkid : option invalide -- 'z'
  Exécutez « blkid --help » pour obtenir des renseignements complémentaires.
  [4]
  $ fdisk
  fdisk: mauvaise utilisation
  Exécutez « fdisk --help » pour obtenir des renseignements complémentaires.
  [1]
  $ fdisk -l nosuch
  fdisk: impossible d'ouvrir nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ truncate -s 20M disk; fdisk -l disk
  [1mDisque disk : 20 MiB, 20971520 octets, 40960 secteurs
  [0mUnités : secteur de 1 × 512 = 512 octets
  Taille de secteur (logique / physique) : 512 octets / 512 octets
  taille d'E/S (minimale / optimale) : 512 octets / 512 octets
  $ fdisk -l disk
  [1mDisque disk : 20 MiB, 20971520 octets, 40960 secteurs
  [0mUnités : secteur de 1 × 512 = 512 octets
  Taille de secteur (logique / physique) : 512 octets / 512 octets
  taille d'E/S (minimale / optimale) : 512 octets / 512 octets
  $ mkswap
  mkswap: erreur : aucun endroit pour définir une zone d'échange.
  Exécutez « mkswap --help » pour obtenir des renseignements complémentaires.
  [1]
  $ mkswap nosuch
  mkswap: impossible d'ouvrir nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ { truncate -s 20M sw; mkswap -U 1b6ea6d1-4f42-4b4e-8a5a-1f1a8e6c0a01 sw; } > /dev/null 2>&1
  $ swapoff nosuch
  swapoff: nosuch : échec de swapoff: Aucun fichier ou dossier de ce type
  [4]
  $ swaplabel sw
  UUID:  1b6ea6d1-4f42-4b4e-8a5a-1f1a8e6c0a01
  $ wipefs nosuch
  wipefs: erreur : nosuch : échec d'initialisation de l'analyse: Aucun fichier ou dossier de ce type
  [1]
  $ wipefs sw
  DEVICE OFFSET TYPE UUID                                 LABEL
  sw     0xff6  swap 1b6ea6d1-4f42-4b4e-8a5a-1f1a8e6c0a01 
  $ wipefs -a sw
  sw : 10 octets ont été effacés à l'index 0x00000ff6 (swap) : 53 57 41 50 53 50 41 43 45 32
  $ losetup nosuch
  losetup: nosuch : échec d'utilisation du périphérique: Aucun périphérique de ce type
  [1]
  $ losetup -z
  losetup : option invalide -- 'z'
  Exécutez « losetup --help » pour obtenir des renseignements complémentaires.
  [1]
  $ mkfs
  mkfs: aucun périphérique indiqué
  Exécutez « mkfs --help » pour obtenir des renseignements complémentaires.
  [1]
  $ mkfs -t nosuch disk
  mkfs: échec d'exécution de mkfs.nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ chrt
  chrt: mauvaise utilisation
  Exécutez « chrt --help » pour obtenir des renseignements complémentaires.
  [1]
  $ taskset
  taskset: mauvaise utilisation
  Exécutez « taskset --help » pour obtenir des renseignements complémentaires.
  [1]
  $ renice
  renice: pas assez d'arguments
  Exécutez « renice --help » pour obtenir des renseignements complémentaires.
  [1]
  $ renice 5 999999
  renice: échec d'obtention de priorité pour 999999 (process ID): Aucun processus de ce type
  [1]
  $ prlimit -z
  prlimit : option invalide -- 'z'
  Exécutez « prlimit --help » pour obtenir des renseignements complémentaires.
  [1]
  $ flock
  flock: pas assez d'arguments
  Exécutez « flock --help » pour obtenir des renseignements complémentaires.
  [1]
  $ flock nosuch
  flock: mauvais descripteur de fichier: 'nosuch'
  [64]
  $ setsid
  setsid: aucune commande indiquée
  Exécutez « setsid --help » pour obtenir des renseignements complémentaires.
  [1]
  $ unshare -z
  unshare : option invalide -- 'z'
  Exécutez « unshare --help » pour obtenir des renseignements complémentaires.
  [1]
  $ nsenter -t 999999 -m true
  nsenter: impossible d'ouvrir /proc/999999/ns/mnt: Aucun fichier ou dossier de ce type
  [1]
  $ su nosuch
  su: l'utilisateur nosuch n'existe pas ou l'entrée de l'utilisateur ne contient pas tous les champs requis
  [1]
  $ su -z
  su : option invalide -- 'z'
  Exécutez « su --help » pour obtenir des renseignements complémentaires.
  [1]
  $ runuser nosuch
  runuser: l'utilisateur nosuch n'existe pas ou l'entrée de l'utilisateur ne contient pas tous les champs requis
  [1]
  $ logger -p x.y z
  logger: nom de service inconnu : x
  [1]
  $ getopt
  getopt: argument chaîne_opt manquant
  Exécutez « getopt --help » pour obtenir des renseignements complémentaires.
  [2]
  $ getopt -o a -- -b
  getopt : option invalide -- 'b'
   --
  [1]
  $ column nosuch
  column: nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ column -t -z
  column : option invalide -- 'z'
  Exécutez « column --help » pour obtenir des renseignements complémentaires.
  [1]
  $ hexdump nosuch
  hexdump: nosuch: Aucun fichier ou dossier de ce type
  hexdump: échec de tous les arguments de fichier d'entrée
  [1]
  $ hexdump -z
  hexdump : option invalide -- 'z'
  Exécutez « hexdump --help » pour obtenir des renseignements complémentaires.
  [1]
  $ rev nosuch
  rev: impossible d'ouvrir nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ look x nosuch
  look: nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ more nosuch
  more: impossible d'ouvrir nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ whereis
  whereis: pas assez d'arguments
  Exécutez « whereis --help » pour obtenir des renseignements complémentaires.
  [1]
  $ whereis -z
  whereis: mauvaise utilisation
  Exécutez « whereis --help » pour obtenir des renseignements complémentaires.
  [1]
  $ ipcs | head -8
  
  ------ Files de messages --------
  clef       msqid      propriétaire perms      octets utilisés messages    
  
  ------ Segment de mémoire partagée --------
  clef       shmid      propriétaire perms      octets     nattch     états       
  
  ------ Tableaux de sémaphores --------
  $ ipcrm -q 5
  ipcrm: identifiant non valable (5)
  [1]
  $ ipcmk
  ipcmk: mauvaise utilisation
  Exécutez « ipcmk --help » pour obtenir des renseignements complémentaires.
  [1]
  $ lsns -z
  lsns : option invalide -- 'z'
  Exécutez « lsns --help » pour obtenir des renseignements complémentaires.
  [1]
  $ lslocks -z
  lslocks : option invalide -- 'z'
  Exécutez « lslocks --help » pour obtenir des renseignements complémentaires.
  [1]
  $ lsmem -z
  lsmem : option invalide -- 'z'
  Exécutez « lsmem --help » pour obtenir des renseignements complémentaires.
  [1]
  $ hwclock -z
  hwclock : option invalide -- 'z'
  Exécutez « hwclock --help » pour obtenir des renseignements complémentaires.
  [1]
  $ fallocate
  fallocate: Aucun nom de fichier indiqué
  [1]
  $ fallocate x
  fallocate: Pas d'argument de longueur indiqué
  [1]
  $ fallocate -l x x
  fallocate: Valeur de longueur indiquée non valable
  [1]
  $ fallocate -l 10 /nosuch/x
  fallocate: impossible d'ouvrir /nosuch/x: Aucun fichier ou dossier de ce type
  [1]
  $ fstrim
  fstrim: Aucun point de montage indiqué
  [1]
  $ fstrim nosuch
  fstrim: échec de stat sur nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ blockdev
  blockdev: pas assez d'arguments
  Exécutez « blockdev --help » pour obtenir des renseignements complémentaires.
  [1]
  $ blockdev --getsz nosuch
  blockdev: impossible d'ouvrir nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ partx nosuch
  partx: échec de stat sur nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ namei nosuch
  f: nosuch
     nosuch - Aucun fichier ou dossier de ce type
  [1]
  $ mountpoint nosuch
  mountpoint: nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ mountpoint /etc
  /etc n'est pas un point de montage
  [32]
  $ mcookie -z
  mcookie : option invalide -- 'z'
  Exécutez « mcookie --help » pour obtenir des renseignements complémentaires.
  [1]
  $ rename a
  bash: rename : commande introuvable
  [127]
  $ wall -z
  wall : option invalide -- 'z'
  Exécutez « wall --help » pour obtenir des renseignements complémentaires.
  [1]
  $ write nosuch
  write: nosuch n'est pas connecté
  [1]
  $ pivot_root
  pivot_root: mauvaise utilisation
  Exécutez « pivot_root --help » pour obtenir des renseignements complémentaires.
  [1]
  $ ul nosuch
  ul: impossible d'ouvrir nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ uuidgen -z
  bash: uuidgen : commande introuvable
  [127]
  $ uuidparse x
  bash: uuidparse : commande introuvable
  [127]
  $ lsipc -z
  lsipc : option invalide -- 'z'
  Exécutez « lsipc --help » pour obtenir des renseignements complémentaires.
  [1]
  $ setpriv
  setpriv: Aucun programme indiqué
  [1]
  $ choom
  choom: aucun PID ou COMMAND spécifié
  Exécutez « choom --help » pour obtenir des renseignements complémentaires.
  [1]
  $ colrm x
  colrm: premier argument: 'x'
  [1]
  $ blkdiscard
  blkdiscard: aucun périphérique indiqué
  [1]
  $ chmem
  chmem: mauvaise utilisation
  Exécutez « chmem --help » pour obtenir des renseignements complémentaires.
  [1]
  $ delpart
  delpart: pas assez d'arguments
  Exécutez « delpart --help » pour obtenir des renseignements complémentaires.
  [1]
  $ addpart
  addpart: pas assez d'arguments
  Exécutez « addpart --help » pour obtenir des renseignements complémentaires.
  [1]
  $ isosize nosuch
  isosize: impossible d'ouvrir nosuch: Aucun fichier ou dossier de ce type
  [32]
  $ tunelp
  bash: tunelp : commande introuvable
  [127]
