// Letters of chattr(1) in the order in which lsattr shows them, with the words of lsattr -l.

export const LETTERS = "suSDiadAcEjItTeCxFNPVm";

export const NAMES: ReadonlyMap<string, string> = new Map([
  ["s", "Secure_Deletion"], ["u", "Undelete"], ["S", "Synchronous_Updates"], ["D", "Synchronous_Directory_Updates"], ["i", "Immutable"], ["a", "Append_Only"], ["d", "No_Dump"], ["A", "No_Atime"], ["c", "Compression_Requested"], ["E", "Encrypted"], ["j", "Journaled_Data"], ["I", "Indexed_directory"],
  ["t", "No_Tailmerging"], ["T", "Top_of_Directory_Hierarchies"], ["e", "Extents"], ["C", "No_COW"], ["x", "DAX"], ["F", "Casefold"], ["N", "Inline_Data"], ["P", "Project_Hierarchy"], ["V", "Verity"], ["m", "Dont_Compress"],
]);
