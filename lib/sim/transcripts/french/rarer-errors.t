Messages in French that were not translated before: what the programs of Debian 12 with their French catalogues said to the same commands.
host: debian-12
user: root

  $ mkdir /usr/lib/locale/fr_FR.utf8; unset LC_ALL; export LANG=fr_FR.UTF-8 HOME=/root; hash -r
  $ cd /root; rm -rf w; mkdir w; cd w
  $ cut -c a /etc/passwd
  cut: position d'octet/caractère incorrecte : « a »
  Saisissez « cut --help » pour plus d'informations.
  [1]
  $ split -n 0 /etc/passwd
  split: nombre de morceaux incorrect: « 0 »: Le résultat numérique est en dehors de l'intervalle
  [1]
  $ nl -b q /etc/passwd
  nl: style de numérotation de corps incorrect : « q »
  Saisissez « nl --help » pour plus d'informations.
  [1]
  $ chown root:nosuch /tmp
  chown: groupe incorrect: « root:nosuch »
  [1]
  $ nproc --ignore=zz
  nproc: nombre incorrect: « zz »
  [1]
  $ ls -w zz
  ls: largeur de ligne incorrecte: « zz »
  [2]
  $ shuf -i 1-a
  shuf: intervalle d'entrée incorrect: « a »
  [1]
  $ shuf -i 3
  shuf: intervalle d'entrée incorrect: « 3 »
  [1]
  $ printf "b\na\n" > u; sort -c u
  sort : u:2 : désordre : a
  [1]
  $ diff -U zz a b
  diff: longueur du contexte invalide « zz »
  diff: Utilisez « diff --help » pour en savoir d'avantage.
  [2]
  $ cmp -n zz a b
  cmp: valeur invalide pour --bytes: « zz »
  cmp: Utilisez « cmp --help » pour en savoir d'avantage.
  [2]
  $ cmp -i zz a b
  cmp: valeur invalide pour --ignore-initial: « zz »
  cmp: Utilisez « cmp --help » pour en savoir d'avantage.
  [2]
  $ cmp /dev/null u
  cmp: Fin-de-fichier (EOF) sur /dev/null qui est vide
  [1]
  $ printf "b\n" > v; cmp v u
  cmp: Fin-de-fichier (EOF) sur v après l'octet 2, ligne 1
  [1]
  $ tar -Q
  tar : l'option -- 'Q' n'est pas valable
  Pour en savoir davantage, faites : « tar --help » ou « tar --usage ».
  [64]
  $ tar --exclude
  tar : l'option « --exclude » doit avoir un argument
  Pour en savoir davantage, faites : « tar --help » ou « tar --usage ».
  [64]
  $ tar --nosuch
  tar : l'option « --nosuch » est inconnue
  Pour en savoir davantage, faites : « tar --help » ou « tar --usage ».
  [64]
  $ dmesg -n 99
  dmesg: niveau « 99 » inconnu
  [1]
  $ dmesg -l foo
  dmesg: niveau « foo » inconnu
  [1]
  $ dmesg -f foo
  dmesg: service « foo » inconnu
  [1]
  $ ionice -c 9 true
  ionice: classe de priorité 9 inconnue
  $ taskset zz true
  taskset: échec d'analyse du masque de processeur : zz
  [1]
  $ taskset -c zz true
  taskset: échec d'analyse de la liste de processeurs : zz
  [1]
  $ lscpu -e=FOO
  lscpu: colonne inconnue : FOO
  [1]
  $ lscpu -p=FOO
  lscpu: colonne inconnue : FOO
  [1]
  $ mkdir d; more d
  
  *** d : répertoire ***
  $ ipcrm 99
  ipcrm: argument inconnu : 99
  Exécutez « ipcrm --help » pour obtenir des renseignements complémentaires.
  [1]
  $ choom -p 999999
  choom: échec de lecture de la valeur du score OOM: Aucun fichier ou dossier de ce type
  [1]
  $ mount -L nolabel /mnt
  mount: /mnt: impossible de trouver LABEL="nolabel".
  [1]
  $ mount -U 1234 /mnt
  mount: /mnt: impossible de trouver UUID="1234".
  [1]
  $ switch_root
  switch_root: not enough arguments
  Try 'switch_root --help' for more information.
  [1]
  $ agetty
  agetty: pas assez d'arguments
  [1]
  $ dpkg --remove-architecture amd64
  dpkg: avertissement: impossible de supprimer l'architecture non étrangère « amd64 »
  $ printf "b\na\n" | comm - /dev/null
  b
  comm: le fichier 1 n'est pas dans l'ordre trié
  a
  comm: l'entrée n'est pas dans l'ordre trié
  [1]
  $ numfmt --grouping --to=si 1
  numfmt: le groupement ne peut pas être combiné avec --to
  [1]
  $ csplit -b %d%d u 1
  csplit: trop de symboles de conversion % dans le suffixe
  [1]
  $ install -C -p u v2
  install: les options --compare (-C) et --preserve-timestamps sont mutuellement exclusives
  Saisissez « install --help » pour plus d'informations.
  [1]
  $ head -c 1Z u
  head: nombre d'octets incorrect: « 1Z »: Valeur trop grande pour le type défini de données
  [1]
  $ cp -r . d/e
  cp: impossible de créer un répertoire ('.') dans lui-même ('d/e')
  [1]
  $ tr -c a-z AB < u
  bBaB
