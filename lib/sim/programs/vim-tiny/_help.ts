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
