The first commands of git 2.39.5, as recorded from Debian 12.
host: debian-12
cwd: /tmp

  $ apt-get install -y -qq git >/dev/null 2>&1; hash -r; hostname vm
  $ export HOME=/tmp/gw/home TZ=UTC GIT_AUTHOR_DATE='2024-03-01T10:00:00+0100' GIT_COMMITTER_DATE='2024-03-01T10:00:00+0100' GIT_MERGE_AUTOEDIT=no; rm -rf /tmp/gw; mkdir -p /tmp/gw/home; cd /tmp/gw
  $ git config --global color.ui false
  $ git --version
  git version 2.39.5
  $ git init r
  [33mhint: Using 'master' as the name for the initial branch. This default branch name[m
  [33mhint: is subject to change. To configure the initial branch name to use in all[m
  [33mhint: of your new repositories, which will suppress this warning, call:[m
  [33mhint: [m
  [33mhint: 	git config --global init.defaultBranch <name>[m
  [33mhint: [m
  [33mhint: Names commonly chosen instead of 'master' are 'main', 'trunk' and[m
  [33mhint: 'development'. The just-created branch can be renamed via this command:[m
  [33mhint: [m
  [33mhint: 	git branch -m <name>[m
  Initialized empty Git repository in /tmp/gw/r/.git/
  $ cd r
  $ ls -A
  .git
  $ find .git -type f | sort | grep -v hooks
  .git/HEAD
  .git/config
  .git/description
  .git/info/exclude
  $ cat .git/HEAD .git/config
  ref: refs/heads/master
  [core]
  	repositoryformatversion = 0
  	filemode = true
  	bare = false
  	logallrefupdates = true
  $ git status
  On branch master
  
  No commits yet
  
  nothing to commit (create/copy files and use "git add" to track)
  $ git config user.name "Ada Lovelace"
  $ git config user.email ada@example.com
  $ git config --list --local
  core.repositoryformatversion=0
  core.filemode=true
  core.bare=false
  core.logallrefupdates=true
  user.name=Ada Lovelace
  user.email=ada@example.com
  $ echo hello > a.txt
  $ mkdir d; echo x > d/b.txt
  $ git status
  On branch master
  
  No commits yet
  
  Untracked files:
    (use "git add <file>..." to include in what will be committed)
  	a.txt
  	d/
  
  nothing added to commit but untracked files present (use "git add" to track)
  $ git status -s
  ?? a.txt
  ?? d/
  $ git hash-object a.txt
  ce013625030ba8dba906f756967f9e9ca394464a
  $ git add a.txt
  $ git status
  On branch master
  
  No commits yet
  
  Changes to be committed:
    (use "git rm --cached <file>..." to unstage)
  	new file:   a.txt
  
  Untracked files:
    (use "git add <file>..." to include in what will be committed)
  	d/
  
  $ git status --porcelain
  A  a.txt
  ?? d/
  $ find .git/objects -type f | sort
  .git/objects/ce/013625030ba8dba906f756967f9e9ca394464a
  $ git cat-file -t ce013625030ba8dba906f756967f9e9ca394464a
  blob
  $ git cat-file -p ce01362
  hello
  $ git cat-file -s ce013
  6
  $ git add .
  $ git status -sb
  ## No commits yet on master
  A  a.txt
  A  d/b.txt
  $ git add nope
  fatal: pathspec 'nope' did not match any files
  [128]
  $ git add
  Nothing specified, nothing added.
  [33mhint: Maybe you wanted to say 'git add .'?[m
  [33mhint: Turn this message off by running[m
  [33mhint: "git config advice.addEmptyPathspec false"[m
  $ git foo
  git: 'foo' is not a git command. See 'git --help'.
  
  The most similar command is
  	hook
  [1]
  $ git comit
  git: 'comit' is not a git command. See 'git --help'.
  
  The most similar command is
  	commit
  [1]
  $ git cat-file -p 1234567
  fatal: Not a valid object name 1234567
  [128]
  $ git config user.foo
  [1]
  $ git config foo
  error: key does not contain a section: foo
  [1]
  $ git config --get user.name
  Ada Lovelace
  $ git config --unset user.foo
  [5]
  $ git config core.pager less; cat .git/config
  [core]
  	repositoryformatversion = 0
  	filemode = true
  	bare = false
  	logallrefupdates = true
  	pager = less
  [user]
  	name = Ada Lovelace
  	email = ada@example.com
  $ git config --global alias.st 'status -s'; cat ~/.gitconfig
  [color]
  	ui = false
  [alias]
  	st = status -s
  $ git st
  A  a.txt
  A  d/b.txt
  $ git config --global alias.hi '!echo hi'
  $ git hi there
  hi there
  $ cd d; git status; git status -s; cd ..
  On branch master
  
  No commits yet
  
  Changes to be committed:
    (use "git rm --cached <file>..." to unstage)
  	new file:   ../a.txt
  	new file:   b.txt
  
  A  ../a.txt
  A  b.txt
  $ cd /tmp; git status; cd /tmp/gw/r
  fatal: not a git repository (or any of the parent directories): .git
  $ git init
  Reinitialized existing Git repository in /tmp/gw/r/.git/
  $ git init --bare ../b.git
  [33mhint: Using 'master' as the name for the initial branch. This default branch name[m
  [33mhint: is subject to change. To configure the initial branch name to use in all[m
  [33mhint: of your new repositories, which will suppress this warning, call:[m
  [33mhint: [m
  [33mhint: 	git config --global init.defaultBranch <name>[m
  [33mhint: [m
  [33mhint: Names commonly chosen instead of 'master' are 'main', 'trunk' and[m
  [33mhint: 'development'. The just-created branch can be renamed via this command:[m
  [33mhint: [m
  [33mhint: 	git branch -m <name>[m
  Initialized empty Git repository in /tmp/gw/b.git/
  $ git -C d status -s
  A  ../a.txt
  A  b.txt
  $ git -c user.name=X config user.name
  X
