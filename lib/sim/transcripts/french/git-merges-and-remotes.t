git on a machine set to French, merges and remotes: what git 2.39.5 with its French catalogue said to the same commands.
host: debian-12
user: root

  $ mkdir /usr/lib/locale/fr_FR.utf8; unset LC_ALL; export LANG=fr_FR.UTF-8 HOME=/root; apt-get install -y -qq git >/dev/null 2>&1; hash -r
  $ cd /root; rm -rf w; mkdir w; cd w
  $ export GIT_AUTHOR_DATE='2026-11-22 10:00:00 +0000' GIT_COMMITTER_DATE='2026-11-22 10:00:00 +0000' GIT_PAGER=cat; rm -f ~/.gitconfig;git config --global user.email a@b.c; git config --global user.name 'Ada L'; git config --global init.defaultBranch main; git config --global color.ui false; export TERM=dumb
  $ git init -q p; cd p; printf 'a\nb\nc\n' > f; git add f; git commit -q -m un; git switch -c b1
  Basculement sur la nouvelle branche 'b1'
  $ printf 'a\nB\nc\n' > f; git commit -am deux
  [b1 9ef3955] deux
   1 file changed, 1 insertion(+), 1 deletion(-)
  $ git switch main; printf 'a\nX\nc\n' > f; git commit -am trois
  Basculement sur la branche 'main'
  [main 0d5157b] trois
   1 file changed, 1 insertion(+), 1 deletion(-)
  $ git merge b1
  Fusion automatique de f
  CONFLIT (contenu) : Conflit de fusion dans f
  La fusion automatique a échoué ; réglez les conflits et validez le résultat.
  [1]
  $ git status
  Sur la branche main
  Vous avez des chemins non fusionnés.
    (réglez les conflits puis lancez "git commit")
    (utilisez "git merge --abort" pour annuler la fusion)
  
  Chemins non fusionnés :
    (utilisez "git add <fichier>..." pour marquer comme résolu)
  	modifié des deux côtés :  f
  
  aucune modification n'a été ajoutée à la validation (utilisez "git add" ou "git commit -a")
  $ { git merge b1; } > /dev/null 2>&1
  [128]
  $ { git commit -m x; } > /dev/null 2>&1
  [128]
  $ git merge --abort
  $ git merge --abort
  fatal : Il n'y a pas de fusion à abandonner (MERGE_HEAD manquant).
  [128]
  $ { git merge b1 -q; printf 'a\nBX\nc\n' > f; git add f; git status; } > /dev/null 2>&1
  $ git commit -m 'fusion'
  [main 5dd4a00] fusion
  $ git merge b1
  Déjà à jour.
  $ git switch -c b2; echo n > n; git add n; git commit -m n; git switch main; git merge b2
  Basculement sur la nouvelle branche 'b2'
  [b2 d9767eb] n
   1 file changed, 1 insertion(+)
   create mode 100644 n
  Basculement sur la branche 'main'
  Mise à jour 5dd4a00..d9767eb
  Fast-forward
   n | 1 +
   1 file changed, 1 insertion(+)
   create mode 100644 n
  $ { git switch b1; echo zz > f; git commit -am zz; git rebase main; } > /dev/null 2>&1
  [1]
  $ git status
  rebasage interactif en cours ; sur d9767eb
  Dernière commande effectuée (1 commande effectuée) :
     pick 0ef20d7 zz
  Aucune commande restante.
  Vous êtes en train de rebaser la branche 'b1' sur 'd9767eb'.
    (réglez les conflits puis lancez "git rebase --continue")
    (utilisez "git rebase --skip" pour sauter ce patch)
    (utilisez "git rebase --abort" pour extraire la branche d'origine)
  
  Chemins non fusionnés :
    (utilisez "git restore --staged <fichier>..." pour désindexer)
    (utilisez "git add <fichier>..." pour marquer comme résolu)
  	modifié des deux côtés :  f
  
  aucune modification n'a été ajoutée à la validation (utilisez "git add" ou "git commit -a")
  $ git rebase --continue
  f: needs merge
  Vous devez éditer tous les conflits de fusion et
  les marquer comme résolus avec git add
  [1]
  $ git rebase --abort
  $ git rebase --abort
  fatal : Pas de rebasage en cours ?
  [128]
  $ { git rebase main; } > /dev/null 2>&1
  [1]
  $ echo res > f; git add f; git status
  rebasage interactif en cours ; sur d9767eb
  Dernière commande effectuée (1 commande effectuée) :
     pick 0ef20d7 zz
  Aucune commande restante.
  Vous êtes en train de rebaser la branche 'b1' sur 'd9767eb'.
    (tous les conflits sont réglés : lancez "git rebase --continue")
  
  Modifications qui seront validées :
    (utilisez "git restore --staged <fichier>..." pour désindexer)
  	modifié :         f
  $ { GIT_EDITOR=true git rebase --continue; } > /dev/null 2>&1
  $ git rebase main
  La branche courante b1 est à jour.
  $ git switch main; git cherry-pick b1
  Basculement sur la branche 'main'
  [main eb08a78] zz
   Date: Sun Nov 22 10:00:00 2026 +0000
   1 file changed, 1 insertion(+), 3 deletions(-)
  $ { git cherry-pick b1; } > /dev/null 2>&1
  [1]
  $ git cherry-pick --abort
  $ git cherry-pick --abort
  erreur : aucun picorage ou retour en cours
  fatal : le picorage a échoué
  [128]
  $ git reset --hard; git revert HEAD --no-edit
  HEAD est maintenant à eb08a78 zz
  [main a76a52e] Revert "zz"
   Date: Sun Nov 22 10:00:00 2026 +0000
   1 file changed, 3 insertions(+), 1 deletion(-)
  $ git revert HEAD~3 --no-edit
  erreur : le commit 5dd4a001860003df595428b442e83c2f361c477b est une fusion mais l'option -m n'a pas été spécifiée.
  fatal : revert a échoué
  [128]
  $ git status
  Sur la branche main
  rien à valider, la copie de travail est propre
  $ git revert --abort
  erreur : aucun picorage ou retour en cours
  fatal : revert a échoué
  [128]
  $ git cd ..
  git : 'cd' n'est pas une commande git. Voir 'git --help'.
  
  La commande la plus ressemblante est
  	add
  [1]
  $ cd ..; git clone p q
  Clonage dans 'q'...
  fait.
  $ cd q; git status
  Sur la branche main
  Votre branche est à jour avec 'origin/main'.
  
  rien à valider, la copie de travail est propre
  $ git branch -a
  * main
    remotes/origin/HEAD -> origin/main
    remotes/origin/b1
    remotes/origin/b2
    remotes/origin/main
  $ git branch -vv
  * main a76a52e [origin/main] Revert "zz"
  $ echo l > l; git add l; git commit -m l; git status
  [main 10137e1] l
   1 file changed, 1 insertion(+)
   create mode 100644 l
  Sur la branche main
  Votre branche est en avance sur 'origin/main' de 1 commit.
    (utilisez "git push" pour publier vos commits locaux)
  
  rien à valider, la copie de travail est propre
  $ { git push; } > /dev/null 2>&1
  [1]
  $ { git push origin HEAD:neuve; } > /dev/null 2>&1
  $ cd ..; git clone --bare p r.git
  Clonage dans le dépôt nu 'r.git'
  fait.
  $ git clone r.git s; git clone r.git t
  Clonage dans 's'...
  fait.
  Clonage dans 't'...
  fait.
  $ git clone r.git s
  fatal : le chemin de destination 's' existe déjà et n'est pas un répertoire vide.
  [128]
  $ { cd s; echo 1 > un; git add un; git commit -m un; git push; } > /dev/null 2>&1
  $ cd ../t; echo 2 > deux; git add deux; git commit -m deux; git push
  [main 54cbd98] deux
   1 file changed, 1 insertion(+)
   create mode 100644 deux
  To /root/w/r.git
   ! [rejected]        main -> main (fetch first)
  erreur : impossible de pousser des références vers '/root/w/r.git'
  astuce: Les mises à jour ont été rejetées car la branche distante contient du travail que
  astuce: vous n'avez pas en local. Ceci est généralement causé par un autre dépôt poussé
  astuce: vers la même référence. Vous pourriez intégrer d'abord les changements distants
  astuce: (par exemple 'git pull ...') avant de pousser à nouveau.
  astuce: Voir la 'Note à propos des avances rapides' dans 'git push --help' pour plus d'information.
  [1]
  $ { git pull; } > /dev/null 2>&1
  [128]
  $ git fetch
  $ git status
  Sur la branche main
  Votre branche et 'origin/main' ont divergé,
  et ont 1 et 1 commits différents chacune respectivement.
    (utilisez "git pull" pour fusionner la branche distante dans la vôtre)
  
  rien à valider, la copie de travail est propre
  $ git branch -vv
  * main 54cbd98 [origin/main: en avance de 1, en retard de 1] deux
  $ git pull --no-rebase --no-edit
  Merge made by the 'ort' strategy.
   un | 1 +
   1 file changed, 1 insertion(+)
   create mode 100644 un
  $ { git push; } > /dev/null 2>&1
  $ git push
  Everything up-to-date
  $ { git push -u origin main; } > /dev/null 2>&1
  $ git switch -c feat; git push
  Basculement sur la nouvelle branche 'feat'
  fatal : La branche courante feat n'a pas de branche amont.
  Pour pousser la branche courante et définir la distante comme amont, utilisez
  
      git push --set-upstream origin feat
  
  Pour que cela soit fait automatiquement pour les branches sans
  suivi distant, voir "push.autoSetupRemote' dans 'git help config'.
  [128]
  $ git push -u origin feat
  To /root/w/r.git
   * [new branch]      feat -> feat
  la branche 'feat' est paramétrée pour suivre 'origin/feat'.
  $ git push origin --delete feat
  To /root/w/r.git
   - [deleted]         feat
  $ git push origin --delete feat
  erreur : suppression de 'feat' impossible : la référence distante n'existe pas
  erreur : impossible de pousser des références vers '/root/w/r.git'
  [1]
  $ { cd ../s; git pull; } > /dev/null 2>&1
  $ git pull
  Déjà à jour.
  $ git fetch --prune
  $ git remote rename origin amont
  $ git remote show amont
  * distant amont
    URL de rapatriement : /root/w/r.git
    URL push : /root/w/r.git
    Branche HEAD : main
    Branches distantes :
      b1    suivi
      b2    suivi
      main  suivi
      neuve suivi
    Branche locale configurée pour 'git pull' :
      main fusionne avec la distante main
    Référence locale configurée pour 'git push' :
      main pousse vers main (à jour)
  $ git remote prune amont
  $ git branch -u amont/main
  la branche 'main' est paramétrée pour suivre 'amont/main'.
  $ git branch --unset-upstream
  $ git branch --unset-upstream
  fatal : La branche 'main' n'a aucune information de branche amont
  [128]
  $ git push amont nosuch
  erreur : le spécificateur de référence source nosuch ne correspond à aucune référence
  erreur : impossible de pousser des références vers '/root/w/r.git'
  [1]
  $ git stash show
  Aucune entrée de remisage trouvée.
  [1]
  $ echo w >> un; git stash push -m travail
  Arbre de travail et état de l'index sauvegardés dans On main: travail
  $ git stash list; git stash show
  stash@{0}: On main: travail
   un | 1 +
   1 file changed, 1 insertion(+)
  $ git stash apply
  Sur la branche main
  Modifications qui ne seront pas validées :
    (utilisez "git add <fichier>..." pour mettre à jour ce qui sera validé)
    (utilisez "git restore <fichier>..." pour annuler les modifications dans le répertoire de travail)
  	modifié :         un
  
  aucune modification n'a été ajoutée à la validation (utilisez "git add" ou "git commit -a")
  $ git stash drop
  refs/stash@{0} supprimé (a7002cd9d010ba41fa68667f61c0c4671614ec71)
  $ git stash drop
  Aucune entrée de remisage trouvée.
  [1]
  $ git stash clear
  $ git reset --soft HEAD~1; git status
  Sur la branche main
  Modifications qui seront validées :
    (utilisez "git restore --staged <fichier>..." pour désindexer)
  	nouveau fichier : un
  
  Modifications qui ne seront pas validées :
    (utilisez "git add <fichier>..." pour mettre à jour ce qui sera validé)
    (utilisez "git restore <fichier>..." pour annuler les modifications dans le répertoire de travail)
  	modifié :         un
  $ git reset HEAD un
  $ git commit --amend -m 'amendé'
  [main d136856] amendé
   Date: Sun Nov 22 10:00:00 2026 +0000
   1 file changed, 1 insertion(+)
   create mode 100644 deux
  $ git checkout main; git checkout -b main
  Déjà sur 'main'
  fatal : Une branche nommée 'main' existe déjà
  [128]
  $ git bisect start
  status : en attente d'un commit bon et d'un commit mauvais
  $ git bisect bad
  status : en attente de bon(s) commit(s), un mauvais commit connu
  $ git bisect good HEAD~1
  d1368565e3bce6a414d71a4dd8ffa8603958b4f7 is the first bad commit
  commit d1368565e3bce6a414d71a4dd8ffa8603958b4f7
  Author: Ada L <a@b.c>
  Date:   Sun Nov 22 10:00:00 2026 +0000
  
      amendé
  
   deux | 1 +
   1 file changed, 1 insertion(+)
   create mode 100644 deux
  $ git bisect reset
  Déjà sur 'main'
  $ git describe
  fatal : Aucun nom trouvé, impossible de décrire quoi que ce soit.
  [128]
  $ git archive nosuch
  fatal : nom d'objet invalide : nosuch
  [128]
  $ git grep nosuch
  [1]
  $ git diff --cached --stat
  $ git config --unset nosuch
  erreur : la clé ne contient pas de section: nosuch
  [1]
  $ git config bad key
  erreur : la clé ne contient pas de section: bad
  [1]
  $ git check-ignore
  fatal : aucun chemin spécifié
  [128]
  $ git rm -r .
  rm 'deux'
  rm 'f'
  rm 'n'
  $ git restore
  fatal : vous devez spécifier un ou des chemins à restaurer
  [128]
  $ git restore nosuch
  erreur : le spécificateur de chemin 'nosuch' ne correspond à aucun fichier connu de git
  [1]
  $ git switch
  fatal : argument de branche ou de commit manquant
  [128]
  $ git stash nosuch
  fatal : subcommand wasn't specified; 'push' can't be assumed due to unexpected token 'nosuch'
  [128]
