// The menus of gdisk 1.0.9.

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
  ["b", "exchange the bytes of a partition's name"],
  ["c", "give a partition another GUID"],
  ["d", "show what partitions are aligned on"],
  ["e", "put the copy at the end of the disk"],
  ["f", "new GUIDs for the disk and all partitions"],
  ["g", "give the disk another GUID"],
  ["h", "compute the CHS values of the MBR again"],
  ["i", "tell all about a partition"],
  ["j", "move the main entries"],
  ["l", "choose what partitions are aligned on"],
  ["m", "go back to the first menu"],
  ["n", "make the protective MBR anew"],
  ["o", "show the protective MBR"],
  ["p", "show the table"],
  ["q", "leave, nothing is written"],
  ["r", "go to the menu of recovery"],
  ["s", "choose how many entries the table has"],
  ["t", "swap the numbers of two partitions"],
  ["u", "write the table on another disk"],
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
  ["g", "make an MBR of the GPT and leave"],
  ["h", "make a hybrid MBR"],
  ["i", "tell all about a partition"],
  ["l", "take the table from a file"],
  ["m", "go back to the first menu"],
  ["o", "show the protective MBR"],
  ["p", "show the table"],
  ["q", "leave, nothing is written"],
  ["t", "take over the partitions of a BSD label"],
  ["v", "look for problems"],
  ["w", "write the table and leave"],
  ["x", "go to the menu of experts"],
  ["?", "show this list"],
];

/** While a GPT is made an MBR. */
export const MBR_MENU: Menu = [
  ["a", "set or clear the boot flag"],
  ["c", "compute the CHS values again"],
  ["l", "make a partition logical"],
  ["o", "leave a partition out"],
  ["p", "show the MBR"],
  ["q", "leave, nothing is written"],
  ["r", "make a partition primary"],
  ["s", "number partitions as they lie"],
  ["t", "give a partition another type"],
  ["w", "write the MBR and leave"],
];
