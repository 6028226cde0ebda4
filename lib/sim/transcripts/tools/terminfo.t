Terminal descriptions: infocmp, tic, toe, tput, tabs.
host: debian-12
user: student

  $ tput -T xterm setaf 1 | od -c
  0000000 033   [   3   1   m
  0000005
  $ tput -T xterm-256color setaf 200 | od -c
  0000000 033   [   3   8   ;   5   ;   2   0   0   m
  0000013
  $ tput cup 3 4 | od -c
  0000000 033   [   4   ;   5   H
  0000006
  $ tput -T vt100 am; tput -T dumb cup
  [1]
  $ tput foo
  tput: unknown terminfo capability 'foo'
  [4]
  $ tput -T nosuch cols
  tput: unknown terminal "nosuch"
  [3]
  $ infocmp vt52
  #	Reconstructed via infocmp from file: /lib/terminfo/v/vt52
  vt52|DEC VT52,
  	cols#80, it#8, lines#24,
  	acsc=+h.k0affggolpnqprrss, bel=^G, clear=\EH\EJ, cr=\r,
  	cub1=\ED, cud1=\EB, cuf1=\EC,
  	cup=\EY%p1%' '%+%c%p2%' '%+%c, cuu1=\EA, ed=\EJ, el=\EK,
  	home=\EH, ht=^I, ind=\n, ka1=\E?q, ka3=\E?s, kb2=\E?r, kbs=^H,
  	kc1=\E?p, kc3=\E?n, kcub1=\ED, kcud1=\EB, kcuf1=\EC,
  	kcuu1=\EA, kf0=\E?y, kf1=\EP, kf2=\EQ, kf3=\ER, kf5=\E?t,
  	kf6=\E?u, kf7=\E?v, kf8=\E?w, kf9=\E?x, nel=\r\n, ri=\EI,
  	rmacs=\EG, rmkx=\E>, smacs=\EF, smkx=\E=, u8=\E/[KL], u9=\EZ,
  $ infocmp -d vt100 vt102
  comparing vt100 to vt102.
      comparing booleans.
      comparing numbers.
      comparing strings.
  	dch1: NULL, '\E[P'.
  	dl1: NULL, '\E[M'.
  	il1: NULL, '\E[L'.
  	rmir: NULL, '\E[4l'.
  	smir: NULL, '\E[4h'.
  $ infocmp -u vt102 vt100
  vt102|DEC VT102,
  	dch1=\E[P, dl1=\E[M, il1=\E[L, rmir=\E[4l, smir=\E[4h,
  	use=vt100,
  $ infocmp -L dumb
  #	Reconstructed via infocmp from file: /lib/terminfo/d/dumb
  dumb|80-column dumb tty,
  	auto_right_margin,
  	columns#80,
  	bell=^G, carriage_return=\r, cursor_down=\n,
  	scroll_forward=\n,
  $ infocmp nosuch
  infocmp: couldn't open terminfo file /usr/share/terminfo/n/nosuch.
  [1]
  $ tic
  tic: File name needed.  Usage:
  	tic [-e NAMES] [-o DIRECTORY] [OPTIONS] FILE
  [1]
  $ tic -D
  /home/student/.terminfo
  $ printf 'my|my terminal,\n\tam, foo, cols#80, clear=\\E[H,\n\tuse=vt100,\n' > my.src; tic -s my.src
  "my.src", line 2, col 16, terminal 'my': unknown capability 'foo'
  1 entries written to /home/student/.terminfo
  $ ls -R .terminfo
  .terminfo:
  m
  
  .terminfo/m:
  my
  $ tput -T my clear | od -c
  0000000 033   [   H
  0000003
  $ infocmp -x my | head -5
  #	Reconstructed via infocmp from file: /home/student/.terminfo/m/my
  my|my terminal,
  	OTbs, am, mc5i, msgr, xenl, xon,
  	cols#80, it#8, lines#24, vt#3,
  	acsc=``aaffggjjkkllmmnnooppqqrrssttuuvvwwxxyyzz{{||}}~~,
  $ toe
  my        	my terminal
  $ tic -x my.src && printf 'your,\n\tuse=nosuch,\n' > your.src; tic your.src
  "your.src", line 2, terminal 'your': resolution of use=nosuch failed
  [1]
  $ COLUMNS=80 tabs -n -d 1,+10,+10
  tabs 1,+10,+10
  ----+----1----+----2----+----3----+----4----+----5----+----6----+----7----+----8
  *---------*---------*-----------------------------------------------------------
  *	*	*	+
  $ tabs x
  tabs: unexpected character found 'x'
  [1]
  $ tabs -T vt52
  tabs: terminal type 'vt52' cannot reset tabs
  [1]
  $ tset -q
  xterm
  $ reset nosuch < /dev/null
  reset: unknown terminal type nosuch
  Terminal type? 
  [1]
  $ printf 'my|my terminal:am:co#80:cl=\\E[H\\E[2J:cm=\\E[%%i%%d;%%dH:\n' > c.src; captoinfo c.src
  my|my terminal,
  	am,
  	cols#80,
  	bel=^G, clear=\E[H\E[2J, cr=\r, cud1=\n,
  	cup=\E[%i%p1%d;%p2%dH, ht=^I, ind=\n, kbs=^H, kcub1=^H,
  	kcud1=\n, nel=\r\n,
  $ infotocap -e my my.src | head -4
  "my.src", line 2, col 16, terminal 'my': unknown capability 'foo'
  my|my terminal:\
  	:am:bs:ms:xn:xo:\
  	:co#80:it#8:li#24:vt#3:\
  	:DO=\E[%dB:K1=\EOq:K2=\EOr:K3=\EOs:K4=\EOp:K5=\EOn:\
