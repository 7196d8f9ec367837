import { networkSpec } from '../workloads.mjs';

/** This engine, through its public API: `Network.train` copies the data, shuffles, gathers, trains and lets messages in. */
export async function create({ workload, data, engineUrl, noZeros }) {
  const { loadEngine } = await import(/* @vite-ignore */ engineUrl);
  const engine = await loadEngine();
  const spec = networkSpec(workload);
  const network = engine.network(spec, { seed: 1 });
  const dataset = data.images
    ? {
        images: noZeros ? withoutZeros(data.images) : data.images,
        labels: data.labels,
        count: data.count,
        shape: spec.input,
      }
    : { images: data.inputs, targets: data.targets, count: data.count, shape: spec.input };
  const options = { optimizer: 'sgd', learningRate: workload.rate, batchSize: workload.batch, seed: 1 };
  return {
    build: `${engine.build.version}, ${engine.build.simd}`,
    learn: (steps) => network.train(dataset, { ...options, iterations: steps }),
    loss: () => network.evaluate(dataset).loss,
    async run(milliseconds) {
      const until = new AbortController();
      const start = performance.now();
      const stopInTime = () => {
        if (performance.now() - start >= milliseconds) until.abort();
      };
      const { iterations } = await network.train(dataset, { ...options, iterations: 1e9 }, stopInTime, until.signal);
      return { count: iterations, seconds: (performance.now() - start) / 1000 };
    },
  };
}

/** The same digits on faintly printed paper: the engine's list of what is not zero pays no more. */
const withoutZeros = (images) => images.map((pixel, i) => pixel || 1 + (i % 3));
