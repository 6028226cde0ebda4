make, judged by GNU make 4.3.
host: debian-12

  $ apt-get install -y -qq make > /dev/null 2>&1; make; printf 'all: a b\n\techo done\na:\n\ttouch a\nb: a\n\ttouch b\n.PHONY: all\n' > Makefile; make; make b; touch -d 2020-01-01 b; make -n; make nope; make -q b; echo $?; make --trace b
  make: *** No targets specified and no makefile found.  Stop.
  touch a
  touch b
  echo done
  done
  make: 'b' is up to date.
  touch b
  echo done
  make: *** No rule to make target 'nope'.  Stop.
  1
  Makefile:6: update target 'b' due to: a
  touch b
  $ printf 'x:\n\tfalse\n\techo no\ny:\n\t-false\n\t@echo quiet\nz: x\n' > Makefile; make; make y; make -k z; make -i x
  false
  make: *** [Makefile:2: x] Error 1
  false
  make: [Makefile:5: y] Error 1 (ignored)
  quiet
  false
  make: *** [Makefile:2: x] Error 1
  make: Target 'z' not remade because of errors.
  false
  make: [Makefile:2: x] Error 1 (ignored)
  echo no
  no
  $ printf 'OBJ := $(patsubst %%.c,%%.o,$(wildcard *.c))\nA = $(B) x\nB ?= 1\nall: $(OBJ)\n\t@echo "$(A) $(words $(OBJ)) $(shell echo hi) $^ | $<"\n%%.o: %%.c\n\tcp $< $@\n' > Makefile; touch p.c q.c; make; make; make B=7; B=8 make -s
  cp p.c p.o
  cp q.c q.o
  1 x 2 hi p.o q.o | p.o
  1 x 2 hi p.o q.o | p.o
  7 x 2 hi p.o q.o | p.o
  8 x 2 hi p.o q.o | p.o
  $ printf 'all:\n    echo x\n' > Makefile; make; printf 'all:\n        echo x\n' > Makefile; make; printf 'a: b\nb: a\n\ttouch b\n' > Makefile; make; printf 'all: missing\n' > Makefile; make; printf 'ifeq (a,b)\n' > Makefile; make
  Makefile:2: *** missing separator.  Stop.
  Makefile:2: *** missing separator (did you mean TAB instead of 8 spaces?).  Stop.
  make: Circular b <- a dependency dropped.
  make: Nothing to be done for 'a'.
  make: *** No rule to make target 'missing', needed by 'all'.  Stop.
  Makefile:2: *** missing 'endif'.  Stop.
  [2]
  $ mkdir d; printf 'all:\n\t@echo in sub $(X) $(MAKELEVEL)\n' > d/Makefile; printf 'sub:\n\t$(MAKE) -C d X=1\nno:\n\tnosuchcmd\n' > Makefile; make; make no; make -C nodir; make -C d --no-print-directory
  make -C d X=1
  make[1]: Entering directory '/root/d'
  in sub 1 1
  make[1]: Leaving directory '/root/d'
  nosuchcmd
  make: nosuchcmd: No such file or directory
  make: *** [Makefile:4: no] Error 127
  make: *** nodir: No such file or directory.  Stop.
  in sub 0
  $ printf 'define greet\n@echo hello $(1)\nendef\nall: export V = 5\nall:\n\t$(call greet,bob)\n\t@echo $$V $(foreach i,1 2,[$(i)])\n$(warning careful)\n' > Makefile; make; rm Makefile; touch prog.c; make -n prog; make prog.x
  Makefile:8: careful
  hello bob
  5 [1] [2]
  cc     prog.c   -o prog
  make: *** No rule to make target 'prog.x'.  Stop.
  [2]
  $ man make | head -4; make --version | head -1
  MAKE(1)                                   User Commands                                   MAKE(1)
  
  NAME
         make - make files from others when they are out of date
  GNU Make 4.3
