import temml from 'temml';
import { describe, expect, it, vi } from 'vitest';
import { derivation } from '../../../web/exports/derivation';
import { latexText } from '../../../web/exports/latex-text';
import { mermaid } from '../../../web/exports/mermaid';
import { tikz } from '../../../web/exports/tikz';
import { layoutGraph } from '../../../web/figure/layout';
import { desktop } from '../../../web/figure/measures';
import { t } from '../../../web/i18n';
import { formatNumber } from '../../../web/page/format';
import { presets } from '../../../web/presets';
import type { GraphDocument } from '../../../web/shared/api';
import { nodeWords } from '../../../web/steps/node-words';
import { randomGraph } from '../engine/support/random-graph';
import { client, oddGraph, opened, ops, sampleGraph, samples } from './support';

vi.setConfig({ testTimeout: 60_000 });

async function request(document: GraphDocument, step?: number) {
  const info = await opened(document);
  const frames = [];
  for (let i = 1; i <= info.steps; i += 1) frames.push(await client.call('graph.seek', info.graph, i));
  const words = nodeWords(info, ops);
  const frame = frames[(step ?? info.steps) - 1] ?? null;
  return { title: 'a graph', info, frame, frames, words, dictionary: t };
}

const preset = (id: string) => presets.find((each) => each.id === id)!.document;
const layoutOf = ({ info, words }: Awaited<ReturnType<typeof request>>) =>
  layoutGraph(info, {
    ops,
    names: words.label,
    measures: desktop,
    measureText: (text: string, size: number) => text.length * size * 0.5,
    maps: false,
    foldParameters: false,
    formatNumber,
  });

/** Braces and environments that open are closed, in order. */
function balanced(tex: string): boolean {
  const stack: string[] = [];
  for (const [, escaped, begin, end, left, right, brace] of tex.matchAll(
    /(\\[\\{}])|\\begin\{([a-z*]+)\}|\\end\{([a-z*]+)\}|(\\left)\b|(\\right)\b|([{}])/g,
  )) {
    if (escaped) continue;
    if (begin) stack.push(begin);
    else if (left) stack.push('left');
    else if (brace === '{') stack.push('{');
    else {
      const wanted = end ?? (right ? 'left' : '{');
      if (stack.pop() !== wanted) return false;
    }
  }
  return stack.length === 0;
}

describe('the derivation', () => {
  it('has every step with the numbers of the records', async () => {
    const tex = derivation(await request(preset('apples-and-oranges')));
    expect(tex.match(/\\paragraph/g)).toHaveLength(9);
    expect(tex).toContain('\\boxed{\\color{grad}2.2}');
    expect(tex).toContain('\\boxed{\\color{grad}165}');
    expect(tex).toContain('\\boxed{\\color{fwd}715}');
    expect(tex).toContain('\\frac{\\partial  L}{\\partial  x}');
    expect(tex).toContain('\\underbrace');
  });

  it.each(presets.map(({ id, document }) => [id, document] as const))(
    'of %s is balanced LaTeX',
    async (_, document) => {
      const asked = await request(document);
      const tex = derivation(asked);
      expect(balanced(tex), tex).toBe(true);
      expect(tex.match(/\\paragraph/g)).toHaveLength(asked.info.steps);
      expect(tex).not.toMatch(/[×−∂⊙∑⏟]|undefined/u);
    },
  );

  it('of every op is balanced LaTeX', async () => {
    for (const { name } of ops) {
      for (const sample of samples[name] ?? [])
        expect(balanced(derivation(await request(sampleGraph(name, sample)))), name).toBe(true);
    }
  });
});

/** Another reader of LaTeX takes every formula of it; it has no \\definecolor. */
function typeset(tex: string): void {
  for (const [, body = ''] of tex.matchAll(/\\begin\{align\*\}([\s\S]*?)\\end\{align\*\}/g)) {
    const plain = body.replace(/\\color\{(?:fwd|grad|param|loss)\}/g, '\\color{red}');
    const drawn = temml.renderToString(`\\begin{align*}${plain}\\end{align*}`, {
      displayMode: true,
      throwOnError: true,
      strict: true,
    });
    expect(drawn).toContain('<math');
  }
}

describe('the formulas of the derivation are LaTeX that can be set', () => {
  it('of every op', async () => {
    for (const { name } of ops)
      for (const sample of samples[name] ?? []) typeset(derivation(await request(sampleGraph(name, sample))));
  });
  it('of every example, of random graphs, and of odd names', async () => {
    for (const { document } of presets) typeset(derivation(await request(document)));
    for (let seed = 1; seed <= 15; seed += 1) typeset(derivation(await request(randomGraph(seed))));
    typeset(derivation(await request(oddGraph)));
  });
});

