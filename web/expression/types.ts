import type { NestedNumbers } from '../shared/api.ts';

/** Where something stands in the source: UTF-16 units, as a text field counts. */
export interface Span {
  readonly at: number;
  readonly length: number;
}

export type InfixOp = '+' | '-' | '*' | '/' | '@' | '·' | '^';

export type Expr = Span &
  (
    | {
        readonly kind: 'number';
        readonly value: number;
        /** In no parentheses: `-3` is a number, `-(3)` negates one. */ readonly bare: boolean;
      }
    | { readonly kind: 'tensor'; readonly value: NestedNumbers }
    | { readonly kind: 'name'; readonly name: string }
    | {
        readonly kind: 'call';
        readonly name: string;
        readonly nameSpan: Span;
        readonly args: readonly Argument[];
        /** Written behind a dot: the first input stands before it. */ readonly method?: boolean;
      }
    | { readonly kind: 'infix'; readonly op: InfixOp; readonly left: Expr; readonly right: Expr }
    | { readonly kind: 'negate'; readonly operand: Expr }
  );

export interface Argument {
  /** Of a named argument, `axis=0`. */
  readonly name: (Span & { readonly text: string }) | null;
  readonly value: Expr;
}

export type LeafOp = 'input' | 'parameter' | 'constant';

export interface Named extends Span {
  readonly text: string;
}

export type Statement =
  /** `z = x + y`, `x = 3`; with `leaf` the reader said what kind of leaf it is, `param W = [1, 2]`. Without an expression, the value is kept. */
  | { readonly kind: 'define'; readonly name: Named; readonly leaf: LeafOp | null; readonly value: Expr | null }
  | { readonly kind: 'express'; readonly value: Expr }
  | { readonly kind: 'function'; readonly name: Named; readonly parameters: readonly Named[]; readonly body: Expr }
  /** `f'(x) = 2x`, `df/dy = x`. */
  | {
      readonly kind: 'derivative';
      readonly of: Named;
      readonly by: Named | null;
      readonly parameters: readonly Named[] | null;
      readonly body: Expr;
    }
  | { readonly kind: 'seed'; readonly value: NestedNumbers };

export interface Program {
  readonly source: string;
  readonly statements: readonly Statement[];
  /** Every name that stands anywhere, so that new ones are different. */
  readonly names: ReadonlySet<string>;
}

/** Bounds of what is read: everything beyond is refused before it costs time or memory. */
export const limits = { length: 200_000, depth: 100, nodes: 5_000 } as const;
