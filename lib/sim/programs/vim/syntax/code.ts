// Programs and build files: Python, C, Makefile, Dockerfile, Vim's own commands.

import { grammar, keywords, match, region } from "./grammar.ts";
import { SHELL_ITEMS } from "./sh.ts";

const TODO = keywords("todo", "Todo", "TODO FIXME XXX NOTE NOTES", { contained: true });

const PYTHON_STRINGS = ["escape"];

export const PYTHON = grammar([
  TODO,
  keywords("constant", "Function", "False None True NotImplemented Ellipsis __debug__", {}),
  keywords("builtin", "Function", "__import__ abs all any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip", {}),
  keywords("exception", "Structure", "ArithmeticError AssertionError AttributeError BaseException BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError EnvironmentError Exception FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError", {}),
  keywords("statement", "Statement", "as assert break continue del global lambda nonlocal pass return with yield elif else if for while and in is not or except finally raise try async await", {}),
  keywords("definition", "Statement", "class def", { next: ["function"], skipWhite: true }),
  keywords("include", "Include", "from import", {}),
  match("softCase", "Conditional", /^\s*(?:case|match)(?=\s+.*:\s*(?:#.*)?$)/, {}),
  match("function", "Function", /\b[A-Za-z_]\w*/, { contained: true }),
  match("decorator", "PreProc", /^\s*@/, { next: ["decoratorName"], skipWhite: true }),
  match("decoratorName", "Function", /@?\s*[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/, { contained: true }),
  match("attribute", "", /\.\s*[A-Za-z_]\w*/, {}),
  match("number", "Number", /(?<=^|\W)(?:\d+\.\d*|\.\d+)(?:[eE][-+]?\d+)?[jJ]?|\b0[oO]?[0-7]+[Ll]?\b|\b0[xX][0-9a-fA-F]+[Ll]?\b|\b0[bB][01]+[Ll]?\b|\b(?:[1-9]\d*|0)[LlJj]?\b|\b\d+[eE][-+]?\d+[jJ]?\b/, {}),
  region("string", "String", /[uU]?(["'])/, (start) => new RegExp(start[1] ?? '"', "g"), { skip: /\\\\|\\["']/, contains: PYTHON_STRINGS }),
  region("string", "String", /[uU]?("""|''')/, (start) => new RegExp(start[1] ?? '"""', "g"), { skip: /\\["']/, contains: PYTHON_STRINGS }),
  region("raw", "String", /\b(?:[uUfF]?[rR]|[rR][fF])(["'])/, (start) => new RegExp(start[1] ?? '"', "g"), { skip: /\\\\|\\["']/ }),
  region("raw", "String", /\b[uUfF]?[rR]("""|''')/, (start) => new RegExp(start[1] ?? '"""', "g"), {}),
  match("escape", "Special", /\\[abfnrtv'"\\]|\\[0-7]{1,3}|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\N\{[a-zA-Z ]+\}|\\$/, { contained: true }),
  match("continued", "Special", /\\$/, {}),
  match("comment", "Comment", /#.*$/, { contains: ["todo"] }),
]);

export const C = grammar([
  TODO,
  keywords("statement", "Statement", "goto break return continue asm if else switch while for do case default sizeof typeof", {}),
  keywords("type", "Type", "int long short char void signed unsigned float double size_t ssize_t off_t time_t pid_t uid_t gid_t bool _Bool FILE int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t intptr_t uintptr_t va_list struct union enum typedef static register auto volatile extern const inline restrict", {}),
  keywords("constant", "Constant", "NULL EOF EXIT_SUCCESS EXIT_FAILURE INT_MAX INT_MIN UINT_MAX LONG_MAX stdin stdout stderr ENOENT EACCES EINVAL EPERM SIGINT SIGTERM SIGKILL SIGHUP BUFSIZ RAND_MAX true false __FILE__ __LINE__ __func__", {}),
  match("number", "Number", /\b(?:0[xX][0-9a-fA-F]+|\d+)[uUlL]*\b|\b\d+\.\d*(?:[eE][-+]?\d+)?[fFlL]?|\b\.\d+/, {}),
  match("character", "Character", /'(?:[^'\\]|\\.[^']*)'/, {}),
  region("string", "String", /"/, /"|$/, { skip: /\\\\|\\"/, oneLine: true, contains: ["escape", "format"] }),
  match("escape", "Special", /\\(?:x[0-9a-fA-F]+|[0-7]{1,3}|.)/, { contained: true }),
  match("format", "Special", /%(?:\d+\$)?[-+' #0*]*(?:\d*|\*)(?:\.(?:\d*|\*))?(?:[hlLjzt]|ll|hh)?(?:[aAbdiuoxXDOUfFeEgGcCsSpn]|\[\^?.[^\]]*\])|%%/, { contained: true }),
  region("directive", "PreProc", /^\s*#\s*(?:define|undef|pragma|line|warning|error)\b/, /$/, { skip: /\\$/, contains: ["string", "number", "comment", "character", "constant"] }),
  region("condition", "PreProc", /^\s*#\s*(?:if|ifdef|ifndef|elif|else|endif)\b/, /$/, { contains: ["comment"] }),
  match("include", "PreProc", /^\s*#\s*include\b/, { next: ["header"], skipWhite: true }),
  match("header", "String", /<[^>]*>|"[^"]*"/, { contained: true }),
  match("comment", "Comment", /\/\/.*$/, { contains: ["todo"] }),
  region("comment", "Comment", /\/\*/, /\*\//, { contains: ["todo"] }),
]);

const MAKE_NAMES = ["reference", "automatic", "dollar"];

export const MAKE = grammar([
  TODO,
  match("automatic", "Identifier", /\$[@%<?^+*|]|\$\w/, {}),
  match("dollar", "Identifier", /\$\$\w*/, {}),
  region("reference", "Identifier", /\$\(/, /\)/, { contains: ["function", ...MAKE_NAMES] }),
  region("reference", "Identifier", /\$\{/, /\}/, { contains: ["function", ...MAKE_NAMES] }),
  match("function", "Statement", /(?<=\$[({])(?:subst|addprefix|addsuffix|basename|call|dir|error|eval|filter|filter-out|findstring|firstword|foreach|if|info|join|lastword|notdir|origin|patsubst|realpath|abspath|shell|sort|strip|suffix|value|warning|wildcard|word|wordlist|words|and|or)\b/, { contained: true }),
  match("target", "Identifier", /^[^\s#:=$][^#:=$]*(?=::?(?!=))/, { next: ["colon"] }),
  match("target", "Identifier", /^[A-Za-z0-9_./$()%*@-][^#:=]*:{1,2}(?!=)(?=\s|$)/, { contains: [...MAKE_NAMES] }),
  match("special", "Statement", /^\.(?:PHONY|SUFFIXES|DEFAULT|PRECIOUS|SILENT|ONESHELL|DELETE_ON_ERROR|IGNORE|SECONDARY|INTERMEDIATE|EXPORT_ALL_VARIABLES|NOTPARALLEL|POSIX)\s*:/, {}),
  match("name", "Identifier", /^\s*[A-Za-z0-9_.-]+\s*(?=[:?+!]?=|::=)/, {}),
  match("wildcard", "Identifier", /(?<=:.*)%/, {}),
  match("export", "Statement", /^\s*(?:export|unexport|vpath|override)\b/, {}),
  match("include", "Include", /^\s*-?(?:include|sinclude)\b.*$/, {}),
  match("condition", "PreCondit", /^\s*(?:ifdef|ifndef|ifeq|ifneq|else|endif)\b/, {}),
  region("define", "Define", /^\s*define\s/, /^\s*endef\b/, { contains: [...MAKE_NAMES] }),
  region("command", "Number", /^\t/, /$/, { skip: /\\$/, contains: ["commandMark", "commandComment", "commandString", "reference", "automatic"] }),
  match("commandMark", "Special", /(?<=^\t+)[@+-]+/, { contained: true }),
  match("commandComment", "Comment", /(?<=\s)#.*$/, { contained: true }),
  region("commandString", "String", /"/, /"/, { contained: true, contains: ["reference", "automatic"] }),
  match("continued", "Special", /\\$/, {}),
  match("comment", "Comment", /#.*$/, { contains: ["todo"] }),
]);

/** What stands by itself in a script. */
const SHELL_NAMES = SHELL_ITEMS.filter((item) => item.contained !== true).map((item) => item.name);

const INSTRUCTIONS = "ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR";

export const DOCKERFILE = grammar([
  ...SHELL_ITEMS.map((item) => ({ ...item, contained: true as const, ...(item.contains && { contains: item.contains.flatMap((name) => (name === "@all" ? SHELL_NAMES : [name])) }) })),
  match("instruction", "Keyword", new RegExp(`^\\s*(?:${INSTRUCTIONS})\\b`, "i"), { next: ["dockerOption", "rest"], skipWhite: true }),
  match("instruction", "Keyword", /^\s*(?:ENV|LABEL|ARG|USER|EXPOSE|STOPSIGNAL|WORKDIR|MAINTAINER)\b/i, { next: ["rest"] }),
  match("from", "Keyword", /^\s*FROM\b/i, { next: ["image"] }),
  match("image", "", /\s.*$/, { contained: true, contains: ["as", "comment"] }),
  match("as", "Keyword", /\bAS\b/i, { contained: true }),
  region("rest", "", /(?=\s)/, /(?<!\\)$/, { contained: true, contains: ["dockerString"] }),
  region("dockerString", "String", /"/, /"|$/, { contained: true, skip: /\\"/ }),
  region("dockerString", "String", /'/, /'|$/, { contained: true }),
  match("prefix", "Keyword", /^\s*(?:ONBUILD|HEALTHCHECK)\b/i, { next: ["dockerOption", "instructionAfter"], skipWhite: true }),
  match("instructionAfter", "Keyword", new RegExp(`\\b(?:${INSTRUCTIONS})\\b`, "i"), { contained: true, next: ["dockerList", "shellLine"] }),
  match("copy", "Keyword", /^\s*(?:COPY|ADD)\b/i, { next: ["dockerOption", "dockerList"], skipWhite: true }),
  match("dockerOption", "Special", /--[a-z]+(?:[-\w]*)(?:=\S+)?/, { contained: true, next: ["dockerOption", "instructionAfter"], skipWhite: true }),
  match("shellWord", "Keyword", /^\s*(?:RUN|CMD|ENTRYPOINT|SHELL|VOLUME)\b/i, { next: ["dockerList", "shellLine"] }),
  region("listArray", "", /\[/, /\]/, { contained: true, edge: "Special", contains: ["listString"] }),
  region("listString", "String", /"/, /"/, { contained: true, edge: "", skip: /\\"/ }),
  region("shellLine", "", /\s/, /(?<!\\)$/, { contained: true, contains: [...SHELL_NAMES, "operator"] }),
  region("dockerList", "", /\s*(?=\[)/, /$/, { contained: true, contains: ["listArray"] }),
  match("dockerComment", "Comment", /^\s*#.*$/, {}),
]);

const SETTINGS = "ai autoindent autowrite aw background bg backspace bs backup bk clipboard cb cmdheight ch columns co compatible cp completeopt cursorcolumn cuc cursorline cul directory dir encoding enc expandtab et fileencoding fenc fileformat ff filetype ft foldmethod fdm formatoptions fo gdefault guifont hidden hid history hi hlsearch hls ignorecase ic incsearch is iskeyword isk laststatus ls lazyredraw lz linebreak lbr lines list listchars lcs magic matchpairs modeline ml modelines mouse number nu numberwidth paste pastetoggle path relativenumber rnu report ruler ru scroll scrolloff so sessionoptions shell sh shiftround sr shiftwidth sw showcmd sc showmatch sm showmode smd showtabline sidescroll signcolumn smartcase scs smartindent si smarttab sta softtabstop sts spell spelllang splitbelow sb splitright spr startofline sol statusline stl swapfile swf syntax syn tabstop ts tags term termguicolors tgc textwidth tw timeout timeoutlen title ttimeout ttimeoutlen ttyfast undodir undofile undolevels updatetime ut viminfo vi virtualedit visualbell vb errorbells eb t_vb whichwrap ww wildignore wildmenu wildmode wrap wrapmargin wm wrapscan ws writebackup wb";
const names = SETTINGS.split(" ");

export const VIM = grammar([
  keywords("todo", "Todo", "TODO FIXME XXX NOTE COMBAK", { contained: true }),
  keywords("command", "Statement", "set setlocal setglobal se setl let unlet const call if else elseif elsei el endif en for endfor while endwhile endw return try catch finally endtry throw function func fu endfunction endfunc endf echo ec echom echomsg echoe echoerr execute exe exec normal norm source so runtime ru autocmd au augroup highlight hi command com map nmap vmap imap noremap nnoremap vnoremap inoremap cnoremap xnoremap onoremap cmap unmap nunmap abbreviate ab iab iabbrev cabbrev syntax syn filetype colorscheme colo edit e write w wq q quit wqa qa split sp vsplit vs tabnew tabe new close only buffer b bnext bn bprevious bp ls help h nohlsearch noh packadd sleep silent sil break continue finish delcommand", {}),
  keywords("fileTypeWord", "Type", "plugin indent on off enable", { contained: true }),
  region("fileTypeLine", "", /(?<=\b(?:filetype|syntax|syn)\s)/, /$|(?=[|"])/, { contains: ["fileTypeWord"] }),
  region("settingLine", "", /(?<=\b(?:set|setlocal|setglobal|se|setl)\s)/, /$|(?=[|])|(?=\s")/, { contains: ["setting", "settingValue"] }),
  keywords("setting", "PreProc", `${names.join(" ")} ${names.map((name) => `no${name}`).join(" ")} ${names.map((name) => `inv${name}`).join(" ")}`, { contained: true }),
  match("settingValue", "", /=\S*/, { contained: true }),
  match("variable", "Identifier", /\b[bwglstav]:[A-Za-z_]\w*|(?<=\blet\s+)[A-Za-z_]\w*|&\w+/, {}),
  match("callName", "Function", /\b[a-z]\w*(?=\()/, {}),
  match("bar", "Operator", /\||(?<=^\s*\w+)!/, {}),
  match("equals", "Operator", /=~|==?[#?]?|!=[#?]?|!~|[<>]=?|&&|\|\|/, {}),
  match("paren", "Special", /[()]/, {}),
  match("number", "Number", /\b(?:0x[0-9a-fA-F]+|\d+(?:\.\d+)?)\b/, {}),
  match("notation", "Special", /<(?:[CSMAD]-[^>]+|leader|Leader|CR|cr|Esc|esc|Tab|BS|Space|space|F\d+|Up|Down|Left|Right|silent|buffer|expr|unique|SID|Plug|nop|Nop|C-\w|Enter|Return|Bar|Home|End|Del|Insert|PageUp|PageDown)>/, {}),
  region("string", "String", /(?<=[\s=(,.[{!+~])"(?=.*")/, /"/, { oneLine: true, skip: /\\\\|\\"/, contains: ["notation", "escape"] }),
  region("string", "String", /'/, /'/, { oneLine: true, skip: /''/ }),
  match("escape", "Special", /\\./, { contained: true }),
  match("groupName", "Type", /(?<=\b(?:highlight|hi|hi!)\s+)(?!link|clear)\w+/, {}),
  match("highlightKey", "Type", /\b(?:cterm|ctermfg|ctermbg|guifg|guibg|gui|term)(?==)/, {}),
  match("event", "Type", /\b(?:Buf(?:NewFile|Read|ReadPost|ReadPre|Write|WritePre|WritePost|Enter|Leave|WinEnter|WinLeave)|FileType|VimEnter|VimLeave|Syntax|ColorScheme|InsertEnter|InsertLeave|CursorHold|CursorMoved|WinEnter|WinLeave)\b/, {}),
  match("functionName", "", /(?<=\bfunction!?\s+)[\w:#]+/, {}),
  match("comment", "Comment", /^\s*".*$|(?<=\s)"[^"]*$/, { contains: ["todo"] }),
]);
