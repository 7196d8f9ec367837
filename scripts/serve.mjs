// Serves the built site and prints its address last.
//   node scripts/serve.mjs [folder] [--port N] [--strict] [--base /path/]
// PORT is honoured; a busy port moves on to the next one, unless --strict. HOST=0.0.0.0 opens it to other machines.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { listen, staticServer } from './lib/static-server.mjs';

const { values, positionals } = parseArgs({
  options: {
    port: { type: 'string' },
    base: { type: 'string', default: '/' },
    strict: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const folder = positionals[0] ?? fileURLToPath(new URL('../dist/site', import.meta.url));
const wanted = values.port ?? process.env.PORT ?? '8080';
const host = process.env.HOST ?? '127.0.0.1';

function stop(message) {
  console.error(message);
  process.exit(1);
}

const port = Number(wanted);
if (!Number.isInteger(port) || port < 0 || port > 65535)
  stop(`The port is ${wanted}, wanted a whole number from 0 to 65535.`);
if (!existsSync(`${folder}/index.html`))
  stop(`There is no index.html in ${folder}. Build the page first: npm run build`);

try {
  const server = staticServer(folder, values.base);
  const used = await listen(server, { port, host, tries: values.strict ? 1 : 50 });
  if (used !== port && port !== 0) console.log(`Port ${port} is busy.`);
  console.log(`\n  Backprop Playground is at  http://localhost:${used}${values.base}   (Ctrl+C stops it)\n`);
} catch (error) {
  stop(`No server: ${error.message}. Choose another port: PORT=9000 npm start`);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
