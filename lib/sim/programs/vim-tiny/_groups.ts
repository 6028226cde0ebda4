// Highlight groups of the colour scheme "default": what :highlight lists. In each row the attributes of a terminal without colours, then attributes/foreground/background for 256 colours
// on a light and on a dark background and for 8 colours on both, then those of the GUI, light and dark.

export const GROUP_ROWS = `
SpecialKey|bold|/4/|/81/|/4/|bold/4/|guifg=Blue|guifg=Cyan
NonText|bold|/12/|/12/|bold/4/|bold/4/|gui=bold guifg=Blue|gui=bold guifg=Blue
Directory|bold|/4/|/159/|/4/|bold/6/|guifg=Blue|guifg=Cyan
ErrorMsg|standout|/15/1|/15/1|bold/7/1|bold/7/1|guifg=White guibg=Red|guifg=White guibg=Red
IncSearch|reverse|reverse//|reverse//|reverse//|reverse//|gui=reverse|gui=reverse
Search|reverse|//11|/0/11|/0/3|/0/3|guibg=Yellow|guifg=Black guibg=Yellow
MoreMsg|bold|/2/|/121/|/2/|bold/2/|gui=bold guifg=SeaGreen|gui=bold guifg=SeaGreen
ModeMsg|bold|bold//|bold//|bold//|bold//|gui=bold|gui=bold
LineNr|underline|/130/|/11/|/3/|bold/3/|guifg=Brown|guifg=Yellow
CursorLineNr|bold|underline/130/|underline/11/|underline/3/|bold+underline/3/|gui=bold guifg=Brown|gui=bold guifg=Yellow
Question|standout|/2/|/121/|/2/|bold/2/|gui=bold guifg=SeaGreen|gui=bold guifg=Green
StatusLine|bold,reverse|bold+reverse//|bold+reverse//|bold+reverse//|bold+reverse//|gui=bold,reverse|gui=bold,reverse
StatusLineNC|reverse|reverse//|reverse//|reverse//|reverse//|gui=reverse|gui=reverse
VertSplit|reverse|reverse//|reverse//|reverse//|reverse//|gui=reverse|gui=reverse
Title|bold|/5/|/225/|/5/|bold/5/|gui=bold guifg=Magenta|gui=bold guifg=Magenta
Visual|reverse|//7|//242|reverse//|reverse//|guibg=LightGrey|guibg=DarkGrey
WarningMsg|standout|/1/|/224/|/1/|bold/1/|guifg=Red|guifg=Red
WildMenu|standout|/0/11|/0/11|/0/3|/0/3|guifg=Black guibg=Yellow|guifg=Black guibg=Yellow
Folded|standout|/4/248|/14/242|/4/7|bold/6/0|guifg=DarkBlue guibg=LightGrey|guifg=Cyan guibg=DarkGrey
FoldColumn|standout|/4/248|/14/242|/4/7|bold/6/0|guifg=DarkBlue guibg=Grey|guifg=Cyan guibg=Grey
DiffAdd|bold|//81|//4|//4|//4|guibg=LightBlue|guibg=DarkBlue
DiffChange|bold|//225|//5|//5|//5|guibg=LightMagenta|guibg=DarkMagenta
DiffDelete|bold|/12/159|/12/6|bold/4/6|bold/4/6|gui=bold guifg=Blue guibg=LightCyan|gui=bold guifg=Blue guibg=DarkCyan
DiffText|reverse|bold//9|bold//9|bold//1|bold//1|gui=bold guibg=Red|gui=bold guibg=Red
SignColumn|standout|/4/248|/14/242|/4/7|bold/6/0|guifg=DarkBlue guibg=Grey|guifg=Cyan guibg=Grey
Conceal||/7/242|/7/242|/7/0|/7/0|guifg=LightGrey guibg=DarkGrey|guifg=LightGrey guibg=DarkGrey
SpellBad|reverse|//224|//9|//1|//1|gui=undercurl guisp=Red|gui=undercurl guisp=Red
SpellCap|reverse|//81|//12|//4|//4|gui=undercurl guisp=Blue|gui=undercurl guisp=Blue
SpellRare|reverse|//225|//13|//5|//5|gui=undercurl guisp=Magenta|gui=undercurl guisp=Magenta
SpellLocal|underline|//14|//14|//6|//6|gui=undercurl guisp=DarkCyan|gui=undercurl guisp=Cyan
Pmenu||/0/225|/0/13|/0/5|/0/5|guibg=LightMagenta|guibg=Magenta
PmenuSel||/0/7|/242/0|/0/7|bold/0/0|guibg=Grey|guibg=DarkGrey
PmenuSbar||//248|//248|//7|//7|guibg=Grey|guibg=Grey
PmenuThumb||//0|//15|//0|//7|guibg=Black|guibg=White
TabLine|underline|underline/0/7|underline/15/242|underline/0/7|bold+underline/7/0|gui=underline guibg=LightGrey|gui=underline guibg=DarkGrey
TabLineSel|bold|bold//|bold//|bold//|bold//|gui=bold|gui=bold
TabLineFill|reverse|reverse//|reverse//|reverse//|reverse//|gui=reverse|gui=reverse
CursorColumn|reverse|//7|//242|//7|//0|guibg=Grey90|guibg=Grey40
CursorLine|underline|underline//|underline//|underline//|underline//|guibg=Grey90|guibg=Grey40
ColorColumn|reverse|//224|//1|//1|//1|guibg=LightRed|guibg=DarkRed
StatusLineTerm|bold,reverse|bold/15/2|bold/0/121|bold/7/2|/0/2|gui=bold guifg=bg guibg=DarkGreen|gui=bold guifg=bg guibg=LightGreen
StatusLineTermNC|reverse|/15/2|/0/121|bold/7/2|/0/2|guifg=bg guibg=DarkGreen|guifg=bg guibg=LightGreen
MatchParen|reverse|//14|//6|//6|//6|guibg=Cyan|guibg=DarkCyan
ToolbarLine|underline|//7|//242|//7|//0|guibg=LightGrey|guibg=Grey50
ToolbarButton||bold/15/242|bold/0/7|bold/7/0|/0/7|gui=bold guifg=White guibg=Grey40|gui=bold guifg=Black guibg=LightGrey
Comment|bold|/4/|/14/|/4/|bold/6/|guifg=Blue|guifg=#80a0ff
Constant|underline|/1/|/13/|/1/|bold/5/|guifg=Magenta|guifg=#ffa0a0
Special|bold|/5/|/224/|/5/|bold/1/|guifg=#6a5acd|guifg=Orange
Identifier|underline|/6/|bold/14/|/6/|bold/6/|guifg=DarkCyan|guifg=#40ffff
Statement|bold|/130/|/11/|/3/|bold/3/|gui=bold guifg=Brown|gui=bold guifg=#ffff60
PreProc|underline|/5/|/81/|/5/|bold/4/|guifg=#6a0dad|guifg=#ff80ff
Type|underline|/2/|/121/|/2/|bold/2/|gui=bold guifg=SeaGreen|gui=bold guifg=#60ff60
Underlined|underline|underline/5/|underline/81/|underline/5/|bold+underline/4/|gui=underline guifg=SlateBlue|gui=underline guifg=#80a0ff
Ignore||/15/|/0/|bold/7/|/0/|guifg=bg|guifg=bg
Error|reverse|/15/9|/15/9|bold/7/1|bold/7/1|guifg=White guibg=Red|guifg=White guibg=Red
Todo|standout|/0/11|/0/11|/0/3|/0/3|guifg=Blue guibg=Yellow|guifg=Blue guibg=Yellow
`;

/** Groups that are others, in the order in which :highlight lists them. */
export const GROUP_LINKS = "EndOfBuffer:NonText CurSearch:Search LineNrAbove: LineNrBelow: CursorLineSign:SignColumn CursorLineFold:FoldColumn VisualNOS: QuickFixLine:Search Normal: String:Constant Character:Constant Number:Constant Boolean:Constant Float:Number Function:Identifier Conditional:Statement Repeat:Statement Label:Statement Operator:Statement Keyword:Statement Exception:Statement Include:PreProc Define:PreProc Macro:PreProc PreCondit:PreProc StorageClass:Type Structure:Type Typedef:Type Tag:Special SpecialChar:Special Delimiter:Special SpecialComment:Special Debug:Special";
