// The instructions of the virtual machine. Each has one argument; the comment says what it does to the stack (top to the right).
// The numbers are literals in vm/execute.ts, too, because V8 makes a jump table only of literal labels: opcode.test.ts holds the two together.

export const OP = {
  POP_TOP: 1,
  DUP_TOP: 2,
  /** a b -> b a */
  ROT_TWO: 3,
  /** a b c -> c a b */
  ROT_THREE: 4,
  DUP_TOP_TWO: 5,
  LOAD_CONST: 6,
  LOAD_FAST: 7,
  STORE_FAST: 8,
  DELETE_FAST: 9,
  LOAD_NAME: 10,
  STORE_NAME: 11,
  DELETE_NAME: 12,
  LOAD_GLOBAL: 13,
  STORE_GLOBAL: 14,
  DELETE_GLOBAL: 15,
  LOAD_DEREF: 16,
  STORE_DEREF: 17,
  DELETE_DEREF: 18,
  LOAD_CLASSDEREF: 19,
  LOAD_CLOSURE: 20,
  /** argument 1: in place */
  BINARY_ADD: 21,
  BINARY_SUBTRACT: 22,
  BINARY_MULTIPLY: 23,
  /** argument: index in BINARY_OPERATORS, plus 16 in place */
  BINARY_OTHER: 24,
  UNARY_NEGATIVE: 25,
  UNARY_POSITIVE: 26,
  UNARY_INVERT: 27,
  UNARY_NOT: 28,
  /** argument: index in COMPARISONS */
  COMPARE: 29,
  /** argument 1: negated */
  IS_OP: 30,
  CONTAINS_OP: 31,
  JUMP: 32,
  JUMP_BACK: 33,
  POP_JUMP_IF_FALSE: 34,
  POP_JUMP_IF_TRUE: 35,
  JUMP_IF_FALSE_OR_POP: 36,
  JUMP_IF_TRUE_OR_POP: 37,
  GET_ITER: 38,
  /** pushes the next item, or pops the iterator and jumps */
  FOR_ITER: 39,
  BUILD_TUPLE: 40,
  BUILD_LIST: 41,
  BUILD_SET: 42,
  BUILD_MAP: 43,
  BUILD_STRING: 44,
  BUILD_SLICE: 45,
  /** argument: depth of the list below the value */
  LIST_APPEND: 46,
  SET_ADD: 47,
  MAP_ADD: 48,
  /** plus 256: the only argument of the callee below the list */
  LIST_EXTEND: 49,
  SET_UPDATE: 50,
  DICT_UPDATE: 51,
  /** keyword arguments: a second value of a name is an error */
  DICT_MERGE: 52,
  LIST_TO_TUPLE: 53,
  UNPACK_SEQUENCE: 54,
  /** argument: before + 256 * after */
  UNPACK_EX: 55,
  LOAD_ATTR: 56,
  /** value object -> */
  STORE_ATTR: 57,
  DELETE_ATTR: 58,
  BINARY_SUBSCR: 59,
  /** value container index -> */
  STORE_SUBSCR: 60,
  DELETE_SUBSCR: 61,
  /** object -> function object, or nothing attribute */
  LOAD_METHOD: 62,
  CALL_METHOD: 63,
  CALL: 64,
  /** the top is the tuple of the last arguments' names */
  CALL_KEYWORDS: 65,
  /** callee list [dict] -> ; argument 1: with the dict */
  CALL_EX: 66,
  /** argument bits: 1 defaults, 2 keyword defaults, 4 annotations, 8 closure, below the code */
  MAKE_FUNCTION: 67,
  LOAD_BUILD_CLASS: 68,
  RETURN_VALUE: 69,
  YIELD_VALUE: 70,
  GET_YIELD_FROM_ITER: 71,
  /** iterator sent -> iterator yielded, or at the end jumps with the result in their place */
  SEND: 72,
  RAISE: 73,
  SETUP_EXCEPT: 74,
  POP_BLOCK: 75,
  /** exception -> formerly handled exception; the exception becomes the handled one */
  PUSH_EXC: 76,
  POP_EXC: 77,
  RERAISE: 78,
  /** exception type -> exception bool */
  CHECK_EXC_MATCH: 79,
  /** manager -> exit entered */
  BEFORE_WITH: 80,
  /** exit previous exception -> exit previous exception result */
  WITH_EXCEPT_START: 81,
  /** exit -> ; called without an exception */
  WITH_EXIT: 82,
  IMPORT_NAME: 83,
  IMPORT_FROM: 84,
  IMPORT_STAR: 85,
  /** argument: conversion (0 none, 1 str, 2 repr, 3 ascii), plus 4 with a specification */
  FORMAT_VALUE: 86,
  PRINT_EXPR: 87,
  SETUP_ANNOTATIONS: 88,
  MATCH_SEQUENCE: 89,
  MATCH_MAPPING: 90,
  /** subject keys -> subject keys values-or-None */
  MATCH_KEYS: 91,
  /** subject class names -> attributes-or-None */
  MATCH_CLASS: 92,
  GET_LEN: 93,
  /** subject keys -> the dict without them */
  MATCH_REST: 94,
  LOAD_ASSERTION_ERROR: 95,
  /** a ... z -> a ... z a ; argument: how deep, 1 is the top */
  COPY: 96,
  /** exchanges the top with that item */
  SWAP: 97,
  GET_AWAITABLE: 98,
  /** module -> the submodule that `import a.b as c` means */
  IMPORT_SUBMODULE: 99,
  /** as SETUP_EXCEPT, with what is on top of the stack not kept */
  SETUP_WITH: 100,
} as const;

export type Opcode = (typeof OP)[keyof typeof OP];

export const BINARY_OPERATORS = ["+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^", "@"] as const;
export const COMPARISONS = ["<", "<=", "==", "!=", ">", ">="] as const;
