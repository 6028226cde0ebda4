Shell on a machine set to French: what the programs of Debian 12 with their French catalogues said to the same commands.
host: debian-12
user: root

  $ mkdir /usr/lib/locale/fr_FR.utf8; unset LC_ALL; export LANG=fr_FR.UTF-8 HOME=/root; apt-get install -y -qq cpio net-tools acl attr parted ncal quota > /dev/null 2>&1; hash -r
  $ cd /root; rm -rf w; mkdir w; cd w
  $ nosuch
  bash: nosuch : commande introuvable
  [127]
  $ ./nosuch
  bash: ./nosuch: Aucun fichier ou dossier de ce type
  [127]
  $ cd /nosuch
  bash: cd: /nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ cd a b
  bash: cd: trop d'arguments
  [1]
  $ echo x > /nosuch/y
  bash: /nosuch/y: Aucun fichier ou dossier de ce type
  [1]
  $ cat < nosuch
  bash: nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ /etc
  bash: /etc : est un dossier
  [126]
  $ touch np; ./np
  bash: ./np: Permission non accordée
  [126]
  $ bash -c 'if'
  bash: -c: ligne 2: erreur de syntaxe : fin de fichier prématurée
  [2]
  $ bash -c 'for'
  bash: -c: ligne 1: erreur de syntaxe près du symbole inattendu « newline »
  bash: -c: ligne 1: `for'
  [2]
  $ bash -c 'echo ('
  bash: -c: ligne 1: erreur de syntaxe près du symbole inattendu « newline »
  bash: -c: ligne 1: `echo ('
  [2]
  $ bash -c 'echo "a'
  bash: -c: ligne 1: fin de fichier (EOF) prématurée lors de la recherche du « " » correspondant
  [2]
  $ bash -c 'fi'
  bash: -c: ligne 1: erreur de syntaxe près du symbole inattendu « fi »
  bash: -c: ligne 1: `fi'
  [2]
  $ bash -c 'case'
  bash: -c: ligne 1: erreur de syntaxe près du symbole inattendu « newline »
  bash: -c: ligne 1: `case'
  [2]
  $ bash -c '${x'
  bash: -c: ligne 1: fin de fichier (EOF) prématurée lors de la recherche du « } » correspondant
  [2]
  $ bash -c 'echo ${x!}'
  bash: ligne 1: ${x!} : mauvaise substitution
  [1]
  $ bash -c 'set -u; echo $nosuch'
  bash: ligne 1: nosuch : variable sans liaison
  [127]
  $ bash -c ': ${x:?message}'
  bash: ligne 1: x: message
  [127]
  $ bash -c 'readonly r=1; r=2'
  bash: ligne 1: r : variable en lecture seule
  [1]
  $ bash -c 'export 1a=2'
  bash: ligne 1 : export: « 1a=2 » : identifiant non valable
  [1]
  $ bash -c 'declare -q'
  bash: ligne 1 : declare: -q : option non valable
  declare : utilisation :declare [-aAfFgiIlnrtux] [nom[=valeur] ...] ou declare -p [-aAfFilnrtux] [nom ...]
  [2]
  $ bash -c 'return'
  bash: ligne 1 : return: « return » n'est possible que depuis une fonction ou depuis un script exécuté par « source »
  [2]
  $ bash -c 'break'
  bash: ligne 1 : break: ceci n'a un sens que dans une boucle « for », « while » ou « until »
  $ bash -c 'shift 5; shift x'
  bash: ligne 1 : shift: x : argument numérique nécessaire
  [1]
  $ bash -c 'exit x'
  bash: ligne 1 : exit: x : argument numérique nécessaire
  [2]
  $ bash -c 'source'
  bash: ligne 1 : source: nom de fichier nécessaire en argument
  source : utilisation :source nom_fichier [arguments]
  [2]
  $ bash -c 'source nosuch'
  bash: ligne 1: nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ bash -c '. nosuch'
  bash: ligne 1: nosuch: Aucun fichier ou dossier de ce type
  [1]
  $ bash -c 'let'
  bash: ligne 1 : let: une expression est attendue
  [1]
  $ bash -c 'let 1+'
  bash: ligne 1: let: 1+ : erreur de syntaxe : opérande attendu (le symbole erroné est « + »)
  [1]
  $ bash -c 'echo $((1+))'
  bash: ligne 1: 1+ : erreur de syntaxe : opérande attendu (le symbole erroné est « + »)
  [1]
  $ bash -c 'echo $((08))'
  bash: ligne 1: 08 : valeur trop grande pour la base (le symbole erroné est « 08 »)
  [1]
  $ bash -c 'echo $((1#2))'
  bash: ligne 1: 1#2 : base arithmétique non valable (le symbole erroné est « 1#2 »)
  [1]
  $ bash -c '((x=1/0))'
  bash: ligne 1: ((: x=1/0 : division par 0 (le symbole erroné est « 0 »)
  [1]
  $ bash -c 'a[x=1'
  bash: -c: ligne 1: fin de fichier (EOF) prématurée lors de la recherche du « ] » correspondant
  [2]
  $ bash -c 'test 1 -eq x'
  bash: ligne 1 : test: x : nombre entier attendu comme expression
  [2]
  $ bash -c '[ 1 -eq x ]'
  bash: ligne 1 : [: x : nombre entier attendu comme expression
  [2]
  $ bash -c '[ a'
  bash: ligne 1 : [: « ] » manquant
  [2]
  $ bash -c '[[ a'
  bash: -c: ligne 1: symbole « newline » trouvé à la place d'un opérateur binaire conditionnel
  [2]
  $ bash -c 'printf "%d\n" x'
  bash: ligne 1 : printf: x: nombre non valable
  0
  [1]
  $ bash -c 'printf -v'
  bash: ligne 1 : printf: -v : l'option nécessite un argument
  printf : utilisation :printf [-v var] format [arguments]
  [2]
  $ bash -c 'read -q'
  bash: ligne 1 : read: -q : option non valable
  read : utilisation :read [-ers] [-a tableau] [-d delim] [-i texte] [-n ncars] [-N ncars] [-p prompt] [-t timeout] [-u fd] [nom ...]
  [2]
  $ bash -c 'type nosuch'
  bash: ligne 1 : type: nosuch : non trouvé
  [1]
  $ bash -c 'command -v nosuch; command nosuch'
  bash: ligne 1: nosuch : commande introuvable
  [127]
  $ bash -c 'hash nosuch'
  bash: ligne 1 : hash: nosuch : non trouvé
  [1]
  $ bash -c 'hash -z'
  bash: ligne 1 : hash: -z : option non valable
  hash : utilisation :hash [-lr] [-p nomchemin] [-dt] [nom ...]
  [2]
  $ bash -c 'help nosuch'
  bash: ligne 1 : help: Aucune rubrique d'aide ne correspond à « nosuch ». Essayez « help help », « man -k nosuch » ou « info nosuch ».
  [1]
  $ bash -c 'alias nosuch'
  bash: ligne 1 : alias: nosuch : non trouvé
  [1]
  $ bash -c 'unalias nosuch'
  bash: ligne 1 : unalias: nosuch : non trouvé
  [1]
  $ bash -c 'kill nosuch'
  bash: ligne 1 : kill: nosuch : les arguments doivent être des identifiants de tâche ou de processus
  [1]
  $ bash -c 'kill -NOSUCH 1'
  bash: ligne 1 : kill: NOSUCH : indication de signal non valable
  [1]
  $ bash -c 'jobs %1'
  bash: ligne 1 : jobs: %1 : tâche inexistante
  [1]
  $ bash -c 'fg'
  bash: ligne 1 : fg: pas de contrôle de tâche
  [1]
  $ bash -c 'bg %1'
  bash: ligne 1 : bg: pas de contrôle de tâche
  [1]
  $ bash -c 'wait 99999'
  bash: ligne 1: wait : le processus n°99999 n'est pas un fils de ce shell
  [127]
  $ bash -c 'disown %1'
  bash: ligne 1 : disown: %1 : tâche inexistante
  [1]
  $ bash -c 'trap x NOSUCH'
  bash: ligne 1 : trap: NOSUCH : indication de signal non valable
  [1]
  $ bash -c 'ulimit -z'
  bash: ligne 1 : ulimit: -z : option non valable
  ulimit : utilisation :ulimit [-SHabcdefiklmnpqrstuvxPRT] [limite]
  [2]
  $ bash -c 'ulimit -n x'
  bash: ligne 1 : ulimit: x: nombre non valable
  [1]
  $ bash -c 'umask 999'
  bash: ligne 1 : umask: 999 : nombre octal hors plage
  [1]
  $ bash -c 'umask u=q'
  bash: ligne 1 : umask: « q » : caractère de mode symbolique non valable
  [1]
  $ bash -c 'shopt nosuch'
  bash: ligne 1 : shopt: nosuch : nom d'option du shell non valable
  [1]
  $ bash -c 'set -o nosuch'
  bash: ligne 1 : set: nosuch : nom d'option non valable
  [2]
  $ bash -c 'set -z'
  bash: ligne 1 : set: -z : option non valable
  set : utilisation :set [-abefhkmnptuvxBCEHPT] [-o nom-option] [--] [-] [arg ...]
  [2]
  $ bash -c 'getopts'
  getopts : utilisation :getopts chaineopts nom [arg ...]
  [2]
  $ bash -c 'getopts a o -b'
  bash : option non permise -- b
  $ bash -c 'pushd'
  bash: ligne 1 : pushd: pas d'autre répertoire
  [1]
  $ bash -c 'popd'
  bash: ligne 1 : popd: pile de répertoire vide
  [1]
  $ bash -c 'dirs +5'
  bash: ligne 1 : dirs: pile de répertoire vide
  [1]
  $ bash -c 'history -z'
  bash: ligne 1 : history: -z : option non valable
  history : utilisation :history [-c] [-d décalage] [n] ou history -anrw [nomfichier] ou history -ps arg [arg...]
  [2]
  $ bash -c 'enable nosuch'
  bash: ligne 1 : enable: nosuch : ceci n'est pas une primitive du shell
  [1]
  $ bash -c 'builtin nosuch'
  bash: ligne 1 : builtin: nosuch : ceci n'est pas une primitive du shell
  [1]
  $ bash -c 'exec nosuch'
  bash: ligne 1 : exec: nosuch : non trouvé
  [127]
  $ bash -c 'mapfile -n x a'
  bash: ligne 1 : mapfile: x : nombre de lignes non valable
  [1]
  $ bash -c 'complete -z'
  bash: ligne 1 : complete: -z : option non valable
  complete : utilisation :complete [-abcdefgjksuv] [-pr] [-DEI] [-o option] [-A action] [-G motif_glob] [-W liste_mots] [-F fonction] [-C commande] [-X motif_filtre] [-P prefixe] [-S suffixe] [nom ...]
  [2]
  $ bash -c 'compgen -A nosuch'
  bash: ligne 1 : compgen: nosuch : nom d'action non valable
  [2]
  $ bash -c 'declare -n r=r'
  bash: ligne 1 : declare: r : références bouclées sur la même variable interdites
  [1]
  $ bash -c 'sh nosuch.sh'
  sh: 0: cannot open nosuch.sh: No such file
  [2]
  $ bash nosuch.sh
  bash: nosuch.sh: Aucun fichier ou dossier de ce type
  [127]
  $ bash -c
  bash: -c : l'option nécessite un argument
  [2]
  $ bash --version | head -1
  GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)
  $ LC_ALL=xx_XX bash -c 'echo a'
  bash: warning: setlocale: LC_ALL: cannot change locale (xx_XX)
  a
  $ LC_ALL=de_DE.UTF-8 ls /nosuch
  ls: cannot access '/nosuch': No such file or directory
  [2]
  $ LANG=es_ES.UTF-8 ls /nosuch
  ls: cannot access '/nosuch': No such file or directory
  [2]
  $ LANG=C LANGUAGE=fr ls /nosuch
  ls: cannot access '/nosuch': No such file or directory
  [2]
  $ LC_ALL=C.UTF-8 LANGUAGE=fr ls /nosuch
  ls: impossible d'accéder à '/nosuch': Aucun fichier ou dossier de ce type
  [2]
  $ LC_MESSAGES=C ls /nosuch
  ls: cannot access '/nosuch': No such file or directory
  [2]
  $ locale
  LANG=fr_FR.UTF-8
  LANGUAGE=
  LC_CTYPE="fr_FR.UTF-8"
  LC_NUMERIC="fr_FR.UTF-8"
  LC_TIME="fr_FR.UTF-8"
  LC_COLLATE="fr_FR.UTF-8"
  LC_MONETARY="fr_FR.UTF-8"
  LC_MESSAGES="fr_FR.UTF-8"
  LC_PAPER="fr_FR.UTF-8"
  LC_NAME="fr_FR.UTF-8"
  LC_ADDRESS="fr_FR.UTF-8"
  LC_TELEPHONE="fr_FR.UTF-8"
  LC_MEASUREMENT="fr_FR.UTF-8"
  LC_IDENTIFICATION="fr_FR.UTF-8"
  LC_ALL=
  $ locale -k LC_TIME | head -5
  abday="dim.;lun.;mar.;mer.;jeu.;ven.;sam."
  day="dimanche;lundi;mardi;mercredi;jeudi;vendredi;samedi"
  abmon="janv.;févr.;mars;avril;mai;juin;juil.;août;sept.;oct.;nov.;déc."
  mon="janvier;février;mars;avril;mai;juin;juillet;août;septembre;octobre;novembre;décembre"
  am_pm=";"
  $ locale thousands_sep decimal_point
   
  ,
  $ locale nosuch
  locale: nom inconnu « nosuch »
  [1]
  $ locale -z
  locale : option invalide -- 'z'
  Pour en savoir davantage, faites : «locale --help » ou «locale --usage».
  [64]
