import type { GraphDocument } from '../shared/api.ts';
import { Builder, type BuildOptions } from './build.ts';
import type { Program, Span, Statement } from './types.ts';

/**
 * A derivative that the reader wrote down, as two graphs for the engine: one whose gradients are the derivative, one whose values
 * are the claim. Nothing is differentiated here.
 */
export interface Claim {
  /** `f′(x)`, `∂f/∂y`. */
  readonly title: string;
  readonly span: Span;
  readonly points: readonly number[];
  /** Gradients of `inputs` are the derivative at the points. */
  readonly truth: { readonly document: GraphDocument; readonly inputs: readonly string[] };
  /** Values of `results` are what was claimed there. */
  readonly claimed: { readonly document: GraphDocument; readonly results: readonly string[] };
}

export interface Verdict {
  readonly title: string;
  readonly span: Span;
  /** Null where the engine could compute it at no point. */
  readonly agrees: boolean | null;
  /** Points at which both are finite. */
  readonly compared: number;
  /** The first point at which they differ. */
  readonly differs: { readonly x: number; readonly claimed: number; readonly engine: number } | null;
}

/** What a claim needs of an engine. */
export interface ClaimEngine {
  gradients(document: GraphDocument, ids: readonly string[]): Promise<readonly number[]>;
  values(document: GraphDocument, ids: readonly string[]): Promise<readonly number[]>;
}

/** On both sides of 0, and neither at a kink nor where functions tend to meet. */
const points = [-1.75, -0.6, 0.35, 1.3, 2.45];
const tolerance = 1e-6;

/** The claims of a program, ready for the engine. */
export function claimsOf(program: Program, options: BuildOptions): Claim[] {
  return program.statements.flatMap((statement) =>
    statement.kind === 'derivative' ? [claimOf(program, statement, options)] : [],
  );
}

function claimOf(
  program: Program,
  statement: Extract<Statement, { kind: 'derivative' }>,
  options: BuildOptions,
): Claim {
  const { of, by, parameters, body } = statement;
  const truth = new Builder(program, options);
  const definition = truth.functions.get(of.text);
  const own = parameters ?? definition?.parameters ?? [];
  const place = by === null ? 0 : own.findIndex(({ text }) => text === by.text);
  const span: Span = { at: of.at, length: body.at + body.length - of.at };
  const inputs = points.map((_, i) => leaves(truth, own.length, i)[place] ?? '');
  const outputs = points.map((_, i) =>
    truth.expandCall(
      of.text,
      own.map((_name, slot) => `${leafName}${i}·${slot}`),
      span,
      null,
    ),
  );

  const claimed = new Builder(program, options);
  const results = points.map((_, i) => {
    const names = new Map(own.map(({ text }, slot) => [text, leaves(claimed, own.length, i)[slot] ?? '']));
    return claimed.expand(body, { names, group: of.text });
  });
  return {
    title: by === null ? `${of.text}′(${own[0]?.text ?? ''})` : `∂${of.text}/∂${by.text}`,
    span,
    points,
    truth: { document: summed(truth, outputs, span), inputs },
    claimed: { document: summed(claimed, results, span), results },
  };
}

const leafName = ' claim ';

/** Inputs for one point; the differentiated parameter and the others get different numbers. */
function leaves(builder: Builder, count: number, point: number): string[] {
  return Array.from({ length: count }, (_, slot) => {
    const id = `${leafName}${point}·${slot}`;
    if (builder.nodes.list.some((node) => node.id === id)) return id;
    const value = points[(point + 2 * slot) % points.length] ?? 1;
    return builder.nodes.leaf({ id, op: 'input', value }, { at: 0, length: 1 });
  });
}

/** All results as one output, so that one pass computes every one of them. */
function summed(builder: Builder, ids: readonly string[], span: Span): GraphDocument {
  const [first = '', ...others] = ids;
  const output = others.reduce(
    (sum, id) => builder.nodes.operator({ id: builder.nodes.fresh('sum'), op: 'add', inputs: [sum, id] }, span),
    first,
  );
  return { format: 'backprop-graph', version: 1, nodes: builder.nodes.list, output };
}

/** Asks the engine for both sides. Where it refuses, a function of arrays for example, the verdict is open. */
export async function judge(claim: Claim, engine: ClaimEngine): Promise<Verdict> {
  const { title, span } = claim;
  let truth: readonly number[];
  let claimed: readonly number[];
  try {
    truth = await engine.gradients(claim.truth.document, claim.truth.inputs);
    claimed = await engine.values(claim.claimed.document, claim.claimed.results);
  } catch {
    return { title, span, agrees: null, compared: 0, differs: null };
  }
  const rows = claim.points.map((_, i) => ({
    x: claim.points[i] ?? 0,
    claimed: claimed[i] ?? NaN,
    engine: truth[i] ?? NaN,
  }));
  // Outside a function's domain there is nothing to compare: ln of a negative number.
  const finite = rows.filter((row) => Number.isFinite(row.engine));
  const differs = finite.find(
    (row) => !(Math.abs(row.claimed - row.engine) <= tolerance * Math.max(1, Math.abs(row.engine))),
  );
  return {
    title,
    span,
    agrees: finite.length === 0 ? null : differs === undefined,
    compared: finite.length,
    differs: differs ?? null,
  };
}
