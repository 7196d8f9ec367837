/** What a link to a graph tells. */
export interface Shared {
  /** The page's own address. */
  readonly page: string;
  /** An example that stands there unchanged; else `g`. */
  readonly example: string | null;
  /** The packed document. */
  readonly g: string | null;
  readonly step: number | null;
}

/** The link: everything in the fragment, which no server sees. */
export function sharedLink({ page, example, g, step }: Shared): string {
  return `${page.replace(/#.*$/s, '')}#/graph?${query({ example, g, step })}`;
}

/** The graph in a frame, for a page of one's own. */
export function embedCode(shared: Shared, title: string): string {
  const folder = new URL('embed.html', shared.page.replace(/[?#].*$/s, '')).href;
  const name = title.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
  return `<iframe src="${folder}#${query(shared).replace(/&/g, '&amp;')}" title="${name}" width="100%" height="520" style="border:0"></iframe>`;
}

function query({ example, g, step }: Pick<Shared, 'example' | 'g' | 'step'>): string {
  const parameters = new URLSearchParams();
  if (example !== null) parameters.set('example', example);
  if (g !== null) parameters.set('g', g);
  if (step !== null && step > 0) parameters.set('step', String(step));
  return parameters.toString();
}
