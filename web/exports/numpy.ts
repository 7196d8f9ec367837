import type { NestedNumbers } from '../shared/api.ts';
import { type CodeGraph, type CodeNode, pythonLiteral } from './code-graph.ts';
import { type HelperName, helpers, numpyRule } from './numpy-ops.ts';
import { comment, quoted } from './python-names.ts';

/** Names that a program uses for itself. */
export const numpyTaken: readonly string[] = Object.keys(helpers);

/** A line of the program that computes something: of which node, and at which part of the walk. */
export interface CodeLine {
  readonly text: string;
  readonly node: string;
  readonly phase: 'given' | 'forward' | 'seed' | 'backward';
}

interface Lines {
  readonly given: readonly CodeLine[];
  readonly forward: readonly CodeLine[];
  readonly seed: CodeLine;
  readonly backward: readonly CodeLine[];
  readonly needed: ReadonlySet<HelperName>;
}

/** The lines of a NumPy program that compute, in their order. Values of more than `most` characters stand there as dots. Throws UnsupportedOp. */
export function numpyLines({ nodes, output, seed }: CodeGraph, most = Infinity): Lines {
  const rules = nodes.filter(({ isLeaf }) => !isLeaf).map((node) => ({ node, rule: numpyRule(node) }));
  const literal = (value: NestedNumbers): string => {
    const text = pythonLiteral(value);
    return text.length > most ? '…' : text;
  };
  return {
    needed: new Set(rules.flatMap(({ rule }) => rule.helpers ?? [])),
    given: nodes
      .filter(({ isLeaf }) => isLeaf)
      .map((node) => ({
        text: `${node.name} = np.array(${literal(node.value ?? 0)}, dtype=float)${told(node)}`,
        node: node.id,
        phase: 'given',
      })),
    forward: rules.map(({ node, rule }) => ({
      text: `${node.name} = np.asarray(${rule.value})${told(node)}`,
      node: node.id,
      phase: 'forward',
    })),
    seed: {
      text: `d_${output.name} = ${seed === undefined ? `np.ones_like(${output.name})` : `np.array(${literal(seed)}, dtype=float)`}`,
      node: output.id,
      phase: 'seed',
    },
    backward: rules
      .filter(({ node }) => node.behind && node.varies)
      .reverse()
      .flatMap(({ node, rule }) =>
        rule.back.flatMap((sent, slot): CodeLine[] => {
          const to = node.inputs[slot];
          if (sent === null || to?.varies !== true) return [];
          return [{ text: `d_${to.name} = d_${to.name} + ${sent}`, node: node.id, phase: 'backward' }];
        }),
      ),
  };
}

/** A NumPy program in its parts, as text each. */
export interface NumpyParts {
  /** Imports, and the functions that the lines use. */
  readonly head: string;
  readonly given: string;
  readonly forward: string;
  readonly backward: string;
  /** Prints name, value and gradient of every node, a line of JSON each. */
  readonly printed: string;
}

/** Throws UnsupportedOp. Needs NumPy 1.20. */
export function numpyParts(graph: CodeGraph): NumpyParts {
  const { nodes } = graph;
  const { given, forward, seed, backward, needed } = numpyLines(graph);
  const texts = (lines: readonly CodeLine[]): string[] => lines.map(({ text }) => text);
  return {
    head: [
      'import json',
      ...(needed.has('erfc') ? ['import math'] : []),
      '',
      'import numpy as np',
      '',
      'np.seterr(all="ignore")',
      ...Object.entries(helpers).flatMap(([name, text]) => (needed.has(name as HelperName) ? ['', '', text] : [])),
    ].join('\n'),
    given: texts(given).join('\n'),
    forward: texts(forward).join('\n'),
    backward: [
      '# Gradients start from 0 and add up; the output has the seed.',
      ...nodes.map(({ name }) => `d_${name} = np.zeros_like(${name})`),
      seed.text,
      ...texts(backward),
    ].join('\n'),
    printed: nodes
      .map(({ id, name }) => `print(json.dumps([${quoted(id)}, ${name}.tolist(), np.asarray(d_${name}).tolist()]))`)
      .join('\n'),
  };
}

/** The graph as a NumPy program: forward and backward by hand, then every value and gradient as a line. Throws UnsupportedOp. */
export function numpyProgram(graph: CodeGraph): string {
  const { head, given, forward, backward, printed } = numpyParts(graph);
  const gap = head.includes('\ndef ') || head.includes('\nerfc') ? '\n\n\n' : '\n\n';
  return `# ${comment(graph.title)}
# Forward and backward by hand, as the page steps them.
${head}${gap}# The inputs and parameters.
${given}

# Forward.
${forward}

# Backward.
${backward}

# Name, value, gradient.
${printed}
`;
}

const told = ({ label, name }: CodeNode): string =>
  label === null || comment(label) === '' || label === name ? '' : `  # ${comment(label)}`;
