// What nano's options and nanorc set.

export interface NanoOptions {
  lineNumbers: boolean;
  softWrap: boolean;
  whitespace: boolean;
  helpLines: boolean;
  viewMode: boolean;
  autoIndent: boolean;
  hardWrap: boolean;
  recording: boolean;
  stateFlags: boolean;
  constantPosition: boolean;
  cutFromCursor: boolean;
  smartHome: boolean;
  tabsToSpaces: boolean;
  locking: boolean;
  backup: boolean;
  noNewline: boolean;
  quickBlank: boolean;
  zap: boolean;
  saveOnExit: boolean;
  multiBuffer: boolean;
  caseSensitive: boolean;
  regexp: boolean;
  backwards: boolean;
  historyLog: boolean;
}
