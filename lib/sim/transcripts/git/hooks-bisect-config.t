Bisection, hooks, messages, configuration, as recorded from git 2.39.5 of Debian 12.
host: debian-12
cwd: /tmp

  $ apt-get install -y -qq git >/dev/null 2>&1; hash -r; hostname vm
  $ export HOME=/tmp/gw/home TZ=UTC GIT_AUTHOR_DATE='2024-03-01T10:00:00+0100' GIT_COMMITTER_DATE='2024-03-01T10:00:00+0100' GIT_MERGE_AUTOEDIT=no; rm -rf /tmp/gw; mkdir -p /tmp/gw/home; cd /tmp/gw
  $ git config --global color.ui false
  $ git config --global user.name "Ada Lovelace"; git config --global user.email ada@example.com
  $ git init -q r; cd r; for i in 1 2 3 4 5 6 7 8; do echo $i >> f; git add f; git commit -qm c$i; done
  $ git bisect start; git bisect bad; git bisect good HEAD~7
  status: waiting for both good and bad commits
  status: waiting for good commit(s), bad commit known
  Bisecting: 3 revisions left to test after this (roughly 2 steps)
  [96062aae66eba9be7038ebadefa769b0ab59aace] c4
  $ git bisect good
  Bisecting: 1 revision left to test after this (roughly 1 step)
  [3b1763a76541c079d645f6d2ff6dc2021d436d34] c6
  $ git status
  HEAD detached at 3b1763a
  You are currently bisecting, started from branch 'master'.
    (use "git bisect reset" to get back to the original branch)
  
  nothing to commit, working tree clean
  $ git bisect bad
  Bisecting: 0 revisions left to test after this (roughly 0 steps)
  [99e33644a83adfc7fd42513517ddd01e683cb1e4] c5
  $ git bisect log
  git bisect start
  # status: waiting for both good and bad commits
  # bad: [e34e2d4ee68cbec9428b55c6688c6c3f91f02a1e] c8
  git bisect bad e34e2d4ee68cbec9428b55c6688c6c3f91f02a1e
  # status: waiting for good commit(s), bad commit known
  # good: [a5a1afa3344e594f139844c8a88a9d5264fa6fdf] c1
  git bisect good a5a1afa3344e594f139844c8a88a9d5264fa6fdf
  # good: [96062aae66eba9be7038ebadefa769b0ab59aace] c4
  git bisect good 96062aae66eba9be7038ebadefa769b0ab59aace
  # bad: [3b1763a76541c079d645f6d2ff6dc2021d436d34] c6
  git bisect bad 3b1763a76541c079d645f6d2ff6dc2021d436d34
  $ git bisect reset
  Previous HEAD position was 99e3364 c5
  Switched to branch 'master'
  $ git bisect start HEAD HEAD~7; git bisect run sh -c 'test $(wc -l < f) -lt 6'
  Bisecting: 3 revisions left to test after this (roughly 2 steps)
  [96062aae66eba9be7038ebadefa769b0ab59aace] c4
  running  'sh' '-c' 'test $(wc -l < f) -lt 6'
  Bisecting: 1 revision left to test after this (roughly 1 step)
  [3b1763a76541c079d645f6d2ff6dc2021d436d34] c6
  running  'sh' '-c' 'test $(wc -l < f) -lt 6'
  Bisecting: 0 revisions left to test after this (roughly 0 steps)
  [99e33644a83adfc7fd42513517ddd01e683cb1e4] c5
  running  'sh' '-c' 'test $(wc -l < f) -lt 6'
  3b1763a76541c079d645f6d2ff6dc2021d436d34 is the first bad commit
  commit 3b1763a76541c079d645f6d2ff6dc2021d436d34
  Author: Ada Lovelace <ada@example.com>
  Date:   Fri Mar 1 10:00:00 2024 +0100
  
      c6
  
   f | 1 +
   1 file changed, 1 insertion(+)
  bisect found first bad commit (no-eol)
  $ git bisect reset
  Previous HEAD position was 99e3364 c5
  Switched to branch 'master'
  $ git branch --contains HEAD
  * master
  $ git branch --merged HEAD~1
  $ git stash list
  $ printf '#!/bin/sh\necho pre; exit 1\n' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit; echo x > x; git add x; git commit -m x
  pre
  [1]
  $ git commit -nm x
  [master 3fa8074] x
   1 file changed, 1 insertion(+)
   create mode 100644 x
  $ rm .git/hooks/pre-commit; printf '#!/bin/sh\necho no >&2\nexit 1\n' > .git/hooks/commit-msg; git commit --allow-empty -m y
  hint: The '.git/hooks/commit-msg' hook was ignored because it's not set as executable.
  hint: You can disable this warning with `git config advice.ignoredHook false`.
  [master 270ca4c] y
  $ chmod +x .git/hooks/commit-msg; git commit --allow-empty -m y; rm .git/hooks/commit-msg
  no
  $ { GIT_EDITOR='cat' git commit --allow-empty; } 2>&1 | cat
  
  # Please enter the commit message for your changes. Lines starting
  # with '#' will be ignored, and an empty message aborts the commit.
  #
  # On branch master
  Aborting commit due to empty commit message.
  $ { GIT_EDITOR="sh -c 'echo hello > \$1' -" git commit --allow-empty; git log -1 --format=%B; } 2>&1 | cat
  [master bb137a5] hello
  hello
  
  $ git log --oneline -3 --graph --all
  * bb137a5 (HEAD -> master) hello
  * 270ca4c y
  * 3fa8074 x
  $ git log --pretty=format:'%h|%an|%ar' -1 | cut -d'|' -f1,2
  bb137a5|Ada Lovelace
  $ touch .git/index.lock; git add x; rm .git/index.lock
  fatal: Unable to create '/tmp/gw/r/.git/index.lock': File exists.
  
  Another git process seems to be running in this repository, e.g.
  an editor opened by 'git commit'. Please make sure all processes
  are terminated then try again. If it still fails, a git process
  may have crashed in this repository earlier:
  remove the file manually to continue.
  $ git log -S8 --oneline
  e34e2d4 c8
  $ git log -G7 --oneline
  b05b9e8 c7
  $ git log --oneline --since=2024-01-01 --until=2025-01-01 | wc -l
  11
  $ git diff HEAD~3 -- f
  $ git show HEAD:nope
  fatal: path 'nope' does not exist in 'HEAD'
  [128]
  $ git show nope:f
  fatal: invalid object name 'nope'.
  [128]
  $ git rm --cached x; git status -s; git reset -q; 
  rm 'x'
  D  x
  ?? x
  $ mkdir sub; echo s > sub/s; git add sub; git rm sub; git rm -r --cached sub; rm -r sub
  fatal: not removing 'sub' recursively without -r
  rm 'sub/s'
  $ echo mod >> f; git rm f; git checkout f
  error: the following file has local modifications:
      f
  (use --cached to keep the file, or -f to force removal)
  Updated 1 path from the index
  $ git tag -l 'v*'; git tag 'bad tag'
  fatal: 'bad tag' is not a valid tag name.
  [128]
  $ printf 'bin\0ary' > b; git add b; git diff --cached; git diff --cached --stat; git commit -qm b
  diff --git a/b b/b
  new file mode 100644
  index 0000000..87ae6b6
  Binary files /dev/null and b/b differ
   b | Bin 0 -> 7 bytes
   1 file changed, 0 insertions(+), 0 deletions(-)
  $ chmod +x f; git diff; git status -s; git add f; git commit -m mode
  diff --git a/f b/f
  old mode 100644
  new mode 100755
   M f
  [master 5910479] mode
   1 file changed, 0 insertions(+), 0 deletions(-)
   mode change 100644 => 100755 f
  $ ln -s f l; git add l; git commit -m link; git show
  [master 88e7e46] link
   1 file changed, 1 insertion(+)
   create mode 120000 l
  commit 88e7e46bc88c7932767e8bdff38f659ca4df6776 (HEAD -> master)
  Author: Ada Lovelace <ada@example.com>
  Date:   Fri Mar 1 10:00:00 2024 +0100
  
      link
  
  diff --git a/l b/l
  new file mode 120000
  index 0000000..4d1ae35
  --- /dev/null
  +++ b/l
  @@ -0,0 +1 @@
  +f
  \ No newline at end of file
  $ git config --list --show-origin | tail -2
  file:.git/config	core.bare=false
  file:.git/config	core.logallrefupdates=true
  $ git config --bool core.bare; git config --type=int x.y 1k; git config x.y
  false
  1024
  $ git config --get-regexp user
  user.name Ada Lovelace
  user.email ada@example.com
  $ git config --global --unset user.email; cat ~/.gitconfig
  [color]
  	ui = false
  [user]
  	name = Ada Lovelace
  $ git config --add a.b 1; git config --add a.b 2; git config a.b 3; git config --get-all a.b; git config --unset-all a.b; git config --get a.b
  warning: a.b has multiple values
  error: cannot overwrite multiple values with a single value
         Use a regexp, --add or --replace-all to change a.b.
  1
  2
  [1]
  $ git -c user.email=x@y commit --allow-empty -qm e; git log -1 --format=%ae
  x@y
  $ git commit --allow-empty -m noemail
  Author identity unknown
  
  *** Please tell me who you are.
  
  Run
  
    git config --global user.email "you@example.com"
    git config --global user.name "Your Name"
  
  to set your account's default identity.
  Omit --global to set the identity only in this repository.
  
  fatal: unable to auto-detect email address (got 'root@vm.(none)')
  [128]
  $ echo "é" > "é.txt"; git status -s; git add .; git status; git -c core.quotePath=false status -s
  ?? "\303\251.txt"
  On branch master
  Changes to be committed:
    (use "git restore --staged <file>..." to unstage)
  	new file:   "\303\251.txt"
  
  A  é.txt
  $ git ls-files | head -3
  b
  f
  l
  $ git log --oneline -- nosuch
  $ git reflog -3
  662a138 (HEAD -> master) HEAD@{0}: commit: e
  88e7e46 HEAD@{1}: commit: link
  5910479 HEAD@{2}: commit: mode
  $ git shortlog -s HEAD
      15	Ada Lovelace
  $ git init -q --initial-branch=main ../m; cd ../m; git status; git branch -m trunk; git status -sb
  On branch main
  
  No commits yet
  
  nothing to commit (create/copy files and use "git add" to track)
  ## No commits yet on trunk
  $ git log
  fatal: your current branch 'trunk' does not have any commits yet
  [128]
  $ git diff; git diff --cached; git show
  fatal: your current branch 'trunk' does not have any commits yet
  [128]
  $ git checkout -b other; git status -sb
  Switched to a new branch 'other'
  ## No commits yet on other
  $ git stash
  You do not have the initial commit yet
  [1]
  $ git push
  fatal: No configured push destination.
  Either specify the URL from the command-line or configure a remote repository using
  
      git remote add <name> <url>
  
  and then push using the remote name
  
      git push <name>
  
  [128]
  $ git pull
  There is no tracking information for the current branch.
  Please specify which branch you want to merge with.
  See git-pull(1) for details.
  
      git pull <remote> <branch>
  
  If you wish to set tracking information for this branch you can do so with:
  
      git branch --set-upstream-to=<remote>/<branch> other
  
  [1]
  $ git fetch
  $ git merge x
  merge: x - not something we can merge
  [1]
  $ git rebase x 2>\&1 | tr '\r' ' '
  $ git reset --hard
