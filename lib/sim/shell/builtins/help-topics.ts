// What `help` knows besides builtins: reserved words and the shell's variables (bash's builtins/reserved.def).
export interface HelpTopic {
  readonly name: string;
  readonly usage: string;
  readonly help: string;
}

export const helpTopics: readonly HelpTopic[] = [
  { name: "%", usage: "job_spec [&]", help: "Brings a job to the foreground, or with & lets it go on in the background: the same as fg and bg." },
  { name: "(( ... ))", usage: "(( expression ))", help: "Evaluates an arithmetic expression. Succeeds when its value is not 0." },
  {
    name: "[[ ... ]]", usage: "[[ expression ]]",
    help: "Tests a condition: the operators of test, and == and != with a pattern, =~ with a regular expression, < and > by the locale's order.\nParts are joined by && and || or turned round by !; words are neither split nor expanded to file names.",
  },
  {
    name: "case", usage: "case WORD in [PATTERN [| PATTERN]...) COMMANDS ;;]... esac",
    help: "Runs the commands behind the first pattern that the word matches. Behind ;& the next commands run too, behind ;;& the next patterns are tried.",
  },
  { name: "coproc", usage: "coproc [NAME] command [redirections]", help: "Runs a command in the background with pipes to and from it: their descriptors stand in the array NAME (COPROC unless given)." },
  { name: "for", usage: "for NAME [in WORDS ... ] ; do COMMANDS; done", help: "Runs commands once for each word, which NAME then holds; without `in', for each positional parameter." },
  { name: "for ((", usage: "for (( exp1; exp2; exp3 )); do COMMANDS; done", help: "A loop by arithmetic: EXP1 once, then while EXP2 is not 0 the commands and EXP3. What is left out counts as 1." },
  { name: "function", usage: "function name { COMMANDS ; } or name () { COMMANDS ; }", help: "Defines a function: its name runs the commands in this shell, with the arguments as $1, $2... and FUNCNAME set." },
  { name: "if", usage: "if COMMANDS; then COMMANDS; [ elif COMMANDS; then COMMANDS; ]... [ else COMMANDS; ] fi", help: "Runs the commands behind the first condition that succeeds, else those behind else." },
  {
    name: "select", usage: "select NAME [in WORDS ... ;] do COMMANDS; done",
    help: "Prints the words as a numbered menu on standard error, asks with PS3 and runs the commands with the chosen word in NAME and the answer in REPLY,\nuntil break or the end of the input.",
  },
  { name: "time", usage: "time [-p] pipeline", help: "Runs a pipeline and prints the elapsed, user and system time that it took, formatted as TIMEFORMAT says; -p in the form of POSIX." },
  { name: "until", usage: "until COMMANDS; do COMMANDS-2; done", help: "Runs COMMANDS-2 again and again as long as COMMANDS fail." },
  {
    name: "variables", usage: "variables - Names and meanings of some shell variables",
    help: "BASH_VERSION: version of this bash\nCDPATH: where cd looks for directories\nHISTSIZE: how many commands the history keeps\nHOME: the home directory\n"
      + "IFS: characters at which words are split\nPATH: where programs are looked for\nPS1: the prompt\nPS2: the prompt for further lines of a command\nPWD: the current directory",
  },
  { name: "while", usage: "while COMMANDS; do COMMANDS-2; done", help: "Runs COMMANDS-2 again and again as long as COMMANDS succeed." },
  { name: "{ ... }", usage: "{ COMMANDS ; }", help: "Runs commands as one unit in this shell, for instance to redirect them together." },
];
