Mistakes of every day in French: what the programs of Debian 12 with their French catalogues said to the same commands.
The last eight, from setpriv on (util-linux, shadow, apt, e2fsprogs), were not run: their words are those of /usr/share/locale/fr/LC_MESSAGES.
host: debian-12
user: root

  $ mkdir /usr/lib/locale/fr_FR.utf8; unset LC_ALL; export LANG=fr_FR.UTF-8 HOME=/root; hash -r
  $ cd /root; rm -rf w; mkdir w; cd w; printf 'b\na\n' > u; touch z
  $ touch ./-x; rm -x
  rm : option invalide -- 'x'
  Saisissez « rm ./-x » pour supprimer le fichier '-x'.
  Saisissez « rm --help » pour plus d'informations.
  [1]
  $ dd if=u of=z conv=ascii,ebcdic
  dd: impossible de combiner deux options parmi ascii, ebcdic et ibm
  [1]
  $ dd if=u of=z oflag=nosuch
  dd: attribut de sortie incorrect: « nosuch »
  Saisissez « dd --help » pour plus d'informations.
  [1]
  $ sort --parallel=0 u
  sort: le nombre en parallèle doit être non nul
  [2]
  $ shuf -i 1-2 -i 3-4
  shuf: plusieurs options -i indiquées
  [1]
  $ shuf -o a -o b u
  shuf: plusieurs fichiers de sortie indiquées
  [1]
  $ od --traditional u u u
  od: opérande supplémentaire « u »
  od: le mode de compatibilité ne prend pas en charge plusieurs fichiers
  Saisissez « od --help » pour plus d'informations.
  [1]
  $ numfmt --grouping --format=%f 1000
  numfmt: --grouping ne peut pas être combiné avec --format
  [1]
  $ split -n r/1/2 --filter=cat u
  split: --filter ne traite pas un morceau extrait vers la sortie standard
  Saisissez « split --help » pour plus d'informations.
  [1]
  $ printf 'u\0' | wc --files0-from=- -- u
  wc: opérande supplémentaire 'u'
  les opérandes de fichier ne peuvent pas être combinés avec --files0-from
  Saisissez « wc --help » pour plus d'informations.
  [1]
  $ csplit u 2 2
  csplit: avertissement : le numéro de ligne « 2 » est le même que le numéro de ligne précédent
  2
  0
  2
  $ install --strip-program=/bin/true u v
  install: ATTENTION : l'option --strip-program a été ignorée car l'option -s n'a pas été indiquée
  $ printf '\x\n'
  bash: printf: chiffre hexadécimal manquant pour \x
  \x
  $ read -u x y
  bash: read: x : spécification de descripteur de fichier non valable
  [1]
  $ diff --from-file=u --to-file=u u
  diff: --from-file et --to-file ont été spécifiés ensemble
  [2]
  $ diff - .
  diff: ne peut comparer « - » avec un répertoire
  [2]
  $ diff --palette=zz --color=always u z
  diff: valeur impossible à analyser pour --palette
  1,2d0
  < b
  < a
  [1]
  $ find . -context x
  find: prédicat non valide -context : SELinux n'est pas activé.
  [1]
  $ xargs -0 -E x < /dev/null
  xargs: attention: l'option -E n'a pas d'effet si -0 ou -d sont utilisées.
  $ xargs -d '\q' < /dev/null
  xargs: Séquence d'échappement non valide \q dans la spécification de délimiteur en entrée.
  [1]
  $ tar --occurrence -tf u
  tar: --occurrence n'a pas de sens sans une liste de fichiers
  Pour en savoir davantage, faites : « tar --help » ou « tar --usage ».
  [2]
  $ tar --record-size=1000 -cf a.tar u
  tar: La taille d'un enregistrement doit être un multiple de 512.
  Pour en savoir davantage, faites : « tar --help » ou « tar --usage ».
  [2]
  $ tar -cf a.tar -V eins u; tar -xf a.tar -V zwei
  tar: Le volume « eins » ne correspond pas à « zwei ».
  tar: Error is not recoverable: exiting now
  [2]
  $ tar --checkpoint=x -cf a.tar u
  tar: la valeur de « --checkpoint » n'est pas un entier
  tar: Error is not recoverable: exiting now
  [2]
  $ tar --quoting-style=zz -cf a.tar u
  tar: Type de protection de caractères inconnu « zz ». Essayez « tar --quoting-style=help » pour avoir une liste.
  tar: Error is not recoverable: exiting now
  [2]
  $ GREP_COLOR='1;32' grep --color=always zzz u
  grep: attention : GREP_COLOR='1;32' est obsolète ; utiliser GREP_COLORS='mt=1;32'
  [1]
  $ free -c zz
  free: l'argument du nombre de répétitions ne peut pas être décodé: 'zz'
  [1]
  $ setpriv --dump --reuid 1000
  setpriv: --dump est incompatible avec toutes les autres options
  [1]
  $ lscpu --all
  lscpu : les options --all, --online et --offline ne peuvent être utilisées qu'avec les options --extended ou --parse.
  [1]
  $ fsck -t ext4 -t ext3
  fsck: l'option « -t » ne peut être indiquée qu'une seule fois
  [16]
  $ blkid -p
  blkid: Le mode de sondage bas niveau requiert un périphérique
  [4]
  $ unshare --setgroups zz true
  unshare: argument « zz » de --setgroups non pris en charge
  [1]
  $ useradd -c 'a:b' lea
  useradd : commentaire 'a:b' non valable
  [3]
  $ apt-get update foo
  E: La commande de mise à jour ne prend pas de paramètre
  [100]
  $ mke2fs -m 90 u
  mke2fs: pourcentage de blocs réservés invalide - 90
  [1]
