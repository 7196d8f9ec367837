import type { Dictionary } from '../../i18n/dictionary.ts';
import { formatCount } from '../../page/format.ts';
import type { BackpropError } from '../../shared/api.ts';
import type { Failure } from '../../steps/stepper.svelte.ts';
import { FileError, largestFile } from './document-file.ts';
import { LinkError, longestLink } from './document-link.ts';

/** A message of the graph view, in the reader's language. */
export interface Trouble {
  readonly what: string;
  readonly why: string;
  readonly nodes?: string;
  readonly next?: string;
  /** The core's own English sentence, with shapes and places. */
  readonly detail?: string;
}

type Words = Pick<Dictionary, 'graph' | 'errors'>;
type Name = (id: string) => string;

const because = ({ errors }: Words, error: BackpropError): string => {
  const sentence = error.code in errors ? errors[error.code as keyof typeof errors] : errors.other;
  return typeof sentence === 'string' ? sentence : errors.other;
};

const concerned = ({ graph }: Words, error: BackpropError, name: Name): { nodes?: string } =>
  error.nodes.length === 0 ? {} : { nodes: graph.where({ nodes: error.nodes.map(name).join(', ') }) };

/** What a stepper could not do. `keeps`: another graph is still on show. */
export function troubleOf(failure: Failure, words: Words, name: Name, keeps: boolean): Trouble {
  const { graph } = words;
  const { error } = failure;
  const rest = { why: because(words, error), detail: error.message };
  switch (failure.during) {
    case 'set':
      return { what: graph.failedSet({ node: name(failure.node) }), ...rest, ...concerned(words, error, name) };
    case 'step':
      return { what: graph.failedStep, ...rest, ...concerned(words, error, name) };
    case 'open':
      return {
        what: graph.failedOpen,
        ...rest,
        // The names of the graph on show are not those of the one that was refused.
        ...concerned(words, error, (id) => id),
        next: keeps ? graph.keeps : graph.toExamples,
      };
  }
}

/** A link or file that did not even hold a document. */
export function sourceTrouble(error: unknown, words: Words, keeps: boolean): Trouble {
  const { graph } = words;
  const next = keeps ? graph.keeps : graph.toExamples;
  return { what: graph.failedOpen, why: sourceReason(error, words), next };
}

function sourceReason(error: unknown, { graph, errors }: Words): string {
  if (error instanceof LinkError) {
    if (error.reason === 'too-long') return graph.linkTooLong({ limit: formatCount(longestLink / 1000) });
    return error.reason === 'broken' ? graph.linkBroken : graph.notDocument;
  }
  if (error instanceof FileError) {
    const name = error.file;
    if (error.reason === 'too-large') return graph.fileTooLarge({ name, limit: formatCount(largestFile / (1 << 20)) });
    if (error.reason === 'unreadable') return graph.fileUnreadable({ name });
    return error.reason === 'not-json' ? graph.notJson({ name }) : graph.notDocument;
  }
  return errors.other;
}