describe('TikZ', () => {
  it('puts values above and gradients below', async () => {
    const asked = await request(preset('apple'));
    const tex = tikz({ ...asked, layout: layoutOf(asked) });
    expect(balanced(tex)).toBe(true);
    expect(tex).toContain('node[num, above, text=fwd] {$100$} node[num, below, text=grad] {$\\leftarrow 2.2$}');
    expect(tex.match(/\\draw\[wire\]/g)).toHaveLength(5);
  });
  it('of every example is balanced', async () => {
    for (const { id, document } of presets) {
      const asked = await request(document);
      expect(balanced(tikz({ ...asked, layout: layoutOf(asked) })), id).toBe(true);
    }
  });
});

describe('Mermaid', () => {
  it('has nodes and wires with their numbers', async () => {
    expect(mermaid(await request(preset('apple'), 5))).toBe(
      [
        '---',
        'title: "a graph"',
        '---',
        'flowchart LR',
        '  n0["apple = 100"]:::input',
        '  n1["count = 2"]:::input',
        '  n2(("×"))',
        '  n3["tax = 1.1"]:::input',
        '  n4(("×"))',
        '  result(["total"]):::loss',
        '  n0 -->|"100 : 2.2"| n2',
        '  n1 -->|"2 : 110"| n2',
        '  n2 -->|"200 : 1.1"| n4',
        '  n3 -->|"1.1 : 200"| n4',
        '  n4 -->|"220 : 1"| result',
        '  classDef parameter color:#1f6b3c,stroke:#1f6b3c',
        '  classDef loss color:#7b1e62,stroke:#7b1e62',
        '',
      ].join('\n'),
    );
  });
});

describe('labels from anyone', () => {
  const label = '"]; click n0 "javascript:alert(1)"\n\\input{/etc/passwd} <b>%$#_^~&{}';
  const document: GraphDocument = {
    format: 'backprop-graph',
    version: 1,
    nodes: [
      { id: 'x', op: 'input', value: 1, label },
      { id: 'y', op: 'neg', inputs: ['x'], label },
    ],
  };
  it('stay text in every form', async () => {
    const asked = await request(document);
    const drawn = mermaid(asked);
    expect(drawn.split('\n').filter((line) => line.trim().startsWith('click'))).toEqual([]);
    expect(drawn).not.toContain('<b>');
    for (const tex of [derivation(asked), tikz({ ...asked, layout: layoutOf(asked) })]) {
      expect(balanced(tex)).toBe(true);
      expect(tex).not.toContain('\\input{');
    }
    expect(latexText('50% of $x_1$ & \\end{x}')).toBe('50\\% of \\$x\\_1\\$ \\& \\textbackslash{}end\\{x\\}');
  });
  it('in Greek and with subscripts are set by every LaTeX', () => {
    expect(latexText('θ₁ − λ·x₂²')).toBe('$\\theta$$_{1}$ $-$ $\\lambda$$\\cdot$x$_{2}$$^{2}$');
  });
  it('every sign of ASCII is a sign of the text: nothing of it is read as a command, a comment or a ligature', () => {
    const names: Readonly<Record<string, string>> = {
      'textbackslash{}': '\\', 'textasciicircum{}': '^', 'textasciitilde{}': '~', 'textless{}': '<', 'textgreater{}': '>', 'textbar{}': '|',
    }; // prettier-ignore
    /** What LaTeX sets: the names above, an escaped sign, or the sign itself. */
    const set = (tex: string): string =>
      tex.replace(
        /\\(text[a-z]+\{\})|\\([{}$&#%_])|\{\}|([\\{}$&#%_^~<>|])/g,
        (_, name?: string, sign?: string, bare?: string) => {
          if (bare !== undefined) throw new Error(`${bare} stands alone in ${tex}`);
          return name === undefined ? (sign ?? '') : (names[name] ?? '?');
        },
      );
    const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
    for (const a of ascii) for (const b of ascii) expect(set(latexText(`a${a}${b}z`))).toBe(`a${a}${b}z`);
    expect(latexText("a--b ``c'' ?`")).toBe("a-{}-b `{}`c'{}' ?{}`");
  });
  it('that pdfLaTeX has no letters for, say what sets them', async () => {
    const note = '% Set this with XeLaTeX or LuaLaTeX';
    for (const [name, wanted] of [
      ['price', false],
      ['prix élevé – “θ”', false],
      ['苹果的价格', true],
      ['りんご', true],
      ['цена', true],
      ['🍎', true],
    ] as const) {
      const asked = await request({ ...document, nodes: document.nodes.map((node) => ({ ...node, label: name })) });
      for (const tex of [derivation(asked), tikz({ ...asked, layout: layoutOf(asked) })]) {
        expect(tex.includes(note), name).toBe(wanted);
        expect(balanced(tex)).toBe(true);
      }
    }
  });
  it('half characters become spaces', () => {
    expect(latexText('a\ud800b')).toBe('a b');
  });
});
