// Functions, their activations, and generators.

import type { PyCode } from "../code/code-object.ts";
import type { PyException } from "../objects/exception.ts";
import { type Namespace, PyCell, PyObject, type PyTuple, types, type Value } from "../objects/value.ts";

export class PyFunction extends PyObject {
  readonly code: PyCode;
  readonly globals: Namespace;
  readonly closure: readonly PyCell[];
  name: string;
  qualifiedName: string;
  defaults: readonly Value[];
  keywordDefaults: Map<string, Value> | undefined;
  annotations: Value | undefined;
  documentation: Value;
  module: Value;
  constructor(code: PyCode, globals: Namespace, closure: readonly PyCell[]) {
    super(types.function);
    this.code = code;
    this.globals = globals;
    this.closure = closure;
    this.name = code.facts.name;
    this.qualifiedName = code.facts.qualifiedName;
    this.defaults = [];
    this.keywordDefaults = undefined;
    this.annotations = undefined;
    this.documentation = code.facts.documentation;
    this.module = globals.get("__name__") ?? null;
  }
}

/** What becomes of a frame's result. */
export const RETURN = {
  /** pushed on the caller's stack */
  push: 0,
  /** handed to whoever called `runFrame` */
  leave: 1,
  /** dropped: the caller's stack holds the new instance already */
  initialise: 2,
  /** a generator under FOR_ITER: its end jumps to `returnTarget` */
  iterate: 3,
  /** a generator under SEND: its end jumps with the result */
  delegate: 4,
  /** dropped, nothing pushed */
  discard: 5,
} as const;

export interface Block {
  readonly handler: number;
  readonly level: number;
  readonly handled: PyException | null;
}

const NO_CELLS: PyCell[] = [];

export class Frame {
  readonly code: PyCode;
  readonly globals: Namespace;
  /** the namespace of a module or class body */
  readonly locals: Namespace | undefined;
  readonly slots: (Value | undefined)[];
  readonly cells: PyCell[];
  readonly stack: Value[] = [];
  sp = 0;
  pc = 0;
  blocks: Block[] | undefined = undefined;
  handled: PyException | null = null;
  back: Frame | undefined = undefined;
  returns: number = RETURN.leave;
  returnTarget = 0;
  generator: PyGenerator | undefined = undefined;

  constructor(code: PyCode, globals: Namespace, locals: Namespace | undefined, slots: (Value | undefined)[], closure: readonly PyCell[]) {
    this.code = code;
    this.globals = globals;
    this.locals = locals;
    this.slots = slots;
    const { ownCellCount, cellParameters } = code.facts;
    if (ownCellCount === 0 && closure.length === 0) this.cells = NO_CELLS;
    else {
      const cells: PyCell[] = [];
      for (let i = 0; i < ownCellCount; i++) {
        const parameter = cellParameters[i] ?? -1;
        cells.push(new PyCell(parameter < 0 ? undefined : slots[parameter]));
      }
      for (const cell of closure) cells.push(cell);
      this.cells = cells;
    }
  }
}

export class PyGenerator extends PyObject {
  readonly frame: Frame;
  readonly name: string;
  readonly qualifiedName: string;
  state: "created" | "suspended" | "running" | "finished" = "created";
  constructor(frame: Frame, fn: PyFunction) {
    super(fn.code.facts.kind === "generator" ? types.generator : types.coroutine);
    this.frame = frame;
    this.name = fn.name;
    this.qualifiedName = fn.qualifiedName;
    frame.generator = this;
  }
}

/** The frame as sys._getframe() and tracebacks show it. */
export class PyFrameObject extends PyObject {
  readonly frame: Frame;
  constructor(frame: Frame) {
    super(types.frame);
    this.frame = frame;
  }
}

export type { PyTuple };
