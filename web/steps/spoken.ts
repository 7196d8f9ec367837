import type { MathNode } from './math.ts';

/** A formula in a line of text, for a spoken label: "∂L/∂x = 1.1 × 2". Pure. */
export function spoken(node: MathNode): string {
  return say(node).replace(/\s+/g, ' ').trim();
}

function say(node: MathNode): string {
  switch (node.tag) {
    case 'mi':
    case 'mn':
    case 'mtext':
      return node.text;
    case 'mo':
      return node.text === '⏟' ? '' : /^[=≈×+·⊙÷]$/.test(node.text) ? ` ${node.text} ` : node.text;
    case 'catalogue':
      return node.letters?.inText(spokenTex(node.source)) ?? spokenTex(node.source);
    case 'mrow':
    case 'mfrac':
    case 'msup':
    case 'msub':
    case 'munder':
    case 'mtable':
    case 'mtr':
    case 'mtd': {
      const parts = node.children.map(say);
      const [first = '', second = ''] = parts;
      if (node.tag === 'mfrac') return `${grouped(first)}/${grouped(second)}`;
      if (node.tag === 'msup') return `${grouped(first)}^${grouped(second)}`;
      if (node.tag === 'munder') return parts.filter((text) => text !== '').join(', ');
      if (node.tag === 'mtable') return parts.join('; ');
      if (node.tag === 'mtr') return parts.join(', ');
      return parts.join('');
    }
  }
}

const grouped = (text: string): string => (/[\s+=×·]/.test(text) ? `(${text})` : text);

const GREEK: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  varepsilon: 'ε',
  mu: 'μ',
  sigma: 'σ',
  varphi: 'φ',
  Phi: 'Φ',
};

/** The LaTeX of the catalogue, which is a small part of LaTeX, as text: `\frac{1}{n} \sum_i x_i` → "1/n ∑_i x_i". */
export function spokenTex(source: string): string {
  let text = source
    .replace(/\\begin\{cases\}|\\end\{cases\}/g, ' ')
    .replace(/\\mathsf\{T\}/g, 'T')
    .replace(/\\(?:operatorname|text|mathrm)\{([^{}]*)\}/g, '$1')
    .replace(/\\partial\s*/g, '∂')
    .replace(/\\,|\\quad|\\left|\\right|\\;|&/g, ' ')
    .replace(/\\\\/g, '; ')
    .replace(/\\cdot/g, '·')
    .replace(/\\odot/g, '⊙')
    .replace(/\\times/g, '×')
    .replace(/\\sum/g, '∑')
    .replace(/\\le\b/g, '≤')
    .replace(/\\ge\b/g, '≥')
    .replace(/\\dots\b/g, '…')
    .replace(/\\hat\{(\w)\}/g, '$1\u0302')
    .replace(/\\(alpha|beta|gamma|varepsilon|mu|sigma|varphi|Phi)\b/g, (_, name: string) => GREEK[name] ?? name)
    .replace(/\\(ln|max|min|exp|log|tanh|sin|cos)\b/g, '$1');
  // From the inside out: a group is plain once nothing in it is a group.
  for (let before = ''; before !== text;) {
    before = text;
    text = text
      .replace(
        /\\frac\{([^{}]*)\}\{([^{}]*)\}/g,
        (_, over: string, under: string) => `${grouped(over.trim())}/${grouped(under.trim())}`,
      )
      .replace(/\\sqrt\{([^{}]*)\}/g, (_, under: string) => `√${grouped(under.trim())}`)
      .replace(/([\^_])\{([^{}]*)\}/g, (_, mark: string, inner: string) => `${mark}${grouped(inner.trim())}`);
  }
  return text
    .replace(/[{}\\]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
