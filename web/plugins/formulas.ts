import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import temml from 'temml';
import { runnerImport, type Plugin } from 'vite';
import type { Engine, OpInfo } from '../shared/api.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const WASM = at('../../build/wasm-release/backprop.wasm');
const ENGINE = at('../engine/index.ts');
const VIRTUAL = 'virtual:formulas';

/** MathML of one op, in the order of `OpInfo.formulas`; an empty string where the op has no such formula. */
export interface OpFormulas {
  readonly value: string;
  readonly local: readonly string[];
  readonly backward: readonly string[];
}

/** `virtual:formulas`: the formulas of the engine's own op catalogue, typeset at build time; the page ships no typesetter. */
export function formulas(): Plugin {
  return {
    name: 'formulas',
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : null),
    async load(id) {
      if (id !== `\0${VIRTUAL}`) return null;
      this.addWatchFile(WASM);
      return `export default ${JSON.stringify(typesetAll(await readCatalogue()))};`;
    },
  };
}

/** The op catalogue of the built core. */
export async function readCatalogue(): Promise<readonly OpInfo[]> {
  if (!existsSync(WASM)) {
    throw new Error(`The formulas come from the engine, and ${WASM} is not there. Build it first: npm run build:wasm`);
  }
  const { module } = await runnerImport<{ loadEngine(): Promise<Engine> }>(ENGINE, {
    configFile: false,
    root: at('..'),
  });
  return (await module.loadEngine()).ops;
}

export function typesetAll(ops: readonly OpInfo[]): Record<string, OpFormulas> {
  return Object.fromEntries(
    ops.map(({ name, formulas: { value, local, backward } }) => [
      name,
      {
        value: typeset(value, name),
        local: local.map((tex) => typeset(tex, name)),
        backward: backward.map((tex) => typeset(tex, name)),
      },
    ]),
  );
}

/** Inline styles are refused by the page's policy: those of tables become classes of web/styles/math.css. */
const CLASS_OF_STYLE: Readonly<Record<string, string>> = {
  'padding-left:0em;padding-right:0em;': 'bp-first-column',
  'padding-left:1em;padding-right:0em;': 'bp-column',
  'math-depth:0;': 'bp-full-size',
};

function withoutStyles(mathml: string): string {
  const plain = mathml.replace(/( class="([\w -]*)")? style="([^"]*)"/g, (whole, _, classes: string, style: string) => {
    const known = CLASS_OF_STYLE[style];
    return known === undefined ? whole : ` class="${[classes, known].filter(Boolean).join(' ')}"`;
  });
  const left = /\sstyle="([^"]*)"/.exec(plain);
  if (left !== null)
    throw new Error(`it needs the inline style "${left[1] ?? ''}"; give it a class in web/plugins/formulas.ts`);
  return plain;
}

function typeset(tex: string, op: string): string {
  if (tex === '') return '';
  try {
    return withoutStyles(temml.renderToString(tex, { xml: true, throwOnError: true }));
  } catch (cause) {
    throw new Error(
      `op "${op}": the formula ${tex} cannot be typeset: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}
