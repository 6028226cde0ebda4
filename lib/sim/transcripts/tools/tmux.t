tmux and screen without a terminal in front: sessions, windows, panes, keys typed into them. Layout as tmux 3.3a and screen 4.9 of Debian 12.
host: debian-12

  $ apt-get install -y -qq tmux screen >/dev/null 2>&1; tmux -V; screen -v | cut -c1-22
  tmux 3.3a
  Screen version 4.09.00
  $ tmux ls
  error connecting to /tmp/tmux-0/default (No such file or directory)
  [1]
  $ tmux new -d -s work -x 80 -y 40; tmux ls | sed 's/created.*/created/'; tmux split-window -h -t work; tmux split-window -v -t work; tmux list-panes -t work; tmux list-windows
  work: 1 windows (created
  0: [40x40] [history 0/2000, 1280 bytes] %0
  1: [39x20] [history 0/2000, 640 bytes] %1
  2: [39x19] [history 0/2000, 608 bytes] %2 (active)
  0: bash* (3 panes) [80x40] [layout fa71,80x40,0,0{40x40,0,0,0,39x40,41,0[39x20,41,0,1,39x19,41,21,2]}] @0 (active)
  $ tmux send-keys -t work:0.1 'echo $TERM $TMUX_PANE; hostname' Enter; sleep 1; tmux capture-pane -p -t work:0.1 | head -4
  root@debian:~# echo $TERM $TMUX_PANE; h
  ostname
  screen %1
  debian
  $ tmux new-window -t work -n logs 'sleep 100'; tmux lsw -F '#I:#W#F'; tmux select-window -t work:0; tmux display-message -p '#S:#I.#P #{pane_width}'
  0:bash-
  1:logs*
  work:0.2 39
  $ tmux new -d -s work
  duplicate session: work
  [1]
  $ tmux kill-session -t nope
  can't find session: nope
  [1]
  $ tmux send-keys -t nope a
  can't find pane: nope
  [1]
  $ tmux select-window -t 7
  can't find window: 7
  [1]
  $ tmux foo
  unknown command: foo
  [1]
  $ ps -eo comm,args | grep '[t]mux'
  tmux: server    tmux new -d -s work -x 80 -y 40
  $ tmux kill-window -t logs; tmux lsw -F '#I'; tmux kill-server; sleep 1; tmux ls
  0
  no server running on /tmp/tmux-0/default
  [1]
  $ tmux new < /dev/null
  open terminal failed: not a terminal
  [1]
  $ screen -ls
  No Sockets found in /run/screen/S-root.
  [1]
  $ screen -d -m -S job; sleep 1; screen -ls | sed 's/[0-9]*\.job.*(D/N.job (D/'; screen -S job -X stuff 'touch /tmp/made^M'; sleep 1; ls /tmp/made; screen -S job -X quit; sleep 1; screen -ls
  There is a screen on:
  	N.job (Detached)
  1 Socket in /run/screen/S-root.
  /tmp/made
  No Sockets found in /run/screen/S-root.
  [1]
  $ screen -r
  There is no screen to be resumed.
  [1]
