Merges, conflicts, tags, stashes, as recorded from git 2.39.5 of Debian 12.
host: debian-12
cwd: /tmp

  $ apt-get install -y -qq git >/dev/null 2>&1; hash -r; hostname vm
  $ export HOME=/tmp/gw/home TZ=UTC GIT_AUTHOR_DATE='2024-03-01T10:00:00+0100' GIT_COMMITTER_DATE='2024-03-01T10:00:00+0100' GIT_MERGE_AUTOEDIT=no; rm -rf /tmp/gw; mkdir -p /tmp/gw/home; cd /tmp/gw
  $ git config --global color.ui false
  $ git init -q r; cd r; git config --global user.name "Ada Lovelace"; git config --global user.email ada@example.com
  $ printf 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n' > n.txt; echo a > a.txt; git add .; git commit -qm base
  $ git switch -qc topic; sed -i 's/two/TWO/' n.txt; git commit -qam topic1; echo t > t.txt; git add t.txt; git commit -qm topic2
  $ git switch -q master
  $ git merge topic
  Updating 2a98bee..bad560b
  Fast-forward
   n.txt | 2 +-
   t.txt | 1 +
   2 files changed, 2 insertions(+), 1 deletion(-)
   create mode 100644 t.txt
  $ git reset -q --hard HEAD~2
  $ git merge --no-ff topic -m "Merge topic"
  Merge made by the 'ort' strategy.
   n.txt | 2 +-
   t.txt | 1 +
   2 files changed, 2 insertions(+), 1 deletion(-)
   create mode 100644 t.txt
  $ git log --graph --oneline --decorate
  *   4a35c9a (HEAD -> master) Merge topic
  |\  
  | * bad560b (topic) topic2
  | * eb378f3 topic1
  |/  
  * 2a98bee base
  $ git log --graph --stat
  *   commit 4a35c9a25853095d447c422ec78f8402bb95ed8c (HEAD -> master)
  |\  Merge: 2a98bee bad560b
  | | Author: Ada Lovelace <ada@example.com>
  | | Date:   Fri Mar 1 10:00:00 2024 +0100
  | | 
  | |     Merge topic
  | | 
  | * commit bad560b279c417ae18c6104361c0a1352c5ac463 (topic)
  | | Author: Ada Lovelace <ada@example.com>
  | | Date:   Fri Mar 1 10:00:00 2024 +0100
  | | 
  | |     topic2
  | | 
  | |  t.txt | 1 +
  | |  1 file changed, 1 insertion(+)
  | | 
  | * commit eb378f36a2b46c7bf4eeb8f042ac8856cc5370b8
  |/  Author: Ada Lovelace <ada@example.com>
  |   Date:   Fri Mar 1 10:00:00 2024 +0100
  |   
  |       topic1
  |   
  |    n.txt | 2 +-
  |    1 file changed, 1 insertion(+), 1 deletion(-)
  | 
  * commit 2a98bee354333bfb0cb45beab44d955294314eca
    Author: Ada Lovelace <ada@example.com>
    Date:   Fri Mar 1 10:00:00 2024 +0100
    
        base
    
     a.txt | 1 +
     n.txt | 8 ++++++++
     2 files changed, 9 insertions(+)
  $ git show
  commit 4a35c9a25853095d447c422ec78f8402bb95ed8c (HEAD -> master)
  Merge: 2a98bee bad560b
  Author: Ada Lovelace <ada@example.com>
  Date:   Fri Mar 1 10:00:00 2024 +0100
  
      Merge topic
  
  $ git reset -q --hard HEAD~1
  $ sed -i 's/two/zwei/' n.txt; git commit -qam master1
  $ git merge topic
  Auto-merging n.txt
  CONFLICT (content): Merge conflict in n.txt
  Automatic merge failed; fix conflicts and then commit the result.
  [1]
  $ git status
  On branch master
  You have unmerged paths.
    (fix conflicts and run "git commit")
    (use "git merge --abort" to abort the merge)
  
  Changes to be committed:
  	new file:   t.txt
  
  Unmerged paths:
    (use "git add <file>..." to mark resolution)
  	both modified:   n.txt
  
  $ git diff
  diff --cc n.txt
  index b0c64c2,b36f1cc..0000000
  --- a/n.txt
  +++ b/n.txt
  @@@ -1,5 -1,5 +1,9 @@@
    one
  ++<<<<<<< HEAD
   +zwei
  ++=======
  + TWO
  ++>>>>>>> topic
    three
    four
    five
  $ git status -s
  UU n.txt
  A  t.txt
  $ git ls-files -s
  100644 78981922613b2afb6025042ff6bd878ac1994e85 0	a.txt
  100644 b00a0f1b675b8fc8b8aff62e13f2139842d025eb 1	n.txt
  100644 b0c64c267f9e284cb5d40c15deedd751a8a040a2 2	n.txt
  100644 b36f1cce44c27f03f0015b66f1ae5d2fc3c139e4 3	n.txt
  100644 718f4d2ff533cf8ead8d3556cf43912bd245fbc4 0	t.txt
  $ cat n.txt
  one
  <<<<<<< HEAD
  zwei
  =======
  TWO
  >>>>>>> topic
  three
  four
  five
  six
  seven
  eight
  $ cat .git/MERGE_MSG
  Merge branch 'topic'
  
  # Conflicts:
  #	n.txt
  $ git commit -m nope
  U	n.txt
  error: Committing is not possible because you have unmerged files.
  hint: Fix them up in the work tree, and then use 'git add/rm <file>'
  hint: as appropriate to mark resolution and make a commit.
  fatal: Exiting because of an unresolved conflict.
  [128]
  $ git checkout topic
  n.txt: needs merge
  error: you need to resolve your current index first
  [1]
  $ git merge --abort
  $ git status
  On branch master
  nothing to commit, working tree clean
  $ git merge topic
  Auto-merging n.txt
  CONFLICT (content): Merge conflict in n.txt
  Automatic merge failed; fix conflicts and then commit the result.
  [1]
  $ printf 'one\nzwei-two\nthree\nfour\nfive\nsix\nseven\neight\n' > n.txt
  $ git add n.txt
  $ git status
  On branch master
  All conflicts fixed but you are still merging.
    (use "git commit" to conclude merge)
  
  Changes to be committed:
  	modified:   n.txt
  	new file:   t.txt
  
  $ git commit --no-edit
  [master 2b8510a] Merge branch 'topic'
  $ git show
  commit 2b8510a71547387858861979dba49ac1fd9b5cc2 (HEAD -> master)
  Merge: 6c47179 bad560b
  Author: Ada Lovelace <ada@example.com>
  Date:   Fri Mar 1 10:00:00 2024 +0100
  
      Merge branch 'topic'
      
      # Conflicts:
      #       n.txt
  
  diff --cc n.txt
  index b0c64c2,b36f1cc..1cc8cf8
  --- a/n.txt
  +++ b/n.txt
  @@@ -1,5 -1,5 +1,5 @@@
    one
  - zwei
   -TWO
  ++zwei-two
    three
    four
    five
  $ git log --oneline --graph
  *   2b8510a (HEAD -> master) Merge branch 'topic'
  |\  
  | * bad560b (topic) topic2
  | * eb378f3 topic1
  * | 6c47179 master1
  |/  
  * 2a98bee base
  $ git log --merges --oneline
  2b8510a (HEAD -> master) Merge branch 'topic'
  $ git log --first-parent --oneline
  2b8510a (HEAD -> master) Merge branch 'topic'
  6c47179 master1
  2a98bee base
  $ git merge topic
  Already up to date.
  $ git branch --merged
  * master
    topic
  $ git branch --no-merged
  $ git tag v1
  $ git tag -a v2 -m "Version two"
  $ git tag
  v1
  v2
  $ git tag -n
  v1              Merge branch 'topic'
  v2              Version two
  $ git show v2
  tag v2
  Tagger: Ada Lovelace <ada@example.com>
  Date:   Fri Mar 1 10:00:00 2024 +0100
  
  Version two
  
  commit 2b8510a71547387858861979dba49ac1fd9b5cc2 (HEAD -> master, tag: v2, tag: v1)
  Merge: 6c47179 bad560b
  Author: Ada Lovelace <ada@example.com>
  Date:   Fri Mar 1 10:00:00 2024 +0100
  
      Merge branch 'topic'
      
      # Conflicts:
      #       n.txt
  
  diff --cc n.txt
  index b0c64c2,b36f1cc..1cc8cf8
  --- a/n.txt
  +++ b/n.txt
  @@@ -1,5 -1,5 +1,5 @@@
    one
  - zwei
   -TWO
  ++zwei-two
    three
    four
    five
  $ git cat-file -p v2
  object 2b8510a71547387858861979dba49ac1fd9b5cc2
  type commit
  tag v2
  tagger Ada Lovelace <ada@example.com> 1709283600 +0100
  
  Version two
  $ git tag -d v1
  Deleted tag 'v1' (was 2b8510a)
  $ git tag v2
  fatal: tag 'v2' already exists
  [128]
  $ git describe
  v2
  $ git log --oneline --decorate -2
  2b8510a (HEAD -> master, tag: v2) Merge branch 'topic'
  6c47179 master1
  $ echo local >> a.txt
  $ git stash
  Saved working directory and index state WIP on master: 2b8510a Merge branch 'topic'
  $ git stash list
  stash@{0}: WIP on master: 2b8510a Merge branch 'topic'
  $ git stash show
   a.txt | 1 +
   1 file changed, 1 insertion(+)
  $ git stash show -p
  diff --git a/a.txt b/a.txt
  index 7898192..3e8277e 100644
  --- a/a.txt
  +++ b/a.txt
  @@ -1 +1,2 @@
   a
  +local
  $ git status -s
  $ git stash pop
  On branch master
  Changes not staged for commit:
    (use "git add <file>..." to update what will be committed)
    (use "git restore <file>..." to discard changes in working directory)
  	modified:   a.txt
  
  no changes added to commit (use "git add" and/or "git commit -a")
  Dropped refs/stash@{0} (2ad7a5f76987cf44efc0005ff826a84f983c1b00)
  $ echo new > new.txt; git stash -u; git status -s; git stash apply; git stash drop
  Saved working directory and index state WIP on master: 2b8510a Merge branch 'topic'
  On branch master
  Changes not staged for commit:
    (use "git add <file>..." to update what will be committed)
    (use "git restore <file>..." to discard changes in working directory)
  	modified:   a.txt
  
  Untracked files:
    (use "git add <file>..." to include in what will be committed)
  	new.txt
  
  no changes added to commit (use "git add" and/or "git commit -a")
  Dropped refs/stash@{0} (a3628aa50bfa749994321b3750cdb29dc1aae907)
  $ git stash push -m "my work" a.txt; git stash list; git stash pop -q
  Saved working directory and index state On master: my work
  stash@{0}: On master: my work
  $ git stash pop
  No stash entries found.
  [1]
  $ git stash drop
  No stash entries found.
  [1]
  $ git checkout -q -- .; rm new.txt
  $ git rev-parse HEAD master topic v2
  2b8510a71547387858861979dba49ac1fd9b5cc2
  2b8510a71547387858861979dba49ac1fd9b5cc2
  bad560b279c417ae18c6104361c0a1352c5ac463
  440513d38c5552fbc5bdd326d1afacb9df4a9434
  $ git rev-parse --abbrev-ref HEAD
  master
  $ git rev-parse --short HEAD
  2b8510a
  $ git rev-parse --show-toplevel --git-dir
  /tmp/gw/r
  .git
  $ git rev-parse nope
  nope
  fatal: ambiguous argument 'nope': unknown revision or path not in the working tree.
  Use '--' to separate paths from revisions, like this:
  'git <command> [<revision>...] -- [<file>...]'
  [128]
  $ git rev-parse --verify nope
  fatal: Needed a single revision
  [128]
  $ git switch -qc other HEAD~1; git rm -q a.txt; git commit -qm "rm a"; git switch -q master; echo b >> a.txt; git commit -qam "mod a"
  $ git merge other
  CONFLICT (modify/delete): a.txt deleted in other and modified in HEAD.  Version HEAD of a.txt left in tree.
  Automatic merge failed; fix conflicts and then commit the result.
  [1]
  $ git status
  On branch master
  You have unmerged paths.
    (fix conflicts and run "git commit")
    (use "git merge --abort" to abort the merge)
  
  Unmerged paths:
    (use "git add/rm <file>..." as appropriate to mark resolution)
  	deleted by them: a.txt
  
  no changes added to commit (use "git add" and/or "git commit -a")
  $ git status -s
  UD a.txt
  $ git rm -q a.txt; git commit -qm "resolved"; git log --oneline --graph
  *   fdd29c4 (HEAD -> master) resolved
  |\  
  | * 8a6de93 (other) rm a
  * | 655618a mod a
  * |   2b8510a (tag: v2) Merge branch 'topic'
  |\ \  
  | |/  
  |/|   
  | * bad560b (topic) topic2
  | * eb378f3 topic1
  * | 6c47179 master1
  |/  
  * 2a98bee base
  $ git checkout -b x topic; git mv n.txt m.txt; git commit -qm "mv"; git switch -q master; echo nine >> n.txt; git commit -qam nine
  Switched to a new branch 'x'
  $ git merge x -m "merge x"
  Merge made by the 'ort' strategy.
   n.txt => m.txt | 0
   1 file changed, 0 insertions(+), 0 deletions(-)
   rename n.txt => m.txt (100%)
  $ cat m.txt
  one
  zwei-two
  three
  four
  five
  six
  seven
  eight
  nine
  $ git checkout --detach
  HEAD is now at 3cd6ac6 merge x
  $ git commit -q --allow-empty -m det; git checkout master
  Warning: you are leaving 1 commit behind, not connected to
  any of your branches:
  
    6f5cf61 det
  
  If you want to keep it by creating a new branch, this may be a good time
  to do so with:
  
   git branch <new-branch-name> 6f5cf61
  
  Switched to branch 'master'
  $ git switch x
  Switched to branch 'x'
  $ git branch -v
    master 3cd6ac6 merge x
    other  8a6de93 rm a
    topic  bad560b topic2
  * x      4602358 mv
  $ git checkout v2
  Note: switching to 'v2'.
  
  You are in 'detached HEAD' state. You can look around, make experimental
  changes and commit them, and you can discard any commits you make in this
  state without impacting any branches by switching back to a branch.
  
  If you want to create a new branch to retain commits you create, you may
  do so (now or later) by using -c with the switch command. Example:
  
    git switch -c <new-branch-name>
  
  Or undo this operation with:
  
    git switch -
  
  Turn off this advice by setting config variable advice.detachedHead to false
  
  HEAD is now at 2b8510a Merge branch 'topic'
  $ git switch -
  Previous HEAD position was 2b8510a Merge branch 'topic'
  Switched to branch 'x'
  $ git reset --hard ORIG_HEAD
  HEAD is now at a4a41c6 nine
  $ git merge --squash topic
  Already up to date. (nothing to squash)
  $ git merge nosuch
  merge: nosuch - not something we can merge
  [1]
  $ git merge --ff-only other
  Already up to date.
  $ git log --format='%h %d %s' --decorate
  a4a41c6  (HEAD -> x) nine
  fdd29c4  resolved
  655618a  mod a
  8a6de93  (other) rm a
  2b8510a  (tag: v2) Merge branch 'topic'
  6c47179  master1
  bad560b  (topic) topic2
  2a98bee  base
  eb378f3  topic1
  $ git log --format=oneline -1
  a4a41c6553acf29f410334339ce0c3655f4f1309 (HEAD -> x) nine
  $ git log --pretty=format:%s -3
  nine
  resolved
  mod a (no-eol)
  $ git show --stat --oneline HEAD~1
  fdd29c4 resolved
  
   a.txt | 2 --
   1 file changed, 2 deletions(-)
  $ git diff master...topic
  $ git diff master..x --stat
   m.txt => n.txt | 0
   1 file changed, 0 insertions(+), 0 deletions(-)
  $ git diff --name-only HEAD~1
  n.txt
  $ git diff --shortstat HEAD~1
   1 file changed, 1 insertion(+)
