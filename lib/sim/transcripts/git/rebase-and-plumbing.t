Picks, rebases, plumbing, as recorded from git 2.39.5 of Debian 12.
host: debian-12
cwd: /tmp

  $ apt-get install -y -qq git >/dev/null 2>&1; hash -r; hostname vm
  $ export HOME=/tmp/gw/home TZ=UTC GIT_AUTHOR_DATE='2024-03-01T10:00:00+0100' GIT_COMMITTER_DATE='2024-03-01T10:00:00+0100' GIT_MERGE_AUTOEDIT=no; rm -rf /tmp/gw; mkdir -p /tmp/gw/home; cd /tmp/gw
  $ git config --global color.ui false
  $ git config --global user.name "Ada Lovelace"; git config --global user.email ada@example.com
  $ git init -q r; cd r; printf 'a\nb\nc\nd\ne\n' > f; git add f; git commit -qm c1; git branch t; echo g > g; git add g; git commit -qm c2; sed -i s/b/B/ f; git commit -qam c3
  $ git checkout -q t; echo h > h; git add h; git commit -qm h1; echo h2 >> h; git commit -qam h2
  $ git cherry-pick master~1
  [t 31b216c] c2
   Date: Fri Mar 1 10:00:00 2024 +0100
   1 file changed, 1 insertion(+)
   create mode 100644 g
  $ git log --oneline
  31b216c (HEAD -> t) c2
  e23f1fa h2
  10893ea h1
  65946d1 c1
  $ git cherry-pick master
  [t 3375939] c3
   Date: Fri Mar 1 10:00:00 2024 +0100
   1 file changed, 1 insertion(+), 1 deletion(-)
  $ sed -i s/B/X/ f; git commit -qam X
  $ git checkout -q master; git cherry-pick t
  [master f299b2e] X
   Date: Fri Mar 1 10:00:00 2024 +0100
   1 file changed, 1 insertion(+), 1 deletion(-)
  $ git revert HEAD --no-edit
  [master 602fa44] Revert "X"
   Date: Fri Mar 1 10:00:00 2024 +0100
   1 file changed, 1 insertion(+), 1 deletion(-)
  $ git log --oneline -4
  602fa44 (HEAD -> master) Revert "X"
  f299b2e X
  a1f4504 c3
  b19ea94 c2
  $ git show --stat
  commit 602fa4450fd292110030e38da475b91d8fd516e2 (HEAD -> master)
  Author: Ada Lovelace <ada@example.com>
  Date:   Fri Mar 1 10:00:00 2024 +0100
  
      Revert "X"
      
      This reverts commit f299b2e80be3eee5a1469d5b7e848d4c8bf3a618.
  
   f | 2 +-
   1 file changed, 1 insertion(+), 1 deletion(-)
  $ git revert --no-edit HEAD~3
  [master a91c933] Revert "c2"
   Date: Fri Mar 1 10:00:00 2024 +0100
   1 file changed, 1 deletion(-)
   delete mode 100644 g
  $ git status
  On branch master
  nothing to commit, working tree clean
  $ git rebase t 2>&1 | tr '\r' ' '
  warning: skipped previously applied commit b19ea94
  warning: skipped previously applied commit a1f4504
  warning: skipped previously applied commit f299b2e
  hint: use --reapply-cherry-picks to include skipped commits
  hint: Disable this message with "git config advice.skippedCherryPicks false"
  Rebasing (1/2) Rebasing (2/2)  [KSuccessfully rebased and updated refs/heads/master.
  $ git log --oneline --graph --all
  * e848530 (HEAD -> master) Revert "c2"
  * d01389f Revert "X"
  * 63726d4 (t) X
  * 3375939 c3
  * 31b216c c2
  * e23f1fa h2
  * 10893ea h1
  * 65946d1 c1
  $ git checkout -q t; git rebase master 2>&1 | tr '\r' ' '
   [KSuccessfully rebased and updated refs/heads/t.
  $ git status
  On branch t
  nothing to commit, working tree clean
  $ git rebase --abort 2>&1 | tr '\r' ' '
  fatal: No rebase in progress?
  $ git status
  On branch t
  nothing to commit, working tree clean
  $ git checkout -q -b u t~2; echo u > u; git add u; git commit -qm u1; git rebase t 2>&1 | tr '\r' ' '
  Rebasing (1/1)  [KSuccessfully rebased and updated refs/heads/u.
  $ git log --oneline --graph -4
  * aec08f3 (HEAD -> u) u1
  * e848530 (t, master) Revert "c2"
  * d01389f Revert "X"
  * 63726d4 X
  $ git rebase t 2>&1 | tr '\r' ' '
  Current branch u is up to date.
  $ git rebase nosuch 2>&1 | tr '\r' ' '
  fatal: invalid upstream 'nosuch'
  $ cat .git/logs/HEAD | cut -d' ' -f1,2,8- | tail -5
  e8485303c7b0e66447f8662c464b9d5b3cf39645 63726d49ccd83cfe021eae41e52528d7deb7a163 moving from t to u
  63726d49ccd83cfe021eae41e52528d7deb7a163 f0a20e192eba880e593ceba7684171c5f8b2bdc3 u1
  f0a20e192eba880e593ceba7684171c5f8b2bdc3 e8485303c7b0e66447f8662c464b9d5b3cf39645 (start): checkout t
  e8485303c7b0e66447f8662c464b9d5b3cf39645 aec08f3c86239297a177d271268082a6f3b3ceb7 (pick): u1
  aec08f3c86239297a177d271268082a6f3b3ceb7 aec08f3c86239297a177d271268082a6f3b3ceb7 (finish): returning to refs/heads/u
  $ echo dirty >> u; git rebase master 2>&1 | tr '\r' ' '
  error: cannot rebase: You have unstaged changes.
  error: Please commit or stash them.
  $ git checkout -q -- u
  $ git checkout -q -b v t; sed -i s/X/Y/ f; git commit -qam Y; git checkout -q -b w t; sed -i s/X/Z/ f; git commit -qam Z; git rebase v 2>&1 | tr '\r' ' '
  On branch v
  nothing to commit, working tree clean
  On branch w
  nothing to commit, working tree clean
  Current branch w is up to date.
  $ git status
  On branch w
  nothing to commit, working tree clean
  $ git diff
  $ printf 'a\nYZ\nc\nd\ne\n' > f; git add f; git status; GIT_EDITOR=: git rebase --continue 2>&1 | tr '\r' ' '
  On branch w
  Changes to be committed:
    (use "git restore --staged <file>..." to unstage)
  	modified:   f
  
  fatal: No rebase in progress?
  $ git log --oneline -3
  e848530 (HEAD -> w, v, t, master) Revert "c2"
  d01389f Revert "X"
  63726d4 X
  $ git cherry-pick v~1
  error: your local changes would be overwritten by cherry-pick.
  [33mhint: commit your changes or stash them to proceed.[m
  fatal: cherry-pick failed
  [128]
  $ git cherry-pick --skip
  error: no cherry-pick in progress
  fatal: cherry-pick failed
  [128]
  $ git checkout -q v; git cherry-pick w~0
  error: your local changes would be overwritten by cherry-pick.
  [33mhint: commit your changes or stash them to proceed.[m
  fatal: cherry-pick failed
  [128]
  $ git status
  On branch v
  Changes to be committed:
    (use "git restore --staged <file>..." to unstage)
  	modified:   f
  
  $ git cherry-pick --abort
  error: no cherry-pick or revert in progress
  fatal: cherry-pick failed
  [128]
  $ git status -s
  M  f
  $ GIT_SEQUENCE_EDITOR="sed -i -e '2s/pick/squash/'" GIT_EDITOR=: git rebase -i HEAD~2 2>&1 | tr '\r' ' '
  error: cannot rebase: Your index contains uncommitted changes.
  error: Please commit or stash them.
  $ git log --oneline -3
  e848530 (HEAD -> v, w, t, master) Revert "c2"
  d01389f Revert "X"
  63726d4 X
  $ git cherry-pick nosuch
  fatal: bad revision 'nosuch'
  [128]
  $ git revert nosuch
  fatal: bad revision 'nosuch'
  [128]
  $ git cherry-pick --continue
  error: no cherry-pick or revert in progress
  fatal: cherry-pick failed
  [128]
  $ git rebase --continue 2>&1 | tr '\r' ' '
  fatal: No rebase in progress?
  $ git reflog | head -5
  e848530 HEAD@{0}: checkout: moving from w to v
  e848530 HEAD@{1}: checkout: moving from v to w
  e848530 HEAD@{2}: checkout: moving from u to v
  aec08f3 HEAD@{3}: rebase (finish): returning to refs/heads/u
  aec08f3 HEAD@{4}: rebase (pick): u1
  $ git reflog show t
  e848530 (HEAD -> v, w, t, master) t@{0}: rebase (finish): refs/heads/t onto e8485303c7b0e66447f8662c464b9d5b3cf39645
  63726d4 t@{1}: commit: X
  3375939 t@{2}: cherry-pick: c3
  31b216c t@{3}: cherry-pick: c2
  e23f1fa t@{4}: commit: h2
  10893ea t@{5}: commit: h1
  65946d1 t@{6}: branch: Created from master
  $ git merge-base master t
  e8485303c7b0e66447f8662c464b9d5b3cf39645
  $ git rev-list --count HEAD
  8
  $ git rev-list HEAD -3
  e8485303c7b0e66447f8662c464b9d5b3cf39645
  d01389f5d2c3a8e1224c5c5357e5e585c6ce620b
  63726d49ccd83cfe021eae41e52528d7deb7a163
  $ git ls-files
  f
  h
  $ git ls-files -s
  100644 8d6381961d07494eedd7919a64cf95a7b612361e 0	f
  100644 d48a2e986864f4019634cc67a5cf8f1aafaeed06 0	h
  $ git ls-tree HEAD
  100644 blob 6fe8acc87876b59a7c33d8f122933869f19f39c4	f
  100644 blob d48a2e986864f4019634cc67a5cf8f1aafaeed06	h
  $ git ls-tree -r HEAD --name-only
  f
  h
  $ git write-tree
  41cbe593bb4651fc062954e1ec6ff8a7582855f7
  $ git for-each-ref
  e8485303c7b0e66447f8662c464b9d5b3cf39645 commit	refs/heads/master
  e8485303c7b0e66447f8662c464b9d5b3cf39645 commit	refs/heads/t
  aec08f3c86239297a177d271268082a6f3b3ceb7 commit	refs/heads/u
  e8485303c7b0e66447f8662c464b9d5b3cf39645 commit	refs/heads/v
  e8485303c7b0e66447f8662c464b9d5b3cf39645 commit	refs/heads/w
  $ git show-ref
  e8485303c7b0e66447f8662c464b9d5b3cf39645 refs/heads/master
  e8485303c7b0e66447f8662c464b9d5b3cf39645 refs/heads/t
  aec08f3c86239297a177d271268082a6f3b3ceb7 refs/heads/u
  e8485303c7b0e66447f8662c464b9d5b3cf39645 refs/heads/v
  e8485303c7b0e66447f8662c464b9d5b3cf39645 refs/heads/w
  $ git show-ref --heads
  e8485303c7b0e66447f8662c464b9d5b3cf39645 refs/heads/master
  e8485303c7b0e66447f8662c464b9d5b3cf39645 refs/heads/t
  aec08f3c86239297a177d271268082a6f3b3ceb7 refs/heads/u
  e8485303c7b0e66447f8662c464b9d5b3cf39645 refs/heads/v
  e8485303c7b0e66447f8662c464b9d5b3cf39645 refs/heads/w
  $ git symbolic-ref HEAD
  refs/heads/v
  $ git blame f
  ^65946d1 (Ada Lovelace      2024-03-01 10:00:00 +0100 1) a
  00000000 (Not Committed Yet 2026-11-22 10:26:07 +0000 2) YZ
  ^65946d1 (Ada Lovelace      2024-03-01 10:00:00 +0100 3) c
  ^65946d1 (Ada Lovelace      2024-03-01 10:00:00 +0100 4) d
  ^65946d1 (Ada Lovelace      2024-03-01 10:00:00 +0100 5) e
  $ git blame -s f
  ^65946d1 1) a
  00000000 2) YZ
  ^65946d1 3) c
  ^65946d1 4) d
  ^65946d1 5) e
  $ git shortlog HEAD
  Ada Lovelace (8):
        c1
        h1
        h2
        c2
        c3
        X
        Revert "X"
        Revert "c2"
  
  $ git shortlog -sn HEAD
       8	Ada Lovelace
  $ git describe
  fatal: No names found, cannot describe anything.
  [128]
  $ git tag -a v1 -m v1 HEAD~1; git describe; git describe --tags --long
  v1-1-ge848530
  v1-1-ge848530
  $ git grep -n a
  f:1:a
  $ git grep nosuch
  [1]
  $ echo '*.log' > .gitignore; echo x > a.log; git check-ignore -v a.log; git check-ignore g
  .gitignore:1:*.log	a.log
  [1]
  $ git clean -n; git clean; git clean -fd
  Would remove .gitignore
  fatal: clean.requireForce defaults to true and neither -i, -n, nor -f given; refusing to clean
  Removing .gitignore
  $ touch new.txt; git clean -f
  Removing a.log
  Removing new.txt
  $ git count-objects
  38 objects, 152 kilobytes
  $ git archive HEAD | tar tf -
  f
  h
  $ git update-index --chmod=+x f; git status -s; git diff --cached
  MM f
  diff --git a/f b/f
  old mode 100644
  new mode 100755
  index 6fe8acc..8d63819
  --- a/f
  +++ b/f
  @@ -1,5 +1,5 @@
   a
  -B
  +YZ
   c
   d
   e
  $ git var GIT_AUTHOR_IDENT
  Ada Lovelace <ada@example.com> 1709283600 +0100
  $ git diff-tree --name-only HEAD
  e8485303c7b0e66447f8662c464b9d5b3cf39645
  g
  $ git diff-index --name-status HEAD
  M	f
  $ git branch --contains HEAD
    master
    t
    u
  * v
    w
  $ git check-attr text f
  f: text: unspecified
  $ git stripspace < f
  a
  YZ
  c
  d
  e
  $ git foo-bar
  git: 'foo-bar' is not a git command. See 'git --help'.
  [1]
