/*
 * The page without a network, after one visit. The build fills in what stands in underscores below. A new version waits until the
 * pages of the old one are closed, so that no page ever mixes the files of two builds.
 */
const CACHE = 'backprop-playground-' + '__VERSION__';
/** Of the two builds of the engine the one that this browser takes (web/engine/load.ts). */
const OTHER_ENGINE = WebAssembly.validate(Uint8Array.from(['__RELAXED_SIMD_PROBE__']))
  ? /backprop-[\w-]{8}\.wasm$/
  : /backprop-relaxed-[\w-]{8}\.wasm$/;
const FILES = ['__FILES__'].filter((file) => !OTHER_ENGINE.test(file));
const known = new Set(FILES.map((file) => new URL(file, self.registration.scope).href));

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(CACHE).then((cache) =>
      // Files with a hash in their name may come from the browser's cache; pages must be those of this build.
      cache.addAll(
        FILES.map((file) => new Request(file, { cache: /-[\w-]{8}\.\w+$/.test(file) ? 'default' : 'reload' })),
      ),
    ),
  );
});

self.addEventListener('activate', (event) => {
  const ours = (name) => name.startsWith('backprop-playground-') && name !== CACHE;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(ours).map((name) => caches.delete(name)))));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  url.search = '';
  url.hash = '';
  const file = url.href === self.registration.scope ? new URL('index.html', url).href : url.href;
  if (!known.has(file)) return;
  event.respondWith(request.mode === 'navigate' ? freshPage(request, file) : cachedFile(request, file));
});

/** A page comes from the network while there is one, so that a new build is seen at the next visit. */
async function freshPage(request, file) {
  try {
    const response = await fetch(request);
    if (response.ok) return response;
  } catch {
    // No network.
  }
  return cachedFile(request, file);
}

async function cachedFile(request, file) {
  const cache = await caches.open(CACHE);
  return (await cache.match(file)) ?? fetch(request);
}
