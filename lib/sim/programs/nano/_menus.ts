// The key lists in the two bottom rows.

export interface MenuItem {
  readonly key: string;
  readonly label: string;
}

const item = (key: string, label: string): MenuItem => ({ key, label });

export const MENUS = {
  main: [
    item("^G", "Help"), item("^X", "Exit"), item("^O", "Write Out"), item("^R", "Read File"), item("^W", "Where Is"), item("^\\", "Replace"),
    item("^K", "Cut"), item("^U", "Paste"), item("^T", "Execute"), item("^J", "Justify"), item("^C", "Location"), item("^/", "Go To Line"),
    item("M-U", "Undo"), item("M-E", "Redo"), item("M-A", "Set Mark"), item("M-6", "Copy"), item("M-]", "To Bracket"), item("^Q", "Where Was"),
    item("M-Q", "Previous"), item("M-W", "Next"), item("^B", "Back"), item("^F", "Forward"), item("^◂", "Prev Word"), item("^▸", "Next Word"),
  ],
  write: [item("^G", "Help"), item("^C", "Cancel"), item("M-D", "DOS Format"), item("M-M", "Mac Format"), item("M-A", "Append"), item("M-P", "Prepend"), item("M-B", "Backup File"), item("^T", "Browse")],
  search: [item("^G", "Help"), item("^C", "Cancel"), item("M-C", "Case Sens"), item("M-R", "Reg.exp."), item("M-B", "Backwards"), item("^R", "Replace"), item("^P", "Older"), item("^N", "Newer"), item("^T", "Go To Line")],
  replace: [item("^G", "Help"), item("^C", "Cancel"), item("M-C", "Case Sens"), item("M-R", "Reg.exp."), item("M-B", "Backwards"), item("^R", "No Replace"), item("^P", "Older"), item("^N", "Newer")],
  replaceWith: [item("^G", "Help"), item("^C", "Cancel"), item("^P", "Older"), item("^N", "Newer")],
  gotoLine: [item("^G", "Help"), item("^C", "Cancel"), item("^W", "Begin of Paragr."), item("^O", "End of Paragraph"), item("^Y", "First Line"), item("^V", "Last Line"), item("^T", "Go To Text")],
  insert: [item("^G", "Help"), item("^C", "Cancel"), item("M-F", "New Buffer"), item("M-N", "No Conversion"), item("^X", "Execute Command"), item("^T", "Browse")],
  execute: [item("^G", "Help"), item("^C", "Cancel"), item("M-F", "New Buffer"), item("M-\\", "Pipe Text"), item("^S", "Spell Check"), item("^Y", "Linter"), item("^J", "Full Justify"), item("^O", "Formatter"), item("^V", "Cut Till End"), item("^Z", "Suspend")],
  browser: [item("^G", "Help"), item("^X", "Close"), item("^/", "Go To Dir"), item("^L", "Refresh"), item("^W", "Where Is"), item("^Q", "Where Was"), item("M-Q", "Previous"), item("M-W", "Next"), item("^B", "Back"), item("^F", "Forward"), item("^P", "Prev Line"), item("^N", "Next Line")],
  browserSearch: [item("^G", "Help"), item("^C", "Cancel"), item("^P", "Older"), item("^N", "Newer"), item("^Y", "First File"), item("^V", "Last File")],
  browserDirectory: [item("^G", "Help"), item("^C", "Cancel")],
  help: [item("^L", "Refresh"), item("^X", "Close"), item("^W", "Where Is"), item("^Q", "Where Was"), item("M-Q", "Previous"), item("M-W", "Next"), item("^P", "Prev Line"), item("^N", "Next Line"), item("^Y", "Prev Page"), item("^V", "Next Page"), item("M-\\", "First Line"), item("M-/", "Last Line")],
} as const satisfies Record<string, readonly MenuItem[]>;

export type MenuName = keyof typeof MENUS;
