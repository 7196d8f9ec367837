import type { Span } from './types.ts';

/** What is wrong, with what a sentence about it needs. The words are in the dictionaries: web/i18n/LANGUAGE/expression.ts. */
export interface Problems {
  Empty: object;
  TooLong: { readonly limit: number };
  TooDeep: { readonly limit: number };
  TooManyNodes: { readonly limit: number };
  UnexpectedCharacter: { readonly found: string };
  BadNumber: { readonly found: string };
  UnclosedQuote: object;
  /** `found` is empty at the end. */
  Expected: { readonly wanted: Wanted; readonly found: string };
  Unclosed: { readonly bracket: string };
  /** Two values stand side by side. */
  MissingOperator: { readonly left: string; readonly right: string };
  AmbiguousRoot: { readonly operand: string };
  AmbiguousProduct: { readonly over: string; readonly product: string };
  NumbersOnly: { readonly found: string };
  Ragged: { readonly row: number; readonly wanted: number; readonly got: number };
  LiteralWanted: { readonly name: string };
  UnknownFunction: { readonly name: string; readonly nearest: string | null };
  /** A call of something that is a value. */
  NotAFunction: { readonly name: string };
  WrongArity: { readonly name: string; readonly signature: string; readonly wanted: number; readonly got: number };
  UnknownAttribute: { readonly name: string; readonly op: string; readonly known: string };
  AttributeMissing: { readonly name: string; readonly op: string };
  AttributeValue: { readonly name: string; readonly op: string; readonly type: string };
  AttributeTwice: { readonly name: string };
  PositionalAfterNamed: object;
  DefinedTwice: { readonly name: string };
  /** The name is an op's, a function of that name would hide it. */
  ClashWithOp: { readonly name: string };
  CyclicDefinition: { readonly names: readonly string[] };
  RecursiveFunction: { readonly names: readonly string[] };
  ParameterTwice: { readonly name: string };
  /** A name without a value stands where one number cannot be meant. */
  ValueNeeded: { readonly name: string; readonly op: string; readonly slot: string };
  DerivativeOfNothing: { readonly name: string };
  DerivativeBy: { readonly name: string; readonly by: string; readonly parameters: string };
  SeedTwice: object;
  NothingToDraw: object;
}

export type ProblemCode = keyof Problems;
export type Wanted = 'value' | 'open' | 'close' | 'name' | 'equals' | 'end' | 'literal' | 'comma';

/** A problem with its place. Never a fault of the program: typed text is wrong most of the time. */
export class ExpressionError<C extends ProblemCode = ProblemCode> extends Error implements Span {
  readonly code: C;
  readonly at: number;
  readonly length: number;
  readonly details: Problems[C];

  constructor(code: C, span: Span, details: Problems[C]) {
    super(`${code} at ${span.at}`);
    this.name = 'ExpressionError';
    this.code = code;
    this.at = span.at;
    this.length = Math.max(1, span.length);
    this.details = details;
  }
}

export function fail<C extends ProblemCode>(code: C, span: Span, details: Problems[C]): never {
  throw new ExpressionError(code, span, details);
}
