import { BackpropError, type BackpropErrorData } from '../shared/api';

/** What was thrown, as plain data: browsers differ in which errors they can clone. */
export function errorData(cause: unknown): BackpropErrorData {
  if (cause instanceof BackpropError) return { code: cause.code, message: cause.message, nodes: [...cause.nodes] };
  const reason = cause instanceof Error ? cause.message : String(cause);
  return { code: 'Internal', message: `The engine's worker failed: ${reason}`, nodes: [] };
}
