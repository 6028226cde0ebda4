/** Ends the command: the text on standard error, each line after two spaces. */
export class LvmError extends Error {
  readonly status: number;
  constructor(text: string, status = 5) {
    super(text);
    this.status = status;
  }
}

export const fail = (text: string): never => {
  throw new LvmError(text);
};

/** Words that no form of the command takes; `form`: said when it has but one. */
export const noSyntax = (command: string, form?: string): never => {
  throw new LvmError(`No command with matching syntax recognised.  Run '${command} --help' for more information.${form === undefined ? "" : `\nCorrect command syntax is:\n${command} ${form}\n`}`, 3);
};

/** An option's value that nothing can be made of. */
export const badValue = (option: string, value: string, reason?: string): never => {
  throw new LvmError(`${reason === undefined ? "" : `${reason}\n`}Invalid argument for ${option}: ${value}\nError during parsing of command line.`, 3);
};
