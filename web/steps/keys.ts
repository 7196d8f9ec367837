import type { Stepper } from './stepper.svelte.ts';

/**
 * Keys of a stepped figure, for the `keydown` of the element around figure and step bar: → ← Home End step, Space plays; with a node
 * chosen, V goes to the step of its value and G to that of its gradient. Keys that something inside already used, that a field needs,
 * or that come with a modifier are left alone.
 */
export function stepKeys(stepper: Stepper, event: KeyboardEvent, chosen: string | null = null): void {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('input, textarea, select, [contenteditable]')) return;
  const action = actions[event.key] ?? toNode(stepper, chosen, event.key);
  if (action === undefined) return;
  // Space on a button presses the button.
  if (event.key === ' ' && target?.closest('button, a, summary, [role="button"]')) return;
  event.preventDefault();
  action(stepper);
}

const actions: Readonly<Record<string, (stepper: Stepper) => void>> = {
  ArrowRight: (stepper) => stepper.next(),
  ArrowLeft: (stepper) => stepper.back(),
  Home: (stepper) => stepper.first(),
  End: (stepper) => stepper.end(),
  ' ': (stepper) => (stepper.playing ? stepper.pause() : stepper.play()),
};

/** To the step that gives the chosen node its value, or its whole gradient. */
function toNode(stepper: Stepper, chosen: string | null, key: string): (() => void) | undefined {
  const node = stepper.info?.nodes.find(({ id }) => id === chosen);
  const step = key === 'v' ? node?.forwardStep : key === 'g' ? node?.gradStep : null;
  return step === null || step === undefined ? undefined : () => stepper.seek(step);
}
