import type { Frame, GraphInfo } from '../../../../web/shared/protocol';
import { appleNumbers, applesAndOrangesNumbers, frameOf, twiceNumbers, type Known } from '../support/frames';
import * as graphs from '../support/graphs';

export interface Picture {
  readonly name: string;
  readonly info: GraphInfo;
  readonly frame: Frame | null;
  readonly width?: number;
  readonly editable?: boolean;
  readonly maps?: boolean;
  readonly refused?: readonly string[];
  readonly selected?: string;
  readonly names?: (id: string) => string;
}

const wave = (n: number, phase: number): number[] =>
  Array.from({ length: n }, (_, i) => Math.sin(i * 1.7 + phase) * Math.cos(i * 0.31 + phase) * (i % 7 === 0 ? 0 : 1));
/** A drawn seven on 28 × 28 pixels. */
const seven = Array.from({ length: 784 }, (_, i) => {
  const [x, y] = [i % 28, Math.floor(i / 28)];
  const bar = Math.max(0, 1 - Math.abs(y - 7) / 1.6) * (x >= 7 && x <= 20 ? 1 : 0);
  const stem = Math.max(0, 1 - Math.abs(x - (20 - (y - 7) * 0.5)) / 1.6) * (y >= 7 && y <= 22 ? 1 : 0);
  return Math.min(1, Math.max(bar, stem));
});

const digitNumbers: Known = {
  values: {
    x: seven,
    w1: wave(39200, 1),
    b1: wave(50, 2),
    a1: wave(50, 3),
    h: wave(50, 3).map((v) => Math.max(0, v)),
    w2: wave(500, 4),
    b2: wave(10, 5),
    a2: wave(10, 6),
    t: [0, 0, 0, 0, 0, 0, 0, 1, 0, 0],
    loss: 0.0682,
  },
  back: {
    'a2>loss:0': [0.0033, 0.0012, 0.0323, 0.0046, 0.0006, 0.0001, 0, -0.0653, 0.0003, 0.0228],
    'h>a2:0': wave(50, 7),
    'a1>h:0': wave(50, 8),
    'x>a1:0': wave(784, 9).map((v, i) => v * (seven[i]! * 0.6 + 0.2)),
  },
};

const affineNumbers: Known = {
  values: { X: [0, 0, 1, 2], W: [0, 2, 4, 5, 4, 3], XW: [0, 0, 0, 10, 10, 10], B: [1, 2, 3], Y: [1, 2, 3, 11, 12, 13] },
  back: {
    'XW>Y:0': [1, 2, 3, 4, 5, 6],
    'B>Y:1': [5, 7, 9],
    'X>XW:0': [16, 22, 34, 58],
    'W>XW:1': [4, 5, 6, 8, 10, 12],
  },
  seed: [1, 2, 3, 4, 5, 6],
};

const softmaxNumbers: Known = {
  values: { a: [-1.204, -1.609, -0.6931], t: [0, 1, 0], L: 1.6094379 },
  back: { 'a>L:0': [0.3, -0.8, 0.5] },
};

const sharedNumbers: Known = {
  values: { mine: 2, price: 100, yours: 3, a: 200, b: 300, total: 500 },
  back: { 'a>total:0': 1, 'b>total:1': 1, 'mine>a:0': 100, 'price>a:1': 2, 'price>b:0': 3, 'yours>b:1': 100 },
};

const sigmoidNumbers: Known = {
  values: { x: 0.5, m: -1, n: -0.5, e: 0.60653066, one: 1, p: 1.60653066, y: 0.62245933 },
  back: { 'p>y:1': -0.38745562, 'e>p:0': -0.38745562, 'n>e:0': -0.23500371, 'x>n:0': 0.23500371 },
};

const squareNumbers: Known = { values: { x: 1, y: 2, t: 3, z: 9 }, back: { 't>z:0': 6, 'x>t:0': 6, 'y>t:1': 6 } };

const digitNames = (id: string): string => ({ a1: 'a₁', a2: 'a₂', loss: 'L' })[id] ?? id;

export const pictures: readonly Picture[] = [
  {
    name: 'oranges 8',
    info: graphs.applesAndOranges,
    frame: frameOf(graphs.applesAndOranges, applesAndOrangesNumbers, 8),
  },
  { name: 'apple 4', info: graphs.apple, frame: frameOf(graphs.apple, appleNumbers, 4), width: 760 },
  { name: 'apple 0', info: graphs.apple, frame: frameOf(graphs.apple, appleNumbers, 0), width: 760 },
  { name: 'apple 1', info: graphs.apple, frame: frameOf(graphs.apple, appleNumbers, 1), width: 760, selected: 'total' },
  { name: 'apple 3', info: graphs.apple, frame: frameOf(graphs.apple, appleNumbers, 3), width: 614, selected: 'tax' },
  {
    name: 'refused',
    info: graphs.apple,
    frame: frameOf(graphs.apple, appleNumbers, 0),
    width: 760,
    refused: ['total', 'tax'],
  },
  { name: 'twice 3', info: graphs.twice, frame: frameOf(graphs.twice, twiceNumbers, 3) },
  { name: 'shared 5', info: graphs.sharedPrice, frame: frameOf(graphs.sharedPrice, sharedNumbers, 5) },
  { name: 'shared 7', info: graphs.sharedPrice, frame: frameOf(graphs.sharedPrice, sharedNumbers, 7) },
  { name: 'square 4', info: graphs.squareOfSum, frame: frameOf(graphs.squareOfSum, squareNumbers, 4) },
  { name: 'sigmoid 7', info: graphs.sigmoidGraph, frame: frameOf(graphs.sigmoidGraph, sigmoidNumbers, 7) },
  { name: 'affine 5', info: graphs.affineParts, frame: frameOf(graphs.affineParts, affineNumbers, 5) },
  { name: 'affine 4', info: graphs.affineParts, frame: frameOf(graphs.affineParts, affineNumbers, 4), editable: false },
  { name: 'softmax 3', info: graphs.softmaxLoss, frame: frameOf(graphs.softmaxLoss, softmaxNumbers, 3) },
  {
    name: 'digits 9',
    info: graphs.digits,
    frame: frameOf(graphs.digits, digitNumbers, 9),
    maps: true,
    names: digitNames,
    width: 1200,
  },
  {
    name: 'digits 6',
    info: graphs.digits,
    frame: frameOf(graphs.digits, digitNumbers, 6),
    maps: true,
    names: digitNames,
    width: 1200,
  },
  { name: 'skip 0', info: graphs.skip, frame: null },
  { name: 'tree 0', info: graphs.balancedTree(7), frame: null },
];
