import { apple } from './apple.ts';
import { appleOperators, applesAndOranges, localComputation } from './apples.ts';
import { sameTwice, sharedPrice } from './branches.ts';
import { exp, reciprocal, relu, sigmoid, sigmoidGraph } from './functions.ts';
import { affine, affineBatch, affineLayer } from './layers.ts';
import { goodPrediction, softmaxWithLoss, wrongPrediction } from './loss.ts';
import { attentionHead, batchNorm, convWindow, linearRegression, logisticRegression, xorNet } from './networks.ts';
import { add, genericNode, mul, squareOfSum } from './rules.ts';
import type { Preset } from './types.ts';

export { presetGroups, type NodeName, type Preset, type PresetGroup } from './types.ts';

/** Every example, in the order of the chooser. */
export const presets: readonly Preset[] = [
  apple,
  appleOperators,
  localComputation,
  applesAndOranges,
  genericNode,
  squareOfSum,
  add,
  mul,
  reciprocal,
  exp,
  sigmoidGraph,
  sigmoid,
  relu,
  affine,
  affineBatch,
  affineLayer,
  softmaxWithLoss,
  wrongPrediction,
  goodPrediction,
  sharedPrice,
  sameTwice,
  linearRegression,
  logisticRegression,
  xorNet,
  convWindow,
  batchNorm,
  attentionHead,
];

/** The example of a link, or undefined for a name that no example has. */
export const findPreset = (id: string): Preset | undefined => presets.find((preset) => preset.id === id);
