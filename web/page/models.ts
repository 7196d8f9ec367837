/** The weights that come with the page. Fetched when first asked for, once; a failed fetch may be tried again. */

const SHIPPED = 'models/digits-mlp.safetensors';

let shipped: Promise<ArrayBuffer> | null = null;

async function download(): Promise<ArrayBuffer> {
  const url = new URL(`${import.meta.env.BASE_URL}${SHIPPED}`, document.baseURI);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname}: HTTP ${response.status}`);
  return response.arrayBuffer();
}

/** The shipped digit network as a safetensors file. Callers share the buffer: pass on a copy where it is transferred. */
export function shippedWeights(): Promise<ArrayBuffer> {
  shipped ??= download().catch((error: unknown) => {
    shipped = null;
    throw error;
  });
  return shipped;
}
