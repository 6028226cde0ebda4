git on a machine set to French, first steps: what git 2.39.5 with its French catalogue said to the same commands.
host: debian-12
user: root

  $ mkdir /usr/lib/locale/fr_FR.utf8; unset LC_ALL; export LANG=fr_FR.UTF-8 HOME=/root; apt-get install -y -qq git >/dev/null 2>&1; hash -r
  $ cd /root; rm -rf w; mkdir w; cd w
  $ export GIT_AUTHOR_DATE='2026-11-22 10:00:00 +0000' GIT_COMMITTER_DATE='2026-11-22 10:00:00 +0000' GIT_PAGER=cat; rm -f ~/.gitconfig; git config --global color.ui false; export TERM=dumb
  $ git status
  fatal : ni ceci ni aucun de ses répertoires parents n'est un dépôt git : .git
  [128]
  $ git init
  astuce: Utilisation de 'master' comme nom de la branche initiale. Le nom de la branche
  astuce: par défaut peut changer. Pour configurer le nom de la branche initiale
  astuce: pour tous les nouveaux dépôts, et supprimer cet avertissement, lancez :
  astuce: 
  astuce: 	git config --global init.defaultBranch <nom>
  astuce: 
  astuce: Les noms les plus utilisés à la place de 'master' sont 'main', 'trunk' et
  astuce: 'development'. La branche nouvellement créée peut être rénommée avec :
  astuce: 
  astuce: 	git branch -m <nom>
  Dépôt Git vide initialisé dans /root/w/.git/
  $ git init
  Dépôt Git existant réinitialisé dans /root/w/.git/
  $ git status
  Sur la branche master
  
  Aucun commit
  
  rien à valider (créez/copiez des fichiers et utilisez "git add" pour les suivre)
  $ { git commit -m x; } > /dev/null 2>&1
  [128]
  $ git config --global user.email a@b.c; git config --global user.name 'Ada L'; git config --global init.defaultBranch main
  $ rm -rf .git; git init
  Dépôt Git vide initialisé dans /root/w/.git/
  $ git log --no-decorate
  fatal : votre branche actuelle 'main' ne contient encore aucun commit
  [128]
  $ git status
  Sur la branche main
  
  Aucun commit
  
  rien à valider (créez/copiez des fichiers et utilisez "git add" pour les suivre)
  $ echo un > a; echo deux > b; git status
  Sur la branche main
  
  Aucun commit
  
  Fichiers non suivis:
    (utilisez "git add <fichier>..." pour inclure dans ce qui sera validé)
  	a
  	b
  
  aucune modification ajoutée à la validation mais des fichiers non suivis sont présents (utilisez "git add" pour les suivre)
  $ git add a
  $ git status
  Sur la branche main
  
  Aucun commit
  
  Modifications qui seront validées :
    (utilisez "git rm --cached <fichier>..." pour désindexer)
  	nouveau fichier : a
  
  Fichiers non suivis:
    (utilisez "git add <fichier>..." pour inclure dans ce qui sera validé)
  	b
  $ git commit -m 'premier'
  [main (commit racine) 2cd9a7d] premier
   1 file changed, 1 insertion(+)
   create mode 100644 a
  $ git status
  Sur la branche main
  Fichiers non suivis:
    (utilisez "git add <fichier>..." pour inclure dans ce qui sera validé)
  	b
  
  aucune modification ajoutée à la validation mais des fichiers non suivis sont présents (utilisez "git add" pour les suivre)
  $ git add .
  $ git commit -m 'second'
  [main a0dc8e2] second
   1 file changed, 1 insertion(+)
   create mode 100644 b
  $ git status
  Sur la branche main
  rien à valider, la copie de travail est propre
  $ echo trois >> a; git status
  Sur la branche main
  Modifications qui ne seront pas validées :
    (utilisez "git add <fichier>..." pour mettre à jour ce qui sera validé)
    (utilisez "git restore <fichier>..." pour annuler les modifications dans le répertoire de travail)
  	modifié :         a
  
  aucune modification n'a été ajoutée à la validation (utilisez "git add" ou "git commit -a")
  $ git diff --stat
   a | 1 +
   1 file changed, 1 insertion(+)
  $ git commit -m x
  Sur la branche main
  Modifications qui ne seront pas validées :
    (utilisez "git add <fichier>..." pour mettre à jour ce qui sera validé)
    (utilisez "git restore <fichier>..." pour annuler les modifications dans le répertoire de travail)
  	modifié :         a
  
  aucune modification n'a été ajoutée à la validation (utilisez "git add" ou "git commit -a")
  [1]
  $ git commit -a -m 'trois'
  [main d71ee6a] trois
   1 file changed, 1 insertion(+)
  $ git log --no-decorate
  commit d71ee6a3a7ef57d2299991373ddc4c2348dc39a5
  Author: Ada L <a@b.c>
  Date:   Sun Nov 22 10:00:00 2026 +0000
  
      trois
  
  commit a0dc8e26db69aac541472a04adb95a5b91d78236
  Author: Ada L <a@b.c>
  Date:   Sun Nov 22 10:00:00 2026 +0000
  
      second
  
  commit 2cd9a7d90ffa38ac621d30f61c0126649d21b1c5
  Author: Ada L <a@b.c>
  Date:   Sun Nov 22 10:00:00 2026 +0000
  
      premier
  $ git log --no-decorate --oneline -1
  d71ee6a trois
  $ git log --no-decorate --stat -1
  commit d71ee6a3a7ef57d2299991373ddc4c2348dc39a5
  Author: Ada L <a@b.c>
  Date:   Sun Nov 22 10:00:00 2026 +0000
  
      trois
  
   a | 1 +
   1 file changed, 1 insertion(+)
  $ git rm b
  rm 'b'
  $ git status
  Sur la branche main
  Modifications qui seront validées :
    (utilisez "git restore --staged <fichier>..." pour désindexer)
  	supprimé :        b
  $ git restore b
  erreur : le spécificateur de chemin 'b' ne correspond à aucun fichier connu de git
  [1]
  $ git restore --staged b
  $ git restore b; git status -s
  $ mv b c; git add -A; git status
  Sur la branche main
  Modifications qui seront validées :
    (utilisez "git restore --staged <fichier>..." pour désindexer)
  	renommé :         b -> c
  $ git commit -q -m 'renommé'
  $ git branch essai
  $ git branch essai
  fatal : Une branche nommée 'essai' existe déjà
  [128]
  $ git branch
    essai
  * main
  $ git checkout essai
  Basculement sur la branche 'essai'
  $ git checkout nosuch
  erreur : le spécificateur de chemin 'nosuch' ne correspond à aucun fichier connu de git
  [1]
  $ git switch nosuch
  fatal : référence invalide : nosuch
  [128]
  $ git checkout main
  Basculement sur la branche 'main'
  $ git checkout main
  Déjà sur 'main'
  $ git switch -c autre
  Basculement sur la nouvelle branche 'autre'
  $ git switch main
  Basculement sur la branche 'main'
  $ git branch -d autre
  Branche autre supprimée (précédemment b7f335e).
  $ git branch -d main
  erreur : Impossible de supprimer la branche 'main' extraite dans '/root/w'
  [1]
  $ git branch -D nosuch
  erreur : branche 'nosuch' non trouvée.
  [1]
  $ git branch -m essai neuf
  $ git branch -v
  * main b7f335e renommé
    neuf b7f335e renommé
  $ git checkout HEAD~1
  Note : basculement sur 'HEAD~1'.
  
  Vous êtes dans l'état « HEAD détachée ». Vous pouvez visiter, faire des modifications
  expérimentales et les valider. Il vous suffit de faire un autre basculement pour
  abandonner les commits que vous faites dans cet état sans impacter les autres branches
  
  Si vous voulez créer une nouvelle branche pour conserver les commits que vous créez,
  il vous suffit d'utiliser l'option -c de la commande switch comme ceci :
  
    git switch -c <nom-de-la-nouvelle-branche>
  
  Ou annuler cette opération avec :
  
    git switch -
  
  Désactivez ce conseil en renseignant la variable de configuration advice.detachedHead à false
  
  HEAD est maintenant sur d71ee6a trois
  $ git status
  HEAD détachée sur d71ee6a
  rien à valider, la copie de travail est propre
  $ git switch -
  La position précédente de HEAD était sur d71ee6a trois
  Basculement sur la branche 'main'
  $ git switch HEAD~1
  fatal : une branche est attendue, mais un commit 'HEAD~1' a été reçu
  astuce: Si vous souhaitez détacher HEAD à ce commit, réessayez avec l'option --detach.
  [128]
  $ git switch --detach HEAD~1
  HEAD est maintenant sur d71ee6a trois
  $ git switch main
  La position précédente de HEAD était sur d71ee6a trois
  Basculement sur la branche 'main'
  $ { echo q >> a; git checkout neuf; } > /dev/null 2>&1
  $ git stash
  Arbre de travail et état de l'index sauvegardés dans WIP on neuf: b7f335e renommé
  $ git stash
  Pas de modifications locales à sauver
  $ git stash list
  stash@{0}: WIP on neuf: b7f335e renommé
  $ git stash pop
  Sur la branche neuf
  Modifications qui ne seront pas validées :
    (utilisez "git add <fichier>..." pour mettre à jour ce qui sera validé)
    (utilisez "git restore <fichier>..." pour annuler les modifications dans le répertoire de travail)
  	modifié :         a
  
  aucune modification n'a été ajoutée à la validation (utilisez "git add" ou "git commit -a")
  refs/stash@{0} supprimé (317fe4db08b9c31b20a9454803c840ba54dde576)
  $ git stash pop
  Aucune entrée de remisage trouvée.
  [1]
  $ git checkout -- a
  $ git checkout a
  0 chemin mis à jour depuis l'index
  $ git checkout a
  0 chemin mis à jour depuis l'index
  $ git add nosuch
  fatal : le chemin 'nosuch' ne correspond à aucun fichier
  [128]
  $ git rm nosuch
  fatal : le chemin 'nosuch' ne correspond à aucun fichier
  [128]
  $ git mv x y
  fatal : mauvaise source, source=x, destination=y
  [128]
  $ git show nosuch
  fatal : argument 'nosuch' ambigu : révision inconnue ou chemin inexistant.
  Utilisez '--' pour séparer les chemins des révisions, comme ceci :
  'git <commande> [<révision>...] -- [<chemin>...]'
  [128]
  $ git diff nosuch
  fatal : argument 'nosuch' ambigu : révision inconnue ou chemin inexistant.
  Utilisez '--' pour séparer les chemins des révisions, comme ceci :
  'git <commande> [<révision>...] -- [<chemin>...]'
  [128]
  $ git log nosuch
  fatal : argument 'nosuch' ambigu : révision inconnue ou chemin inexistant.
  Utilisez '--' pour séparer les chemins des révisions, comme ceci :
  'git <commande> [<révision>...] -- [<chemin>...]'
  [128]
  $ git statu
  git : 'statu' n'est pas une commande git. Voir 'git --help'.
  
  Les commandes les plus ressemblantes sont
  	status
  	stage
  	stash
  [1]
  $ git nosuch
  git : 'nosuch' n'est pas une commande git. Voir 'git --help'.
  [1]
  $ git commit
  Sur la branche neuf
  rien à valider, la copie de travail est propre
  [1]
  $ git reset --hard HEAD~1
  HEAD est maintenant à d71ee6a trois
  $ git reset nosuch
  fatal : argument 'nosuch' ambigu : révision inconnue ou chemin inexistant.
  Utilisez '--' pour séparer les chemins des révisions, comme ceci :
  'git <commande> [<révision>...] -- [<chemin>...]'
  [128]
  $ echo x >> a; git add a; git reset
  Modifications non indexées après reset :
  M	a
  $ git reset --hard
  HEAD est maintenant à d71ee6a trois
  $ git tag v1
  $ git tag v1
  fatal : l'étiquette 'v1' existe déjà
  [128]
  $ git tag -d v1
  Étiquette 'v1' supprimée (elle était sur d71ee6a)
  $ git tag -d v1
  erreur : étiquette 'v1' non trouvée.
  [1]
  $ git tag -a v2 -m 'deux'
  $ git remote
  $ git remote -v
  $ git remote add origin /root/nosuch
  $ git remote add origin /x
  erreur : la distante origin existe déjà.
  [3]
  $ git remote remove nosuch
  erreur : Pas de serveur remote : 'nosuch'
  [2]
  $ git push
  fatal : La branche courante neuf n'a pas de branche amont.
  Pour pousser la branche courante et définir la distante comme amont, utilisez
  
      git push --set-upstream origin neuf
  
  Pour que cela soit fait automatiquement pour les branches sans
  suivi distant, voir "push.autoSetupRemote' dans 'git help config'.
  [128]
  $ git push origin main
  fatal : '/root/nosuch' does not appear to be a git repository
  fatal : Impossible de lire le dépôt distant.
  
  Veuillez vérifier que vous avez les droits d'accès
  et que le dépôt existe.
  [128]
  $ git pull
  fatal : '/root/nosuch' does not appear to be a git repository
  fatal : Impossible de lire le dépôt distant.
  
  Veuillez vérifier que vous avez les droits d'accès
  et que le dépôt existe.
  [128]
  $ git fetch
  fatal : '/root/nosuch' does not appear to be a git repository
  fatal : Impossible de lire le dépôt distant.
  
  Veuillez vérifier que vous avez les droits d'accès
  et que le dépôt existe.
  [128]
  $ git remote show origin
  fatal : '/root/nosuch' does not appear to be a git repository
  fatal : Impossible de lire le dépôt distant.
  
  Veuillez vérifier que vous avez les droits d'accès
  et que le dépôt existe.
  [128]
  $ git ls-files -o
  $ git config nosuch
  erreur : la clé ne contient pas de section: nosuch
  [1]
  $ git config user.name
  Ada L
  $ git clean
  fatal : clean.requireForce à true par défaut et ni -i, -n ou -f fourni ; refus de nettoyer
  [128]
  $ git clean -n
  $ touch z; git clean -n; git clean -f
  Supprimerait z
  Suppression de z
  $ git rebase nosuch
  fatal : amont invalide 'nosuch'
  [128]
  $ git merge nosuch
  merge: nosuch - pas possible de fusionner ceci
  [1]
  $ git cherry-pick nosuch
  fatal : bad revision 'nosuch'
  [128]
  $ git revert nosuch
  fatal : bad revision 'nosuch'
  [128]
  $ git help nosuch
  Aucune entrée de manuel pour gitnosuch
  [16]
  $ git add
  Rien de spécifié, rien n'a été ajouté.
  astuce: Peut-être avez-vous voulu dire 'git add .' ?
  astuce: Éliminez ce message en lançant
  astuce: "git config advice.addEmptyPathspec false"
  $ { git clone; } > /dev/null 2>&1
  [129]
  $ git clone /nosuch
  fatal : le dépôt '/nosuch' n'existe pas
  [128]
  $ git checkout -b 'a b'
  fatal : 'a b' n'est pas un nom de branche valide
  [128]
  $ git branch 'x..y'
  fatal : 'x..y' n'est pas un nom de branche valide
  [128]
  $ git tag 'x y'
  fatal : 'x y' n'est pas un nom d'étiquette valide.
  [128]
