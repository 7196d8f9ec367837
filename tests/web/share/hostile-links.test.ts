import { deflateRawSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { presets } from '../../../web/presets';
import { BackpropError } from '../../../web/shared/api';
import { decodeLink, encodeLink, LinkError, longestLink } from '../../../web/views/graph/document-link';
import { realEngine } from '../support/real-engine';

vi.setConfig({ testTimeout: 60_000 });

const packed = (text: string): string => deflateRawSync(text, { level: 9 }).toString('base64url');
const client = await realEngine();

/** Why a link is refused: before the engine by a reason, by the engine by a code. */
async function refusal(text: string): Promise<string> {
  try {
    await client.call('graph.open', await decodeLink(text));
  } catch (error) {
    if (error instanceof LinkError) return error.reason;
    if (error instanceof BackpropError) return error.code;
    throw error;
  }
  return 'taken';
}

const graph = (nodes: unknown): string => packed(JSON.stringify({ format: 'backprop-graph', version: 1, nodes }));
const neg = (id: string, from: string) => ({ id, op: 'neg', inputs: [from] });
const input = { id: 'a', op: 'input', value: 1 };

describe('links from anyone', () => {
  it.each([
    ['nothing', '', 'broken'],
    ['no base64', '<script>alert(1)</script>', 'broken'],
    ['spaces', 'ab cd', 'broken'],
    ['base64 of nothing packed', 'AAAA', 'broken'],
    ['random bytes', 'q'.repeat(4000), 'broken'],
    ['too long', 'A'.repeat(longestLink + 1), 'too-long'],
    ['a bomb of zeros', packed('0'.repeat(10_000_000)), 'too-long'],
    ['a bomb that is JSON', packed(`[${'1,'.repeat(4_000_000)}1]`), 'too-long'],
    ['no JSON', packed('{nodes:'), 'broken'],
    ['no UTF-8', deflateRawSync(Buffer.from([0xff, 0xfe, 0x00])).toString('base64url'), 'broken'],
    ['null', packed('null'), 'not-document'],
    ['a number', packed('42'), 'not-document'],
    ['an array', packed('[]'), 'not-document'],
    ['nodes that are none', packed('{"nodes":{}}'), 'not-document'],
    ['deep nesting', packed('['.repeat(200_000)), 'broken'],
    ['nodes that are text', graph(['x']), 'MalformedDocument'],
    ['an unknown op', graph([{ id: 'x', op: 'constructor' }]), 'UnknownOp'],
    ['a prototype', packed('{"__proto__":{"nodes":[]},"nodes":[]}'), 'MalformedDocument'],
    ['a circle', graph([neg('a', 'b'), neg('b', 'a')]), 'Cycle'],
    ['ids twice', graph([input, input]), 'DuplicateNode'],
    ['another version', packed('{"format":"backprop-graph","version":2,"nodes":[]}'), 'MalformedDocument'],
    ['text for a number', graph([{ ...input, value: '1' }]), 'MalformedDocument'],
    ['null for a number', graph([{ ...input, value: null }]), 'MalformedDocument'],
    ['an object for a number', graph([{ ...input, value: { valueOf: 1 } }]), 'MalformedDocument'],
    [
      'no JSON number',
      packed('{"format":"backprop-graph","version":1,"nodes":[{"id":"a","op":"input","value":NaN}]}'),
      'broken',
    ],
    ['ragged rows', graph([{ ...input, value: [[1, 2], [3]] }]), 'ShapeMismatch'],
    ['six axes', graph([{ ...input, value: [[[[[[1]]]]]] }]), 'MalformedDocument'],
    ['text for an id', graph([{ id: 7, op: 'input', value: 1 }]), 'MalformedDocument'],
    ['no id', graph([{ id: '', op: 'input', value: 1 }]), 'MalformedDocument'],
    [
      'half a character',
      packed('{"format":"backprop-graph","version":1,"nodes":[{"id":"\\ud800","op":"input","value":1}]}'),
      'MalformedDocument',
    ],
    ['an input that is not there', graph([neg('a', '__proto__')]), 'UnknownNode'],
    ['too few inputs', graph([input, { id: 'b', op: 'add', inputs: ['a'] }]), 'WrongArity'],
    [
      'a million inputs',
      graph([input, { id: 'b', op: 'concat', inputs: Array.from({ length: 300_000 }, () => 'a') }]),
      'too-long',
    ],
    [
      'a shape beyond memory',
      graph([
        { ...input, value: [1] },
        { id: 'b', op: 'reshape', inputs: ['a'], attrs: { shape: [1e9, 1e9] } },
      ]),
      'InvalidAttribute',
    ],
    [
      'classes beyond memory',
      graph([input, { id: 'b', op: 'one_hot', inputs: ['a'], attrs: { classes: 1e9 } }]),
      'InvalidAttribute',
    ],
    [
      'an attribute of a prototype',
      packed(
        '{"format":"backprop-graph","version":1,"nodes":[{"id":"a","op":"input","value":1},{"id":"b","op":"sum","inputs":["a"],"attrs":{"__proto__":1}}]}',
      ),
      'InvalidAttribute',
    ],
    [
      'an output that is not there',
      packed(
        '{"format":"backprop-graph","version":1,"nodes":[{"id":"a","op":"input","value":1}],"output":"constructor"}',
      ),
      'UnknownNode',
    ],
    [
      'a million nodes',
      packed(`{"format":"backprop-graph","version":1,"nodes":[${'{},'.repeat(1_000_000)}{}]}`),
      'too-long',
    ],
    [
      'doubling without end',
      graph([
        { ...input, id: 'n0', value: [1, 2] },
        ...Array.from({ length: 40 }, (_, i) => ({ id: `n${i + 1}`, op: 'concat', inputs: [`n${i}`, `n${i}`] })),
      ]),
      'TooLarge',
    ],
    [
      'a square of a long vector',
      graph([
        { ...input, value: Array.from({ length: 9000 }, () => [0]) },
        { id: 'r', op: 'input', value: [Array.from({ length: 9000 }, () => 0)] },
        { id: 'y', op: 'mul', inputs: ['a', 'r'] },
      ]),
      'TooLarge',
    ],
    [
      'much in many pieces',
      graph([
        { ...input, value: Array.from({ length: 4000 }, () => [0]) },
        { id: 'r', op: 'input', value: [Array.from({ length: 4000 }, () => 0)] },
        { id: 'y0', op: 'mul', inputs: ['a', 'r'] },
        ...Array.from({ length: 200 }, (_, i) => ({ id: `y${i + 1}`, op: 'neg', inputs: [`y${i}`] })),
      ]),
      'TooLarge',
    ],
    ['too many nodes', graph(Array.from({ length: 20_001 }, () => ({}))), 'TooLarge'],
  ])('%s', async (_, text, reason) => {
    expect(await refusal(text)).toBe(reason);
  });

  it('cut at every place, it is refused and never half a graph', async () => {
    const whole = (await encodeLink(presets[3]!.document)) ?? '';
    for (let length = 1; length < whole.length; length += 7) {
      expect(await refusal(whole.slice(0, length)), String(length)).toBe('broken');
    }
    expect(await refusal(whole)).toBe('taken');
  });

  it('labels that look like markup stay text', async () => {
    const label = '<img src=x onerror=alert(1)>"\'--></script>';
    const document = await decodeLink(graph([{ id: label, op: 'input', value: 1, label }]));
    expect(document.nodes[0]?.label).toBe(label);
    const info = await client.call('graph.open', document);
    expect(info.nodes[0]).toMatchObject({ id: label, label });
  });

  it('a document that is too large has no link', async () => {
    const value = Array.from({ length: 30_000 }, (_, i) => Math.sin(i));
    const nodes = [{ id: 'x', op: 'input', value }];
    expect(await encodeLink({ format: 'backprop-graph', version: 1, nodes })).toBeNull();
  });
});
