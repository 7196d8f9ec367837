import { parseLanguage } from '../../i18n/index.ts';
import type { CommandId, CommandMessage, CommandName } from '../../shared/embed.ts';

/** A message that speaks to us but cannot be followed. English: its reader writes a page around the figure. */
export interface Refusal {
  readonly code: 'UnsupportedVersion' | 'UnknownCommand' | 'InvalidValue';
  readonly message: string;
  readonly id: CommandId | null;
}

type Check = (value: unknown) => boolean;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value);
const isStep: Check = (value) => Number.isInteger(value) && (value as number) >= 0;
const anything: Check = () => true;

function isSource(value: unknown): boolean {
  if (typeof value === 'string') return value !== '';
  if (!isObject(value) || (value['step'] !== undefined && !isStep(value['step']))) return false;
  const { example, graph, g, expr } = value;
  return [example, graph, g, expr].some((text) => typeof text === 'string') || isObject(graph);
}

const COMMANDS: Readonly<Record<CommandName, readonly [wanted: string, check: Check]>> = {
  seek: ['a step: a whole number from 0', isStep],
  play: ['nothing', anything],
  pause: ['nothing', anything],
  reset: ['nothing', anything],
  load: ['the name of an example, or { example }, { graph }, { g } or { expr }, each with an optional step', isSource],
  set: [
    '{ node, value } with the id of a leaf and its numbers',
    (value) => isObject(value) && typeof value['node'] === 'string' && value['value'] !== undefined,
  ],
  setTheme: ['auto, light or dark', oneOf('auto', 'light', 'dark')],
  setLang: ['a language tag of en, zh or ja', (value) => typeof value === 'string' && parseLanguage(value) !== null],
  getState: ['nothing', anything],
};

/**
 * What arrived from the host: a command, a refusal to send back, or null for messages that are none of ours. The numbers of `set` and
 * the documents of `load` are checked by the core. Pure.
 */
export function readCommand(data: unknown): CommandMessage | Refusal | null {
  if (!isObject(data) || data['type'] !== 'backprop-playground' || !('command' in data)) return null;
  const { version, command, value } = data;
  const id = typeof data['id'] === 'string' || typeof data['id'] === 'number' ? data['id'] : null;
  if (version !== 1)
    return { code: 'UnsupportedVersion', message: `The message has version ${print(version)}, wanted 1.`, id };
  if (typeof command !== 'string' || !Object.hasOwn(COMMANDS, command)) {
    const known = Object.keys(COMMANDS).join(', ');
    return { code: 'UnknownCommand', message: `There is no command ${print(command)}. Known: ${known}.`, id };
  }
  const [wanted, check] = COMMANDS[command as CommandName];
  if (!check(value)) return { code: 'InvalidValue', message: `${command} wants ${wanted}; got ${print(value)}.`, id };
  return data as unknown as CommandMessage;
}

export const isRefusal = (message: CommandMessage | Refusal): message is Refusal => 'code' in message;

function print(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // A cycle or a big integer: its type says enough.
  }
  return (text ?? typeof value).slice(0, 80);
}
