import { BackpropError } from '../shared/api';

/** For what the core is not asked about: values that are not even of the kind that it takes. */
export function invalid(message: string, nodes: readonly string[] = []): BackpropError {
  return new BackpropError({ code: 'InvalidValue', message, nodes });
}
