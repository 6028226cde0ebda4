/** Ends a build; `code` is the exit status of docker build. */
export class BuildFailed extends Error {
  readonly code: number;
  constructor(message: string, code = 1) {
    super(message);
    this.code = code;
  }
}
