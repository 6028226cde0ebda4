Accounts on a machine set to French: what the programs of Debian 12 with their French catalogues said to the same commands.
host: debian-12
user: root

  $ mkdir /usr/lib/locale/fr_FR.utf8; unset LC_ALL; export LANG=fr_FR.UTF-8 HOME=/root; apt-get install -y -qq cpio net-tools acl attr parted ncal quota > /dev/null 2>&1; hash -r
  $ cd /root; rm -rf w; mkdir w; cd w
  $ useradd root
  useradd : l'utilisateur 'root' existe déjà
  [9]
  $ useradd 'A B'
  useradd: invalid user name 'A B': use --badname to ignore
  [3]
  $ useradd -u 0 x
  useradd : l'UID 0 n'est pas unique
  [4]
  $ useradd -g nosuch x
  useradd : le groupe 'nosuch' n'existe pas
  [6]
  $ useradd -s nosuch x
  useradd : interpréteur de commandes 'nosuch' non valable
  [3]
  $ useradd -m toto
  $ useradd toto
  useradd : l'utilisateur 'toto' existe déjà
  [9]
  $ useradd -D
  GROUP=100
  HOME=/home
  INACTIVE=-1
  EXPIRE=
  SHELL=/bin/sh
  SKEL=/etc/skel
  CREATE_MAIL_SPOOL=no
  LOG_INIT=yes
  $ { usermod; } > /dev/null 2>&1
  [2]
  $ usermod nosuch
  usermod : l'utilisateur 'nosuch' n'existe pas
  [6]
  $ usermod -g nosuch toto
  usermod : le groupe 'nosuch' n'existe pas
  [6]
  $ usermod -aG nosuch toto
  usermod : le groupe 'nosuch' n'existe pas
  [6]
  $ usermod -l root toto
  usermod : l'utilisateur 'root' existe déjà
  [9]
  $ { usermod -a toto; } > /dev/null 2>&1
  [2]
  $ { usermod toto; } > /dev/null 2>&1
  [2]
  $ { userdel; } > /dev/null 2>&1
  [2]
  $ userdel nosuch
  userdel : l'utilisateur 'nosuch' n'existe pas
  [6]
  $ groupadd root
  groupadd : le groupe 'root' existe déjà
  [9]
  $ groupadd 'A B'
  groupadd : 'A B' n'est pas un nom de groupe valable
  [3]
  $ groupadd -g 0 x
  groupadd : le GID '0' existe déjà
  [4]
  $ { groupadd grp1; } > /dev/null 2>&1
  $ groupmod nosuch
  groupmod : le groupe 'nosuch' n'existe pas
  [6]
  $ groupmod -n root grp1
  groupmod : le groupe 'root' existe déjà
  [9]
  $ groupdel nosuch
  groupdel : le groupe 'nosuch' n'existe pas
  [6]
  $ groupdel toto
  groupdel : impossible de supprimer le groupe primaire de l'utilisateur 'toto'
  [8]
  $ { gpasswd; } > /dev/null 2>&1
  [2]
  $ gpasswd nosuch
  gpasswd : le groupe 'nosuch' n'existe pas dans /etc/group
  [3]
  $ gpasswd -a nosuch grp1
  gpasswd : l'utilisateur 'nosuch' n'existe pas
  [3]
  $ gpasswd -a toto grp1
  Ajout de l'utilisateur toto au groupe grp1
  $ gpasswd -a toto nosuch
  gpasswd : le groupe 'nosuch' n'existe pas dans /etc/group
  [3]
  $ { gpasswd -d toto grp1; } > /dev/null 2>&1
  $ gpasswd -d toto grp1
  Suppression de l'utilisateur toto du groupe grp1
  gpasswd : l'utilisateur 'toto' n'est pas membre de 'grp1'
  [3]
  $ groupmems -l
  $ groupmems -g grp1 -a nosuch
  groupmems : l'utilisateur 'nosuch' n'existe pas
  [8]
  $ { groupmems -g grp1 -a toto; } > /dev/null 2>&1
  $ groupmems -g nosuch -l
  groupmems : le groupe 'nosuch' n'existe pas dans /etc/group
  [9]
  $ passwd nosuch
  passwd : l'utilisateur 'nosuch' n'existe pas
  [1]
  $ { passwd -S toto; } > /dev/null 2>&1
  $ passwd -l toto
  passwd : mot de passe changé.
  $ passwd -u toto
  passwd : déverrouiller le mot de passe créerait un compte sans mot de passe.
  Vous devriez définir un mot de passe avec usermod -p pour déverrouiller le mot de passe de ce compte.
  [3]
  $ passwd -d toto
  passwd : mot de passe changé.
  $ passwd -e toto
  passwd : mot de passe changé.
  $ { passwd -z; } > /dev/null 2>&1
  [6]
  $ passwd -S nosuch
  passwd : l'utilisateur 'nosuch' n'existe pas
  [1]
  $ { printf 'abc\nabd\n' | passwd toto; } > /dev/null 2>&1
  [10]
  $ { printf 'secret1\nsecret1\n' | passwd toto; } > /dev/null 2>&1
  $ { printf '\n\n' | passwd toto; } > /dev/null 2>&1
  [10]
  $ { chage; } > /dev/null 2>&1
  [2]
  $ chage nosuch
  chage : l'utilisateur 'nosuch' n'existe pas dans /etc/passwd
  [1]
  $ { chage -l toto; } > /dev/null 2>&1
  $ chage -l nosuch
  chage : l'utilisateur 'nosuch' n'existe pas dans /etc/passwd
  [1]
  $ { chage -M x toto; } > /dev/null 2>&1
  [2]
  $ chage -d 2026-01-01 -M 90 -W 7 -I 10 toto; chage -l toto
  Dernière modification du mot de passe					 :janv. 01, 2026
  Le mot de passe expire					 :avril 01, 2026
  Mot de passe inactif					 : avril 11, 2026
  Le compte expire 						 : jamais
  Nombre minimal de jours entre deux changements de mot de passe 		 : 0
  Nombre maximal de jours entre deux changements du mot de passe		 : 90
  Nombre de jours d'avertissements avant que le mot de passe n'expire	 : 7
  $ chage -E 2027-01-01 toto; chage -l toto
  Dernière modification du mot de passe					 :janv. 01, 2026
  Le mot de passe expire					 :avril 01, 2026
  Mot de passe inactif					 : avril 11, 2026
  Le compte expire 						 : janv. 01, 2027
  Nombre minimal de jours entre deux changements de mot de passe 		 : 0
  Nombre maximal de jours entre deux changements du mot de passe		 : 90
  Nombre de jours d'avertissements avant que le mot de passe n'expire	 : 7
  $ { chage -E xx toto; } > /dev/null 2>&1
  [2]
  $ chage -d 0 toto; chage -l toto
  Dernière modification du mot de passe					 :le mot de passe doit être changé
  Le mot de passe expire					 :le mot de passe doit être changé
  Mot de passe inactif					 : le mot de passe doit être changé
  Le compte expire 						 : janv. 01, 2027
  Nombre minimal de jours entre deux changements de mot de passe 		 : 0
  Nombre maximal de jours entre deux changements du mot de passe		 : 90
  Nombre de jours d'avertissements avant que le mot de passe n'expire	 : 7
  $ { chage -l toto root; } > /dev/null 2>&1
  [2]
  $ { chage -z; } > /dev/null 2>&1
  [2]
  $ echo nosuch:x | chpasswd
  chpasswd : (utilisateur nosuch) pam_chauthtok() échec, erreur :
  Erreur de manipulation du jeton d’authentification
  chpasswd : (ligne 1, utilisateur nosuch) mot de passe inchangé
  [1]
  $ echo nosuch | chpasswd
  chpasswd : ligne 1 : il manque le nouveau mot de passe
  [1]
  $ faillog -u nosuch
  faillog : Utilisateur ou gamme inconnu : nosuch
  [3]
  $ chsh nosuch
  chsh : l'utilisateur 'nosuch' n'existe pas
  [1]
  $ chsh -s /bin/sh nosuch
  chsh : l'utilisateur 'nosuch' n'existe pas
  [1]
  $ userdel -r toto
  userdel : toto spool de courrier /var/mail/toto non trouvé
  $ { userdel -z; } > /dev/null 2>&1
  [2]
  $ adduser
  adduser : Un ou deux noms maximum.
  [1]
  $ adduser root
  adduser : L'utilisateur « root » existe déjà.
  [1]
  $ adduser nosuch nosuchgrp
  adduser : L'utilisateur « nosuch » n'existe pas.
  [1]
  $ { adduser 'A B'; } > /dev/null 2>&1
  [1]
  $ { adduser --nosuch; } > /dev/null 2>&1
  [1]
  $ { adduser --disabled-password --gecos '' titi; } > /dev/null 2>&1
  $ { adduser titi audio; } > /dev/null 2>&1
  $ adduser titi nosuch
  adduser : Le groupe « nosuch » n'existe pas.
  [1]
  $ addgroup
  addgroup : Un ou deux noms maximum.
  [1]
  $ addgroup audio
  addgroup : Le groupe « audio » existe déjà.
  [1]
  $ { addgroup lecteurs; } > /dev/null 2>&1
  $ { addgroup --system audio; } > /dev/null 2>&1
  $ { addgroup --system sysg; } > /dev/null 2>&1
  $ { deluser < /dev/null; } > /dev/null 2>&1
  [1]
  $ deluser nosuch
  deluser : L'utilisateur « nosuch » n'existe pas.
  [2]
  $ { deluser titi audio; } > /dev/null 2>&1
  $ deluser titi audio
  deluser : L'utilisateur « titi » n'est pas membre du groupe « audio ».
  [6]
  $ deluser titi nosuch
  deluser : Le groupe « nosuch » n'existe pas.
  [3]
  $ { deluser root; } > /dev/null 2>&1
  [9]
  $ deluser titi
  Suppression du crontab ...
  Suppression de l'utilisateur « titi » ...
  Fait.
  $ delgroup nosuch
  delgroup : Le groupe « nosuch » n'existe pas.
  [3]
  $ delgroup lecteurs
  Suppression du groupe « lecteurs » ...
  Fait.
  $ { delgroup root; } > /dev/null 2>&1
  [1]
  $ { delgroup < /dev/null; } > /dev/null 2>&1
  [1]
  $ { adduser --system svc; } > /dev/null 2>&1
  $ { deluser --system nosuch; } > /dev/null 2>&1
  [2]
  $ deluser svc
  Suppression du crontab ...
  Suppression de l'utilisateur « svc » ...
  Fait.
