/** A failed transfer: curl's own number (libcurl-errors(3)) and words. */
export class CurlFailure extends Error {
  readonly code: number;
  /** a refused connection, which --retry-connrefused counts */
  readonly refused: boolean;
  constructor(code: number, message: string, refused = false) {
    super(message);
    this.code = code;
    this.refused = refused;
  }
}
