import type { Core } from '../engine/core-module';
import { rasterize, sampleStrokes } from '../engine/strokes';
import type { HandlersOf } from './handlers';

const CLASSES = 10;

export function digitHandlers(core: Core): HandlersOf<'digits'> {
  return {
    'digits.rasterize': (strokes) => rasterize(core, strokes, 0),
    'digits.classify': (network, strokes) => {
      const raster = rasterize(core, strokes, 0);
      const probabilities = raster.empty ? new Float32Array(CLASSES) : core.networkPredict(network, raster.pixels, 1);
      return { raster, probabilities };
    },
    'digits.sample': (label, seed) => sampleStrokes(core, label, seed),
  };
}
