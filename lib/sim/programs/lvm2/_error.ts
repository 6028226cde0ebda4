/** Ends the command: the text on standard error, each line after two spaces. */
export class LvmError extends Error {}

export const fail = (text: string): never => {
  throw new LvmError(text);
};
