import { describe, expect, it } from 'vitest';
import { networkSymbols } from '../../../../web/pad/symbols';
import type { NodeInfo } from '../../../../web/shared/protocol';

const node = (id: string, op: string): NodeInfo => ({
  id,
  op,
  kind: 'operator',
  inputs: [],
  label: null,
  group: null,
  shape: [],
  forwardStep: null,
  backwardStep: null,
  gradStep: null,
});

describe('symbols of a network', () => {
  it('are those of the book for TwoLayerNet', () => {
    const nodes = [
      node('x', 'input'),
      node('affine1', 'affine'),
      node('relu1', 'relu'),
      node('affine2', 'affine'),
      node('loss', 'softmax_with_loss'),
    ];
    const symbol = networkSymbols({ nodes, output: 'loss' });
    expect(nodes.map(({ id }) => symbol(id))).toEqual(['x', 'a₁', 'h', 'a₂', 'L']);
    expect(symbol('affine2.weight')).toBe('W₂');
    expect(symbol('affine12.bias')).toBe('b₁₂');
    expect(symbol('t')).toBe('t');
  });

  it('number the activations where there are several', () => {
    const nodes = [node('affine1', 'affine'), node('relu1', 'relu'), node('affine2', 'affine'), node('tanh1', 'tanh')];
    const symbol = networkSymbols({ nodes, output: 'tanh1x' });
    expect(nodes.map(({ id }) => symbol(id))).toEqual(['a₁', 'h₁', 'a₂', 'h₂']);
  });
});
