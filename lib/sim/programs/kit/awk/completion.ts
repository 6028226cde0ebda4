/** How a statement of awk ended. */
export const Completion = { NORMAL: 0, BREAK: 1, CONTINUE: 2, NEXT: 3, NEXTFILE: 4, EXIT: 5, RETURN: 6 } as const;
