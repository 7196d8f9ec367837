// A static file server for the built site and for tests: right types, precompressed files, nothing outside its folder.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.safetensors': 'application/octet-stream',
};
const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
];

const fileAt = async (path) => {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? found : undefined;
};

/** The file that a request's path names inside `folder`, or undefined. A folder stands for its index.html. */
function locate(folder, base, url) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return undefined; // not a URL, or % without two digits
  }
  if (!path.startsWith(base) || path.includes('\0')) return undefined;
  const file = normalize(join(folder, path.slice(base.length)));
  if (file !== folder && !file.startsWith(folder + sep)) return undefined;
  return path.endsWith('/') ? join(file, 'index.html') : file;
}

/** The file in the best encoding that the browser takes and that lies beside it. */
async function encoded(file, accepted) {
  for (const [encoding, suffix] of encodings) {
    if (!new RegExp(`\\b${encoding}\\b`).test(accepted)) continue;
    const found = await fileAt(file + suffix);
    if (found) return { path: file + suffix, size: found.size, encoding };
  }
  return { path: file, size: (await fileAt(file)).size, encoding: undefined };
}

async function answer(folder, base, request, response) {
  const fail = (status, text) =>
    response.writeHead(status, { 'Content-Type': types['.txt'] }).end(`${status} ${text}\n`);
  if (request.method !== 'GET' && request.method !== 'HEAD') return fail(405, 'only GET and HEAD');
  const file = locate(folder, base, request.url);
  if (!file || !(await fileAt(file))) return fail(404, 'not found');
  const body = await encoded(file, request.headers['accept-encoding'] ?? '');
  response.writeHead(200, {
    'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    'Content-Length': body.size,
    ...(body.encoding && { 'Content-Encoding': body.encoding }),
    Vary: 'Accept-Encoding',
    'X-Content-Type-Options': 'nosniff',
    // A module script is fetched across origins only with this: the custom element in a course page. All files are public.
    'Access-Control-Allow-Origin': '*',
    // Names under assets/ carry a hash of their content; everything else may change with the next build.
    'Cache-Control': file.includes(`${sep}assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  if (request.method === 'HEAD') return response.end();
  return createReadStream(body.path)
    .on('error', () => response.destroy())
    .pipe(response);
}

/** An HTTP server of `folder` under the path `base` ("/" or "/name/"). */
export function staticServer(folder, base = '/') {
  const root = resolve(folder);
  return createServer((request, response) => {
    answer(root, base, request, response).catch((error) => response.destroy(error));
  });
}

/** Listens on `port` or, while it is busy, on one of the next `tries - 1`; resolves to the port used. 0 takes any free one. */
export async function listen(server, { port, host = '127.0.0.1', tries = 1 }) {
  for (let next = port; ; next += 1) {
    try {
      await new Promise((listening, failed) => {
        server.once('error', failed);
        server.listen(next, host, () => {
          server.off('error', failed);
          listening();
        });
      });
      return server.address().port;
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || next + 1 >= port + tries || next === 65535) throw error;
    }
  }
}
