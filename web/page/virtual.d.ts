declare module 'virtual:formulas' {
  interface OpFormulas {
    readonly value: string;
    readonly local: readonly string[];
    readonly backward: readonly string[];
  }
  /** MathML by op name, made by web/plugins/formulas.ts. */
  const formulas: Readonly<Record<string, OpFormulas>>;
  export default formulas;
}
