import { hrefFor } from '../../page/route.ts';
import { encodeLink } from '../graph/document-link.ts';
import type { EmbeddedFigure } from './figure.svelte.ts';

/** Address of the full page at the figure's example, step and values; values travel along once they differ from the example's. */
export function fullLink(figure: EmbeddedFigure): { readonly href: string } {
  const { stepper } = figure;
  let packed = $state.raw<string | null>(null);

  $effect(() => {
    const { revision, document } = stepper;
    packed = null;
    if (document === null || (revision === 0 && figure.example !== null)) return;
    let current = true;
    void encodeLink(document).then((link) => {
      if (current) packed = link;
    });
    return () => (current = false);
  });

  return {
    get href() {
      const { step } = stepper;
      return `./${hrefFor('graph', {
        example: figure.example ?? undefined,
        g: packed ?? undefined,
        step: step === 0 ? undefined : step,
      })}`;
    },
  };
}
