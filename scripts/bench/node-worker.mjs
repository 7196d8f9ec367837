import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { host } from './host.mjs';

// TensorFlow.js asks for these where it finds itself in Node.
globalThis.require = createRequire(import.meta.url);
globalThis.__dirname = import.meta.dirname;

parentPort.on(
  'message',
  host((message) => parentPort.postMessage(message)),
);
