// What :help shows: the package that holds Vim's manual is not installed, as on a small Debian.

export const HELP_TEXT = `*help.txt*      Vim

                    vim-tiny has no manual

The pages of Vim's own help are not on this machine.

WHY?

Only the package "vim-tiny" is installed. It is there so that every small
system has the command vi; to stay small it leaves out most features, the
graphical interface and all documentation (package "vim-runtime").

WHAT HELPS NOW

        :q<Enter>       closes this window
        :q!<Enter>      leaves the editor without saving
        :wq<Enter>      saves and leaves
        <Esc>           goes back to normal mode
        i a o           begin to insert text
        u               takes the last change back

The page vi(1) of man lists the options of the command line.

A FULLER VIM

Install the package vim; it brings its manual along.
`;

/** What :help opens in the version of the package vim. */
export const HUGE_HELP_TEXT = `*help.txt*      Vim, the large version

                        The keys and commands that this vim knows

   Close this window:  :q or ZZ, as any other window.
   Leave vim:          :qa! drops what is not written, :wqa writes it.

MOVE        h j k l and the arrows, w b e ( ) { } 0 $ gg G 12G, f x, / and n
CHANGE      i a o I A O begin to insert, Escape ends it; x dd D r J ~ u Ctrl-R .
OPERATE     d c y > < gu gU = ! with a motion or an object: dw ciw da" yap
COPY        yy p P "ayy "ap, v V Ctrl-V select, :registers
WINDOWS     :split :vsplit :new :only, Ctrl-W and h j k l w c o = + - _ |
TABS        :tabnew :tabn :tabc, gt gT
FILES       :e :w :r :saveas :ls :b2 :bn, :w !sudo tee %
SEARCH      :%s/old/new/gc, :g/pattern/d, :set ignorecase hlsearch
COMPARE     vimdiff a b, ]c [c do dp, zo zc zR zM, :diffoff
RECOVER     vim -r file, :recover, :preserve
OPTIONS     :set number list paste tabstop=4 expandtab, ~/.vimrc
`;
