import type { PyException } from "../objects/exception.ts";
import { PyObject, types } from "../objects/value.ts";

/** `__traceback__`. */
export class PyTraceback extends PyObject {
  readonly exception: PyException;
  /** how many of the outermost entries `tb_next` has skipped */
  readonly skipped: number;
  constructor(exception: PyException, skipped = 0) {
    super(types.traceback);
    this.exception = exception;
    this.skipped = skipped;
  }
}
