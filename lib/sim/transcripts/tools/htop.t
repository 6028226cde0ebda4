htop where there is no screen for it.
host: debian-12

  $ apt-get install -y -qq htop >/dev/null 2>&1; htop --version
  htop 3.2.2
  $ htop -s nope
  Error: invalid column "nope".
  [1]
  $ htop -u nobodyhere
  Error: invalid user "nobodyhere".
  [1]
  $ htop -d x
  Error: invalid delay value "x".
  [1]
  $ htop | cat
  Error opening terminal: unknown.
  $ htop -s help | head -3 | cut -c1-20
                  PID 
              Command 
                STATE 
