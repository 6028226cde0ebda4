Clones, fetch, pull, push between repositories, as recorded from git 2.39.5 of Debian 12.
host: debian-12
cwd: /tmp

  $ apt-get install -y -qq git >/dev/null 2>&1; hash -r; hostname vm
  $ export HOME=/tmp/gw/home TZ=UTC GIT_AUTHOR_DATE='2024-03-01T10:00:00+0100' GIT_COMMITTER_DATE='2024-03-01T10:00:00+0100' GIT_MERGE_AUTOEDIT=no; rm -rf /tmp/gw; mkdir -p /tmp/gw/home; cd /tmp/gw
  $ git config --global color.ui false
  $ git config --global user.name "Ada Lovelace"
  $ git config --global user.email ada@example.com
  $ git init -q src
  $ cd src
  $ echo one > f
  $ git add f
  $ git commit -qm c1
  $ echo two >> f
  $ git commit -qam c2
  $ git tag v1
  $ git branch dev
  $ cd ..
  $ git clone src dst 2>&1 | cat
  Cloning into 'dst'...
  done.
  $ cd dst
  $ cat .git/config
  [core]
  	repositoryformatversion = 0
  	filemode = true
  	bare = false
  	logallrefupdates = true
  [remote "origin"]
  	url = /tmp/gw/src
  	fetch = +refs/heads/*:refs/remotes/origin/*
  [branch "master"]
  	remote = origin
  	merge = refs/heads/master
  $ cat .git/packed-refs
  # pack-refs with: peeled fully-peeled sorted 
  416af0bea9537f134df62f1a1884e0d4972c6de5 refs/remotes/origin/dev
  416af0bea9537f134df62f1a1884e0d4972c6de5 refs/remotes/origin/master
  416af0bea9537f134df62f1a1884e0d4972c6de5 refs/tags/v1
  $ git branch -a
  * master
    remotes/origin/HEAD -> origin/master
    remotes/origin/dev
    remotes/origin/master
  $ git log --oneline --decorate
  416af0b (HEAD -> master, tag: v1, origin/master, origin/dev, origin/HEAD) c2
  a4d83af c1
  $ cat .git/logs/HEAD
  0000000000000000000000000000000000000000 416af0bea9537f134df62f1a1884e0d4972c6de5 Ada Lovelace <ada@example.com> 1709283600 +0100	clone: from /tmp/gw/src
  $ git status
  On branch master
  Your branch is up to date with 'origin/master'.
  
  nothing to commit, working tree clean
  $ git remote -v
  origin	/tmp/gw/src (fetch)
  origin	/tmp/gw/src (push)
  $ cd ../src
  $ echo three >> f
  $ git commit -qam c3
  $ git tag -a v2 -m two
  $ cd ../dst
  $ git fetch 2>&1 | cat
  From /tmp/gw/src
     416af0b..fe3e86b  master     -> origin/master
   * [new tag]         v2         -> v2
  $ git status
  On branch master
  Your branch is behind 'origin/master' by 1 commit, and can be fast-forwarded.
    (use "git pull" to update your local branch)
  
  nothing to commit, working tree clean
  $ git pull 2>&1 | cat
  Updating 416af0b..fe3e86b
  Fast-forward
   f | 1 +
   1 file changed, 1 insertion(+)
  $ git log --oneline --graph --all
  * fe3e86b (HEAD -> master, tag: v2, origin/master, origin/HEAD) c3
  * 416af0b (tag: v1, origin/dev) c2
  * a4d83af c1
  $ cat .git/FETCH_HEAD
  fe3e86b37499d700abaaaf598149cee14efd90cd		branch 'master' of /tmp/gw/src
  416af0bea9537f134df62f1a1884e0d4972c6de5	not-for-merge	branch 'dev' of /tmp/gw/src
  $ echo local > l
  $ git add l
  $ git commit -qm l1
  $ git push 2>&1 | cat
  remote: error: refusing to update checked out branch: refs/heads/master        
  remote: error: By default, updating the current branch in a non-bare repository        
  remote: is denied, because it will make the index and work tree inconsistent        
  remote: with what you pushed, and will require 'git reset --hard' to match        
  remote: the work tree to HEAD.        
  remote: 
  remote: You can set the 'receive.denyCurrentBranch' configuration variable        
  remote: to 'ignore' or 'warn' in the remote repository to allow pushing into        
  remote: its current branch; however, this is not recommended unless you        
  remote: arranged to update its work tree to match what you pushed in some        
  remote: other way.        
  remote: 
  remote: To squelch this message and still keep the default behaviour, set        
  remote: 'receive.denyCurrentBranch' configuration variable to 'refuse'.        
  To /tmp/gw/src
   ! [remote rejected] master -> master (branch is currently checked out)
  error: failed to push some refs to '/tmp/gw/src'
  $ git push origin master:topic 2>&1 | cat
  To /tmp/gw/src
   * [new branch]      master -> topic
  $ git status -sb
  ## master...origin/master [ahead 1]
  $ cd ..
  $ git clone --bare src bare.git 2>&1 | cat
  Cloning into bare repository 'bare.git'...
  done.
  $ git clone bare.git w1 2>&1 | cat
  Cloning into 'w1'...
  done.
  $ git clone -q bare.git w2 2>&1 | cat
  $ cd w1
  $ echo w1 > w1
  $ git add w1
  $ git commit -qm w1
  $ git push 2>&1 | cat
  To /tmp/gw/bare.git
     fe3e86b..32c8308  master -> master
  $ git push 2>&1 | cat
  Everything up-to-date
  $ cd ../w2
  $ echo w2 > w2
  $ git add w2
  $ git commit -qm w2
  $ git push 2>&1 | cat
  To /tmp/gw/bare.git
   ! [rejected]        master -> master (fetch first)
  error: failed to push some refs to '/tmp/gw/bare.git'
  hint: Updates were rejected because the remote contains work that you do
  hint: not have locally. This is usually caused by another repository pushing
  hint: to the same ref. You may want to first integrate the remote changes
  hint: (e.g., 'git pull ...') before pushing again.
  hint: See the 'Note about fast-forwards' in 'git push --help' for details.
  $ git pull 2>&1 | cat
  From /tmp/gw/bare
     fe3e86b..32c8308  master     -> origin/master
  hint: You have divergent branches and need to specify how to reconcile them.
  hint: You can do so by running one of the following commands sometime before
  hint: your next pull:
  hint: 
  hint:   git config pull.rebase false  # merge
  hint:   git config pull.rebase true   # rebase
  hint:   git config pull.ff only       # fast-forward only
  hint: 
  hint: You can replace "git config" with "git config --global" to set a default
  hint: preference for all repositories. You can also pass --rebase, --no-rebase,
  hint: or --ff-only on the command line to override the configured default per
  hint: invocation.
  fatal: Need to specify how to reconcile divergent branches.
  $ git pull --no-rebase 2>&1 | cat
  Merge made by the 'ort' strategy.
   w1 | 1 +
   1 file changed, 1 insertion(+)
   create mode 100644 w1
  $ git log --oneline --graph
  *   cca144b (HEAD -> master) Merge branch 'master' of /tmp/gw/bare
  |\  
  | * 32c8308 (origin/master, origin/HEAD) w1
  * | b9e9f46 w2
  |/  
  * fe3e86b (tag: v2) c3
  * 416af0b (tag: v1, origin/dev) c2
  * a4d83af c1
  $ git push 2>&1 | cat
  To /tmp/gw/bare.git
     32c8308..cca144b  master -> master
  $ cd ../w1
  $ git pull 2>&1 | cat
  From /tmp/gw/bare
     32c8308..cca144b  master     -> origin/master
  Updating 32c8308..cca144b
  Fast-forward
   w2 | 1 +
   1 file changed, 1 insertion(+)
   create mode 100644 w2
  $ git log --oneline -3
  cca144b (HEAD -> master, origin/master, origin/HEAD) Merge branch 'master' of /tmp/gw/bare
  b9e9f46 w2
  32c8308 w1
  $ git switch -qc feat
  $ echo feat > feat
  $ git add feat
  $ git commit -qm feat
  $ git push 2>&1 | cat
  fatal: The current branch feat has no upstream branch.
  To push the current branch and set the remote as upstream, use
  
      git push --set-upstream origin feat
  
  To have this happen automatically for branches without a tracking
  upstream, see 'push.autoSetupRemote' in 'git help config'.
  
  $ git push -u origin feat 2>&1 | cat
  To /tmp/gw/bare.git
   * [new branch]      feat -> feat
  branch 'feat' set up to track 'origin/feat'.
  $ git push origin --delete feat 2>&1 | cat
  To /tmp/gw/bare.git
   - [deleted]         feat
  $ git push origin :nosuch 2>&1 | cat
  error: unable to delete 'nosuch': remote ref does not exist
  error: failed to push some refs to '/tmp/gw/bare.git'
  $ git push --tags 2>&1 | cat
  Everything up-to-date
  $ git tag t1
  $ git push origin t1 2>&1 | cat
  To /tmp/gw/bare.git
   * [new tag]         t1 -> t1
  $ git commit -q --amend -m amended
  $ git push -u origin feat 2>&1 | cat
  To /tmp/gw/bare.git
   * [new branch]      feat -> feat
  branch 'feat' set up to track 'origin/feat'.
  $ git commit -q --amend -m again
  $ git push 2>&1 | cat
  To /tmp/gw/bare.git
   ! [rejected]        feat -> feat (non-fast-forward)
  error: failed to push some refs to '/tmp/gw/bare.git'
  hint: Updates were rejected because the tip of your current branch is behind
  hint: its remote counterpart. Integrate the remote changes (e.g.
  hint: 'git pull ...') before pushing again.
  hint: See the 'Note about fast-forwards' in 'git push --help' for details.
  $ git push --force 2>&1 | cat
  To /tmp/gw/bare.git
   + 8ab8086...5a88851 feat -> feat (forced update)
  $ git branch -vv
  * feat   5a88851 [origin/feat] again
    master cca144b [origin/master] Merge branch 'master' of /tmp/gw/bare
  $ git remote show origin 2>&1 | cat
  * remote origin
    Fetch URL: /tmp/gw/bare.git
    Push  URL: /tmp/gw/bare.git
    HEAD branch: master
    Remote branches:
      dev    tracked
      feat   tracked
      master tracked
      topic  tracked
    Local branches configured for 'git pull':
      feat   merges with remote feat
      master merges with remote master
    Local refs configured for 'git push':
      feat   pushes to feat   (up to date)
      master pushes to master (up to date)
  $ git remote add up ../src
  $ git remote -v
  origin	/tmp/gw/bare.git (fetch)
  origin	/tmp/gw/bare.git (push)
  up	../src (fetch)
  up	../src (push)
  $ git remote rename up upstream
  $ git remote
  origin
  upstream
  $ git remote remove upstream
  $ git remote
  origin
  $ git remote add origin x
  error: remote origin already exists.
  [3]
  $ git remote remove nope
  error: No such remote: 'nope'
  [2]
  $ git remote set-url origin /nowhere
  $ git remote get-url origin
  /nowhere
  $ git fetch 2>&1 | cat
  fatal: '/nowhere' does not appear to be a git repository
  fatal: Could not read from remote repository.
  
  Please make sure you have the correct access rights
  and the repository exists.
  $ git clone /nowhere/at/all 2>&1 | cat
  fatal: repository '/nowhere/at/all' does not exist
  $ git clone https://example.invalid/x.git 2>&1 | cat
  Cloning into 'x'...
  fatal: unable to access 'https://example.invalid/x.git/': Could not resolve host: example.invalid
  $ git fetch https://example.invalid/x.git 2>&1 | cat
  fatal: unable to access 'https://example.invalid/x.git/': Could not resolve host: example.invalid
  $ cd ..
  $ git clone file:///tmp/gw/src fsrc 2>&1 | cat
  Cloning into 'fsrc'...
  $ git -C fsrc log --oneline
  fe3e86b (HEAD -> master, tag: v2, origin/master, origin/HEAD) c3
  416af0b (tag: v1, origin/dev) c2
  a4d83af c1
  $ git -C fsrc count-objects -v | head -1
  count: 0
  $ git init -q empty
  $ git clone empty e2 2>&1 | cat
  Cloning into 'e2'...
  warning: You appear to have cloned an empty repository.
  done.
  $ mkdir full
  $ touch full/x
  $ git clone src full 2>&1 | cat
  fatal: destination path 'full' already exists and is not an empty directory.
  $ git clone src 2>&1 | cat
  fatal: destination path 'src' already exists and is not an empty directory.
  $ cd w2
  $ git reset -q --hard HEAD~1
  $ echo z > w2
  $ git commit -qam z
  $ git pull --rebase 2>&1 | tr '\r' ' '
  From /tmp/gw/bare
   * [new branch]      feat       -> origin/feat
  Rebasing (1/1)  [KSuccessfully rebased and updated refs/heads/master.
  $ git status
  On branch master
  Your branch is ahead of 'origin/master' by 1 commit.
    (use "git push" to publish your local commits)
  
  nothing to commit, working tree clean
  $ cd ../dst
  $ git pull --ff-only 2>&1 | cat
  Already up to date.
  $ git pull --rebase 2>&1 | tr '\r' ' '
  Current branch master is up to date.
  $ git log --oneline -3
  69b29e4 (HEAD -> master, origin/topic) l1
  fe3e86b (tag: v2, origin/master, origin/HEAD) c3
  416af0b (tag: v1, origin/dev) c2
  $ git push origin HEAD:refs/heads/newb 2>&1 | cat
  To /tmp/gw/src
   * [new branch]      HEAD -> newb
  $ git fetch -p 2>&1 | cat
  $ git ls-remote 2>&1 | cat
  From /tmp/gw/src
  fe3e86b37499d700abaaaf598149cee14efd90cd	HEAD
  416af0bea9537f134df62f1a1884e0d4972c6de5	refs/heads/dev
  fe3e86b37499d700abaaaf598149cee14efd90cd	refs/heads/master
  69b29e46761a47bad32016fd92cbcc079c70e6e1	refs/heads/newb
  69b29e46761a47bad32016fd92cbcc079c70e6e1	refs/heads/topic
  416af0bea9537f134df62f1a1884e0d4972c6de5	refs/tags/v1
  98a3c0c833f4e068e8369a8f9a574787ee5e1fea	refs/tags/v2
  fe3e86b37499d700abaaaf598149cee14efd90cd	refs/tags/v2^{}
  $ git branch -u origin/dev
  branch 'master' set up to track 'origin/dev'.
  $ git status -sb
  ## master...origin/dev [ahead 2]
  $ git push 2>&1 | cat
  fatal: The upstream branch of your current branch does not match
  the name of your current branch.  To push to the upstream branch
  on the remote, use
  
      git push origin HEAD:dev
  
  To push to the branch of the same name on the remote, use
  
      git push origin HEAD
  
  To choose either option permanently, see push.default in 'git help config'.
  
  To avoid automatically configuring an upstream branch when its name
  won't match the local branch, see option 'simple' of branch.autoSetupMerge
  in 'git help config'.
  
  $ git checkout dev
  branch 'dev' set up to track 'origin/dev'.
  Switched to a new branch 'dev'
  $ git branch -vv
  * dev    416af0b [origin/dev] c2
    master 69b29e4 [origin/dev: ahead 2] l1
