// The words dialog knows: common options with what follows them, and boxes with how many words they take.

/** Common options and the number of values behind each; n: numbers. */
const COMMON = `allow-close:0 ascii-lines:0 aspect:1n auto-placement:0 backtitle:1 beep:0 beep-after:0 begin:2n cancel-button:1 cancel-label:1 clear:0 colors:0 column-separator:1 cr-wrap:0 cursor-off-label:0 date-format:1 default-button:1 default-item:1
defaultno:0 erase-on-exit:0 exit-label:1 extra-button:0 extra-label:1 fb:0 fixed-font:0 fullbutton:0 help-button:0 help-label:1 help-status:0 help-tags:0 hfile:1 hline:1 icon:1 ignore:0 input-fd:1n insecure:0 iso-week:0 item-help:0 keep-colors:0 keep-tite:0 keep-window:0 last-key:0 max-input:1n no-button:1
no-cancel:0 no-close:0 no-collapse:0 no-cr-wrap:0 no-hot-list:0 no-items:0 no-kill:0 no-label:1 no-lines:0 no-mouse:0 no-nl-expand:0 no-ok:0 no-shadow:0 no-tags:0 nocancel:0 noitem:0 nook:0 notags:0 ok-button:1 ok-label:1 output-fd:1n output-separator:1 print-maxsize:0 print-size:0
print-text-only:3 print-text-size:3 print-version:0 quoted:0 reorder:0 screen-center:0 scrollbar:0 scrolltext:0 separate-output:0 separate-widget:1 separator:1 shadow:0 single-quoted:0 size-err:0 sleep:1n smooth:0 stderr:0 stdout:0 tab-correct:0 tab-len:1n time-format:1 timeout:1n title:1 topleft:0
trace:1 trim:0 under-mouse:0 version:0 visit-items:0 week-start:1 wmclass:1 yes-button:1 yes-label:1`;

interface CommonOption {
  readonly name: string;
  readonly values: number;
  readonly numeric: boolean;
}

export const COMMON_OPTIONS: ReadonlyMap<string, CommonOption> = new Map(COMMON.split(/\s+/).map((word) => {
  const [, name = "", values = "0", numeric = ""] = /^([a-z-]+):(\d)(n?)$/.exec(word) ?? [];
  return [name, { name, values: Number(values), numeric: numeric !== "" }];
}));

/** Other names of options. */
export const ALIASES = new Map([["cancel-button", "cancel-label"], ["no-button", "no-label"], ["ok-button", "ok-label"], ["yes-button", "yes-label"], ["nocancel", "no-cancel"], ["nook", "no-ok"], ["noitem", "no-items"], ["notags", "no-tags"], ["scrolltext", "scrollbar"], ["separator", "output-separator"]]);

/** A box: the least and the most words with its own (0: any number). */
export const BOXES: ReadonlyMap<string, readonly [number, number]> = new Map([
  ["buildlist", [4, 0]], ["calendar", [4, 7]], ["checklist", [7, 0]], ["dselect", [4, 5]], ["editbox", [4, 4]],
  ["form", [13, 0]], ["fselect", [4, 5]], ["gauge", [4, 5]], ["infobox", [4, 4]], ["inputbox", [4, 5]], ["inputmenu", [6, 0]],
  ["menu", [6, 0]], ["mixedform", [13, 0]], ["mixedgauge", [5, 0]], ["msgbox", [4, 4]], ["passwordbox", [4, 5]], ["passwordform", [13, 0]],
  ["pause", [5, 5]], ["prgbox", [4, 5]], ["programbox", [3, 4]], ["progressbox", [3, 4]], ["radiolist", [7, 0]], ["rangebox", [5, 7]],
  ["tailbox", [4, 4]], ["tailboxbg", [4, 4]], ["textbox", [4, 4]], ["timebox", [4, 7]], ["treeview", [4, 0]], ["yesno", [4, 4]],
]);
