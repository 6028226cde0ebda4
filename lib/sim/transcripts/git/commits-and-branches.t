Commits, branches, differences, as recorded from git 2.39.5 of Debian 12.
host: debian-12
cwd: /tmp

  $ apt-get install -y -qq git >/dev/null 2>&1; hash -r; hostname vm
  $ export HOME=/tmp/gw/home TZ=UTC GIT_AUTHOR_DATE='2024-03-01T10:00:00+0100' GIT_COMMITTER_DATE='2024-03-01T10:00:00+0100' GIT_MERGE_AUTOEDIT=no; rm -rf /tmp/gw; mkdir -p /tmp/gw/home; cd /tmp/gw
  $ git config --global color.ui false
  $ git init -q r; cd r
  $ git log
  fatal: your current branch 'master' does not have any commits yet
  [128]
  $ git commit -m x
  Author identity unknown
  
  *** Please tell me who you are.
  
  Run
  
    git config --global user.email "you@example.com"
    git config --global user.name "Your Name"
  
  to set your account's default identity.
  Omit --global to set the identity only in this repository.
  
  fatal: unable to auto-detect email address (got 'root@vm.(none)')
  [128]
  $ git config user.name "Ada Lovelace"; git config user.email ada@example.com
  $ git commit -m x
  On branch master
  
  Initial commit
  
  nothing to commit (create/copy files and use "git add" to track)
  [1]
  $ echo hello > a.txt; printf 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n' > n.txt
  $ git add .
  $ git commit -m "First commit"
  [master (root-commit) 0112b4b] First commit
   2 files changed, 9 insertions(+)
   create mode 100644 a.txt
   create mode 100644 n.txt
  $ git status
  On branch master
  nothing to commit, working tree clean
  $ git log
  commit 0112b4ba3c3338d0b300a2d7ab4d7f8d757f94a8 (HEAD -> master)
  Author: Ada Lovelace <ada@example.com>
  Date:   Fri Mar 1 10:00:00 2024 +0100
  
      First commit
  $ git log --oneline
  0112b4b (HEAD -> master) First commit
  $ cat .git/logs/HEAD
  0000000000000000000000000000000000000000 0112b4ba3c3338d0b300a2d7ab4d7f8d757f94a8 Ada Lovelace <ada@example.com> 1709283600 +0100	commit (initial): First commit
  $ echo more >> a.txt
  $ git status -s
   M a.txt
  $ git diff
  diff --git a/a.txt b/a.txt
  index ce01362..2227cdd 100644
  --- a/a.txt
  +++ b/a.txt
  @@ -1 +1,2 @@
   hello
  +more
  $ git diff --stat
   a.txt | 1 +
   1 file changed, 1 insertion(+)
  $ git commit -am "Second"
  [master ce68f3a] Second
   1 file changed, 1 insertion(+)
  $ git show
  commit ce68f3add42ebeda7b41ee2ce846050eefc12ee6 (HEAD -> master)
  Author: Ada Lovelace <ada@example.com>
  Date:   Fri Mar 1 10:00:00 2024 +0100
  
      Second
  
  diff --git a/a.txt b/a.txt
  index ce01362..2227cdd 100644
  --- a/a.txt
  +++ b/a.txt
  @@ -1 +1,2 @@
   hello
  +more
  $ git show --stat
  commit ce68f3add42ebeda7b41ee2ce846050eefc12ee6 (HEAD -> master)
  Author: Ada Lovelace <ada@example.com>
  Date:   Fri Mar 1 10:00:00 2024 +0100
  
      Second
  
   a.txt | 1 +
   1 file changed, 1 insertion(+)
  $ git show HEAD~1
  commit 0112b4ba3c3338d0b300a2d7ab4d7f8d757f94a8
  Author: Ada Lovelace <ada@example.com>
  Date:   Fri Mar 1 10:00:00 2024 +0100
  
      First commit
  
  diff --git a/a.txt b/a.txt
  new file mode 100644
  index 0000000..ce01362
  --- /dev/null
  +++ b/a.txt
  @@ -0,0 +1 @@
  +hello
  diff --git a/n.txt b/n.txt
  new file mode 100644
  index 0000000..b00a0f1
  --- /dev/null
  +++ b/n.txt
  @@ -0,0 +1,8 @@
  +one
  +two
  +three
  +four
  +five
  +six
  +seven
  +eight
  $ git log --oneline --decorate
  ce68f3a (HEAD -> master) Second
  0112b4b First commit
  $ git log --stat
  commit ce68f3add42ebeda7b41ee2ce846050eefc12ee6 (HEAD -> master)
  Author: Ada Lovelace <ada@example.com>
  Date:   Fri Mar 1 10:00:00 2024 +0100
  
      Second
  
   a.txt | 1 +
   1 file changed, 1 insertion(+)
  
  commit 0112b4ba3c3338d0b300a2d7ab4d7f8d757f94a8
  Author: Ada Lovelace <ada@example.com>
  Date:   Fri Mar 1 10:00:00 2024 +0100
  
      First commit
  
   a.txt | 1 +
   n.txt | 8 ++++++++
   2 files changed, 9 insertions(+)
  $ git log -p -1
  commit ce68f3add42ebeda7b41ee2ce846050eefc12ee6 (HEAD -> master)
  Author: Ada Lovelace <ada@example.com>
  Date:   Fri Mar 1 10:00:00 2024 +0100
  
      Second
  
  diff --git a/a.txt b/a.txt
  index ce01362..2227cdd 100644
  --- a/a.txt
  +++ b/a.txt
  @@ -1 +1,2 @@
   hello
  +more
  $ git branch
  * master
  $ git branch dev
  $ git branch -v
    dev    ce68f3a Second
  * master ce68f3a Second
  $ git checkout dev
  Switched to branch 'dev'
  $ echo dev > dev.txt; git add dev.txt; git commit -qm "dev file"
  $ git log --oneline --all --graph
  * f1ace35 (HEAD -> dev) dev file
  * ce68f3a (master) Second
  * 0112b4b First commit
  $ git checkout master
  Switched to branch 'master'
  $ git branch -d dev
  error: The branch 'dev' is not fully merged.
  If you are sure you want to delete it, run 'git branch -D dev'.
  [1]
  $ sed -i 's/five/FIVE/' n.txt; git commit -am "Five"
  [master 222d235] Five
   1 file changed, 1 insertion(+), 1 deletion(-)
  $ git log --oneline --graph --all
  * f1ace35 (dev) dev file
  | * 222d235 (HEAD -> master) Five
  |/  
  * ce68f3a Second
  * 0112b4b First commit
  $ git switch -c feature HEAD~1
  Switched to a new branch 'feature'
  $ git switch -
  Switched to branch 'master'
  $ git checkout HEAD~1
  Note: switching to 'HEAD~1'.
  
  You are in 'detached HEAD' state. You can look around, make experimental
  changes and commit them, and you can discard any commits you make in this
  state without impacting any branches by switching back to a branch.
  
  If you want to create a new branch to retain commits you create, you may
  do so (now or later) by using -c with the switch command. Example:
  
    git switch -c <new-branch-name>
  
  Or undo this operation with:
  
    git switch -
  
  Turn off this advice by setting config variable advice.detachedHead to false
  
  HEAD is now at ce68f3a Second
  $ git status
  HEAD detached at ce68f3a
  nothing to commit, working tree clean
  $ git switch master
  Previous HEAD position was ce68f3a Second
  Switched to branch 'master'
  $ git checkout nope
  error: pathspec 'nope' did not match any file(s) known to git
  [1]
  $ git switch nope
  fatal: invalid reference: nope
  [128]
  $ git restore nope
  error: pathspec 'nope' did not match any file(s) known to git
  [1]
  $ echo x >> a.txt; git checkout dev
  M	a.txt
  Switched to branch 'dev'
  $ git checkout -- a.txt
  $ git reset --soft HEAD~1; git status -s
  A  dev.txt
  $ git commit -m "Five again"
  [dev 6c67ff6] Five again
   1 file changed, 1 insertion(+)
   create mode 100644 dev.txt
  $ git reset HEAD~1
  $ git diff
  $ git reset --hard
  HEAD is now at ce68f3a Second
  $ git reset --hard dev
  HEAD is now at ce68f3a Second
  $ git rev-parse HEAD
  ce68f3add42ebeda7b41ee2ce846050eefc12ee6
  $ git log --format='%h %an <%ae> %ad %s' --date=short
  ce68f3a Ada Lovelace <ada@example.com> 2024-03-01 Second
  0112b4b Ada Lovelace <ada@example.com> 2024-03-01 First commit
  $ git log --pretty=fuller -1
  commit ce68f3add42ebeda7b41ee2ce846050eefc12ee6 (HEAD -> dev, feature)
  Author:     Ada Lovelace <ada@example.com>
  AuthorDate: Fri Mar 1 10:00:00 2024 +0100
  Commit:     Ada Lovelace <ada@example.com>
  CommitDate: Fri Mar 1 10:00:00 2024 +0100
  
      Second
  $ git rm n.txt
  rm 'n.txt'
  $ git status
  On branch dev
  Changes to be committed:
    (use "git restore --staged <file>..." to unstage)
  	deleted:    n.txt
  
  Untracked files:
    (use "git add <file>..." to include in what will be committed)
  	dev.txt
  
  $ git reset -q --hard
  $ git mv a.txt b.txt; git status; git status -s
  On branch dev
  Changes to be committed:
    (use "git restore --staged <file>..." to unstage)
  	renamed:    a.txt -> b.txt
  
  Untracked files:
    (use "git add <file>..." to include in what will be committed)
  	dev.txt
  
  R  a.txt -> b.txt
  ?? dev.txt
  $ git diff --cached
  diff --git a/a.txt b/b.txt
  similarity index 100%
  rename from a.txt
  rename to b.txt
  $ git diff --cached -M --stat
   a.txt => b.txt | 0
   1 file changed, 0 insertions(+), 0 deletions(-)
  $ git commit -m "Rename"
  [dev 4991c5f] Rename
   1 file changed, 0 insertions(+), 0 deletions(-)
   rename a.txt => b.txt (100%)
  $ git commit --amend -m "Renamed"
  [dev c5a1054] Renamed
   Date: Fri Mar 1 10:00:00 2024 +0100
   1 file changed, 0 insertions(+), 0 deletions(-)
   rename a.txt => b.txt (100%)
  $ git log --oneline -3
  c5a1054 (HEAD -> dev) Renamed
  ce68f3a (feature) Second
  0112b4b First commit
  $ git log -2 --format=%B
  Renamed
  
  Second
  
  $ git log --follow --oneline b.txt
  c5a1054 (HEAD -> dev) Renamed
  ce68f3a (feature) Second
  0112b4b First commit
  $ git log --oneline -- a.txt
  c5a1054 (HEAD -> dev) Renamed
  ce68f3a (feature) Second
  0112b4b First commit
  $ git branch -D feature
  Deleted branch feature (was ce68f3a).
  $ git branch -m dev develop
  $ git branch -vv
  * develop c5a1054 Renamed
    master  222d235 Five
  $ git branch -a
  * develop
    master
  $ git diff HEAD~2 HEAD --name-status
  R054	a.txt	b.txt
  $ git diff HEAD~2..HEAD --numstat
  1	0	a.txt => b.txt
  $ git log master..develop --oneline
  c5a1054 (HEAD -> develop) Renamed
  $ git log -p --stat -1 --oneline
  c5a1054 (HEAD -> develop) Renamed
   a.txt => b.txt | 0
   1 file changed, 0 insertions(+), 0 deletions(-)
  
  diff --git a/a.txt b/b.txt
  similarity index 100%
  rename from a.txt
  rename to b.txt
  $ git show HEAD:b.txt
  hello
  more
  $ git show HEAD^{tree}
  tree HEAD^{tree}
  
  b.txt
  n.txt
  $ git cat-file -p HEAD
  tree f9e3f8964b49957e398f1a0c297cbd54ccf926fe
  parent ce68f3add42ebeda7b41ee2ce846050eefc12ee6
  author Ada Lovelace <ada@example.com> 1709283600 +0100
  committer Ada Lovelace <ada@example.com> 1709283600 +0100
  
  Renamed
  $ git cat-file -p 'HEAD^{tree}'
  100644 blob 2227cddb7f6318ea735a1c4adb52f5cd36c5783c	b.txt
  100644 blob b00a0f1b675b8fc8b8aff62e13f2139842d025eb	n.txt
  $ git log --author=Nobody
  $ git log --grep=Second --oneline
  ce68f3a Second
  $ git log nope
  fatal: ambiguous argument 'nope': unknown revision or path not in the working tree.
  Use '--' to separate paths from revisions, like this:
  'git <command> [<revision>...] -- [<file>...]'
  [128]
  $ git log -- nope
  $ git branch 'bad name'
  fatal: 'bad name' is not a valid branch name
  [128]
  $ git branch develop
  fatal: a branch named 'develop' already exists
  [128]
  $ git commit --allow-empty -m "Empty"
  [develop f7875d7] Empty
  $ git commit
  On branch develop
  Untracked files:
    (use "git add <file>..." to include in what will be committed)
  	dev.txt
  
  nothing added to commit but untracked files present (use "git add" to track)
  [1]
  $ git mv nope x
  fatal: bad source, source=nope, destination=x
  [128]
  $ git rm nope
  fatal: pathspec 'nope' did not match any files
  [128]
  $ git reset --hard nope
  fatal: ambiguous argument 'nope': unknown revision or path not in the working tree.
  Use '--' to separate paths from revisions, like this:
  'git <command> [<revision>...] -- [<file>...]'
  [128]
  $ git init -q /tmp/gw/who; cd /tmp/gw/who; git config user.name Ada; git config user.email ada@x; git commit -q --allow-empty --author 'Bob <bob@x>' -m one; git log -1 --format='%an %ae %cn'
  Bob bob@x Ada
