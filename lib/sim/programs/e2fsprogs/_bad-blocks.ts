// A search for bad blocks, as mke2fs -c and badblocks -s show how far it is.

const erased = (text: string): string => "\b".repeat(text.length);

/** The line of a search that is done at once and found nothing. */
export function scanProgress(title: string): string {
  const shown = "  0.00% done, 0:00 elapsed. (0/0/0 errors)";
  return `${title}${shown}${erased(shown)}done                                                 \n`;
}
