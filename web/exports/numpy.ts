import { type CodeGraph, type CodeNode, pythonLiteral } from './code-graph.ts';
import { type HelperName, helpers, numpyRule } from './numpy-ops.ts';
import { comment, quoted } from './python-names.ts';

/** Names that a program uses for itself. */
export const numpyTaken: readonly string[] = Object.keys(helpers);

/**
 * The graph as a NumPy program: forward and backward by hand, then every value and gradient as a line. Throws UnsupportedOp.
 * Needs NumPy 1.20.
 */
export function numpyProgram({ nodes, output, seed, title }: CodeGraph): string {
  const leaves = nodes.filter(({ isLeaf }) => isLeaf);
  const operators = nodes.filter(({ isLeaf }) => !isLeaf);
  const rules = operators.map((node) => ({ node, rule: numpyRule(node) }));
  const needed = new Set<HelperName>(rules.flatMap(({ rule }) => rule.helpers ?? []));
  const backward = rules.filter(({ node }) => node.behind && node.varies).reverse();
  return `${[
    `# ${comment(title)}`,
    '# Forward and backward by hand, as the page steps them.',
    'import json',
    ...(needed.has('erfc') ? ['import math'] : []),
    '',
    'import numpy as np',
    '',
    'np.seterr(all="ignore")',
    ...Object.entries(helpers).flatMap(([name, text]) => (needed.has(name as HelperName) ? ['', '', text] : [])),
    ...(needed.size > 0 ? ['', ''] : ['']),
    '# The inputs and parameters.',
    ...leaves.map((node) => `${node.name} = np.array(${pythonLiteral(node.value ?? 0)}, dtype=float)${told(node)}`),
    '',
    '# Forward.',
    ...rules.map(({ node, rule }) => `${node.name} = np.asarray(${rule.value})${told(node)}`),
    '',
    '# Backward: gradients start from 0 and add up; the output has the seed.',
    ...nodes.map(({ name }) => `d_${name} = np.zeros_like(${name})`),
    `d_${output.name} = ${seed === undefined ? `np.ones_like(${output.name})` : `np.array(${pythonLiteral(seed)}, dtype=float)`}`,
    ...backward.flatMap(({ node, rule }) =>
      rule.back.flatMap((sent, slot) => {
        const to = node.inputs[slot];
        return sent === null || to?.varies !== true ? [] : [`d_${to.name} = d_${to.name} + ${sent}`];
      }),
    ),
    '',
    '# Name, value, gradient.',
    ...nodes.map(
      ({ id, name }) => `print(json.dumps([${quoted(id)}, ${name}.tolist(), np.asarray(d_${name}).tolist()]))`,
    ),
  ].join('\n')}\n`;
}

const told = ({ label, name }: CodeNode): string =>
  label === null || comment(label) === '' || label === name ? '' : `  # ${comment(label)}`;
