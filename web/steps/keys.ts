import type { Stepper } from './stepper.svelte.ts';

/**
 * Keys of a stepped figure, for the `keydown` of the element around figure and step bar: → ← Home End step, Space plays. Keys that
 * something inside already used, that a field needs, or that come with a modifier are left alone.
 */
export function stepKeys(stepper: Stepper, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('input, textarea, select, [contenteditable]')) return;
  const action = actions[event.key];
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
