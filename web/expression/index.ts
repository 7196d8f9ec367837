/** The language of the expression bar: text in, graph documents out, and the way back. Loaded when somebody types. */
export { fromAddress } from './address.ts';
export { build, type BuildOptions, type Built } from './build.ts';
export { claimsOf, judge, type Claim, type ClaimEngine, type Verdict } from './claims.ts';
export { complete, type Completion, type Suggestion } from './complete.ts';
export { ExpressionError, type ProblemCode, type Problems, type Wanted } from './errors.ts';
export { print } from './print.ts';
