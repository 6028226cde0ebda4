/** Of a step or question that is done, in the text of a matrix's row. */
export const passedMark = "p";
