// The menus of gdisk 1.0.9, without what is not simulated: byte-swapping names, moving the table, replicating and resizing it, hybrid MBRs, MBRs made of a GPT, BSD labels.

type Menu = readonly (readonly [letter: string, what: string])[];

export const MAIN_MENU: Menu = [
  ["b", "save the table in a file"],
  ["c", "name a partition"],
  ["d", "remove a partition"],
  ["i", "tell all about a partition"],
  ["l", "list the codes of types"],
  ["n", "make a partition"],
  ["o", "begin an empty table"],
  ["p", "show the table"],
  ["q", "leave, nothing is written"],
  ["r", "go to the menu of recovery"],
  ["s", "number partitions as they lie"],
  ["t", "give a partition another type"],
  ["v", "look for problems"],
  ["w", "write the table and leave"],
  ["x", "go to the menu of experts"],
  ["?", "show this list"],
];

export const EXPERT_MENU: Menu = [
  ["a", "flags of a partition"],
  ["c", "give a partition another GUID"],
  ["d", "show what partitions are aligned on"],
  ["e", "put the copy at the end of the disk"],
  ["f", "new GUIDs for the disk and all partitions"],
  ["g", "give the disk another GUID"],
  ["h", "compute the CHS values of the MBR again"],
  ["i", "tell all about a partition"],
  ["l", "choose what partitions are aligned on"],
  ["m", "go back to the first menu"],
  ["n", "make the protective MBR anew"],
  ["o", "show the protective MBR"],
  ["p", "show the table"],
  ["q", "leave, nothing is written"],
  ["r", "go to the menu of recovery"],
  ["t", "swap the numbers of two partitions"],
  ["v", "look for problems"],
  ["w", "write the table and leave"],
  ["z", "destroy the GPT and leave"],
  ["?", "show this list"],
];

export const RECOVERY_MENU: Menu = [
  ["b", "take the header of the copy"],
  ["c", "take the entries of the copy"],
  ["d", "take the main header"],
  ["e", "take the main entries"],
  ["f", "make a GPT from the MBR"],
  ["i", "tell all about a partition"],
  ["l", "take the table from a file"],
  ["m", "go back to the first menu"],
  ["o", "show the protective MBR"],
  ["p", "show the table"],
  ["q", "leave, nothing is written"],
  ["v", "look for problems"],
  ["w", "write the table and leave"],
  ["x", "go to the menu of experts"],
  ["?", "show this list"],
];
