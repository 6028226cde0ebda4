// The hooks that a new repository gets as examples, in our own words: without the ".sample" of their names git would run them.

const sample = (what: string, body: string): string => `#!/bin/sh
#
# An example of a hook: ${what}
#
# To switch it on, rename this file so that ".sample" is gone.

${body}`;

export const SAMPLE_HOOKS: readonly (readonly [name: string, content: string])[] = [
  ["applypatch-msg", sample("it may check the message of a patch that `git am` takes.", "exec git rev-parse --git-dir >/dev/null\n")],
  ["commit-msg", sample("it may check, or change, the message of a commit; its file is the argument.", "test \"$(grep -c '^Signed-off-by: ' \"$1\")\" -le 1 || {\n\techo >&2 \"Signed-off-by stands there twice.\"\n\texit 1\n}\n")],
  ["fsmonitor-watchman", sample("it may tell git which files changed.", "exit 1\n")],
  ["post-update", sample("it runs on the receiving side after a push.", "exec git rev-parse --git-dir >/dev/null\n")],
  ["pre-applypatch", sample("it may check what `git am` is about to commit.", "exit 0\n")],
  ["pre-commit", sample("it may check what is about to be committed.", "# White space errors are not wanted.\nexec git diff --cached --check\n")],
  ["pre-merge-commit", sample("it may check a merge before it is committed.", "test -x \"$GIT_DIR/hooks/pre-commit\" || exit 0\nexec \"$GIT_DIR/hooks/pre-commit\"\n")],
  ["pre-push", sample("it may stop a push; remote name and URL are its arguments.", "while read local_ref local_oid remote_ref remote_oid\ndo\n\tcase \"$local_ref\" in\n\t*/wip*) echo >&2 \"Not pushed: $local_ref is work in progress.\"; exit 1 ;;\n\tesac\ndone\nexit 0\n")],
  ["pre-rebase", sample("it may stop a rebase.", "exit 0\n")],
  ["pre-receive", sample("it runs on the receiving side before a push is taken.", "exit 0\n")],
  ["prepare-commit-msg", sample("it may prepare the message before the editor opens.", "exit 0\n")],
  ["push-to-checkout", sample("it may update the work tree after a push to its branch.", "exit 1\n")],
  ["update", sample("it may refuse a reference that is pushed.", "exit 0\n")],
];
