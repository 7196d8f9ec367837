import type { LitPath } from '../figure/lit-path.ts';
import type { Tensor } from '../shared/api.ts';
import type { NodeWords } from '../steps/node-words.ts';
import type { Stepper } from '../steps/stepper.svelte.ts';

/** What a panel of this room needs of the view that opens it. */
export interface AskProps {
  readonly page: { readonly stepper: Stepper; readonly words: NodeWords | null };
  readonly selected: string | null;
  readonly onselect: (id: string) => void;
  readonly onpoint: (id: string | null) => void;
  readonly onlight: (path: LitPath | null) => void;
  /** Shows tangents with the values of the figure; null no longer. */
  readonly ontangents?: (tangents: Readonly<Record<string, Tensor>> | null) => void;
}
